import { Type } from 'typebox'
import { text, uuid } from '../../schemas.ts'
import { points } from '../checklist/schemas.ts'
import { RELEVANCE_MOST } from '../relevance/schemas.ts'
import { rules } from '../rules.ts'
import { body, type CommandOf } from '../schema-parts.ts'
import { measure, newItem, presence } from '../schemas.ts'
import { signingSchemas } from '../signing/schemas.ts'
import { filmSaid } from '../videos/schemas.ts'

const { category, details, valueStatus, seal, cannotSealReason, weight_mg, features } = newItem.properties
const { on, strokes } = signingSchemas['custody.sign'].properties
const REASON_MOST = 200

/** What one side drew on the screen or on paper that was read in, or why it does not sign. */
const side = Type.Union([body({ on, strokes }), body({ notSigned: text(REASON_MOST) })])

export const acceptSchemas = {
  /** What the list does not say of the lines that are taken; the rest is as it was found. */
  'custody.accept-inbound': body({
    inbound: uuid,
    items: Type.Array(
      body({
        ...{ line: Type.Integer({ minimum: 1 }), category, details, valueStatus, seal, cannotSealReason },
        // Only where the list says none and none was found.
        ...{ weight_mg, features },
      }),
      { maxItems: rules.items_per_act.value },
    ),
    measure: Type.Optional(measure),
    holder: Type.Optional(presence),
    witness: Type.Optional(presence),
    relevance: Type.Optional(text(RELEVANCE_MOST)),
    ...filmSaid,
    /** What was seen to, by the checklist of the track. */
    checked: Type.Optional(points),
    /** Both sides of the list; `receiver` is who accepts. */
    signed: Type.Optional(body({ bringer: side, receiver: side })),
  }),
} as const

export type AcceptInbound = CommandOf<typeof acceptSchemas, 'custody.accept-inbound'>
