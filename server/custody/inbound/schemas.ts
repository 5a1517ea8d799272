import { Type } from 'typebox'
import { text, uuid } from '../../schemas.ts'
import { rules } from '../rules.ts'
import { body, caseNumber, type CommandOf, oneOf, weight_mg } from '../schema-parts.ts'

const day = Type.String({ pattern: '^2[0-9]{3}-[0-9]{2}-[0-9]{2}$' })
const quantity = Type.String({ maxLength: 30 })
const most = rules.items_per_act.value
const lineNumber = Type.Integer({ minimum: 1, maximum: most })
const seal = text(40)
const features = text(1_000)

/** Who stands for the other organ. */
export const bringer = body({ name: text(60), post: text(60) })

/** A line as the list has it. */
export const inboundLine = body({
  name: Type.String({ ...text(100), description: 'What kind of thing it is, in clear: no person is named here.' }),
  quantity,
  unit: text(10),
  weight_mg: Type.Optional(weight_mg),
  seal: Type.Optional(seal),
  features: Type.Optional(features),
})

export const inboundSchemas = {
  'custody.list-inbound': body({
    case: caseNumber,
    organ: text(60),
    number: text(60),
    day,
    theirCase: Type.Optional(text(64)),
    bringer,
    lines: Type.Array(inboundLine, { minItems: 1, maxItems: most }),
    replaces: Type.Optional(
      Type.Unsafe<string>({
        ...uuid,
        description: 'The list that was typed wrongly and withdrawn, in whose place this one stands.',
      }),
    ),
  }),
  /** Only what differs is said of a line; `extra`: what is on no line. */
  'custody.check-inbound': body({
    inbound: uuid,
    lines: Type.Array(
      body({
        line: lineNumber,
        verdict: oneOf(['MATCHED', 'SHORT', 'SURPLUS', 'DIFFERENT']),
        quantity: Type.Optional(quantity),
        weight_mg: Type.Optional(weight_mg),
        seal: Type.Optional(seal),
        features: Type.Optional(features),
      }),
      { maxItems: most },
    ),
    extra: Type.Optional(Type.Array(inboundLine, { maxItems: most })),
  }),
  'custody.settle-inbound': body({
    inbound: uuid,
    line: lineNumber,
    how: oneOf(['SENT_BACK', 'AS_FOUND']),
    note: text(500),
    bringer,
  }),
  'custody.withdraw-inbound': body({ inbound: uuid, reason: text(200) }),
} as const

export type ListInbound = CommandOf<typeof inboundSchemas, 'custody.list-inbound'>
export type CheckInbound = CommandOf<typeof inboundSchemas, 'custody.check-inbound'>
export type WithdrawInbound = CommandOf<typeof inboundSchemas, 'custody.withdraw-inbound'>
export type SettleInbound = CommandOf<typeof inboundSchemas, 'custody.settle-inbound'>
