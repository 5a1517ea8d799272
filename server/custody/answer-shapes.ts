import { type TSchema, Type } from 'typebox'
import { exactly, words } from '../schemas.ts'
import { purposeWords } from './axes.ts'

/** What the answers of custody over HTTP are made of; the shapes of protocol.ts. */

export const text = Type.String()
export const texts = Type.Array(text)
export const count = Type.Integer()
export const flag = Type.Boolean()
export const weight_mg = Type.Integer()

/** An answer with exactly these members: what a schema does not name cannot leave by it unnoticed. */
export function shape<const P extends Record<string, TSchema>>(properties: P) {
  return Type.Object(properties, exactly)
}

/** One of these texts, for answers alone: what a request may hold is in `schema-parts.ts`, where TypeScript knows the texts too. */
export function oneOf(values: readonly string[]) {
  return Type.Enum([...values])
}

/** A value of one of these, with its words. */
export function saidOf(values: Readonly<Record<string, unknown>> | readonly string[]) {
  return shape({ value: oneOf(Array.isArray(values) ? (values as string[]) : Object.keys(values)), words })
}

export const holder = shape({ who: text, name: text })
export const purpose = saidOf(purposeWords)
export const point = shape({
  point: oneOf(['weight', 'seal', 'condition']),
  expected: text,
  found: text,
  verdict: oneOf(['same', 'different', 'not-compared']),
})
export const book = oneOf(['evidence', 'effects'])
