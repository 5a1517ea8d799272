import { Type } from 'typebox'
import { text } from '../../schemas.ts'
import { rules } from '../rules.ts'
import { body, code, type CommandOf, reading, weight_mg } from '../schema-parts.ts'

const pieces = Type.Integer({ minimum: 0, maximum: rules.cash_pieces_max.value })
/** More than any currency has. */
const CASH_FACES_MAX = 20

/** Far more than any sale brings, and within what counts exactly. */
const FEN_MAX = 100_000_000_000_000

const part = body({
  name: Type.Optional(text(100)),
  features: Type.Optional(text(1000)),
  quantity: Type.Union([Type.Integer(), Type.String({ maxLength: 30 })]),
  weight_mg: Type.Optional(weight_mg),
  reading: Type.Optional(reading),
  /** Of cash: what of it goes into this part. */
  cash: Type.Optional(
    Type.Array(body({ face_minor: Type.Integer({ minimum: 1 }), bundles: pieces, loose: pieces }), {
      maxItems: CASH_FACES_MAX,
    }),
  ),
})

/** The bodies of splitting, dividing money and merging without their `type`. What a part does not say is as it was with the whole. */
export const lineageSchemas = {
  'custody.split': body({
    items: Type.Array(
      body({ item: code, parts: Type.Array(part, { minItems: 2, maxItems: rules.parts_per_split.value }) }),
      { minItems: 1, maxItems: 1 },
    ),
    reason: text(200),
  }),
  'custody.divide-money': body({
    items: Type.Array(body({ item: code, surplus_fen: Type.Integer({ minimum: 1, maximum: FEN_MAX }) }), {
      ...{ minItems: 1, maxItems: 1 },
    }),
    reason: text(200),
  }),
  'custody.merge': body({
    items: Type.Array(code, { minItems: 2, maxItems: rules.items_per_act.value }),
    name: Type.Optional(text(100)),
    features: Type.Optional(text(1000)),
    reason: text(200),
  }),
} as const

export type Split = CommandOf<typeof lineageSchemas, 'custody.split'>
export type DivideMoney = CommandOf<typeof lineageSchemas, 'custody.divide-money'>
export type Merge = CommandOf<typeof lineageSchemas, 'custody.merge'>
