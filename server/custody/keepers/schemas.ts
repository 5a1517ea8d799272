import { text } from '../../schemas.ts'
import { body, code, type CommandOf, id } from '../schema-parts.ts'

/** The body of handing over a post without its `type`. */
export const keeperSchemas = {
  'custody.hand-over-post': body({ store: id, to: id, stocktake: code, statement: text(1000) }),
} as const

export type HandOverPost = CommandOf<typeof keeperSchemas, 'custody.hand-over-post'>
