/** The one WebSocket of a screen, and what it has brought. */

import { Connection, type LinkState } from './connection.ts'
import { apply, emptyView, type RegisterMessage, type SessionMessage, type View } from './view.ts'

/**
 * What a screen is told. `message`: something new, once. `missed`: entries of a register after `after` went by unseen. `open`: the
 * line is open, for the first time or after it was down; what was read before may be old, since nothing told of it. After the last two the
 * screen reads again what it shows.
 */
export type Told<Message> =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'missed'; readonly register: string; readonly after: number }
  | { readonly kind: 'open' }

/**
 * A live view of one address: `/api/live` (hints of register entries) or `/api/stations/{id}/live` (the session, whole at each change).
 * Open it where the screen mounts, `close` it where it leaves. After a loss it comes back by itself.
 */
export class Link<Session = never, Message extends object = RegisterMessage> {
  state = $state<LinkState>('connecting')
  view = $state.raw<View<Session>>(emptyView<Session>())
  readonly #connection: Connection
  readonly #listeners = new Set<(told: Told<Message>) => void>()

  /** `onsignedout`: the server wants somebody to sign in first; the link is closed then. */
  constructor(path: string, onsignedout: () => void) {
    this.#connection = new Connection({
      address: () => addressOf(path, this.view.seen),
      onmessage: (message) => this.#hear(message as Message),
      onstate: (state) => this.#turn(state),
      onsignedout,
      random: Math.random,
    })
  }

  /** Calls back with what is new, in order. Returns how to stop. */
  listen(listener: (told: Told<Message>) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#listeners.clear()
    this.#connection.close()
  }

  #turn(state: LinkState): void {
    this.state = state
    if (state === 'live') this.#tell({ kind: 'open' })
  }

  #hear(message: Message): void {
    if (isRegister(message) || isSession<Session>(message)) {
      const applied = apply(this.view, message)
      if (applied.outcome === 'known') return
      this.view = applied.view
      if (applied.outcome === 'missed') this.#tell({ kind: 'missed', register: applied.register, after: applied.after })
    }
    this.#tell({ kind: 'message', message })
  }

  #tell(told: Told<Message>): void {
    for (const listener of this.#listeners) listener(told)
  }
}

/** With the last entry of each register that was seen: after a loss the server first tells what was missed. */
function addressOf(path: string, seen: Readonly<Record<string, number>>): string {
  const address = new URL(path, location.href)
  const after = Object.entries(seen).map(([register, seq]) => `${register}:${seq}`)
  if (after.length > 0) address.searchParams.set('after', after.join())
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
  return address.href
}

function isRegister(message: object): message is RegisterMessage {
  return 'register' in message && 'seq' in message
}

function isSession<Session>(message: object): message is SessionMessage<Session> {
  return 'type' in message && message.type === 'session'
}
