import { bad, good, type Frame, type Framer } from '../framing.ts'

const STX = 0x02
const ETX = 0x03
const CR = 0x0d
const LF = 0x0a
/** Ten digits of the card (version and four bytes) and two of the sum. */
const DIGITS = 12
/** STX, digits, CR LF, ETX. */
const FRAME_BYTES_MAX = DIGITS + 4

/**
 * 125 kHz card readers of the RDM6300 and ID-12 kind: STX, ten hexadecimal digits, two more that are the exclusive or of the five bytes,
 * perhaps CR LF, ETX. The value is the ten digits in upper case. A frame that begins with STX and goes wrong is one fault, and reading goes
 * on with its last byte; bytes outside a frame are the hum of the antenna and are nothing.
 */
export function cardFramer(): Framer<string> {
  /** Empty, or STX and what came after it, each byte looked at as it came. */
  let held: number[] = []

  function byteIn(byte: number): Frame<string>[] {
    if (held.length === 0 && byte !== STX) return []
    held.push(byte)
    const seen = look(held)
    if (seen === 'more') return []
    const raw = Uint8Array.from(held)
    held = []
    if (seen.fault === null) return [good(raw, seen.card)]
    return [bad(raw, 'line-garbled', seen.fault), ...(byte === STX ? byteIn(byte) : [])]
  }

  return {
    push: (bytes) => Array.from(bytes).flatMap(byteIn),
    end() {
      const raw = Uint8Array.from(held)
      held = []
      return raw.length === 0 ? [] : [bad(raw, 'line-cut', 'the port closed inside a card frame')]
    },
  }
}

type Seen = 'more' | { readonly fault: null; readonly card: string } | { readonly fault: string }

function look(held: readonly number[]): Seen {
  const last = held.length - 1
  const byte = held[last] ?? 0
  if (last === 0) return 'more'
  if (last <= DIGITS) return isHexDigit(byte) ? 'more' : { fault: 'not a hexadecimal digit' }
  if (byte === ETX) return checked(String.fromCharCode(...held.slice(1, DIGITS + 1)).toUpperCase())
  if (held.length < FRAME_BYTES_MAX && (byte === CR || byte === LF)) return 'more'
  return { fault: 'no ETX after the sum' }
}

function checked(digits: string): Seen {
  const bytes = Buffer.from(digits, 'hex')
  const sum = bytes.reduce((xor, byte) => xor ^ byte, 0)
  return sum === 0 ? { fault: null, card: digits.slice(0, -2) } : { fault: 'wrong sum' }
}

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66)
}
