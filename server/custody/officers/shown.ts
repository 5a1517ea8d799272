import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import type { Case } from '../cases/cases.ts'
import type { CaseAccount } from '../protocol.ts'
import { seesCase, type Sight } from '../sight/sees.ts'

/** Who joined a case after it was opened, by whose word and why, as its account shows it. */
export async function joinedOf(db: Reader, { joined = [] }: Case): Promise<CaseAccount['joined']> {
  if (joined.length === 0) return []
  const people = joined.flatMap(({ officers, by }) => [...officers, by])
  const named = await namesOf(
    db,
    people.map((person) => `person/${person}`),
  )
  const reasons = await readPersonal(
    db,
    joined.map(({ reason }) => reason.ref),
  )
  return joined.map(({ officers, reason, by, at }) => ({
    ...{ officers: officers.map((person) => named(`person/${person}`)), by: named(`person/${by}`), at },
    reason: textOf(reasons.get(reason.ref)),
  }))
}

/** Whether whoever has this sight may take more officers into a case. */
export function mayJoin(of: Case, sight: Sight): boolean {
  if (of.status !== 'OPEN' || !seesCase(sight, of) || sight === 'all' || sight.watches === true) return false
  return sight.units.includes(of.unit) || sight.decides.includes(of.unit)
}
