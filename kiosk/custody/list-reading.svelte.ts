/** A list that a screen reads as far as somebody wants to see it. */

import type { Answer, Paged, Query } from '../api.ts'
import { api } from '../page.svelte.ts'
import { Reading } from './reading.svelte.ts'

/**
 * The first page; each `more` reads one further. All that is shown is read anew together, so that what changes meanwhile stands where it
 * belongs and nobody is thrown back to the first page.
 */
export class ListReading<Body extends object> extends Reading<Body & Paged> {
  readonly #wanted: { pages: number }

  /** @param rows the member of the answer that holds them */
  constructor(path: string, rows: keyof Body, query: Query = {}) {
    const wanted = { pages: 1 }
    super((): Promise<Answer<Body & Paged>> => api.all<Body>(path, rows, query, wanted.pages))
    this.#wanted = wanted
  }

  /** Whether the server has rows beyond those that are shown. */
  get goesOn(): boolean {
    return this.body !== null && this.body.after !== null
  }

  async more(): Promise<void> {
    this.#wanted.pages += 1
    await this.load()
  }
}
