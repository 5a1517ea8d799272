/** The one WebSocket of a screen, and what it has brought. */

import { Connection, type LinkState } from './connection.ts'
import { apply, emptyView, type RegisterMessage, type SessionMessage, type View } from './view.ts'

/** What a screen may hear: entries of registers, the station's session, and whatever else its protocol names by `type`. */
export type LinkMessage<Session> = RegisterMessage | SessionMessage<Session> | { readonly type: string }

type Listener = (message: object) => void

/**
 * A live view of one address (`/api/live` or `/api/stations/{id}/live`). Open it where the screen mounts, `close` it where it leaves.
 * After a loss it comes back by itself and says what it has seen (`after=REGISTER:SEQ`, repeated), so that the server sends the rest.
 */
export class Link<Session> {
  state = $state<LinkState>('connecting')
  view = $state.raw<View<Session>>(emptyView<Session>())
  readonly #connection: Connection
  readonly #listeners = new Set<Listener>()

  /** `onsignedout`: the server wants somebody to sign in first; the link is closed then. */
  constructor(path: string, onsignedout: () => void) {
    this.#connection = new Connection({
      address: () => this.#address(path),
      onmessage: (message) => this.#hear(message as LinkMessage<Session>),
      onstate: (state) => (this.state = state),
      onsignedout,
      random: Math.random,
    })
  }

  /** Calls back once for each message that is new to this screen, in order. Returns how to stop. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Sends to the server; false when the line is down and nothing was sent. */
  send(message: object): boolean {
    return this.#connection.send(message)
  }

  close(): void {
    this.#connection.close()
    this.#listeners.clear()
  }

  #address(path: string): string {
    const address = new URL(path, location.href)
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
    for (const [register, seq] of Object.entries(this.view.seen))
      address.searchParams.append('after', `${register}:${seq}`)
    return address.href
  }

  #hear(message: LinkMessage<Session>): void {
    if (isRegister(message) || isSession<Session>(message)) {
      const applied = apply(this.view, message)
      this.view = applied.view
      if (applied.outcome === 'missed') this.send({ type: 'missed', register: applied.register, after: applied.after })
      if (applied.outcome !== 'new') return
    }
    for (const listener of this.#listeners) listener(message)
  }
}

function isRegister(message: object): message is RegisterMessage {
  return 'register' in message && 'seq' in message
}

function isSession<Session>(message: object): message is SessionMessage<Session> {
  return 'type' in message && message.type === 'session'
}
