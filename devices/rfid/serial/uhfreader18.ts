import type { RfidRecords } from '../../reading.ts'
import { hexText, s8, words16 } from '../bytes.ts'
import { scanningFramer, type ScanningFramer } from '../scanning.ts'
import type { Sighting } from '../sighting.ts'
import { mcrf4xx } from './crc.ts'

/** `Len | Adr | Cmd | Body | CRClo CRChi`: Len counts the bytes after it. In an answer the body begins with the status. */
export interface U18Frame {
  readonly address: number
  readonly command: number
  readonly body: Uint8Array
}

export const U18 = {
  INVENTORY: 0x01,
  READ: 0x02,
  WRITE: 0x03,
  SINGLE_INVENTORY: 0x0f,
  READER: 0x21,
  SCAN_TIME: 0x25,
  POWER: 0x2f,
  STOP: 0x93,
} as const

/** There is no start byte, so a command that we send is what tells an answer from noise at first sight. */
const COMMANDS: ReadonlySet<number> = new Set(Object.values(U18))
const LENGTH_MIN = 4
const EVERYBODY = 0xff

export const U18_STATUS = {
  OK: 0x00,
  FINISHED: 0x01,
  TIMED_OUT: 0x02,
  MORE: 0x03,
  FLASH_FULL: 0x04,
  NO_TAG: 0xfb,
  TAG_ERROR: 0xfc,
} as const

/** Finds frames by length, a command that we send, and CRC-16/MCRF4XX; there is no start byte to look for. */
export function u18Framer(): ScanningFramer<U18Frame> {
  return scanningFramer({
    bytesMax: 256,
    measure(bytes, at) {
      const length = bytes[at] ?? 0
      if (length < LENGTH_MIN) return null
      const command = bytes[at + 2]
      if (command === undefined) return 'more'
      return COMMANDS.has(command) ? length + 1 : null
    },
    meaning(raw) {
      const crc = (raw.at(-2) ?? 0) | ((raw.at(-1) ?? 0) << 8)
      if (mcrf4xx(raw.subarray(0, -2)) !== crc) return null
      return { address: raw[1] ?? 0, command: raw[2] ?? 0, body: raw.subarray(3, -2) }
    },
  })
}

/** The bytes of a command, to every reader on the line unless an address is given. */
export function u18Command(command: number, body: Iterable<number> = [], address = EVERYBODY): Uint8Array {
  const said = Uint8Array.of(...body)
  const covered = Uint8Array.of(said.length + 4, address, command, ...said)
  const crc = mcrf4xx(covered)
  return Uint8Array.of(...covered, crc & 0xff, crc >> 8)
}

/**
 * The tags in the body of an inventory's answer, its status included: `num | { len | EPC }`, with RSSI behind each EPC, and with a bit mask of the
 * antenna in front, where the model says so. Null for a body that does not come out even.
 */
export function u18Tags(body: Uint8Array, records: RfidRecords): Sighting[] | null {
  const strength = records === 'epc' ? 0 : 1
  let at = 1
  let antenna = 1
  if (records === 'antenna-epc-rssi') {
    const mask = body[at] ?? 0
    if (mask === 0 || (mask & (mask - 1)) !== 0) return null
    antenna = 32 - Math.clz32(mask)
    at += 1
  }
  const tags: Sighting[] = []
  for (let left = body[at++] ?? 0; left > 0; left -= 1) {
    const length = body[at] ?? 0
    const end = at + 1 + length
    if (length === 0 || length % 2 !== 0 || end + strength > body.length) return null
    const rssi_dbm = strength === 0 ? null : s8(body[end] ?? 0)
    tags.push({ epc: hexText(body.subarray(at + 1, end)), tid: null, antenna, rssi_dbm, count: 1 })
    at = end + strength
  }
  return at === body.length ? tags : null
}

/** Reads of the tag with this EPC. */
export function u18Read(epc: Uint8Array, bank: number, pointer: number, words: number): Uint8Array {
  return u18Command(U18.READ, [words16(epc), ...epc, bank, pointer, words, 0, 0, 0, 0])
}

/** Writes to the tag with this EPC. */
export function u18Write(epc: Uint8Array, bank: number, pointer: number, data: Uint8Array): Uint8Array {
  return u18Command(U18.WRITE, [words16(data), words16(epc), ...epc, bank, pointer, ...data, 0, 0, 0, 0])
}
