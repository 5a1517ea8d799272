import { type Static, type TSchema, Type } from 'typebox'
import { exactly } from '../schemas.ts'
import { rules } from './rules.ts'

/** Exactly these members. */
export function body<const P extends Record<string, TSchema>>(properties: P) {
  return Type.Object(properties, exactly)
}

/** One of these texts, which TypeScript then knows too. */
export function oneOf<const T extends string>(values: readonly T[]) {
  return Type.Unsafe<T>(Type.Enum([...values]))
}

/** The keys with their own type, which `Object.keys` gives up. */
export function keysOf<const T extends Record<string, unknown>>(of: T): (keyof T & string)[] {
  return Object.keys(of)
}

export const id = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' })
/** A year of a department or an organ: `dept-1/2025`. */
export const unitYear = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}/20[0-9]{2}$' })
export const code = Type.String({ pattern: '^[0-9A-Z]{14}$' })
/** Stands in a subject and in addresses: no slash, space or escape. */
export const caseNumber = Type.String({
  pattern: '^[^\\s/\\\\?#%&"<>\\u0000-\\u001f\\u007f-\\u009f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f]{1,64}$',
})
/** RFC 3339 in UTC with milliseconds, as the registers write it: two such texts compare like their times. */
export const instant = Type.String({
  format: 'date-time',
  pattern: '^2\\d{3}-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-5]\\d\\.\\d{3}Z$',
})
export const photoHash = Type.String({ pattern: '^[0-9a-f]{64}$' })
export const weight_mg = Type.Integer()
export const reading = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'The reading of the scale that gave this weight; only an act at its station may name one.',
})

/** The lines of one act: at least one, and no more than `items_per_act` of the rules, because an act is one transaction. */
export const items = <const T extends TSchema>(line: T) =>
  Type.Array(line, { minItems: 1, maxItems: rules.items_per_act.value })

/** Lines of an act as bare codes, or as codes with more said of each. */
export const lines = <const P extends Record<string, TSchema>>(properties: P) =>
  items(Type.Union([code, body({ item: code, ...properties })]))

/** What was validated is not changed by anybody. */
export type Given<T> = T extends readonly (infer E)[]
  ? readonly Given<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Given<T[K]> }
    : T

/** The command of a type, from the schemas of a page. */
export type CommandOf<S extends Record<string, TSchema>, T extends keyof S> = { readonly type: T } & Given<Static<S[T]>>

/** What it weighs, and the reading of a scale that says so. */
export const weighed = { weight_mg: Type.Optional(weight_mg), reading: Type.Optional(reading) }

/** Weighings of one thing in one act that are kept beside the one that counts; of more, the last. */
export const WEIGHED_BEFORE_MOST = 20
/** The same, and what the scale said of it before that, oldest first. */
export const weighings = {
  ...weighed,
  before: Type.Optional(Type.Array(body({ weight_mg, reading }), { minItems: 1, maxItems: WEIGHED_BEFORE_MOST })),
}
