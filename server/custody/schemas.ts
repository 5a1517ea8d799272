import { type Static, type TOptional, type TString, Type } from 'typebox'
import { text, uuid } from '../schemas.ts'
import { incidentWords, measureWords, purposeWords } from './axes.ts'
import { CATEGORIES } from './categories.ts'
import { STORAGE_CLASSES } from './keeping/storage-classes.ts'
import { type Field, fields } from './intake/category-fields.ts'
import { rules } from './rules.ts'
import {
  body,
  caseNumber,
  code,
  type CommandOf,
  type Given,
  id,
  instant,
  items,
  keysOf,
  lines,
  oneOf,
  photoHash,
  weighed,
  weighings,
  weight_mg,
} from './schema-parts.ts'
import { checklistSchemas, points } from './checklist/schemas.ts'
import { disposalSchemas } from './disposal/schemas.ts'
import { depositSchemas } from './deposit/schemas.ts'
import { doorSchemas } from './door/schemas.ts'
import { caseSchemas } from './cases/schemas.ts'
import { filingSchemas } from './filing/schemas.ts'
import { inboundSchemas } from './inbound/schemas.ts'
import { keepingSchemas } from './keeping/schemas.ts'
import { keeperSchemas } from './keepers/schemas.ts'
import { lineageSchemas } from './lineage/schemas.ts'
import { scaleSchemas } from './scales/schemas.ts'
import { lockSchemas } from './locks/schemas.ts'
import { officerSchemas } from './officers/schemas.ts'
import { recusalSchemas } from './recusal/schemas.ts'
import { RELEVANCE_MOST, relevanceSchemas } from './relevance/schemas.ts'
import { accountNumberSchemas } from './account-number/schemas.ts'
import { identitySchemas } from './identity/schemas.ts'
import { worthSchemas } from './worth/schemas.ts'
import { scanSchemas } from './scans/schemas.ts'
import { serviceSchemas } from './service/schemas.ts'
import { VIEWS } from './pictures/pictures.ts'
import { renumberingSchemas } from './renumbering/schemas.ts'
import { signingSchemas } from './signing/schemas.ts'
import { stocktakeSchemas } from './stocktake/schemas.ts'
import { transitSchemas } from './transit/schemas.ts'
import { onPaperSchemas } from './on-paper/schemas.ts'
import { recourseSchemas } from './recourse/schemas.ts'
import { retentionSchemas } from './retention/schemas.ts'
import { filmSaid, videoSchemas } from './videos/schemas.ts'
import { BAGS } from './weighing/tare.ts'
import { paperSchemas } from './papers/schemas.ts'

export { caseNumber, code, id, instant } from './schema-parts.ts'

/** The record of an agent's journal behind it: name, enrolment, number. */
export const conflictId = Type.String({
  maxLength: 60,
  pattern: '^[a-z][a-z0-9-]{0,31}\\.[1-9][0-9]*\\.[1-9][0-9]*$',
})
/** An incident: the item and which of its incidents. */
export const incidentId = Type.String({ pattern: '^[0-9A-Z]{14}\\.[1-9][0-9]{0,8}$' })
/** As many as one upload carries. */
const PHOTOS_OF_ITEM_MAX = 10
const purpose = oneOf(keysOf(purposeWords))

/** Who was there, and whether he signed. */
export const presence = body({
  attendance: oneOf(['SIGNED', 'REFUSED', 'ABSENT']),
  name: Type.Optional(text(60)),
  reason: Type.Optional(text(200)),
  alias: Type.Optional(
    Type.String({ ...text(20), description: 'By what he is called wherever his name would stand, to protect him.' }),
  ),
})

const part = Type.Optional(text(20))
/** Where in the store a shelf is, from the outermost: site, room, rack and slot, as far as there are such. */
const shelfAt = body({ site: part, room: part, rack: part, slot: part })

/** By what an item came into custody. */
export const measure = body({
  kind: Type.Optional(oneOf(keysOf(measureWords))),
  noticeNumber: text(60),
  takenAt: Type.Optional(instant),
  officers: Type.Optional(Type.Array(id, { maxItems: 20 })),
  place: text(200),
  /** The grant by which it was taken; or taken on the spot, to be approved afterwards. */
  approval: Type.Optional(uuid),
  emergency: Type.Optional(Type.Boolean()),
  unregisteredTrader: Type.Optional(Type.Boolean()),
})

