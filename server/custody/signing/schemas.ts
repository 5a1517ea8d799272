import { Type } from 'typebox'
import { rules } from '../rules.ts'
import { uuid } from '../../schemas.ts'
import { body, code, type CommandOf, oneOf } from '../schema-parts.ts'
import { POINTS_MAX, SIGNATURE_BOX, STROKES_MAX } from './strokes.ts'

/** Twice the limit: what is a little too long is refused in words of its own, what is far beyond as malformed. */
const LEEWAY = 2
const ACTS_MAX = 500

export const signingSchemas = {
  /**
   * `officer`, `giver` and `taker` are whoever sends it, or for the last two who confirms it with badge and PIN; `on`: drawn on the screen, or
   * read from the paper that was signed; `paper`: the hand-over list that is signed, or the disposal with its `act` counted from one, or the loan
   * with `act` 1 for its way out (F-06) and 2 for its way back (F-07).
   */
  'custody.sign': body({
    items: Type.Array(code, { minItems: 1, maxItems: rules.items_per_list.value }),
    as: oneOf(['holder', 'witness', 'officer', 'giver', 'taker', 'receiver']),
    on: oneOf(['screen', 'paper']),
    strokes: Type.Array(
      Type.Array(Type.Integer({ minimum: -SIGNATURE_BOX.width, maximum: LEEWAY * SIGNATURE_BOX.width }), {
        ...{ minItems: 2, maxItems: LEEWAY * 2 * POINTS_MAX },
      }),
      { maxItems: LEEWAY * STROKES_MAX },
    ),
    paper: Type.Optional(Type.Union([code, uuid])),
    act: Type.Optional(Type.Integer({ minimum: 1, maximum: ACTS_MAX })),
  }),
} as const

export type Sign = CommandOf<typeof signingSchemas, 'custody.sign'>
