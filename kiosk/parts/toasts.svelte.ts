/** Short notes in the corner, for what needs no answer. What was refused belongs in a verdict, not here. */

import type { State } from './state.ts'

export interface Toast {
  readonly id: number
  readonly state: State
  readonly text: string
}

/** Long enough to read two lines; a pointer or the focus on the note does not hold it, since it asks for nothing. */
const SHOWN_MS = 6_000
const MOST = 4

class Toasts {
  shown = $state.raw<readonly Toast[]>([])
  #next = 1

  add(state: State, text: string): void {
    const id = this.#next
    this.#next += 1
    this.shown = [...this.shown, { id, state, text }].slice(-MOST)
    setTimeout(() => this.remove(id), SHOWN_MS)
  }

  remove(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id)
  }
}

export const toasts = new Toasts()
