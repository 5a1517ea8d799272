import { Type } from 'typebox'
import { sha256, text } from '../../schemas.ts'
import { body, type CommandOf, id } from '../schema-parts.ts'

/** As many as one fact holds without growing out of hand. */
export const STATEMENT_LINES_MAX = 2_000

const day = Type.String({ pattern: '^2[0-9]{3}-[0-9]{2}-[0-9]{2}$' })

const lines = Type.Array(
  body({
    row: Type.Integer({ minimum: 2 }),
    day,
    amount_fen: Type.Integer({ minimum: 1 }),
    voucher: Type.Union([Type.String({ pattern: '^[^\\s]{1,60}$' }), Type.Null()]),
  }),
  { maxItems: STATEMENT_LINES_MAX },
)

export const reconcilingSchemas = {
  /** `lines`: money that came in, as it was read from the file; `paidOut`: money that went out. */
  'custody.reconcile-account': body({
    ...{ unit: id, account: text(60), from: day, to: day, sha256 },
    ...{ lines, paidOut: lines },
  }),
} as const

export type ReconcileAccount = CommandOf<typeof reconcilingSchemas, 'custody.reconcile-account'>
