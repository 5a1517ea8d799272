import { text } from '../../schemas.ts'
import { body, code, type CommandOf, items, oneOf } from '../schema-parts.ts'

/** Characters that say why somebody's name is looked up. */
const IDENTITY_REASON_MOST = 200

export const identitySchemas = {
  'custody.open-identity': body({
    items: items(code),
    whose: oneOf(['holder', 'witness']),
    reason: text(IDENTITY_REASON_MOST),
  }),
} as const

export type OpenIdentity = CommandOf<typeof identitySchemas, 'custody.open-identity'>
