import { type Handler, handler } from '../../module.ts'
import { hallRegister } from '../rating.ts'
import { type Action, confirmAction, decideAction, type DecideActionState, endAction } from './action.ts'
import { actionSchemas, type ConfirmAction, type DecideAction, type EndAction } from './schemas.ts'
import { loadAction, loadDecideAction, registersOfAction } from './store.ts'

/** What people decide about what thresholds propose. */
export const actionHandlers: Readonly<Record<string, Handler>> = {
  'rating.decide-action': handler<DecideAction, DecideActionState>({
    schema: actionSchemas['rating.decide-action'],
    posts: ['manager', 'supervisor'],
    registers: async (_trx, { hall }) => [hallRegister(hall)],
    load: loadDecideAction,
    decide: decideAction,
  }),
  'rating.confirm-action': handler<ConfirmAction, { readonly action: Action | null }>({
    schema: actionSchemas['rating.confirm-action'],
    posts: ['manager', 'supervisor'],
    registers: (trx, { action }) => registersOfAction(trx, action),
    load: (trx, { action }) => loadAction(trx, action),
    decide: confirmAction,
  }),
  'rating.end-action': handler<EndAction, { readonly action: Action | null }>({
    schema: actionSchemas['rating.end-action'],
    posts: ['manager', 'supervisor'],
    registers: (trx, { action }) => registersOfAction(trx, action),
    load: (trx, { action }) => loadAction(trx, action),
    decide: endAction,
  }),
}
