import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import type { Case } from '../cases/cases.ts'
import type { CaseAccount } from '../protocol.ts'

/** What became of the number of a case and why, as its account shows it. */
export async function renumberedOf(db: Reader, { renumbered = [] }: Case): Promise<CaseAccount['renumbered']> {
  if (renumbered.length === 0) return []
  const named = await namesOf(
    db,
    renumbered.flatMap(({ by, signers }) => [by, ...signers].map((person) => `person/${person}`)),
  )
  const reasons = await readPersonal(
    db,
    renumbered.map(({ reason }) => reason.ref),
  )
  return renumbered.map(({ was, is, signers, reason, by, at }) => ({
    ...{ was, is, at, by: named(`person/${by}`), reason: textOf(reasons.get(reason.ref)) },
    signers: signers.map((person) => named(`person/${person}`)),
  }))
}
