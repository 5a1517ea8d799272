import { text } from '../../schemas.ts'
import { body, code, type CommandOf, items } from '../schema-parts.ts'

/** Characters that say which facts of a case a thing proves. */
export const RELEVANCE_MOST = 200

export const relevanceSchemas = {
  'custody.state-relevance': body({ items: items(code), relevance: text(RELEVANCE_MOST) }),
} as const

export type StateRelevance = CommandOf<typeof relevanceSchemas, 'custody.state-relevance'>