/** What a category asks for, by field; which fields that are, `GET /api/custody/options` says. */
const details = body(
  Object.fromEntries(
    Object.entries<Field>(fields).map(([field, { longest }]) => [field, Type.Optional(text(longest))]),
  ) as { [F in keyof typeof fields]: TOptional<TString> },
)

/** One line of a registration. */
export const newItem = body({
  name: Type.String({
    ...text(100),
    description: 'What kind of thing it is, in clear and printed on the card: no person is named here.',
  }),
  category: oneOf(CATEGORIES),
  quantity: Type.Union([Type.Integer(), Type.String({ maxLength: 30 })]),
  unit: text(10),
  features: Type.Optional(text(1000)),
  details: Type.Optional(details),
  valueStatus: Type.Optional(oneOf(['KNOWN', 'UNKNOWN', 'NOT_NEEDED'])),
  relevance: Type.Optional(
    Type.String({
      ...text(RELEVANCE_MOST),
      description:
        'Which facts of the case it proves (监察法 28). Here or for the whole list; personal effects and what is handed in need none.',
    }),
  ),
  weight_mg: Type.Optional(weight_mg),
  seal: Type.Optional(
    body({ number: text(40), signers: Type.Array(id, { maxItems: 20 }), sealedAt: Type.Optional(instant) }),
  ),
  cannotSealReason: Type.Optional(text(200)),
  measure: Type.Optional(measure),
  holder: Type.Optional(presence),
  witness: Type.Optional(presence),
})

const pieces = Type.Integer({ minimum: 0, maximum: rules.cash_pieces_max.value })
/** More than any currency has. */
const CASH_FACES_MAX = 20

/** The body of each command without its `type`. */
export const schemas = {
  ...caseSchemas,
  /** Measure, holder, witness and relevance stand once for all lines, or in a line of their own; what is said of the film, once. */
  'custody.register': body({
    case: caseNumber,
    items: items(newItem),
    measure: Type.Optional(measure),
    holder: Type.Optional(presence),
    witness: Type.Optional(presence),
    relevance: Type.Optional(text(RELEVANCE_MOST)),
    ...filmSaid,
    /** What was seen to when it was taken, by the checklist of the track. */
    checked: Type.Optional(points),
  }),
  ...inboundSchemas,
  /** `ofIncident`: of what was found to be wrong, while the incident is open; `view`: what they show of the thing as it is. */
  'custody.add-photo': body({
    items: items(
      body({
        ...{ item: code, photos: Type.Array(photoHash, { minItems: 1, maxItems: PHOTOS_OF_ITEM_MAX }) },
        ofIncident: Type.Optional(Type.Boolean()),
        view: Type.Optional(oneOf(VIEWS)),
      }),
    ),
  }),
  /** Bundles and loose pieces of each denomination that was found; nothing for an empty bag. */
  'custody.count-cash': body({
    item: code,
    lines: Type.Array(body({ face_minor: Type.Integer({ minimum: 1 }), bundles: pieces, loose: pieces }), {
      maxItems: CASH_FACES_MAX,
    }),
    serials: Type.Optional(
      Type.Array(Type.String({ pattern: '^[0-9A-Z]{4,20}$' }), { maxItems: rules.cash_serials_max.value }),
    ),
  }),
  'custody.hand-over': body({ items: lines({}), store: id }),
  'custody.check-in': body({
    items: lines({
      location: Type.Optional(code),
      ...weighings,
      bag: Type.Optional(oneOf(BAGS)),
      tare_mg: Type.Optional(weight_mg),
      sealNumber: Type.Optional(text(40)),
      photoMatches: Type.Optional(Type.Boolean()),
    }),
    location: Type.Optional(code),
  }),
  'custody.refuse-item': body({
    items: lines({ reason: Type.Optional(text(200)), ...weighings, sealNumber: Type.Optional(text(40)) }),
    reason: Type.Optional(text(200)),
  }),
  'custody.move': body({ items: lines({ location: Type.Optional(code) }), location: Type.Optional(code) }),
  'custody.borrow': body({
    items: lines(weighed),
    approval: uuid,
    borrower: Type.Optional(id),
    /** The box that goes out with all that lies in it, as it was granted. */
    container: Type.Optional(code),
  }),
  'custody.give-back': body({
    items: lines({
      location: Type.Optional(code),
      ...weighed,
      seal: Type.Optional(oneOf(['intact', 'broken', 'none'])),
      condition: Type.Optional(oneOf(['same', 'different'])),
      note: Type.Optional(text(500)),
    }),
    location: Type.Optional(code),
  }),
  /** What differs of an item that is brought back; as in `give-back`. */
  'custody.note-difference': body({
    items: lines({
      ...weighed,
      seal: Type.Optional(oneOf(['intact', 'broken', 'none'])),
      condition: Type.Optional(oneOf(['same', 'different'])),
    }),
  }),
  'custody.settle-difference': body({ item: code }),
  'custody.incident': body({
    items: lines({}),
    kind: oneOf(keysOf(incidentWords)),
    note: text(500),
    sealBroken: Type.Optional(Type.Boolean()),
  }),
  /** `takeAsFound`: the weight that was found holds from now on. */
  'custody.resolve': body({ items: lines({}), conclusion: text(1000), takeAsFound: Type.Optional(Type.Boolean()) }),
  'custody.add-location': body({
    store: id,
    name: text(60),
    storageClass: oneOf(STORAGE_CLASSES),
    capacity: Type.Integer({ minimum: 1, maximum: 100_000 }),
    at: Type.Optional(shelfAt),
  }),
  'custody.offline-conflict': body({
    ...{ conflict: conflictId, store: id, list: code, item: code, location: code },
    weight_mg: Type.Union([weight_mg, Type.Null()]),
    custodian: Type.Union([id, Type.Null()]),
    code: text(60),
    why: body({ zh: text(1000), en: text(1000) }),
  }),
  'custody.settle-conflict': body({ conflict: conflictId, reason: text(500) }),
  ...keepingSchemas,
  ...lineageSchemas,
  ...lockSchemas,
  ...scaleSchemas,
  ...transitSchemas,
  ...depositSchemas,
  ...keeperSchemas,
  ...disposalSchemas,
  ...doorSchemas,
  ...officerSchemas,
  ...paperSchemas,
  ...recusalSchemas,
  ...relevanceSchemas,
  ...worthSchemas,
  ...checklistSchemas,
  ...filingSchemas,
  ...scanSchemas,
  ...serviceSchemas,
  ...identitySchemas,
  ...accountNumberSchemas,
  ...renumberingSchemas,
  ...signingSchemas,
  ...onPaperSchemas,
  ...recourseSchemas,
  ...retentionSchemas,
  ...videoSchemas,
  ...stocktakeSchemas,
} as const

