import { createServer, connect, type Socket } from 'node:net'

/** A line between an agent and its server that can be cut at any moment, and kept cut. */
export interface CuttingProxy {
  readonly port: number
  /** Drops every connection, as a pulled cable does; what is on the way is lost. Those that come later get through. */
  cut(): void
  /** Takes no connection until `mend`. */
  keepCut(): void
  mend(): void
  /** Lets this many more bytes through from the server, then cuts. */
  cutAfter(bytes: number): void
  /** Bytes are swallowed until `mend`: a line that is dead but not closed, and then, worse than any TCP, one that has lost what was on it. */
  stall(): void
  close(): Promise<void>
}

export async function openCuttingProxy(target: {
  readonly host: string
  readonly port: number
}): Promise<CuttingProxy> {
  const sockets = new Set<Socket>()
  let open = true
  let stalled = false
  let left = Infinity
  const drop = (): void => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  const server = createServer((near) => {
    if (!open) {
      near.destroy()
      return
    }
    const far = connect(target)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('error', () => undefined)
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.on('data', (bytes) => {
        if (stalled) return
        if (from === far && bytes.length > left) {
          to.write(bytes.subarray(0, left))
          left = Infinity
          setImmediate(drop)
          return
        }
        if (from === far) left -= bytes.length
        to.write(bytes)
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
    mend() {
      open = true
      stalled = false
      left = Infinity
    },
    cutAfter(bytes) {
      left = bytes
    },
    stall() {
      stalled = true
    },
    close: () =>
      new Promise((resolve) => {
        drop()
        server.close(() => resolve())
      }),
  }
}
