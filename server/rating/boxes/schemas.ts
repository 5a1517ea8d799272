import { type Static, Type } from 'typebox'
import type { Level } from '../../../devices/ballot/ballot.ts'
import { exactly, id, uuid } from '../../schemas.ts'

/** Fewer are never counted, so fewer are not taken in. */
export const SHEETS_LEAST = 10
/** Sheets of one box; a fuller one is taken in as several. */
export const SHEETS_MOST = 300
const REASONS_MOST = 8

const day = Type.String({ format: 'date' })
const code = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,31}$' })
const level = Type.Unsafe<Level>(Type.Integer({ minimum: 1, maximum: 5 }))

/** What a sheet says: no name, no number of a matter, no words that could be known by a hand. */
const said = {
  /** Null where none is marked, or it cannot be read. */
  level: Type.Union([level, Type.Null()]),
  answers: Type.Record(code, level),
  reasons: Type.Array(code, { maxItems: REASONS_MOST, uniqueItems: true }),
}
export const sheet = Type.Object(said, exactly)
const numbered = Type.Object({ sheet: Type.Integer({ minimum: 1, maximum: SHEETS_MOST }), ...said }, exactly)

/** Of each command its body without `type`. */
export const boxSchemas = {
  'rating.open-box': Type.Object(
    {
      ...{ counter: id, clerk: id, from: day, to: day },
      sheets: Type.Integer({ minimum: SHEETS_LEAST, maximum: SHEETS_MOST }),
    },
    exactly,
  ),
  'rating.enter-box': Type.Object({ box: uuid, sheets: Type.Array(sheet, { maxItems: SHEETS_MOST }) }, exactly),
  'rating.decide-box': Type.Object({ box: uuid, sheets: Type.Array(numbered, { maxItems: SHEETS_MOST }) }, exactly),
} as const

export type Sheet = Static<typeof sheet>
export type NumberedSheet = Static<typeof numbered>
type Of<T extends keyof typeof boxSchemas> = { readonly type: T } & Readonly<Static<(typeof boxSchemas)[T]>>
export type OpenBox = Of<'rating.open-box'>
export type EnterBox = Of<'rating.enter-box'>
export type DecideBox = Of<'rating.decide-box'>
