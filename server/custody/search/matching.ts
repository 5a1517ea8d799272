import { type RawBuilder, sql } from 'kysely'

/** How a word is looked for as a part of a text. */

export function hasCase(word: string): boolean {
  return word.toLowerCase() !== word.toUpperCase()
}

/** Upper and lower case are one; where the word has none of them, nothing is folded, which takes most of the time. */
export function has(column: RawBuilder<unknown>, word: string): RawBuilder<boolean> {
  return hasCase(word) ? sql<boolean>`${column} ilike ${partOf(word)}` : sql<boolean>`${column} like ${partOf(word)}`
}

/** As a pattern that means any text with the word in it. */
export function partOf(word: string): string {
  return `%${escaped(word)}%`
}

/** As a pattern that means the word and nothing else. */
export function escaped(word: string): string {
  return word.replace(/[\\%_]/g, '\\$&')
}
