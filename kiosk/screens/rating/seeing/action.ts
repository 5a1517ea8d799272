/** Which steps of a decision this person is offered; the server decides. Pure. */

import type { ShownAction } from '../../../../server/rating/actions/protocol.ts'
import type { State } from '../../../parts/state.ts'

export type OfferedStep = 'agree' | 'return' | 'carry-out'

/** Nobody agrees to what he decided, or has a hand in what is about himself. */
export function stepsFor(
  { status, clerk, steps }: Pick<ShownAction, 'status' | 'clerk' | 'steps'>,
  me: string,
): readonly OfferedStep[] {
  if (clerk.id === me) return []
  if (status === 'adopted') return ['carry-out']
  return status === 'decided' && !steps.some(({ by }) => by.id === me) ? ['agree', 'return'] : []
}

export const ACTION_STATE: Readonly<Record<ShownAction['status'], State>> = {
  decided: 'attention',
  returned: 'quiet',
  adopted: 'attention',
  declined: 'quiet',
  done: 'ok',
}
