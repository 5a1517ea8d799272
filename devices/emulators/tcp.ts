import { createServer, type Server, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Unplugged } from './unplugged.ts'
import type { Wire } from './wire.ts'

/** How long a device waits for a station to connect before it gives up what it has to say. */
const NOBODY_MS = 2000

/** The device's end of raw TCP, as a serial-to-network converter or a network device gives it. Every connected station gets every byte. */
export async function openTcpWire(port: number, onBytes: (bytes: Uint8Array) => void): Promise<Wire> {
  const stations = new Set<Socket>()
  let arrival = Promise.withResolvers<void>()
  let server: Server | null = await listen(port)
  const taken = server.address()
  if (taken === null || typeof taken === 'string') throw new Error('no TCP address')
  const address = `tcp://127.0.0.1:${taken.port}`

  function listen(at: number): Promise<Server> {
    const listening = createServer({ noDelay: true }, (station) => {
      stations.add(station)
      station.on('data', (bytes) => onBytes(bytes))
      station.on('error', () => undefined)
      station.on('close', () => stations.delete(station))
      arrival.resolve()
      arrival = Promise.withResolvers()
    })
    return new Promise((resolve, reject) => {
      listening.once('error', reject)
      listening.listen(at, '127.0.0.1', () => resolve(listening))
    })
  }

  async function somebody(): Promise<void> {
    const givenUp = new AbortController()
    const late = pause(NOBODY_MS, undefined, { signal: givenUp.signal, ref: false }).then(() => {
      throw new Unplugged(address, 'has no station connected')
    })
    try {
      await Promise.race([arrival.promise, late])
    } finally {
      late.catch(() => undefined)
      givenUp.abort()
    }
  }

  async function unplug(): Promise<void> {
    if (server === null) return
    const closed = new Promise((resolve) => server?.close(resolve))
    server = null
    for (const station of stations) station.destroy()
    await closed
  }

  return {
    address,
    async send(bytes) {
      if (server === null) throw new Unplugged(address)
      if (stations.size === 0) await somebody()
      await Promise.all([...stations].map((station) => new Promise((sent) => station.write(bytes, sent))))
    },
    hold: () => stations.forEach((station) => station.pause()),
    unplug,
    async replug() {
      server ??= await listen(taken.port)
    },
    close: unplug,
  }
}
