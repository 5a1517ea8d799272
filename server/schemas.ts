import type { Readable } from 'node:stream'
import type { ToldRefusal } from './refusal.ts'
import { type Static, type TSchema, Type } from 'typebox'

/** No member beside those that are named. */
export const exactly = { additionalProperties: false } as const

/** No control characters, and none that is not seen or turns the text around it: what is read is what is there. */
const TEXT =
  '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff]*$'

/** What a person typed, at least one character of it. */
export function text(maxLength: number, minLength = 1) {
  return Type.String({ minLength, maxLength, pattern: TEXT })
}

export const uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })

/** What the house gives its own name to: a unit, a store, a person, a station, an agent. */
export const id = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' })

export const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })

/** The same, or null. */
export function orNull<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

/** One text in both languages. */
export const words = Type.Object({ zh: Type.String(), en: Type.String() }, exactly)

/** What a reader would be refused with, told beforehand. */
export const toldRefusal = Type.Unsafe<ToldRefusal>(
  Type.Object({ code: Type.String(), detail: words, rule: words, remedy: words }, exactly),
)

export const secretKind = Type.Union([Type.Literal('password'), Type.Literal('pin')])

/** What an act wrote: where each fact stands in its register. */
export const facts = Type.Array(
  Type.Object({ register: Type.String(), seq: Type.Integer(), type: Type.String(), hash: Type.String() }, exactly),
)
export const done = Type.Object({ facts }, exactly)

/** An answer that is no JSON and is sent piece by piece. */
export const streamed = Type.Unsafe<Readable>(Type.String({ format: 'binary' }))

/** An answer that is no JSON and is there as a whole: a picture, a paper. */
export const bytes = Type.Unsafe<Buffer>(Type.String({ format: 'binary' }))

/** What stands at a key of any of the members of a union. */
type At<S, K> = S extends unknown ? (K extends keyof S ? S[K] : never) : never

/** Members of T, however deep, that S has not; never where it has all. */
type Missing<T, S> = T extends string | number | boolean | null | undefined
  ? never
  : [unknown] extends [S]
    ? never
    : T extends readonly (infer E)[]
      ? Missing<E, At<S, number>>
      : string extends keyof T
        ? never
        : { [K in keyof T]-?: K extends (S extends unknown ? keyof S : never) ? Missing<T[K], At<S, K>> : K }[keyof T]

/**
 * An answer of this type. Whatever the schema does not name is left out of the answer, so that it has to name every member of the type: one
 * that it lacks does not compile.
 */
export function answering<T>() {
  return <const S extends TSchema>(
    schema: S,
    ..._missing: [Missing<T, Static<S>>] extends [never] ? [] : [memberThatTheSchemaLacks: Missing<T, Static<S>>]
  ) => Type.Unsafe<T>(schema)
}

const PAGE_DEFAULT = 100
const PAGE_MAX = 500

/** The query of a list that comes by pages: how many, and after which one; `after` is what the page before ended with. */
export function paged<T extends TSchema>(cursor: T) {
  return {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_MAX })),
    after: Type.Optional(cursor),
  }
}

/** The page of such a list: its rows under `name`, and the cursor to ask on with, null with the last page. */
export function pageWith<const N extends string, R extends TSchema>(name: N, row: R) {
  const shape = Type.Object({ [name]: Type.Array(row), after: orNull(Type.String()) }, exactly)
  return Type.Unsafe<{ readonly [K in N]: readonly Static<R>[] } & { readonly after: string | null }>(shape)
}

/** A page as it was asked for. */
export interface Page {
  readonly limit: number
  /** The cursor of the row that the page before ended with; null for the first page. */
  readonly after: string | null
}

/** The page that a query asks for: from the beginning, and of the usual length, unless it says otherwise. */
export function pageOf({ limit = PAGE_DEFAULT, after }: { limit?: number; after?: string }): Page {
  return { limit, after: after ?? null }
}

/** The cursor to ask on with; null when this page was the last. */
export function nextAfter<Row>(rows: readonly Row[], { limit }: Page, cursorOf: (row: Row) => string): string | null {
  const last = rows.at(-1)
  return rows.length < limit || last === undefined ? null : cursorOf(last)
}
