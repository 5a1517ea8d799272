import type { MessageState } from '../../../server/outbox/protocol.ts'
import type { State } from '../../parts/state.ts'

/** How a message's state looks. */
export const MESSAGE_LOOKS: Readonly<Record<MessageState, State>> = {
  waiting: 'quiet',
  failed: 'attention',
  delivered: 'ok',
  'given-up': 'fault',
}

/** Messages that an administrator may have sent again. */
export function maySendAgain(state: MessageState): boolean {
  return state !== 'waiting'
}
