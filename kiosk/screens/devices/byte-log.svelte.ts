/** What one device sees from now on, as long as somebody looks. */

import type { BytesMessage, ShownReading } from '../../../server/stations/protocol.ts'
import { Link } from '../../link.svelte.ts'

/** The oldest goes when one more comes. */
export const LINES_MAX = 200

export interface Line extends ShownReading {
  readonly n: number
}

export class ByteLog {
  lines = $state.raw<readonly Line[]>([])
  /** Null until the server has said whether it hears the device. */
  driven = $state<boolean | null>(null)
  /** The server wants somebody else to ask. */
  refused = $state(false)
  readonly #link: Link<never, BytesMessage>
  #n = 0

  constructor(station: string, device: string) {
    const path = `/api/stations/${encodeURIComponent(station)}/devices/${encodeURIComponent(device)}/bytes`
    this.#link = new Link(path, () => (this.refused = true))
    this.#link.listen((told) => {
      if (told.kind === 'message') this.#hear(told.message)
      else this.driven = null
    })
  }

  get state() {
    return this.#link.state
  }

  #hear(message: BytesMessage): void {
    if (message.type === 'watching') {
      this.driven = message.driven
      return
    }
    // Its PC may have joined since.
    this.driven = true
    this.#n += 1
    this.lines = [{ ...message, n: this.#n }, ...this.lines].slice(0, LINES_MAX)
  }

  clear(): void {
    this.lines = []
  }

  close(): void {
    this.#link.close()
  }
}
