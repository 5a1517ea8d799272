import { type Static, Type } from 'typebox'
import { exactly, text } from '../../schemas.ts'
import { body, code, type CommandOf, type Given } from '../schema-parts.ts'

/** A thousand million yuan: beyond it, somebody has mistyped. */
const FEN_MOST = 100_000_000_000
const PAYEE_MOST = 60
const LOSS_MOST = 300
const RECOURSE_VOUCHER_MOST = 60
/** So many of one item, each of which may be recovered and written off: `nth` names them all. */
export const PAYMENTS_MOST = 99

const one = Type.Array(code, { minItems: 1, maxItems: 1 })
const amount_fen = Type.Integer({ minimum: 1, maximum: FEN_MOST })
const voucher = text(RECOURSE_VOUCHER_MOST)
const nth = Type.Integer({ minimum: 1, maximum: PAYMENTS_MOST })

export const recourseSchemas = {
  /** Finance signs. */
  'custody.pay-compensation': body({ items: one, amount_fen, voucher, payee: text(PAYEE_MOST), loss: text(LOSS_MOST) }),
  /** Finance signs. `nth`: which payment of the item is recovered, counted from one. */
  'custody.recover-compensation': body({ items: one, nth, amount_fen, voucher }),
} as const

export type PayCompensation = CommandOf<typeof recourseSchemas, 'custody.pay-compensation'>
export type RecoverCompensation = CommandOf<typeof recourseSchemas, 'custody.recover-compensation'>

export const writeOffRecourseDeed = Type.Object(
  { command: Type.Literal('write-off-recourse'), items: one, nth, amount_fen },
  exactly,
)
export type WriteOffRecourseDeed = Given<Static<typeof writeOffRecourseDeed>>
