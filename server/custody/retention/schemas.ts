import { Type } from 'typebox'
import { text } from '../../schemas.ts'
import { body, code, type CommandOf, items, oneOf } from '../schema-parts.ts'

/** The review of what is kept, without its `type`. `reviewOn`: `2026-11-21`, with `KEEP` alone. */
export const retentionSchemas = {
  'custody.ask-retention': body({ items: items(code), question: text(500) }),
  'custody.answer-retention': body({
    items: items(code),
    verdict: oneOf(['KEEP', 'RELEASE']),
    reviewOn: Type.Optional(Type.String({ pattern: '^2[0-9]{3}-[0-9]{2}-[0-9]{2}$' })),
    said: text(500),
  }),
} as const

export type AskRetention = CommandOf<typeof retentionSchemas, 'custody.ask-retention'>
export type AnswerRetention = CommandOf<typeof retentionSchemas, 'custody.answer-retention'>
