import { createServer, connect, type Socket } from 'node:net'
import { frameShuffler, type Shuffling } from './testing-frames.ts'

/** How a line is slow: each piece of so many bytes comes so much later, in order. */
export interface Slowness {
  /** One way. */
  readonly latency_ms: number
  readonly piece_bytes: number
}

/** A line between an agent and its server that can be cut at any moment, and kept cut. */
export interface CuttingProxy {
  readonly port: number
  /** Drops every connection, as a pulled cable does; what is on the way is lost. Those that come later get through. */
  cut(): void
  /** Takes no connection until `mend`. */
  keepCut(): void
  /** Resets every connection, as a restarted router does. */
  reset(): void
  mend(): void
  /** Lets this many more bytes through from the server, then cuts. */
  cutAfter(bytes: number): void
  /** Bytes are swallowed until `mend`: a line that is dead but not closed, and then, worse than any TCP, one that has lost what was on it. */
  stall(): void
  /** The same for what comes from the server alone: it hears the agent, and the agent does not hear it. */
  deafen(): void
  /** Everything comes late and in small pieces until `mend`. */
  slow(how: Slowness): void
  /** Messages come twice and out of order until `mend`. */
  shuffle(how: Shuffling): void
  /** Connections that are open now. */
  open(): number
  close(): Promise<void>
}

export async function openCuttingProxy(target: {
  readonly host: string
  readonly port: number
}): Promise<CuttingProxy> {
  const sockets = new Set<Socket>()
  let open = true
  let stalled = false
  let deaf = false
  let left = Infinity
  let slowness: Slowness | null = null
  let shuffling: Shuffling | null = null

  const drop = (): void => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }

  /** Passes bytes on, late where the line is slow; what is under way stays in order when it is slow no more. */
  const passer = (to: Socket): ((bytes: Buffer) => void) => {
    let under = 0
    return (bytes) => {
      if (slowness === null && under === 0) {
        to.write(bytes)
        return
      }
      const { latency_ms = 0, piece_bytes = bytes.length } = slowness ?? {}
      under += 1
      setTimeout(() => {
        under -= 1
        for (let at = 0; at < bytes.length; at += piece_bytes) to.write(bytes.subarray(at, at + piece_bytes))
      }, latency_ms)
    }
  }

  const server = createServer({ noDelay: true }, (near) => {
    if (!open) {
      near.destroy()
      return
    }
    const far = connect({ ...target, noDelay: true })
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      const pass = passer(to)
      const shuffled = frameShuffler(() => shuffling)
      sockets.add(from)
      from.on('error', () => undefined)
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.on('data', (sent) => {
        const bytes = shuffled(sent)
        if (bytes.length === 0) return
        if (stalled || (deaf && from === far)) return
        if (from === far && bytes.length > left) {
          to.write(bytes.subarray(0, left))
          left = Infinity
          setImmediate(drop)
          return
        }
        if (from === far) left -= bytes.length
        pass(bytes)
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut: drop,
    keepCut() {
      open = false
      drop()
    },
    reset() {
      for (const socket of sockets) socket.resetAndDestroy()
      sockets.clear()
    },
    mend() {
      open = true
      stalled = false
      deaf = false
      left = Infinity
      slowness = null
      shuffling = null
    },
    cutAfter(bytes) {
      left = bytes
    },
    stall() {
      stalled = true
    },
    deafen() {
      deaf = true
    },
    slow(how) {
      slowness = how
    },
    shuffle(how) {
      shuffling = how
    },
    open: () => sockets.size / 2,
    close: () =>
      new Promise((resolve) => {
        drop()
        server.close(() => resolve())
      }),
  }
}
