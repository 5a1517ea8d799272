import type { Words } from '../refusal.ts'
import type { Said } from './protocol.ts'

/** A value of an axis with its words. */
export function said<T extends string>(value: T, words: Readonly<Record<T, Words>>): Said<T> {
  return { value, words: words[value] }
}
