import { createServer, type Server, type Socket } from 'node:net'
import { noFaults, type RfidFaults } from './rfid-faults.ts'
import { tagField, type TagField } from './rfid-field.ts'
import { message, tlv, tlvs, uint } from './rfid-llrp-bytes.ts'
import { ANTENNAS, llrpInventory } from './rfid-llrp-inventory.ts'
import { receivedBytes } from './received.ts'
import { Unplugged } from './unplugged.ts'

/** dBm by index, from 1. */
const POWERS = [10, 15, 20, 25, 30]
/** Between two rounds over all antennas. */
const ROUND_MS = 20
const LONGEST_MESSAGE = 65_536

export interface EmulatedLlrpReader {
  readonly speaks: 'llrp'
  readonly address: string
  readonly field: TagField
  readonly faults: RfidFaults
  /** Reads of tags that were reported. */
  reads(): number
  /** Names of the messages that clients sent, in order. */
  heard(): readonly string[]
  /** Keeps more than one report back and sends them with a life sign in one piece, before the next answer too. */
  bundle(on: boolean): void
  /** Sends this many reports of one read each, as fast as they go; gives how many. */
  flood(reads: number, tags: number): Promise<number>
  /** Tells that an antenna was unplugged or plugged in. */
  antenna(antenna: number, connected: boolean): void
  sendRaw(bytes: Uint8Array): Promise<void>
  received(): Uint8Array
  /** How many bytes came, those that are no longer kept included. */
  receivedCount(): number
  unplug(): Promise<void>
  replug(): Promise<void>
  close(): Promise<void>
}

const NAMES: Readonly<Record<number, string>> = {
  1: 'GET_READER_CAPABILITIES',
  2: 'GET_READER_CONFIG',
  3: 'SET_READER_CONFIG',
  14: 'CLOSE_CONNECTION',
  20: 'ADD_ROSPEC',
  21: 'DELETE_ROSPEC',
  22: 'START_ROSPEC',
  23: 'STOP_ROSPEC',
  24: 'ENABLE_ROSPEC',
  25: 'DISABLE_ROSPEC',
  40: 'ADD_ACCESSSPEC',
  41: 'DELETE_ACCESSSPEC',
  42: 'ENABLE_ACCESSSPEC',
  64: 'ENABLE_EVENTS_AND_REPORTS',
  72: 'KEEPALIVE_ACK',
}
const CLOSE_CONNECTION = 14
const STATUS_FIELD_INVALID = 300
const STATUS_UNSUPPORTED = 109

