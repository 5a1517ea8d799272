import { Type } from 'typebox'
import { id, text, uuid } from '../../schemas.ts'
import { body, code, type CommandOf } from '../schema-parts.ts'

/** What happens at a store's door: the body of each command without its `type`. */
export const doorSchemas = {
  'custody.door-alarm': body({
    /** The store or unit whose door it is. */
    place: id,
    item: code,
    epc: Type.String({ pattern: '^[0-9A-F]{24}$' }),
    side: Type.Enum(['inner', 'outer']),
  }),
  'custody.door-pass': body({ alarm: uuid, outcome: Type.Enum(['out', 'in', 'turned']), sure: Type.Boolean() }),
  'custody.acknowledge-alarm': body({ alarm: uuid, reason: text(500) }),
} as const

type Of<T extends keyof typeof doorSchemas> = CommandOf<typeof doorSchemas, T>

export type DoorAlarm = Of<'custody.door-alarm'>
export type DoorPass = Of<'custody.door-pass'>
export type AcknowledgeAlarm = Of<'custody.acknowledge-alarm'>
