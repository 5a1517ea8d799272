import type { Trx } from '../../database/connect.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Reader } from '../../module.ts'
import { actions } from '../projections.ts'
import { hallRegister } from '../rating.ts'
import { readBatches } from '../seeing/read.ts'
import { proposalsOf } from '../seeing/thresholds.ts'
import '../tables.ts'
import type { Action, DecideActionState } from './action.ts'
import { latestActions } from './read.ts'
import type { DecideAction } from './schemas.ts'

/** The register of the hall; none for an action that there is not, which the decision then refuses. */
export async function registersOfAction(db: Reader, action: string): Promise<string[]> {
  const found = await db.selectFrom('rating_actions').select('hall').where('id', '=', action).executeTakeFirst()
  return found === undefined ? [] : [hallRegister(found.hall)]
}

/** Locked, so that two second persons cannot both confirm it. */
export async function loadAction(trx: Trx, id: string): Promise<{ action: Action | null }> {
  return { action: (await loadStates(trx, actions, [id], { lock: true })).get(id) ?? null }
}

/** What is proposed is reckoned again from what was counted: who asks says of whom and over which days, never the figures. */
export async function loadDecideAction(
  trx: Trx,
  { hall, clerk, rule, from, to }: DecideAction,
): Promise<DecideActionState> {
  const days = { from, to }
  const proposals = proposalsOf(await readBatches(trx, hall, to), days, (id) => id)
  const met = proposals.find((one) => one.clerk.id === clerk && one.rule === rule)
  const [latest = null] = await latestActions(trx, hall, { clerk, rule })
  if (met === undefined) return { proposed: null, latest }
  const { good, n } = met.satisfied
  return { proposed: { hall, clerk, rule, version: met.version, ...days, good, counted: n }, latest }
}
