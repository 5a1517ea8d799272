import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import type { Case } from '../cases/cases.ts'
import { said } from '../names.ts'
import type { CaseAccount } from '../protocol.ts'
import { seesCase, type Sight } from '../sight/sees.ts'
import { recusalWords } from './grounds.ts'

/** Who stands aside in a case and why, as its account shows it. */
export async function recusalsOf(db: Reader, { recusals = [] }: Case): Promise<CaseAccount['recusals']> {
  if (recusals.length === 0) return []
  const named = await namesOf(
    db,
    recusals.flatMap(({ person, by }) => [`person/${person}`, `person/${by}`]),
  )
  const reasons = await readPersonal(
    db,
    recusals.map(({ reason }) => reason.ref),
  )
  return recusals.map(({ person, ground, reason, by, at }) => ({
    ...{ person: named(`person/${person}`), ground: said(ground, recusalWords), by: named(`person/${by}`), at },
    reason: textOf(reasons.get(reason.ref)),
  }))
}

/** Whom somebody with this sight may recuse; who only watches, nobody but himself. */
export function mayRecuse(of: Case, sight: Sight): CaseAccount['mayRecuse'] {
  if (of.status !== 'OPEN' || !seesCase(sight, of)) return null
  if (sight === 'all' || sight.watches === true) return 'self'
  return sight.units.includes(of.unit) || sight.decides.includes(of.unit) ? 'anybody' : 'self'
}
