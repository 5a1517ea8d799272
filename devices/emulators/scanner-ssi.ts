import { setTimeout as pause } from 'node:timers/promises'
import { receivedBytes } from './received.ts'
import { openWire } from './wire.ts'

/** How long the scanner waits for the acknowledgement of a packet, and how often it sends one. */
const RESPONSE_MS = 2000
const SENDINGS_MAX = 3
/** One byte says the length, and four bytes stand before the data; the first of these is the code type. */
const CODE_BYTES_MAX = 255 - 4 - 1
const PACKET_BYTES_MAX = 257
/** Bytes of a command come one after the other; what stays away this long ends it. */
const CUT_MS = 500

const BEEP_WORDS = ['short high', 'short low', 'long high', 'long low'] as const

export interface SsiScanOptions {
  /** The code type, 3 (Code 128) by default. */
  readonly type?: number
  /** The AIM identifier to send in front, without its bracket. */
  readonly aim?: string
  /** How many pieces the bytes of each packet arrive in. */
  readonly pieces?: number
  /** Milliseconds between two bytes. */
  readonly slow_ms?: number
  /** The first so many sendings have a wrong sum. */
  readonly badSum?: number
  /** The first sending breaks off after so many bytes. */
  readonly cut?: number
  /** The scanner does not hear the first so many acknowledgements, and sends again. */
  readonly deaf?: number
  /** Sent again so many times although it was acknowledged. */
  readonly repeat?: number
  /** Bytes, in hex, that are on the line before the first packet. */
  readonly garbage?: string
}

export type ScanEnd = 'acknowledged' | 'not acknowledged' | 'sent' | 'disabled'

export interface EmulatedSsiScanner {
  readonly address: string
  /** Reads a code and resolves when the host has acknowledged it, or the scanner has given up. `sent` is without packets or handshake. */
  scan(text: string, options?: SsiScanOptions): Promise<ScanEnd>
  /** Holds a code before the scanner that it reads when the host pulls its trigger; null takes it away. */
  present(text: string | null): void
  /** The next so many commands are refused with this cause (1 asks for them again). */
  refuse(times: number, cause: number): void
  /** Answers nothing from now on, or again. */
  silence(silent: boolean): void
  /** Forgets its settings, as one whose power went and came back. */
  restart(): void
  sendRaw(bytes: Uint8Array): Promise<void>
  state(): SsiState
  received(): Uint8Array
  /** How many bytes came, those that are no longer kept included. */
  receivedCount(): number
  unplug(): Promise<void>
  replug(): Promise<void>
  close(): Promise<void>
}

export interface SsiState {
  readonly packeted: boolean
  readonly handshake: boolean
  readonly enabled: boolean
  readonly aiming: boolean
  readonly triggered: boolean
  /** The mask of LEDs that are lit. */
  readonly leds: number
  /** Every beep since the start, as "2 short high". */
  readonly beeps: readonly string[]
  /** How many codes were given up unacknowledged. */
  readonly lost: number
}

export interface SsiScannerOptions {
  /** `tcp:PORT` (0 takes a free one) or `pty:LINKPATH`. */
  readonly listen: string
  readonly response_ms?: number
  /** The opcodes it says and obeys; all when not said. */
  readonly commands?: readonly number[]
}

const ALL_COMMANDS = [0xa3, 0xc4, 0xc5, 0xc6, 0xd0, 0xd1, 0xd2, 0xd3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea] as const

/**
 * Starts a scanner that speaks the Simple Serial Interface and exists only on its wire. As it leaves the factory it sends codes as plain lines
 * and waits for acknowledgements of packets only once it was told to send them.
 */
