import { Type } from 'typebox'
import { uuid } from '../../schemas.ts'
import { body, type CommandOf, id, instant, oneOf } from '../schema-parts.ts'

const LOCKS_MAX = 255

/** The opening of a lock by two: the body of each command without its `type`. */
export const lockSchemas = {
  'custody.open-lock': body({
    store: id,
    /** The station whose board it is, and the board. */
    board: id,
    device: id,
    lock: Type.Integer({ minimum: 1, maximum: LOCKS_MAX }),
    firstAt: instant,
  }),
  'custody.settle-lock': body({ opening: uuid, outcome: oneOf(['unlocked', 'refused', 'locked', 'unknown']) }),
} as const

type Of<T extends keyof typeof lockSchemas> = CommandOf<typeof lockSchemas, T>

export type OpenLock = Of<'custody.open-lock'>
export type SettleLock = Of<'custody.settle-lock'>
