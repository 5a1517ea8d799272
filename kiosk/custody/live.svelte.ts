/** The one line over which a page is told that a register has grown; every desk screen hears it. */

import type { RegisterMessage } from '../view.ts'
import { Link, type Told } from '../link.svelte.ts'
import { signedIn } from '../page.svelte.ts'

/** A new entry of a register, as the server's hub tells it. */
export interface LedgerHint extends RegisterMessage {
  readonly kind: 'entry'
  readonly type: string
  /** `item/<code>`, `case/<number>`, `approval/<id>`, … */
  readonly subject: string
  readonly at: string
}

/** Beside hints the line carries a beat, and where to read on after a long absence. */
type LiveMessage = LedgerHint | { readonly kind: 'beat' } | { readonly kind: 'missed' }

/** A list of two hundred lines is two hundred hints: what they mean is read once they have stopped coming. */
const SETTLE_MS = 250
const LONGEST_WAIT_MS = 2_000

class Live {
  #link = $state.raw<Link<never, LiveMessage> | null>(null)
  #person: string | null = null

  get state() {
    return this.#link?.state ?? 'connecting'
  }

  /** Opens the line for who is signed in; it stays open from screen to screen. */
  openFor(person: string): void {
    if (this.#link !== null && this.#person === person) return
    this.close()
    this.#person = person
    this.#link = new Link('/api/live', () => {
      this.close()
      void signedIn.doubt().then(() => {
        if (this.#link === null && signedIn.person?.id === person) this.openFor(person)
      })
    })
  }

  close(): void {
    this.#link?.close()
    this.#link = null
    this.#person = null
  }

  /**
   * Calls `again` some time after something that `concerns` the screen was written, or may have been while the line was not open: what a
   * screen reads while the page opens is read once more when the line is. Returns how to stop.
   */
  listen(concerns: (hint: LedgerHint) => boolean, again: () => void): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined
    let since_ms: number | null = null
    const soon = (): void => {
      const now_ms = performance.now()
      since_ms ??= now_ms
      clearTimeout(timer)
      timer = setTimeout(
        () => {
          since_ms = null
          again()
        },
        Math.max(0, Math.min(SETTLE_MS, since_ms + LONGEST_WAIT_MS - now_ms)),
      )
    }
    const stop = this.#link?.listen((told: Told<LiveMessage>) => {
      if (told.kind !== 'message' || told.message.kind === 'missed') soon()
      else if (told.message.kind === 'entry' && concerns(told.message)) soon()
    })
    return () => {
      clearTimeout(timer)
      stop?.()
    }
  }
}

export const live = new Live()
