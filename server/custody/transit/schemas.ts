import { Type } from 'typebox'
import { text } from '../../schemas.ts'
import { body, code, type CommandOf, id, instant, lines, oneOf, reading, weight_mg } from '../schema-parts.ts'

/** The bodies of sending items to another store and of taking them in there, without their `type`. */
export const transitSchemas = {
  'custody.dispatch': body({
    items: lines({ weight_mg: Type.Optional(weight_mg), reading: Type.Optional(reading) }),
    ...{ to: id, carrier: id, document: text(60), dueAt: instant },
  }),
  /** What it weighs and looks like as it comes, as in `give-back`. */
  'custody.arrive': body({
    items: lines({
      location: Type.Optional(code),
      weight_mg: Type.Optional(weight_mg),
      reading: Type.Optional(reading),
      seal: Type.Optional(oneOf(['intact', 'broken', 'none'])),
      condition: Type.Optional(oneOf(['same', 'different'])),
    }),
    location: Type.Optional(code),
  }),
} as const

export type Dispatch = CommandOf<typeof transitSchemas, 'custody.dispatch'>
export type Arrive = CommandOf<typeof transitSchemas, 'custody.arrive'>
