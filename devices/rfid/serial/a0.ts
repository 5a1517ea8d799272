import type { Sighting } from '../sighting.ts'
import { scanningFramer, type ScanningFramer } from '../scanning.ts'
import { hexText, u16, u32, words16 } from '../bytes.ts'

/** `A0 | Len | Addr | Cmd | Data | Check`: Len counts the bytes after it, Check makes the sum of all bytes zero. */
export interface A0Frame {
  readonly address: number
  readonly command: number
  readonly data: Uint8Array
}

export const A0 = {
  FIRMWARE: 0x72,
  SET_ANTENNA: 0x74,
  SET_POWER: 0x76,
  READ: 0x81,
  WRITE: 0x82,
  EPC_MATCH: 0x85,
  INVENTORY: 0x89,
  SESSION_INVENTORY: 0x8b,
} as const

export const A0_SUCCESS = 0x10

const START = 0xa0
const LENGTH_MIN = 3
const EVERYBODY = 0xff
/** What the strength of a tag is counted from. */
const RSSI_ZERO_DBM = -129

/** Finds frames by start, length and check; a start byte that is only data costs nothing but itself. */
export function a0Framer(): ScanningFramer<A0Frame> {
  return scanningFramer({
    bytesMax: 257,
    measure(bytes, at) {
      if (bytes[at] !== START) return null
      const length = bytes[at + 1]
      if (length === undefined) return 'more'
      return length < LENGTH_MIN ? null : length + 2
    },
    meaning: (raw) =>
      sum(raw) === 0 ? { address: raw[2] ?? 0, command: raw[3] ?? 0, data: raw.subarray(4, -1) } : null,
  })
}

/** The bytes of a command, to every reader on the line unless an address is given. */
export function a0Command(command: number, data: Iterable<number> = [], address = EVERYBODY): Uint8Array {
  const body = [address, command, ...data]
  const bytes = [START, body.length + 1, ...body]
  return Uint8Array.of(...bytes, -sum(bytes) & 0xff)
}

/** What a frame that answers an inventory says: a tag, the end of the round, or the code of an error. */
export type A0Inventory =
  | { readonly kind: 'tag'; readonly sighting: Sighting }
  | { readonly kind: 'end'; readonly reads: number }
  | { readonly kind: 'error'; readonly code: number }

/** Null for a frame that is no answer to an inventory. The end record is the only one with seven bytes: a tag's are always even. */
export function a0Inventory({ command, data }: A0Frame): A0Inventory | null {
  if (command !== A0.INVENTORY && command !== A0.SESSION_INVENTORY) return null
  if (data.length === 1) return { kind: 'error', code: data[0] ?? 0 }
  if (data.length === 7) return { kind: 'end', reads: u32(data, 3) }
  if (data.length < 6 || data.length % 2 !== 0) return null
  const strength = data.at(-1) ?? 0
  // Readers with eight antennas say the third bit of the antenna above the strength.
  const antenna = ((data[0] ?? 0) & 0x03) + ((strength & 0x80) === 0 ? 0 : 4) + 1
  return {
    kind: 'tag',
    sighting: {
      epc: hexText(data.subarray(3, -1)),
      tid: null,
      antenna,
      rssi_dbm: (strength & 0x7f) + RSSI_ZERO_DBM,
      count: 1,
    },
  }
}

/** One tag that answered a read or a write: whose EPC it had, and what was read of it. */
export interface A0Access {
  readonly epc: string
  readonly data: Uint8Array
  /** How many tags answered. */
  readonly tags: number
}

/** What an answer to a read or write says of one tag, or its error code; null for one that contradicts itself. */
export function a0Access({ command, data }: A0Frame): A0Access | { readonly code: number } | null {
  if (data.length === 1) return { code: data[0] ?? 0 }
  const length = data[2]
  if (length === undefined || data.length !== length + 6) return null
  const record = data.subarray(3, 3 + length)
  const second = data[3 + length] ?? 0
  const readBytes = command === A0.READ ? second : 0
  // PC, EPC and CRC stand before what was read.
  if (length < readBytes + 4) return null
  if (command === A0.WRITE && second !== A0_SUCCESS) return { code: second }
  return {
    epc: hexText(record.subarray(2, length - readBytes - 2)),
    data: record.subarray(length - readBytes),
    tags: u16(data, 0),
  }
}

/** `pointer` and `words` count words of 16 bits. With the password 0, which is none. */
export function a0Read(bank: number, pointer: number, words: number): Uint8Array {
  return a0Command(A0.READ, [bank, pointer, words, 0, 0, 0, 0])
}

/** `pointer` counts words of 16 bits, and `data` is whole words. With the password 0, which is none. */
export function a0Write(bank: number, pointer: number, data: Uint8Array): Uint8Array {
  return a0Command(A0.WRITE, [0, 0, 0, 0, bank, pointer, words16(data), ...data])
}

/** Only tags with this EPC are read and written from now on; null is all tags again. */
export function a0Match(epc: Uint8Array | null): Uint8Array {
  return epc === null ? a0Command(A0.EPC_MATCH, [1]) : a0Command(A0.EPC_MATCH, [0, epc.length, ...epc])
}

function sum(bytes: ArrayLike<number>): number {
  let total = 0
  for (let at = 0; at < bytes.length; at += 1) total += bytes[at] ?? 0
  return total & 0xff
}
