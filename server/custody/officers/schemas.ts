import { Type } from 'typebox'
import { text } from '../../schemas.ts'
import { body, caseNumber, type CommandOf, id } from '../schema-parts.ts'

/** Characters that say why a case gets more officers. */
const REASON_MOST = 300
/** People who may join in one act. */
const JOINING_MOST = 5

export const officerSchemas = {
  'custody.join-officers': body({
    case: caseNumber,
    officers: Type.Array(id, { minItems: 1, maxItems: JOINING_MOST, uniqueItems: true }),
    reason: text(REASON_MOST),
  }),
} as const

export type JoinOfficers = CommandOf<typeof officerSchemas, 'custody.join-officers'>