export async function startSsiScanner(options: SsiScannerOptions): Promise<EmulatedSsiScanner> {
  const { listen, response_ms = RESPONSE_MS, commands = ALL_COMMANDS } = options
  const received = receivedBytes()
  const wire = await openWire(listen, (bytes) => {
    received.add(bytes)
    arrive(bytes)
  })
  let input = Buffer.alloc(0)
  let inputEnds: NodeJS.Timeout | undefined
  let output: Promise<unknown> = Promise.resolve()
  let scanning: Promise<unknown> = Promise.resolve()
  let packeted = false
  let handshake = true
  let enabled = true
  let aiming = false
  let triggered = false
  let leds = 0
  let beeps: string[] = []
  let lost = 0
  let silent = false
  let presented: string | null = null
  let refusing = { times: 0, cause: 0 }
  /** Whoever waits for the host's word on a packet: true is acknowledged, false is "send again". */
  let onWord: ((acknowledged: boolean) => void) | null = null

  function send(bytes: Uint8Array, pieces = 1, slow_ms = 0): Promise<void> {
    const size = slow_ms > 0 ? 1 : Math.max(1, Math.ceil(bytes.length / pieces))
    const sent = output.then(async () => {
      for (let from = 0; from < bytes.length; from += size) {
        if (slow_ms > 0 && from > 0) await pause(slow_ms)
        await wire.send(bytes.subarray(from, from + size))
      }
    })
    output = sent.catch(() => undefined)
    return sent
  }

  function reply(opcode: number, data: readonly number[] = []): void {
    if (!silent) send(packet(opcode, 0, data)).catch(() => undefined)
  }

  function arrive(bytes: Uint8Array): void {
    clearTimeout(inputEnds)
    input = Buffer.concat([input, bytes])
    while (input.length > 0) {
      const length = input[0] ?? 0
      if (length < 4) {
        input = input.subarray(1)
        continue
      }
      if (input.length < length + 2) break
      const whole = input.subarray(0, length + 2)
      let sum = whole.readUInt16BE(length)
      for (const byte of whole.subarray(0, length)) sum += byte
      if ((sum & 0xffff) !== 0 || whole[2] !== 0x04) {
        input = Buffer.alloc(0)
        reply(0xd1, [0x01])
        return
      }
      input = input.subarray(length + 2)
      obey(whole[1] ?? 0, [...whole.subarray(4, length)])
    }
    if (input.length > PACKET_BYTES_MAX) input = Buffer.alloc(0)
    if (input.length > 0) inputEnds = setTimeout(() => (input = Buffer.alloc(0)), CUT_MS)
  }

  function obey(opcode: number, data: readonly number[]): void {
    if (opcode === 0xd0) return onWord?.(true)
    if (opcode === 0xd1) return data[0] === 0x01 ? onWord?.(false) : undefined
    if (refusing.times > 0) {
      refusing = { ...refusing, times: refusing.times - 1 }
      return reply(0xd1, [refusing.cause])
    }
    if (silent) return
    if (!commands.includes(opcode)) return reply(0xd1, [0x02])
    const [first = 0] = data
    switch (opcode) {
      case 0xa3:
        return reply(0xa4, [...Buffer.from('EMULATED-SSI 1.0', 'latin1')])
      case 0xd3:
        return reply(0xd4, [0x00, 0x3f, 0x00, 0x03, ...commands])
      case 0xc6:
        for (let at = 1; at + 1 < data.length; at += 2) set(data[at] ?? 0, data[at + 1] ?? 0)
        break
      case 0xe4:
        triggered = true
        if (presented !== null) void scan(presented, {}).catch(() => undefined)
        break
      case 0xe5:
        triggered = false
        break
      case 0xe6:
        if (first > 0x13) return reply(0xd1, [0x06])
        beeps = [...beeps, `${(first % 5) + 1} ${BEEP_WORDS[Math.floor(first / 5)]}`]
        break
      case 0xe7:
        leds |= first
        break
      case 0xe8:
        leds &= ~first
        break
      case 0xe9:
      case 0xea:
        enabled = opcode === 0xe9
        break
      case 0xc4:
      case 0xc5:
        aiming = opcode === 0xc5
        break
      case 0xd2:
        break
    }
    reply(0xd0)
  }

  function set(parameter: number, value: number): void {
    if (parameter === 0xee) packeted = value === 1
    if (parameter === 0x9f) handshake = value === 1
  }

  /** What the host says of the packet just sent, or `silence`. */
  function word(): Promise<boolean | 'silence'> {
    return new Promise((resolve) => {
      const late = setTimeout(() => settle('silence'), response_ms)
      const settle = (said: boolean | 'silence'): void => {
        clearTimeout(late)
        onWord = null
        resolve(said)
      }
      onWord = settle
    })
  }

  function scan(text: string, how: SsiScanOptions): Promise<ScanEnd> {
    const end = scanning.then(() => read(text, how))
    scanning = end.catch(() => undefined)
    return end
  }

  async function read(text: string, how: SsiScanOptions): Promise<ScanEnd> {
    if (!enabled) return 'disabled'
    if (how.garbage !== undefined) await send(Buffer.from(how.garbage.replaceAll(' ', ''), 'hex'))
    const code = Buffer.from(how.aim === undefined ? text : `]${how.aim}${text}`, 'utf8')
    if (!packeted) {
      await send(Buffer.concat([code, Uint8Array.of(0x0d)]), how.pieces, how.slow_ms)
      return 'sent'
    }
    for (let from = 0; from === 0 || from < code.length; from += CODE_BYTES_MAX) {
      const more = from + CODE_BYTES_MAX < code.length
      const data = [how.type ?? 0x03, ...code.subarray(from, from + CODE_BYTES_MAX)]
      if (!(await deliver(data, more ? 0x02 : 0x00, how))) {
        lost += 1
        return 'not acknowledged'
      }
    }
    return handshake ? 'acknowledged' : 'sent'
  }

  async function deliver(data: readonly number[], status: number, how: SsiScanOptions): Promise<boolean> {
    const { badSum = 0, cut, deaf = 0, repeat = 0, pieces, slow_ms } = how
    let acknowledged = 0
    let sendings = 0
    while (sendings < SENDINGS_MAX) {
      const bytes = packet(0xf3, status | (sendings > 0 ? 0x01 : 0x00), data)
      if (sendings < badSum) bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0xff
      const said = handshake ? word() : Promise.resolve(true)
      await send(sendings === 0 ? bytes.subarray(0, cut) : bytes, pieces, slow_ms)
      sendings += 1
      if ((await said) !== true) continue
      acknowledged += 1
      if (acknowledged <= deaf) continue
      for (let nth = 0; nth < repeat; nth += 1) {
        const again = word()
        await send(packet(0xf3, status | 0x01, data), pieces, slow_ms)
        await again
      }
      return true
    }
    return false
  }

  return {
    address: wire.address,
    scan: (text, how = {}) => scan(text, how),
    present(text) {
      presented = text
    },
    refuse(times, cause) {
      refusing = { times, cause }
    },
    silence(on) {
      silent = on
    },
    restart() {
      packeted = false
      handshake = enabled = true
      aiming = triggered = false
      leds = 0
    },
    sendRaw: (bytes) => send(bytes),
    state: () => ({ packeted, handshake, enabled, aiming, triggered, leds, beeps, lost }),
    received: received.all,
    receivedCount: received.count,
    unplug: () => wire.unplug(),
    replug: () => wire.replug(),
    close() {
      clearTimeout(inputEnds)
      return wire.close()
    },
  }
}

/** Length, opcode, source 00, status, data, and the 16-bit sum's two's complement, high byte first. */
function packet(opcode: number, status: number, data: readonly number[]): Uint8Array {
  const bytes = Buffer.from([4 + data.length, opcode, 0x00, status, ...data, 0, 0])
  let sum = 0
  for (const byte of bytes) sum += byte
  bytes.writeUInt16BE((0x10000 - (sum & 0xffff)) & 0xffff, bytes.length - 2)
  return bytes
}
