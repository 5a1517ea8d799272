import { deflateSync } from 'node:zlib'
import type { Bitmap } from '../reading.ts'
import { checkBitmap } from './bitmap.ts'

/**
 * One label as a ZPL II job: the whole label is one picture, so a job contains digits and our own commands and never a text that someone
 * typed. What an earlier job may have left set (home position, shift, mirror, reverse, orientation) is set back; the print mode and the
 * media are the printer's own settings. Throws `RangeError` for a bitmap that contradicts itself.
 */
export function encodeZpl(label: Bitmap): Uint8Array {
  checkBitmap(label)
  const total = label.rowBytes * label.height
  const acs = runLengths(label)
  const z64 = zlib64(label.bits)
  return Buffer.from(
    `^XA^PON^PMN^LRN^LH0,0^LS0^PW${label.width}^LL${label.height}` +
      `^FO0,0^GFA,${total},${total},${label.rowBytes},${acs.length <= z64.length ? acs : z64}^FS^PQ1^XZ`,
    'latin1',
  )
}

const HEX = '0123456789ABCDEF'
const RUN_STEP = 20
const LONGEST_RUN = 400

/**
 * The alternative data compression of `^GF`: `G`..`Y` repeat the next digit 1 to 19 times, `g`..`z` 20 to 400 times; `,` fills the rest
 * of the row with 0; `:` repeats the row above. `!`, which fills with ones, is not used: there are readers that take the ones for digits.
 * (ZPL II Programming Guide, "Alternative Data Compression Scheme for ~DG and ~DB".)
 */
export function runLengths({ rowBytes, height, bits }: Bitmap): string {
  const digits = rowBytes * 2
  let text = ''
  for (let row = 0; row < height; row += 1) {
    const start = row * rowBytes
    if (row > 0 && sameRow(bits, start, start - rowBytes, rowBytes)) {
      text += ':'
      continue
    }
    for (let at = 0; at < digits;) {
      const digit = nibble(bits, start, at)
      let run = 1
      while (at + run < digits && nibble(bits, start, at + run) === digit) run += 1
      at += run
      if (at === digits && digit === 0x0) text += ','
      else text += repeated(digit, run)
    }
  }
  return text
}

function sameRow(bits: Uint8Array, row: number, other: number, length: number): boolean {
  for (let i = 0; i < length; i += 1) if (bits[row + i] !== bits[other + i]) return false
  return true
}

function nibble(bits: Uint8Array, start: number, digit: number): number {
  const byte = bits[start + (digit >> 1)] ?? 0
  return digit % 2 === 0 ? byte >> 4 : byte & 0xf
}

function repeated(digit: number, run: number): string {
  let text = ''
  for (let left = run; left > 0;) {
    const now = Math.min(left, LONGEST_RUN + RUN_STEP - 1)
    const twenties = Math.floor(now / RUN_STEP)
    const ones = now % RUN_STEP
    if (twenties > 0) text += String.fromCharCode('g'.charCodeAt(0) + twenties - 1)
    if (ones > 1 || (ones === 1 && twenties > 0)) text += String.fromCharCode('G'.charCodeAt(0) + ones - 1)
    text += HEX[digit]
    left -= now
  }
  return text
}

/** Bytes as `:Z64:` data: zlib, base64, and the check over the base64 characters in four hexadecimal digits. */
export function zlib64(bytes: Uint8Array): string {
  const base64 = deflateSync(bytes).toString('base64')
  return `:Z64:${base64}:${crc16(Buffer.from(base64, 'latin1')).toString(16).toUpperCase().padStart(4, '0')}`
}

/** CRC-16 with the CCITT polynomial 1021, start 0000, nothing reflected: the check of `:Z64:` and `:B64:` data. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit += 1)
      crc = (crc & 0x8000) !== 0 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  return crc
}
