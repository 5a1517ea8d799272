import { type Static, Type } from 'typebox'
import { text } from '../../schemas.ts'
import { measureWords } from '../axes.ts'
import { body, caseNumber, code, type Given, keysOf, oneOf } from '../schema-parts.ts'
import { rules } from '../rules.ts'
import { recordingLater } from '../videos/schemas.ts'

const kind = oneOf(keysOf(measureWords))
const items = Type.Array(code, { minItems: 1, maxItems: rules.items_per_act.value, uniqueItems: true })

/** What is asked for before a measure is taken. */
export const measureDeed = body({ command: Type.Literal('take-measure'), case: caseNumber, kind })
/** What is asked for after one was taken on the spot. */
export const confirmDeed = body({ command: Type.Literal('confirm-measure'), items })
/** What is asked for about things that were handed in: `document` is the number of the notice that the holder gets, `recordingLater` is said
 * of what stays where it is. */
export const convertDeed = body({
  ...{ command: Type.Literal('convert-surrender'), items, kind, document: text(60) },
  recordingLater,
})

export type MeasureDeed = Given<Static<typeof measureDeed>>
export type ConfirmDeed = Given<Static<typeof confirmDeed>>
export type ConvertDeed = Given<Static<typeof convertDeed>>
