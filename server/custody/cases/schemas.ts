import { type Static, Type } from 'typebox'
import { text } from '../../schemas.ts'
import { trackWords } from '../axes.ts'
import { filed } from '../filing/schemas.ts'
import { rules } from '../rules.ts'
import { body, caseNumber, type CommandOf, type Given, id, keysOf, oneOf } from '../schema-parts.ts'

/** People who handle one case. */
export const OFFICERS_MOST = 20

/** A case as it is opened, alone or with others. */
export const newCase = body({
  number: caseNumber,
  title: text(200),
  track: oneOf(keysOf(trackWords)),
  unit: id,
  officers: Type.Array(id, { minItems: 1, maxItems: OFFICERS_MOST, uniqueItems: true }),
  /** When it was filed and by what document, where that is known already; it can be said later. */
  filing: Type.Optional(filed),
})

export const caseSchemas = {
  'custody.open-case': newCase,
  /** From a table: all of them or none. What is known already and the same is left as it is. */
  'custody.open-cases': body({ cases: Type.Array(newCase, { minItems: 1, maxItems: rules.items_per_act.value }) }),
} as const

/** One case as it is opened. */
export type NewCase = Given<Static<typeof newCase>>
export type OpenCase = CommandOf<typeof caseSchemas, 'custody.open-case'>
export type OpenCases = CommandOf<typeof caseSchemas, 'custody.open-cases'>
