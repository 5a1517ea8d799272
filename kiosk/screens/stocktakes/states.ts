/** How a count and its differences look. */

import type { ShownDifference, StocktakeSummary } from '../../../server/custody/protocol.ts'
import type { State } from '../../parts/state.ts'

export function lookOf({ phase, overdue }: Pick<StocktakeSummary, 'phase' | 'overdue'>): State {
  if (overdue) return 'fault'
  if (phase.value === 'CLOSED') return 'ok'
  return phase.value === 'CANCELLED' ? 'quiet' : 'attention'
}

/** A difference that the recount dissolved, or whose cause is known, waits for nobody. */
export function lookOfDifference({ settled, cause }: Pick<ShownDifference, 'settled' | 'cause'>): State {
  if (settled) return 'ok'
  return cause === null ? 'refused' : 'quiet'
}
