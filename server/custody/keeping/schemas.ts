import { Type } from 'typebox'
import { SEAL_NUMBER_MAX } from '../../../labels/seal-number.ts'
import { text } from '../../schemas.ts'
import { rules } from '../rules.ts'
import { body, code, type CommandOf, id, instant, items, lines, oneOf, reading, weight_mg } from '../schema-parts.ts'

const sealNumber = text(SEAL_NUMBER_MAX)
/** As many as close one thing on all its sides. */
const STRIP_COPIES_MAX = 6

/** What is done with an item while it is kept: the body of each command without its `type`. */
export const keepingSchemas = {
  'custody.unseal': body({ items: lines({}), reason: text(200) }),
  'custody.seal': body({ items: lines({ number: Type.Optional(sealNumber) }), number: Type.Optional(sealNumber) }),
  /** What was typed wrongly, as it should have been; what is not named stays. */
  'custody.correct': body({
    items: items(
      body({
        item: code,
        name: Type.Optional(text(100)),
        features: Type.Optional(text(1000)),
        quantity: Type.Optional(Type.Union([Type.Integer(), Type.String({ maxLength: 30 })])),
        weight_mg: Type.Optional(weight_mg),
        sealNumber: Type.Optional(sealNumber),
        noticeNumber: Type.Optional(text(60)),
      }),
    ),
    reason: text(200),
  }),
  'custody.appraise': body({ items: lines({}), institution: text(100), commission: text(60), dueAt: instant }),
  /** What it weighs and looks like as it comes back, as in `give-back`; the value is in fen. */
  'custody.appraised': body({
    items: lines({
      location: Type.Optional(code),
      weight_mg: Type.Optional(weight_mg),
      reading: Type.Optional(reading),
      seal: Type.Optional(oneOf(['intact', 'broken', 'none'])),
      condition: Type.Optional(oneOf(['same', 'different'])),
    }),
    location: Type.Optional(code),
    report: text(60),
    value_fen: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
  }),
  'custody.add-container': body({
    ...{ store: id, name: text(60), location: code },
    // What a box holds is moved in one act.
    capacity: Type.Integer({ minimum: 1, maximum: rules.items_per_act.value }),
  }),
  'custody.move-container': body({ container: code, location: code }),
  'custody.seal-container': body({ container: code, number: sealNumber }),
  /** Strips with the number that the item wears, or with one to come; more of the same take a reason. */
  'custody.print-strip': body({
    ...{ item: code, station: id, number: Type.Optional(sealNumber) },
    copies: Type.Optional(Type.Integer({ minimum: 1, maximum: STRIP_COPIES_MAX })),
    reason: Type.Optional(text(200)),
  }),
  /** `seal`: whether that of the box is whole; of a box that wears one. */
  'custody.return-container': body({
    ...{ container: code, location: code },
    seal: Type.Optional(oneOf(['intact', 'broken'])),
  }),
  'custody.open-container': body({ container: code, reason: text(200) }),
} as const

type Of<T extends keyof typeof keepingSchemas> = CommandOf<typeof keepingSchemas, T>

export type Unseal = Of<'custody.unseal'>
export type SealItems = Of<'custody.seal'>
export type Correct = Of<'custody.correct'>
export type Appraise = Of<'custody.appraise'>
export type Appraised = Of<'custody.appraised'>
export type AddContainer = Of<'custody.add-container'>
export type MoveContainer = Of<'custody.move-container'>
export type SealContainer = Of<'custody.seal-container'>
export type PrintStrip = Of<'custody.print-strip'>
export type ReturnContainer = Of<'custody.return-container'>
export type OpenContainer = Of<'custody.open-container'>
