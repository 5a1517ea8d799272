import { Type } from 'typebox'
import { text } from '../../schemas.ts'
import { body, caseNumber, type CommandOf, id, oneOf } from '../schema-parts.ts'
import { RECUSAL_GROUNDS } from './grounds.ts'

/** Characters that say why somebody is recused. */
const RECUSAL_REASON_MOST = 300
/** People who may take the place of one. */
const SUCCESSORS_MOST = 5

export const recusalSchemas = {
  'custody.recuse': body({
    case: caseNumber,
    person: id,
    ground: oneOf(RECUSAL_GROUNDS),
    reason: text(RECUSAL_REASON_MOST),
    successors: Type.Optional(Type.Array(id, { maxItems: SUCCESSORS_MOST, uniqueItems: true })),
  }),
} as const

export type Recuse = CommandOf<typeof recusalSchemas, 'custody.recuse'>
