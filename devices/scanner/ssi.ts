import { bad, good, type Frame, type Framer } from '../framing.ts'

/** One packet of the Simple Serial Interface. */
export interface SsiPacket {
  readonly opcode: number
  /** Bit 0: sent again; bit 1: more of this message follows. What else some firmwares set there means nothing to us. */
  readonly status: number
  readonly data: Uint8Array
}

export interface SsiFramer extends Framer<SsiPacket> {
  /** Whether a packet has begun. */
  begun(): boolean
  /** No byte came for a while: what has begun will not be ended. Packets that it hid are found. */
  silence(): Frame<SsiPacket>[]
  /** How many bytes so far were part of no packet. */
  noiseBytes(): number
}

export const SSI = {
  requestRevision: 0xa3,
  replyRevision: 0xa4,
  aimOff: 0xc4,
  aimOn: 0xc5,
  paramSend: 0xc6,
  ack: 0xd0,
  nak: 0xd1,
  capabilitiesRequest: 0xd3,
  capabilitiesReply: 0xd4,
  startDecode: 0xe4,
  stopDecode: 0xe5,
  beep: 0xe6,
  ledOn: 0xe7,
  ledOff: 0xe8,
  scanEnable: 0xe9,
  scanDisable: 0xea,
  decodeData: 0xf3,
  event: 0xf6,
} as const

/** The first data byte of a NAK. */
export const SSI_NAK = { resend: 0x01, badContext: 0x02, denied: 0x06, undesired: 0x0a } as const

export const SSI_STATUS = { retransmission: 0x01, continues: 0x02 } as const

const DECODER = 0x00
const HOST = 0x04
/** Length, opcode, source, status. */
const HEADER_BYTES = 4
const SUM_BYTES = 2
/** With so many bytes it is known whether they come from a scanner; fewer are noise when nothing follows. */
const SOURCE_SEEN = 3
const DATA_BYTES_MAX = 0xff - HEADER_BYTES

/**
 * A packet from the host to the scanner.
 * @throws RangeError for more data than the length byte can say
 */
export function ssiBytes(opcode: number, data: readonly number[] = [], status = 0): Uint8Array {
  if (data.length > DATA_BYTES_MAX) throw new RangeError(`${data.length} bytes in one packet`)
  const packet = [HEADER_BYTES + data.length, opcode, HOST, status, ...data]
  const sum = checkSum(Uint8Array.from(packet))
  return Uint8Array.of(...packet, sum >> 8, sum & 0xff)
}

/**
 * Packets from the scanner: length (of what comes before the sum), opcode, source, status, data, and the two's complement of the 16-bit sum
 * of all before it, high byte first. Nothing marks a beginning, so every byte may be one: what cannot be a packet of a scanner is noise, what
 * could and fails its sum is one fault, and in both cases reading goes on with the byte after the supposed first one.
 */
export function ssiFramer(): SsiFramer {
  let held: Uint8Array = new Uint8Array(0)
  /** So many of the held bytes were told as part of a packet that failed; they are no noise and make no second fault. */
  let told = 0
  let noise = 0

  function drop(count: number): void {
    const untold = Math.max(0, count - told)
    told = Math.max(0, told - count)
    noise += untold
    held = held.subarray(count)
  }

  function found(withFaults = true): Frame<SsiPacket>[] {
    const frames: Frame<SsiPacket>[] = []
    for (;;) {
      const span = spanOf(held)
      if (span === 'more') {
        const ahead = told > 0 ? soundAhead() : null
        if (ahead === null) return frames
        drop(ahead)
        continue
      }
      if (span === 'none') {
        drop(1)
        continue
      }
      const raw = held.slice(0, span)
      if (isSound(raw)) {
        frames.push(good(raw, { opcode: raw[1] ?? 0, status: raw[3] ?? 0, data: raw.slice(HEADER_BYTES, -SUM_BYTES) }))
        told = Math.max(told, span)
        drop(span)
      } else {
        if (withFaults && told === 0) {
          frames.push(bad(raw, 'line-garbled', 'wrong sum'))
          told = span
        }
        drop(1)
      }
    }
  }

  /**
   * Where the next sound packet begins, if one is all here. Only looked for inside a packet that failed: what seems to begin in there need
   * not be waited for, and inside a good packet that still comes nobody looks, or its data could pass for a packet.
   */
  function soundAhead(): number | null {
    for (let at = 1; at < held.length; at += 1) {
      const span = spanOf(held.subarray(at))
      if (typeof span === 'number' && isSound(held.subarray(at, at + span))) return at
    }
    return null
  }

  /** Nothing follows what is held: packets that it hides come out, and if there are none it is itself one that was cut. */
  function given(detail: string): Frame<SsiPacket>[] {
    const cut = held.slice(told)
    const noiseBefore = noise
    const isCut = cut.length >= SOURCE_SEEN
    const hidden: Frame<SsiPacket>[] = []
    while (held.length > 0) {
      drop(1)
      hidden.push(...found(false))
    }
    told = 0
    if (hidden.length > 0 || !isCut) return hidden
    noise = noiseBefore
    return [bad(cut, 'line-cut', detail)]
  }

  return {
    push(bytes) {
      const all = new Uint8Array(held.length + bytes.length)
      all.set(held)
      all.set(bytes, held.length)
      held = all
      const frames = found()
      held = held.slice()
      return frames
    },
    begun: () => held.length > 0,
    silence: () => given('silence inside a packet'),
    end: () => given('the port closed inside a packet'),
    noiseBytes: () => noise,
  }
}

/** How long the packet is that begins here, if one does; `more` when that is not to be seen yet, or it is not all here. */
function spanOf(held: Uint8Array): number | 'more' | 'none' {
  const [length, , source] = held
  if (length === undefined) return 'more'
  if (length < HEADER_BYTES) return 'none'
  if (source === undefined) return 'more'
  if (source !== DECODER) return 'none'
  return held.length < length + SUM_BYTES ? 'more' : length + SUM_BYTES
}

function isSound(raw: Uint8Array): boolean {
  const sum = checkSum(raw.subarray(0, -SUM_BYTES))
  return raw.at(-2) === sum >> 8 && raw.at(-1) === (sum & 0xff)
}

function checkSum(bytes: Uint8Array): number {
  return -bytes.reduce((sum, byte) => sum + byte, 0) & 0xffff
}
