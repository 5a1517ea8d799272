import { Type } from 'typebox'
import { text } from '../../schemas.ts'
import { body, code, type CommandOf } from '../schema-parts.ts'
import { rules } from '../rules.ts'

/** Far more than any case holds, and within what counts exactly. */
const FEN_MAX = 100_000_000_000_000

/** The body of paying money in, without its `type`: one receipt of the bank for each item. */
export const depositSchemas = {
  'custody.deposit': body({
    items: Type.Array(
      body({ item: code, voucher: text(60), amount_fen: Type.Integer({ minimum: 1, maximum: FEN_MAX }) }),
      {
        ...{ minItems: 1, maxItems: rules.items_per_act.value },
      },
    ),
    account: text(60),
  }),
} as const

export type DepositMoney = CommandOf<typeof depositSchemas, 'custody.deposit'>
