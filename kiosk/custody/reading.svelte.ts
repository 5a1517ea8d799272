/** Something a screen reads from the server and reads again when it may have changed. */

import type { Answer } from '../api.ts'
import type { Notice } from '../notice.ts'
import { noticeOfAnswer } from '../page.svelte.ts'

/** What came before stays on the screen while it is read again, and when that fails: old figures beside a notice, never a blank. */
export class Reading<Body> {
  body = $state.raw<Body | null>(null)
  /** Why the last reading failed; null when it did not. */
  notice = $state.raw<Notice | null>(null)
  busy = $state(false)
  readonly #ask: () => Promise<Answer<Body>>
  #turn = 0
  #latest: Promise<void> = Promise.resolve()

  constructor(ask: () => Promise<Answer<Body>>) {
    this.#ask = ask
  }

  /** Reads (again). Of two that cross, the later one is shown, and both are done when it is: whoever waited sees nothing older. */
  load(): Promise<void> {
    this.#turn += 1
    this.busy = true
    this.#latest = this.#read(this.#turn)
    return this.#latest
  }

  async #read(turn: number): Promise<void> {
    const answer = await this.#ask()
    if (turn !== this.#turn) return this.#latest
    this.busy = false
    if (answer.kind === 'done') this.body = answer.body
    this.notice = answer.kind === 'done' ? null : noticeOfAnswer(answer)
  }
}
