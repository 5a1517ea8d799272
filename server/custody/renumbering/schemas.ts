import { text } from '../../schemas.ts'
import { body, caseNumber, type CommandOf } from '../schema-parts.ts'

/** Characters that say what was wrong with a number. */
const RENUMBER_REASON_MOST = 300

export const renumberingSchemas = {
  'custody.renumber-case': body({ case: caseNumber, number: caseNumber, reason: text(RENUMBER_REASON_MOST) }),
} as const

export type RenumberCase = CommandOf<typeof renumberingSchemas, 'custody.renumber-case'>
