import { type TSchema, Type } from 'typebox'
import type { Answer } from '../act.ts'
import { exactly, facts, orNull } from '../schemas.ts'
import { point } from './answer-shapes.ts'

/** What acts of custody answer: the facts that they wrote, and what the act itself made known. */

const text = Type.String()
const count = Type.Integer()

/** The act's own part is checked where it is decided; it comes back as it was kept under the request's key. */
function answering(result: Readonly<Record<string, TSchema>>) {
  return Type.Unsafe<Pick<Answer, 'facts'>>(Type.Object({ ...result, facts }, exactly))
}

/** New items, in the order they were named. */
const given = Type.Array(Type.Object({ code: text, epc: text, ordinal: count }, exactly))

export const acted = {
  register: answering({ items: given }),
  /** By number: those that were opened, and those that were there already. */
  'open-cases': answering({ opened: Type.Array(text), there: Type.Array(text) }),
  recusal: answering({}),
  officers: answering({}),
  target: answering({}),
  identity: answering({ name: orNull(text) }),
  accountNumber: answering({ logged: text, number: orNull(text) }),
  renumbering: answering({ number: text }),
  'list-inbound': answering({ inbound: text }),
  'check-inbound': answering({}),
  'settle-inbound': answering({}),
  'withdraw-inbound': answering({}),
  'add-location': answering({ code: text }),
  labels: answering({
    jobs: Type.Array(Type.Object({ job: text, code: text, issue: count, payload: text }, exactly)),
  }),
  'scanned-back': answering({ code: text, issue: count }),
  'count-cash': answering({ outcome: Type.Enum(['open', 'agreed', 'differs', 'disputed', 'short']) }),
  'issue-paper': answering({ paper: text, number: text }),
  'state-filing': answering({}),
  'check-measure': answering({}),
  'serve-paper': answering({}),
  'attach-scan': answering({}),
  'print-paper': answering({ job: text }),
  'close-case': answering({ case: text, exceptions: Type.Array(text) }),
} as const

const codes = Type.Array(text)

/** By command of `POST /api/custody/{command}`. */
export const commandAnswers = {
  'hand-over': answering({ list: text }),
  'check-in': answering({ items: codes }),
  'refuse-item': answering({}),
  move: answering({}),
  /** `loan` is null where every item differed and none went out; what differed has an incident. */
  borrow: answering({ loan: orNull(text), borrower: text, dueAt: text, differing: codes }),
  'give-back': answering({
    verdicts: Type.Array(Type.Object({ item: text, returned: Type.Boolean(), points: Type.Array(point) }, exactly)),
  }),
  appraise: answering({}),
  appraised: answering({
    verdicts: Type.Array(Type.Object({ item: text, returned: Type.Boolean(), points: Type.Array(point) }, exactly)),
  }),
  incident: answering({}),
  resolve: answering({}),
  unseal: answering({}),
  seal: answering({}),
  correct: answering({}),
  split: answering({ items: given }),
  'divide-money': answering({ items: given }),
  merge: answering({ items: given }),
  dispatch: answering({}),
  arrive: answering({
    verdicts: Type.Array(Type.Object({ item: text, returned: Type.Boolean(), points: Type.Array(point) }, exactly)),
  }),
  deposit: answering({}),
  'propose-disposal': answering({ disposal: text, approval: text }),
  release: answering({ disposal: text }),
  'not-collect': answering({}),
  /** `proceeds`: the item that the price of a sale is since. */
  dispose: answering({ disposal: text, proceeds: Type.Optional(text) }),
  deliver: answering({ disposal: text }),
  'write-off': answering({}),
  complain: answering({}),
  'decide-complaint': answering({}),
  'serve-complaint-decision': answering({}),
  sign: answering({}),
  'note-video': answering({}),
  /** With what the act itself answers. */
  'enter-from-paper': answering({
    list: Type.Optional(text),
    items: Type.Optional(codes),
    ...{ loan: Type.Optional(orNull(text)), borrower: Type.Optional(text), dueAt: Type.Optional(text) },
    differing: Type.Optional(codes),
    verdicts: Type.Optional(
      Type.Array(Type.Object({ item: text, returned: Type.Boolean(), points: Type.Array(point) }, exactly)),
    ),
  }),
  'ask-retention': answering({}),
  'answer-retention': answering({}),
  'pay-compensation': answering({ nth: Type.Integer() }),
  'recover-compensation': answering({}),
  'state-relevance': answering({}),
  'open-account-number': answering({}),
} as const
