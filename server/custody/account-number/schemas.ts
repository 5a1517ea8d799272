import { text } from '../../schemas.ts'
import { body, code, type CommandOf, items } from '../schema-parts.ts'

/** Characters that say why a whole number is read. */
const ACCOUNT_REASON_MOST = 200

export const accountNumberSchemas = {
  'custody.open-account-number': body({ items: items(code), reason: text(ACCOUNT_REASON_MOST) }),
} as const

export type OpenAccountNumber = CommandOf<typeof accountNumberSchemas, 'custody.open-account-number'>