/** What is asked for when a loan is asked for: things, or with `container` a whole box, of which `items` is all that lies in it. */
export const borrowDeed = body({
  ...{ command: Type.Literal('borrow'), items: lines({}), dueAt: instant, purpose },
  container: Type.Optional(code),
})

type Of<T extends keyof typeof schemas> = CommandOf<typeof schemas, T>

export type { NewCase, OpenCase, OpenCases } from './cases/schemas.ts'
export type Register = Of<'custody.register'>
export type NewItem = Given<Static<typeof newItem>>
export type NewMeasure = Given<Static<typeof measure>>
export type NewPresence = Given<Static<typeof presence>>
export type AddPhoto = Of<'custody.add-photo'>
export type CountCash = Of<'custody.count-cash'>
export type HandOver = Of<'custody.hand-over'>
export type CheckIn = Of<'custody.check-in'>
export type RefuseItem = Of<'custody.refuse-item'>
export type MoveItems = Of<'custody.move'>
export type Borrow = Of<'custody.borrow'>
export type GiveBack = Of<'custody.give-back'>
export type SettleDifference = Of<'custody.settle-difference'>
export type NoteDifference = Of<'custody.note-difference'>
export type OpenIncident = Of<'custody.incident'>
export type ResolveIncident = Of<'custody.resolve'>
export type AddLocation = Of<'custody.add-location'>
export type WantLabel = Of<'custody.want-label'>
export type ReprintLabel = Of<'custody.reprint'>
export type LabelOutcome = Of<'custody.label-printed'> | Of<'custody.label-failed'> | Of<'custody.label-unknown'>
export type WantTag = Of<'custody.want-tag'>
export type TagOutcome = Of<'custody.tag-bound'> | Of<'custody.tag-not-written'>
export type LabelScannedBack = Of<'custody.label-scanned-back'>
export type NoteConflict = Of<'custody.offline-conflict'>
export type IssuePaper = Of<'custody.issue-paper'>
export type PrintPaper = Of<'custody.print-paper'>
export type SettlePrint = Of<'custody.settle-print'>
export type SettleConflict = Of<'custody.settle-conflict'>
export type BorrowDeed = Given<Static<typeof borrowDeed>>
