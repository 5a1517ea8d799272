import { Type } from 'typebox'
import { incidentWords } from '../axes.ts'
import { CATEGORIES } from '../categories.ts'
import { keptOpenWords } from '../disposal/words.ts'
import { keysOf, oneOf } from '../schema-parts.ts'
import { CASE_AGES, LOAN_AGES } from './ages.ts'
import { FIGURES } from './behind.ts'

const localDay = Type.String({ pattern: '^2\\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$', format: 'date' })

export const caseAge = oneOf(keysOf(CASE_AGES))

/** Which figure a list of things stands behind. */
export const behindQuery = {
  figure: oneOf(FIGURES),
  category: Type.Optional(oneOf(CATEGORIES)),
  place: Type.Optional(Type.String({ pattern: '^(store/[a-z][a-z0-9-]{0,31}|[A-Z_]{1,20})$' })),
  from: Type.Optional(localDay),
  to: Type.Optional(localDay),
  age: Type.Optional(oneOf(keysOf(LOAN_AGES))),
  kind: Type.Optional(oneOf(keysOf(incidentWords))),
  ground: Type.Optional(oneOf(keysOf(keptOpenWords))),
}
