/** One WebSocket that comes back by itself. It only listens: what a person does goes by HTTP, under a key of its own. */

/** The server closes with this code when nobody is signed in (any more): another attempt would only be refused again. */
export const SIGNED_OUT = 4401

/** `lost` is a line that was live, or would not open; it is tried again until `close`. */
export type LinkState = 'connecting' | 'live' | 'lost'

/** The first pause before a new attempt; each further one is twice as long. */
export const FIRST_PAUSE_MS = 250
export const LONGEST_PAUSE_MS = 8_000
/** An attempt that is neither open nor refused after this long is given up. */
const OPEN_MS = 5_000

/** The server says something at least every 10 s; after this much silence the line is dead, whatever the socket believes. */
export const SILENCE_MS = 25_000

export interface ConnectionOptions {
  readonly address: () => string
  readonly onmessage: (message: unknown) => void
  readonly onstate: (state: LinkState) => void
  /** The line was refused because nobody is signed in; it is not tried again. */
  readonly onsignedout: () => void
  /** 0 to 1: a hall of screens must not come back in one instant after a restart. */
  readonly random: () => number
}

/** How long to wait before attempt `attempt` (1 is the first after a loss): half of it fixed, half by chance. */
export function pauseBefore(attempt: number, random: number): number {
  const whole_ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt - 1, 16))
  return whole_ms / 2 + (whole_ms / 2) * random
}

export class Connection {
  readonly #options: ConnectionOptions
  #socket: WebSocket | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #attempt = 0
  #closed = false

  constructor(options: ConnectionOptions) {
    this.#options = options
    options.onstate('connecting')
    this.#open()
  }

  /** Ends the line for good. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#socket?.close()
    this.#socket = null
  }

  #open(): void {
    const socket = new WebSocket(this.#options.address())
    this.#socket = socket
    this.#timer = setTimeout(() => this.#lose(socket), OPEN_MS)
    socket.onopen = () => {
      if (socket !== this.#socket) return socket.close()
      this.#attempt = 0
      this.#watchSilence(socket)
      this.#options.onstate('live')
    }
    socket.onmessage = (event: MessageEvent<unknown>) => {
      if (socket !== this.#socket || typeof event.data !== 'string') return
      this.#watchSilence(socket)
      const message = JSON.parse(event.data) as unknown
      if (!isBeat(message)) this.#options.onmessage(message)
    }
    socket.onclose = (event) => {
      if (event.code !== SIGNED_OUT) return this.#lose(socket)
      if (socket !== this.#socket) return
      this.close()
      this.#options.onstate('lost')
      this.#options.onsignedout()
    }
  }

  #watchSilence(socket: WebSocket): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#lose(socket), SILENCE_MS)
  }

  #lose(socket: WebSocket): void {
    if (socket !== this.#socket || this.#closed) return
    this.#socket = null
    clearTimeout(this.#timer)
    socket.close()
    this.#options.onstate('lost')
    this.#attempt += 1
    this.#timer = setTimeout(() => this.#open(), pauseBefore(this.#attempt, this.#options.random()))
  }
}

/** Said by the server while nothing happens. */
function isBeat(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'beat'
}