/** Starts a fixed reader with four antennas that speaks LLRP 1.0.1 at `tcp:PORT`, with an empty field before it. */
export async function startLlrpReader({ listen }: { readonly listen: string }): Promise<EmulatedLlrpReader> {
  const [, port] = /^tcp:(\d{1,5})$/.exec(listen) ?? []
  if (port === undefined) throw new Error(`${listen}: an LLRP reader is at tcp:PORT`)
  const field = tagField()
  const faults = noFaults()
  const received = receivedBytes()
  const heard: string[] = []
  let client: Socket | null = null
  let keepalive: NodeJS.Timeout | undefined
  let rounds: NodeJS.Timeout | undefined
  let nextId = 100
  let bundling = false
  let kept: Buffer[] = []
  const inventory = llrpInventory({ field, faults, send, nextId: () => nextId++ })

  function send(bytes: Buffer, later = false): void {
    if (faults.silent || client === null || client.destroyed) return
    if (bundling && later && kept.length < 8) kept.push(bytes)
    else {
      client.write(Buffer.concat([...kept, bytes]))
      kept = []
    }
  }

  function event(...parts: Buffer[]): Buffer {
    const stamp = tlv(128, Buffer.alloc(8))
    stamp.writeBigUInt64BE(BigInt(Date.now()) * 1000n, 4)
    return message(63, nextId++, tlv(246, stamp, ...parts))
  }

  function answer(type: number, id: number, code: number, ...more: Buffer[]): void {
    const replies: Readonly<Record<number, number>> = { [CLOSE_CONNECTION]: 4 }
    send(message(replies[type] ?? type + 10, id, tlv(287, uint(code, 2), uint(0, 2)), ...more))
  }

  function obey(type: number, id: number, body: Buffer): void {
    switch (type) {
      case 1: {
        const powers = POWERS.map((dbm, nth) => tlv(145, uint(nth + 1, 2), uint(dbm * 100, 2)))
        const general = tlv(
          137,
          uint(ANTENNAS, 2),
          uint(0x4000, 2),
          uint(0, 4),
          uint(0, 4),
          uint(3, 2),
          Buffer.from('1.0'),
        )
        return answer(type, id, 0, general, tlv(143, uint(156, 2), uint(1, 2), tlv(144, ...powers)))
      }
      case 3: {
        const every = tlvs(body.subarray(1)).find((one) => one.type === 220)?.value
        if (every?.[0] === 1) {
          clearInterval(keepalive)
          keepalive = setInterval(() => {
            if (!faults.noKeepalive) send(message(62, nextId++), true)
          }, every.readUInt32BE(1))
        }
        return answer(type, id, 0)
      }
      case CLOSE_CONNECTION:
        answer(type, id, 0)
        client?.end()
        return
      case 20:
      case 21:
      case 22:
      case 23:
      case 24:
      case 40:
      case 41:
      case 42:
        return answer(type, id, inventory.obey(type, body) ? 0 : STATUS_FIELD_INVALID)
      case 64:
      case 72:
        return
      default:
        return send(message(100, id, tlv(287, uint(STATUS_UNSUPPORTED, 2), uint(0, 2))))
    }
  }

  function serve(socket: Socket): void {
    socket.on('error', () => undefined)
    if (client !== null) {
      socket.end(event(tlv(256, uint(2, 2))))
      return
    }
    client = socket
    let typed = Buffer.alloc(0)
    socket.on('close', () => {
      if (client === socket) client = null
      clearInterval(keepalive)
      kept = []
    })
    socket.on('data', (bytes: Buffer) => {
      received.add(bytes)
      typed = Buffer.concat([typed, bytes])
      while (typed.length >= 10) {
        const length = typed.readUInt32BE(2)
        if (length < 10 || length > LONGEST_MESSAGE) return void socket.destroy()
        if (typed.length < length) return
        const type = typed.readUInt16BE(0) & 0x3ff
        heard.push(NAMES[type] ?? String(type))
        obey(type, typed.readUInt32BE(6), typed.subarray(10, length))
        typed = typed.subarray(length)
      }
    })
    send(event(tlv(256, uint(0, 2))))
  }

  function open(at: number): Promise<Server> {
    const server = createServer({ noDelay: true }, serve)
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(at, '127.0.0.1', () => resolve(server))
    })
  }

  let server: Server | null = await open(Number(port))
  const taken = server.address()
  if (taken === null || typeof taken === 'string') throw new Error('no TCP address')
  const address = `tcp://127.0.0.1:${taken.port}`
  rounds = setInterval(inventory.round, ROUND_MS)

  async function unplug(): Promise<void> {
    if (server === null) return
    const closed = new Promise((resolve) => server?.close(resolve))
    server = null
    clearInterval(rounds)
    client?.destroy()
    inventory.clear()
    await closed
  }

  return {
    speaks: 'llrp',
    address,
    field,
    faults,
    reads: inventory.reads,
    heard: () => heard,
    bundle(on) {
      bundling = on
    },
    async flood(count, tags) {
      const socket = client
      if (socket === null) throw new Unplugged(address, 'has no client')
      for (let nth = 0; nth < count; nth += 1) {
        const epc = uint(nth % tags, 6)
        const told = tlv(
          240,
          Buffer.from([0x8d, 0xd4, 0, 0, 0, 0, 0]),
          epc,
          Buffer.from([0x81]),
          uint(1 + (nth % ANTENNAS), 2),
        )
        const room = socket.write(message(61, nextId++, told))
        if (!room) await new Promise((resolve) => socket.once('drain', resolve))
      }
      inventory.count(count)
      return count
    },
    antenna(antenna, connected) {
      faults.unplugged = [...faults.unplugged.filter((one) => one !== antenna), ...(connected ? [] : [antenna])]
      send(event(tlv(255, Buffer.from([connected ? 1 : 0]), uint(antenna, 2))))
    },
    async sendRaw(bytes) {
      const socket = client
      if (socket === null) throw new Unplugged(address, 'has no client')
      await new Promise((sent) => socket.write(bytes, sent))
    },
    received: received.all,
    receivedCount: received.count,
    unplug,
    async replug() {
      if (server !== null) return
      server = await open(taken.port)
      rounds = setInterval(inventory.round, ROUND_MS)
    },
    close: unplug,
  }
}
