import { type Handler, handler } from '../../module.ts'
import { registersOfCounter } from '../store.ts'
import { type BoxState, decideBox, enterBox, openBox, type OpenBoxState } from './box.ts'
import { boxSchemas, type DecideBox, type EnterBox, type OpenBox } from './schemas.ts'
import { loadBox, loadOpenBox, registersOfBox } from './store.ts'

/** Ratings on paper. What is typed in passes the door to be judged; beside the register it is kept by the routes, in the same transaction. */
export const boxHandlers: Readonly<Record<string, Handler>> = {
  'rating.open-box': handler<OpenBox, OpenBoxState>({
    schema: boxSchemas['rating.open-box'],
    posts: ['manager'],
    registers: (trx, { counter }) => registersOfCounter(trx, counter),
    load: loadOpenBox,
    decide: openBox,
  }),
  'rating.enter-box': handler<EnterBox, BoxState>({
    schema: boxSchemas['rating.enter-box'],
    posts: ['clerk', 'manager', 'supervisor'],
    registers: (trx, { box }) => registersOfBox(trx, box),
    load: (trx, { box }) => loadBox(trx, box),
    decide: enterBox,
  }),
  'rating.decide-box': handler<DecideBox, BoxState>({
    schema: boxSchemas['rating.decide-box'],
    posts: ['clerk', 'manager', 'supervisor'],
    registers: (trx, { box }) => registersOfBox(trx, box),
    load: (trx, { box }) => loadBox(trx, box),
    decide: decideBox,
  }),
}
