import { Type } from 'typebox'
import { text } from '../../schemas.ts'
import { body, caseNumber, type CommandOf } from '../schema-parts.ts'

/** A thousand million yuan: beyond it, somebody has mistyped. */
const FEN_MOST = 100_000_000_000
const TARGET_DOCUMENT_MOST = 60

const fen = Type.Integer({ minimum: 0, maximum: FEN_MOST })

export const worthSchemas = {
  'custody.state-target': body({
    case: caseNumber,
    amount_fen: Type.Integer({ minimum: 1, maximum: FEN_MOST }),
    lateFee_fen: fen,
    /** What a decision fines beside it: paid by the money of a sale, but nothing is held for it. */
    fine_fen: Type.Optional(fen),
    costs_fen: fen,
    document: text(TARGET_DOCUMENT_MOST),
  }),
} as const

export type StateTarget = CommandOf<typeof worthSchemas, 'custody.state-target'>
