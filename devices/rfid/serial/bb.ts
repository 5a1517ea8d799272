import { hexText, s8, u16, u16Bytes, words16 } from '../bytes.ts'
import { scanningFramer, type ScanningFramer } from '../scanning.ts'
import type { Sighting } from '../sighting.ts'
import { gen2Crc } from './crc.ts'

/** `BB | Type | Cmd | PL16 | Param | Check | 7E`: Check is the low byte of the sum from Type to Param. */
export interface BbFrame {
  /** 0 command, 1 answer, 2 unasked notice. */
  readonly type: number
  readonly command: number
  readonly parameter: Uint8Array
}

export const BB = {
  MODULE: 0x03,
  SELECT: 0x0c,
  SELECT_MODE: 0x12,
  TAG: 0x22,
  INVENTORY: 0x27,
  STOP: 0x28,
  READ: 0x39,
  WRITE: 0x49,
  SET_POWER: 0xb6,
  ERROR: 0xff,
} as const

const START = 0xbb
const END = 0x7e
/** A read of 128 words with everything around it; longer is no frame of this family. */
const PARAMETER_MAX = 512
/** In session 0, the tags whose bank 1 fits. */
const SELECT_BY_EPC = 0x01
/** PC and EPC stand after the 16 bits of CRC in bank 1. */
const EPC_BIT = 0x20

/** Finds frames by start, type, length, check and end byte; a longer one than a read of 128 words is noise. */
export function bbFramer(): ScanningFramer<BbFrame> {
  return scanningFramer({
    bytesMax: PARAMETER_MAX + 7,
    measure(bytes, at) {
      if (bytes[at] !== START) return null
      if (at + 1 < bytes.length && (bytes[at + 1] ?? 0) > 2) return null
      if (at + 5 > bytes.length) return 'more'
      const length = u16(bytes, at + 3)
      return length > PARAMETER_MAX ? null : length + 7
    },
    meaning(raw) {
      if (raw.at(-1) !== END || sum(raw.subarray(1, -2)) !== raw.at(-2)) return null
      return { type: raw[1] ?? 0, command: raw[2] ?? 0, parameter: raw.subarray(5, -2) }
    },
  })
}

/** The bytes of a command (type 0), its check and end byte included. */
export function bbCommand(command: number, parameter: Iterable<number> = []): Uint8Array {
  const said = Uint8Array.of(...parameter)
  const body = [0, command, ...u16Bytes(said.length), ...said]
  return Uint8Array.of(START, ...body, sum(body), END)
}

/** The tag that a notice tells of; null if it tells of none, or the tag's own CRC over PC and EPC is wrong. */
export function bbTag({ command, parameter }: BbFrame): Sighting | null {
  if (command !== BB.TAG || parameter.length < 7) return null
  const told = parameter.subarray(1, -2)
  if (gen2Crc(told) !== u16(parameter, parameter.length - 2)) return null
  return { epc: hexText(told.subarray(2)), tid: null, antenna: 1, rssi_dbm: s8(parameter[0] ?? 0), count: 1 }
}

/** What was read of the tag, and its EPC; null for an answer that contradicts itself. */
export function bbAccess({ parameter }: BbFrame): { readonly epc: string; readonly data: Uint8Array } | null {
  const length = parameter[0] ?? 0
  if (length < 2 || parameter.length < 1 + length) return null
  return { epc: hexText(parameter.subarray(3, 1 + length)), data: parameter.subarray(1 + length) }
}

/** `rounds` of inventory, or until a stop. */
export function bbInventory(rounds: number): Uint8Array {
  return bbCommand(BB.INVENTORY, [0x22, ...u16Bytes(rounds)])
}

/** The module takes hundredths of a dBm. */
export function bbPower(power_dbm: number): Uint8Array {
  return bbCommand(BB.SET_POWER, u16Bytes(Math.round(power_dbm * 100)))
}

/** Reads and writes are of tags with this EPC from now on; inventories stay of all. */
export function bbSelect(epc: Uint8Array): readonly Uint8Array[] {
  const parameter = [SELECT_BY_EPC, 0, 0, 0, EPC_BIT, epc.length * 8, 0, ...epc]
  return [bbCommand(BB.SELECT, parameter), bbCommand(BB.SELECT_MODE, [0x02])]
}

/** `pointer` and `words` count words of 16 bits; `password` is the tag's access password, 0 for none. */
export function bbRead(bank: number, pointer: number, words: number, password = 0): Uint8Array {
  return bbCommand(BB.READ, [...password4(password), bank, ...u16Bytes(pointer), ...u16Bytes(words)])
}

/** `pointer` counts words of 16 bits, and `data` is whole words; `password` is the tag's access password, 0 for none. */
export function bbWrite(bank: number, pointer: number, data: Uint8Array, password = 0): Uint8Array {
  return bbCommand(BB.WRITE, [...password4(password), bank, ...u16Bytes(pointer), ...u16Bytes(words16(data)), ...data])
}

function password4(password: number): number[] {
  return [...u16Bytes(password >>> 16), ...u16Bytes(password & 0xffff)]
}

function sum(bytes: Iterable<number>): number {
  let total = 0
  for (const byte of bytes) total += byte
  return total & 0xff
}
