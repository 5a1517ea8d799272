import { type Handler, handler } from '../../module.ts'
import { registersOfCampaign } from '../campaigns/store.ts'
import {
  decidePaperBox,
  enterPaperBox,
  openPaperBox,
  type OpenPaperBoxState,
  type PaperBoxState,
  TYPING_POSTS,
  withdrawPaperBox,
} from './paper-box.ts'
import {
  type DecidePaperBox,
  type EnterPaperBox,
  type OpenPaperBox,
  paperBoxSchemas,
  type WithdrawPaperBox,
} from './schemas.ts'
import { loadOpenPaperBox, loadPaperBox, registersOfPaperBox } from './store.ts'

/** Papers filled in by hand. What is typed in passes the door to be judged; beside the register it is kept by the routes, in the same transaction. */
export const paperBoxHandlers: Readonly<Record<string, Handler>> = {
  'rating.open-paper-box': handler<OpenPaperBox, OpenPaperBoxState>({
    schema: paperBoxSchemas['rating.open-paper-box'],
    posts: ['supervisor'],
    registers: (trx, { campaign }) => registersOfCampaign(trx, campaign),
    load: (trx, command, { at }) => loadOpenPaperBox(trx, command, at),
    decide: openPaperBox,
  }),
  'rating.enter-paper-box': handler<EnterPaperBox, PaperBoxState>({
    schema: paperBoxSchemas['rating.enter-paper-box'],
    posts: TYPING_POSTS,
    registers: (trx, { box }) => registersOfPaperBox(trx, box),
    load: (trx, { box }) => loadPaperBox(trx, box),
    decide: enterPaperBox,
  }),
  'rating.withdraw-paper-box': handler<WithdrawPaperBox, PaperBoxState>({
    schema: paperBoxSchemas['rating.withdraw-paper-box'],
    posts: ['supervisor'],
    registers: (trx, { box }) => registersOfPaperBox(trx, box),
    load: (trx, { box }) => loadPaperBox(trx, box),
    decide: withdrawPaperBox,
  }),
  'rating.decide-paper-box': handler<DecidePaperBox, PaperBoxState>({
    schema: paperBoxSchemas['rating.decide-paper-box'],
    posts: ['supervisor', 'approver'],
    registers: (trx, { box }) => registersOfPaperBox(trx, box),
    load: (trx, { box }) => loadPaperBox(trx, box),
    decide: decidePaperBox,
  }),
}
