/** What a screen knows of the server, as a value. The socket is a hint, the numbers are the truth: known messages change nothing. */

/** Something happened in a register. The register's own numbers say whether anything was missed. */
export interface RegisterMessage {
  readonly register: string
  readonly seq: number
}

/** The whole state of a station's session; an earlier version never replaces a later one. */
export interface SessionMessage<Session> {
  readonly type: 'session'
  readonly version: number
  readonly session: Session
}

export interface View<Session> {
  /** The last `seq` this screen has been told of, by register. */
  readonly seen: Readonly<Record<string, number>>
  readonly version: number
  readonly session: Session | null
}

/**
 * What a message did. `missed`: entries from `after + 1` on were never told; the screen reads again what it shows of that register,
 * which brings all of them, and the view already stands at the message's own number.
 */
export type Applied<Session> =
  | { readonly outcome: 'new'; readonly view: View<Session> }
  | { readonly outcome: 'known'; readonly view: View<Session> }
  | { readonly outcome: 'missed'; readonly view: View<Session>; readonly register: string; readonly after: number }

/** A screen that has seen nothing yet. */
export function emptyView<Session>(): View<Session> {
  return { seen: {}, version: 0, session: null }
}

/**
 * The view after a message. A register never heard of is taken up at the message's own number: nothing of it was shown, so nothing
 * is missing.
 */
export function apply<Session>(
  view: View<Session>,
  message: RegisterMessage | SessionMessage<Session>,
): Applied<Session> {
  if (!('register' in message)) {
    // What stands around a session, its devices and what waits at the store, changes without a version: the last one told holds.
    if (message.version < view.version) return { outcome: 'known', view }
    return { outcome: 'new', view: { ...view, version: message.version, session: message.session } }
  }
  const { register, seq } = message
  const last = Object.hasOwn(view.seen, register) ? view.seen[register] : undefined
  if (last !== undefined && seq <= last) return { outcome: 'known', view }
  const moved = { ...view, seen: { ...view.seen, [register]: seq } }
  if (last !== undefined && seq > last + 1) return { outcome: 'missed', view: moved, register, after: last }
  return { outcome: 'new', view: moved }
}
