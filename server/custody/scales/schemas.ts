import { body, type CommandOf, id, reading, weight_mg } from '../schema-parts.ts'

/** The check of a scale: the body of its command without the `type`. */
export const scaleSchemas = {
  'custody.check-scale': body({ store: id, device: id, weight_mg, reading }),
} as const

export type CheckScale = CommandOf<typeof scaleSchemas, 'custody.check-scale'>
