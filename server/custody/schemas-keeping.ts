import { Type } from 'typebox'
import { text } from '../schemas.ts'
import { body, type CommandOf, lines } from './schema-parts.ts'

const sealNumber = text(40)

/** What is done with an item while it is kept: the body of each command without its `type`. */
export const keepingSchemas = {
  'custody.unseal': body({ items: lines({}), reason: text(200) }),
  'custody.seal': body({ items: lines({ number: Type.Optional(sealNumber) }), number: Type.Optional(sealNumber) }),
} as const

type Of<T extends keyof typeof keepingSchemas> = CommandOf<typeof keepingSchemas, T>

export type Unseal = Of<'custody.unseal'>
export type SealItems = Of<'custody.seal'>
