import { type Static, Type } from 'typebox'
import { text } from '../../schemas.ts'
import { DISPOSAL_TYPES, destinationWords, releaseWords, saleGroundWords, saleMethodWords } from './types.ts'
import { HANDING_WAYS } from './effects.ts'
import { receiptFields } from '../service/schemas.ts'
import { attachmentWords, complaintWords, keptOpenWords, RECEIVING } from './words.ts'
import {
  body,
  caseNumber,
  code,
  type Given,
  id,
  instant,
  items,
  keysOf,
  lines,
  oneOf,
  photoHash,
  reading,
  weight_mg,
} from '../schema-parts.ts'

const PHOTOS_MOST = 20

const receiver = body({
  relation: oneOf(RECEIVING),
  name: text(60),
  identity: Type.String({ ...text(40), description: 'Kind and number of the document that was shown.' }),
  authorisation: Type.Optional(text(200)),
  signed: Type.Literal(true, { description: 'The receiver has signed the paper.' }),
})
const fen = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const media = Type.Array(photoHash, { minItems: 1, maxItems: PHOTOS_MOST, uniqueItems: true })
/** `seal`: what was seen of it; of what is sealed and leaves the hands of who keeps it. */
const handedLines = lines({
  ...{ weight_mg: Type.Optional(weight_mg), reading: Type.Optional(reading) },
  seal: Type.Optional(oneOf(['intact', 'broken', 'none'])),
})

/** The body of each command of disposal and close without its `type`. */
export const disposalSchemas = {
  'custody.propose-disposal': body({
    items: lines({}),
    way: oneOf(DISPOSAL_TYPES),
    destination: oneOf(keysOf(destinationWords)),
    /** Of a return: why the measure ends; with `unrelated` also when that was found. */
    ground: Type.Optional(oneOf(keysOf(releaseWords))),
    foundAt: Type.Optional(instant),
    suspectedCrime: Type.Boolean(),
    reviewUnit: Type.Optional(id),
    /** With the rest of the form on one page of it. */
    opinion: text(300),
    appraisal: Type.Optional(text(100)),
    /** Of a proposal to sell early, which also names its appraisal. */
    sale: Type.Optional(
      body({
        ground: oneOf(keysOf(saleGroundWords)),
        method: oneOf(keysOf(saleMethodWords)),
        estimate_fen: fen,
        holderOpinion: text(200),
      }),
    ),
  }),
  'custody.release': body({
    ...{ items: handedLines, noticeNumber: text(60) },
    /** Absent where nobody receives it: what becomes evidence stays in the organ's hands. */
    receiver: Type.Optional(receiver),
    /** Of personal effects: how they go back, and with `TO_EVIDENCE` the item that they are since. */
    ...{ handing: Type.Optional(oneOf(HANDING_WAYS)), becomes: Type.Optional(code) },
  }),
  /** The part that the approved way asks for. */
  'custody.dispose': body({
    items: handedLines,
    transfer: Type.Optional(
      body({
        organ: text(100),
        receipt: text(60),
        receiver,
        listOnly: Type.Optional(Type.Boolean()),
        attachments: Type.Optional(Type.Array(oneOf(keysOf(attachmentWords)), { uniqueItems: true, maxItems: 10 })),
      }),
    ),
    payment: Type.Optional(body({ voucher: text(60), receiver: Type.Optional(receiver) })),
    destruction: Type.Optional(body({ record: text(60), method: text(200), before: media, after: media })),
    /** `account`: the special account that the price was paid into. */
    sale: Type.Optional(
      body({
        ...{ contract: text(60), price_fen: fen, voucher: text(60), account: text(60) },
        buyer: body({ name: text(60), identity: text(40) }),
        belowReason: Type.Optional(text(200)),
      }),
    ),
  }),
  'custody.not-collect': body({ items: lines({}), note: text(500) }),
  'custody.deliver': body({ items: handedLines, receipt: text(60), receiver }),
  'custody.write-off': body({ items: lines({}) }),
  'custody.complain': body({
    items: lines({}),
    ground: oneOf(keysOf(complaintWords)),
    note: text(1000),
    review: Type.Optional(Type.Boolean()),
  }),
  'custody.decide-complaint': body({
    ...{ items: lines({}), upheld: Type.Boolean(), conclusion: text(1000) },
    /** Of a review, and of nothing else: the document by which the superior organ decided it. */
    superior: Type.Optional(body({ organ: text(100), number: text(60) })),
  }),
  'custody.serve-complaint-decision': body({ items: lines({}), number: text(60), ...receiptFields }),
  'custody.close-case': body({ case: caseNumber }),
  'custody.check-account': body({ case: caseNumber }),
} as const

const codes = items(code)

/** What is asked of those who must agree to a disposal. */
export const agreeDeed = body({
  command: oneOf(['review-disposal', 'approve-disposal']),
  disposal: code,
  items: codes,
  way: oneOf(DISPOSAL_TYPES),
  destination: oneOf(keysOf(destinationWords)),
})

/** A day in Shanghai; one that no calendar has is refused where it is read. */
const wantedDay = Type.String({ pattern: '^20\\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' })

export const keepOpenDeed = body({
  command: Type.Literal('keep-open'),
  items: codes,
  ground: oneOf(keysOf(keptOpenWords)),
  document: text(60),
  /** Of who is at large: from which day he is wanted. */
  wantedOn: Type.Optional(wantedDay),
})

export const reopenDeed = body({ command: Type.Literal('reopen-case'), case: caseNumber })

type Of<T extends keyof typeof disposalSchemas> = { readonly type: T } & Given<Static<(typeof disposalSchemas)[T]>>

export type ProposeDisposal = Of<'custody.propose-disposal'>
export type Release = Of<'custody.release'>
export type Dispose = Of<'custody.dispose'>
export type NotCollect = Of<'custody.not-collect'>
export type Deliver = Of<'custody.deliver'>
export type WriteOff = Of<'custody.write-off'>
export type Complain = Of<'custody.complain'>
export type DecideComplaint = Of<'custody.decide-complaint'>
export type ServeComplaintDecision = Of<'custody.serve-complaint-decision'>
export type CloseCase = Of<'custody.close-case'>
export type CheckAccount = Of<'custody.check-account'>
export type GivenReceiver = Given<Static<typeof receiver>>
export type KeepOpenDeed = Given<Static<typeof keepOpenDeed>>
export type ReopenDeed = Given<Static<typeof reopenDeed>>
