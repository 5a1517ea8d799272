import { type Static, Type } from 'typebox'
import type { Level } from '../../../devices/ballot/ballot.ts'
import { exactly, id, text, uuid } from '../../schemas.ts'
import { SHEETS_LEAST, SHEETS_MOST } from '../boxes/schemas.ts'

const TYPISTS = 2
const group = Type.String({ pattern: '^g[1-9]$' })
const code = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,31}$' })
const level = Type.Unsafe<Level>(Type.Integer({ minimum: 1, maximum: 5 }))

/** What a sheet says of each department; one that is not named was passed over. `level` is null where none is marked, or it cannot be read. */
const votes = Type.Record(
  id,
  Type.Object({ level: Type.Union([level, Type.Null()]), answers: Type.Record(code, level) }, exactly),
)
const paperSheet = Type.Object({ votes }, exactly)
const numbered = Type.Object({ sheet: Type.Integer({ minimum: 1, maximum: SHEETS_MOST }), votes }, exactly)

/** Of each command its body without `type`. */
export const paperBoxSchemas = {
  'rating.open-paper-box': Type.Object(
    {
      ...{ campaign: uuid, group, sheets: Type.Integer({ minimum: SHEETS_LEAST, maximum: SHEETS_MOST }) },
      typists: Type.Array(id, { minItems: TYPISTS, maxItems: TYPISTS, uniqueItems: true }),
    },
    exactly,
  ),
  'rating.enter-paper-box': Type.Object(
    { box: uuid, sheets: Type.Array(paperSheet, { maxItems: SHEETS_MOST }) },
    exactly,
  ),
  'rating.withdraw-paper-box': Type.Object({ box: uuid, reason: text(200) }, exactly),
  'rating.decide-paper-box': Type.Object(
    { box: uuid, sheets: Type.Array(numbered, { maxItems: SHEETS_MOST }) },
    exactly,
  ),
} as const

export type PaperSheet = Static<typeof paperSheet>
export type NumberedPaperSheet = Static<typeof numbered>
type Of<T extends keyof typeof paperBoxSchemas> = { readonly type: T } & Readonly<Static<(typeof paperBoxSchemas)[T]>>
export type OpenPaperBox = Of<'rating.open-paper-box'>
export type EnterPaperBox = Of<'rating.enter-paper-box'>
export type WithdrawPaperBox = Of<'rating.withdraw-paper-box'>
export type DecidePaperBox = Of<'rating.decide-paper-box'>
