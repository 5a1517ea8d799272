/** What is spoken at a counter: files, one at a time, as loud as the page. */

import type { Clip } from './clips.ts'
import type { Language } from '../words/words.svelte.ts'

/** Where the sound comes out; the page’s loudspeaker is one. */
export interface Outlet {
  /** Whether anything can be heard: browsers allow it from the first touch on. */
  readonly awake: boolean
  /** Plays recordings one after the other; what is still sounding is cut short. */
  say(recordings: readonly ArrayBuffer[]): Promise<void>
  hush(): void
}

/**
 * Speaks clips. One that was asked for before the first touch is not made up for later: it would say what is no longer on the screen. A clip that does not
 * come is passed over, for its words stand on the screen.
 */
export class Voice {
  readonly #outlet: Outlet
  readonly #fetch: (path: string) => Promise<Response>
  readonly #kept = new Map<string, Promise<ArrayBuffer | null>>()
  #turn = 0

  constructor(outlet: Outlet, ask: (path: string) => Promise<Response>) {
    this.#outlet = outlet
    this.#fetch = ask
  }

  /** Says these in their order, in place of what is being said. */
  async say(clips: readonly Clip[], language: Language): Promise<void> {
    this.#turn += 1
    const turn = this.#turn
    const recordings = await Promise.all(clips.map((clip) => this.#recording(`${language}/${clip}`)))
    if (turn !== this.#turn || !this.#outlet.awake) return
    await this.#outlet.say(recordings.filter((one) => one !== null))
  }

  hush(): void {
    this.#turn += 1
    this.#outlet.hush()
  }

  #recording(name: string): Promise<ArrayBuffer | null> {
    const known = this.#kept.get(name)
    if (known !== undefined) return known
    const asked = this.#ask(name)
    this.#kept.set(name, asked)
    // One that did not come is asked for again the next time.
    void asked.then((found) => {
      if (found === null) this.#kept.delete(name)
    })
    return asked
  }

  async #ask(name: string): Promise<ArrayBuffer | null> {
    try {
      const answer = await this.#fetch(`/api/rating/voices/${name}`)
      return answer.ok ? await answer.arrayBuffer() : null
    } catch {
      return null
    }
  }
}
