import type { Json } from '../module.ts'
import { ERASED_NAME } from '../names.ts'
import type { Session } from './session.ts'

/**
 * A station may stand for weeks in the middle of something, with people in it. Their names are not kept beside it: only ids are, and the
 * names are read with it, so that a name that was lawfully erased is nowhere.
 */

/** Stands for `id` and `name` of somebody. */
export const PERSON = 'isPerson'

/** A session as it is kept: wherever somebody is named his id alone. */
export function withoutNames(session: Session): Json {
  return without(session as unknown as Json)
}

function without(value: Json): Json {
  if (Array.isArray(value)) return value.map(without)
  if (value === null || typeof value !== 'object') return value
  const { id, name, ...rest } = value as Readonly<Record<string, Json>>
  const others = Object.entries(rest).map(([key, member]) => [key, without(member)] as const)
  if (typeof id === 'string' && typeof name === 'string') return { [PERSON]: id, ...Object.fromEntries(others) }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, without(member as Json)]))
}

/** The same with the names as they are called now. */
export function withNames(value: Json, names: Readonly<Record<string, string>>): Json {
  if (Array.isArray(value)) return value.map((one: Json) => withNames(one, names))
  if (value === null || typeof value !== 'object') return value
  const { [PERSON]: id, ...rest } = value as Readonly<Record<string, Json>>
  const others = Object.entries(rest).map(([key, member]) => [key, withNames(member, names)] as const)
  const person = typeof id === 'string' ? { id, name: names[id] ?? ERASED_NAME } : {}
  return { ...person, ...Object.fromEntries(others) }
}
