import { Type } from 'typebox'
import { text } from '../schemas.ts'
import { body, code, type CommandOf, items, lines, weight_mg } from './schema-parts.ts'

const sealNumber = text(40)

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
} as const

type Of<T extends keyof typeof keepingSchemas> = CommandOf<typeof keepingSchemas, T>

export type Unseal = Of<'custody.unseal'>
export type SealItems = Of<'custody.seal'>
export type Correct = Of<'custody.correct'>
