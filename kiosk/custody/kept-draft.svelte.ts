/** What somebody has begun to type, kept on the server for himself while he types. */

import type { OwnDraft } from '../../server/own/protocol.ts'
import { Deed } from '../deed.ts'
import { api } from '../page.svelte.ts'

/** Typing pauses so long before it is kept. */
const PAUSE_MS = 1_500
const PATH = '/api/session/draft'

export class KeptDraft {
  readonly #about: string
  #waiting: ReturnType<typeof setTimeout> | undefined
  #last = ''
  /** When it was last kept; empty before. */
  keptAt = $state('')
  /** It could not be kept. */
  failed = $state(false)
  /** All that was typed is on the server. */
  keptAll = $state(false)

  constructor(about: string) {
    this.#about = about
  }

  async read(): Promise<OwnDraft['draft']> {
    const answer = await api.get<OwnDraft>(PATH, { about: this.#about })
    return answer.kind === 'done' ? answer.body.draft : null
  }

  /** Keeps this, once nothing more is typed for a moment. */
  keep(content: string): void {
    if (content === this.#last) return
    this.keptAll = false
    clearTimeout(this.#waiting)
    this.#waiting = setTimeout(() => void this.#write(content), PAUSE_MS)
  }

  /** What was typed is done, or given up. */
  async drop(): Promise<void> {
    this.stop()
    this.#last = ''
    this.keptAt = ''
    await api.write('PUT', PATH, { about: this.#about, content: null }, new Deed())
  }

  stop(): void {
    clearTimeout(this.#waiting)
  }

  async #write(content: string): Promise<void> {
    const answer = await api.write('PUT', PATH, { about: this.#about, content }, new Deed())
    this.failed = answer.kind !== 'done'
    if (this.failed) return
    this.#last = content
    this.keptAt = new Date().toISOString()
    this.keptAll = true
  }
}
