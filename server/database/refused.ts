import type { Words } from '../refusal.ts'

/**
 * The program will not start, or not use this database, and says why in both languages. Nothing was changed. `code` is for programs
 * and tests, `words` for people; `message` carries both, so that a plain stack trace is enough to act on.
 */
export class DatabaseRefused<Code extends string = string> extends Error {
  readonly code: Code
  readonly words: Words

  constructor(code: Code, words: Words, options?: ErrorOptions) {
    super(`${words.zh}\n${words.en}`, options)
    this.name = new.target.name
    this.code = code
    this.words = words
  }
}
