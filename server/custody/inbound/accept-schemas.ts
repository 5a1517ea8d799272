import { Type } from 'typebox'
import { text, uuid } from '../../schemas.ts'
import { points } from '../checklist/schemas.ts'
import { RELEVANCE_MOST } from '../relevance/schemas.ts'
import { rules } from '../rules.ts'
import { body, type CommandOf } from '../schema-parts.ts'
import { measure, newItem, presence } from '../schemas.ts'

const { category, details, valueStatus, seal, cannotSealReason } = newItem.properties

export const acceptSchemas = {
  /** What the list does not say of the lines that are taken; the rest is as it was found. */
  'custody.accept-inbound': body({
    inbound: uuid,
    items: Type.Array(
      body({ line: Type.Integer({ minimum: 1 }), category, details, valueStatus, seal, cannotSealReason }),
      { maxItems: rules.items_per_act.value },
    ),
    measure: Type.Optional(measure),
    holder: Type.Optional(presence),
    witness: Type.Optional(presence),
    relevance: Type.Optional(text(RELEVANCE_MOST)),
    /** What was seen to, by the checklist of the track. */
    checked: Type.Optional(points),
  }),
} as const

export type AcceptInbound = CommandOf<typeof acceptSchemas, 'custody.accept-inbound'>
