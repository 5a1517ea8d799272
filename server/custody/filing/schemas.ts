import { Type } from 'typebox'
import { text } from '../../schemas.ts'
import { body, caseNumber, type CommandOf } from '../schema-parts.ts'

/** The day on which a case was filed, `2026-11-21`, and the document that says so. */
const said = {
  filedOn: Type.String({ format: 'date', pattern: '^2[0-9]{3}-[0-9]{2}-[0-9]{2}$' }),
  document: text(60),
}

/** As it is said with the opening of a case. */
export const filed = body(said)

export const filingSchemas = {
  'custody.state-filing': body({ case: caseNumber, ...said }),
} as const

export type StateFiling = CommandOf<typeof filingSchemas, 'custody.state-filing'>
