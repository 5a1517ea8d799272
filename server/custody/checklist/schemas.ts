import { Type } from 'typebox'
import { text } from '../../schemas.ts'
import { body, caseNumber, type CommandOf, oneOf } from '../schema-parts.ts'
import { CHECK_POINTS } from './points.ts'

/** Points of the checklist that were seen to. */
export const points = Type.Array(oneOf(CHECK_POINTS), {
  minItems: 1,
  maxItems: CHECK_POINTS.length,
  uniqueItems: true,
})

export const checklistSchemas = {
  'custody.check-measure': body({ case: caseNumber, notice: text(60), points }),
} as const

export type CheckMeasure = CommandOf<typeof checklistSchemas, 'custody.check-measure'>
