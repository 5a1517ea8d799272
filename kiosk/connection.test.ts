import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebSocketServer, type WebSocket as Peer } from 'ws'
import { Connection, FIRST_PAUSE_MS, LONGEST_PAUSE_MS, pauseBefore, SIGNED_OUT, type LinkState } from './connection.ts'

/** What a busy machine is given. */
const PATIENT = { timeout: 20_000 }

let server: WebSocketServer
let peers: Peer[]
let addresses: string[]
let states: LinkState[]
let messages: unknown[]
let signedOut: number
let connection: Connection | null

async function listen(port: number): Promise<WebSocketServer> {
  const listening = new WebSocketServer({ host: '127.0.0.1', port })
  listening.on('connection', (peer, request) => {
    peers.push(peer)
    addresses.push(request.url ?? '')
  })
  await new Promise<void>((resolve) => listening.once('listening', resolve))
  return listening
}

const portOf = (listening: WebSocketServer): number => {
  const address = listening.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

function connect(port = portOf(server)): Connection {
  let attempt = 0
  connection = new Connection({
    address: () => `ws://127.0.0.1:${port}/api/live?attempt=${(attempt += 1)}`,
    onmessage: (message) => messages.push(message),
    onstate: (state) => states.push(state),
    onsignedout: () => (signedOut += 1),
    random: () => 0,
  })
  return connection
}

beforeEach(async () => {
  peers = []
  addresses = []
  states = []
  messages = []
  signedOut = 0
  connection = null
  server = await listen(0)
})

afterEach(() => {
  connection?.close()
  for (const peer of peers) peer.terminate()
  server.close()
})

test('opens and hears', async () => {
  connect()
  await vi.waitFor(() => expect(states).toEqual(['connecting', 'live']), PATIENT)
  peers[0]?.send('{"register":"store-1","seq":4}')
  await vi.waitFor(() => expect(messages).toEqual([{ register: 'store-1', seq: 4 }]), PATIENT)
})

test('comes back when the server drops it', async () => {
  connect()
  await vi.waitFor(() => expect(states).toEqual(['connecting', 'live']), PATIENT)
  peers[0]?.terminate()
  await vi.waitFor(() => expect(states).toEqual(['connecting', 'live', 'lost', 'live']), { timeout: 5_000 })
  expect(addresses).toEqual(['/api/live?attempt=1', '/api/live?attempt=2'])
  peers[1]?.send('{"type":"session"}')
  await vi.waitFor(() => expect(messages).toEqual([{ type: 'session' }]), PATIENT)
})

test('a server that is away is lost, and found again', async () => {
  const port = portOf(server)
  await new Promise<void>((resolve) => server.close(() => resolve()))
  connect(port)
  await vi.waitFor(() => expect(states.at(-1)).toBe('lost'), PATIENT)
  server = await listen(port)
  await vi.waitFor(() => expect(states.at(-1)).toBe('live'), { timeout: 5_000 })
})

test('signed out, it says so and is not tried again', async () => {
  connect()
  await vi.waitFor(() => expect(states.at(-1)).toBe('live'), PATIENT)
  peers[0]?.close(SIGNED_OUT, 'signed out')
  await vi.waitFor(() => expect(signedOut).toBe(1), PATIENT)
  expect(states).toEqual(['connecting', 'live', 'lost'])
  await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS))
  expect(addresses).toHaveLength(1)
})

test('once closed, stays closed', async () => {
  const line = connect()
  await vi.waitFor(() => expect(states.at(-1)).toBe('live'), PATIENT)
  const gone = new Promise((resolve) => peers[0]?.once('close', resolve))
  line.close()
  await gone
  expect(states).toEqual(['connecting', 'live'])
  await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS))
  expect(addresses).toHaveLength(1)
})

test('pauses grow to a limit, and chance spreads them', () => {
  expect(pauseBefore(1, 1)).toBe(FIRST_PAUSE_MS)
  expect(pauseBefore(1, 0)).toBe(FIRST_PAUSE_MS / 2)
  expect(pauseBefore(3, 1)).toBe(FIRST_PAUSE_MS * 4)
  expect(pauseBefore(1_000, 1)).toBe(LONGEST_PAUSE_MS)
})
