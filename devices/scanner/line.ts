import { bad, good, type Frame, type Framer } from '../framing.ts'
import { type Scan, scanOf } from './scan.ts'

export type { Scan } from './scan.ts'

/** What ends a line. `any`: CR, LF, TAB or ETX. `etx`: the line is STX data ETX. `none`: silence. */
export type Terminator = 'any' | 'cr' | 'lf' | 'crlf' | 'tab' | 'etx' | 'none'

export interface LineOptions {
  /** `any` when not said. What ends no line is data, so that a code of several lines stays one where only CR (or ETX) ends it. */
  readonly terminator?: Terminator
  /** With `etx`: an LRC follows the ETX, the exclusive or of data and ETX. */
  readonly lrc?: boolean
}

export interface LineFramer extends Framer<Scan> {
  /** Whether a line has begun; only then does silence matter. */
  begun(): boolean
  /** No byte came for a while: the end of the line where only silence ends it, and otherwise a line that was cut. */
  silence(): Frame<Scan>[]
  /** How many bytes so far were part of no line. */
  noiseBytes(): number
}

/** The longest code there is (QR, 2 953 bytes) with its frame fits. */
export const LINE_BYTES_MAX = 4096

const NUL = 0x00
const STX = 0x02
const ETX = 0x03
const TAB = 0x09
const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20

/**
 * Plain line mode of a scanner: text with an end, perhaps begun by STX, perhaps headed by an AIM identifier. The separators of GS1 and
 * ISO 15434 (FS GS RS US EOT) are data and stay. Surrounding NULs and a byte order mark are noise; a NUL inside is what the operating system
 * makes of a damaged byte, so that line is garbled. Lines without text are nothing. A line longer than `LINE_BYTES_MAX` is one fault, and
 * reading goes on after its end. Where lines are STX data ETX, text outside of them is garbled.
 *
 * `raw` holds a line from its first byte to the byte that ended it; the LF of a CR LF that `any` ends at its CR is in no `raw`.
 */
export function lineFramer({ terminator = 'any', lrc = false }: LineOptions = {}): LineFramer {
  const enclosed = terminator === 'etx'
  const held = new Uint8Array(LINE_BYTES_MAX)
  let length = 0
  /** An STX has begun this line. */
  let framed = false
  /** The line was too long; its rest is not kept. */
  let skipping = false
  /** The ETX has come, the next byte is the LRC. */
  let lrcNext = false
  let noise = 0

  function keep(byte: number): Frame<Scan>[] {
    if (skipping) {
      noise += 1
      return []
    }
    if (length < LINE_BYTES_MAX) {
      held[length] = byte
      length += 1
      return []
    }
    const raw = taken()
    skipping = true
    noise += 1
    return [bad(raw, 'line-too-long', `no line end in ${LINE_BYTES_MAX} bytes`)]
  }

  /** The held bytes, copied; nothing is held after. `framed` stays for the caller to clear. */
  function taken(): Uint8Array {
    const raw = held.slice(0, length)
    length = 0
    return raw
  }

  function reset(): void {
    length = 0
    framed = skipping = lrcNext = false
  }

  function byteIn(byte: number): Frame<Scan>[] {
    if (lrcNext) {
      const lost = byte === STX && lrcOf(held.subarray(1, length)) !== STX
      if (!lost) return [...keep(byte), ...ended()]
    }
    if (byte === STX) {
      const cut = abandoned('line-garbled', 'a new line began inside this one')
      framed = true
      return [...cut, ...keep(byte)]
    }
    if (enclosed && framed && byte !== ETX) return keep(byte)
    const before = length === 0 ? undefined : held[length - 1]
    const kept = keep(byte)
    if (!ends(byte, before)) return kept
    if (lrc && framed) {
      lrcNext = true
      return kept
    }
    return [...kept, ...ended()]
  }

  /** Whether `byte` ends the line; unframed text between enclosed lines ends at any line end. */
  function ends(byte: number, before: number | undefined): boolean {
    switch (terminator) {
      case 'any':
      case 'etx':
        return isLineEnd(byte)
      case 'cr':
        return byte === CR
      case 'lf':
        return byte === LF
      case 'crlf':
        return byte === LF && before === CR
      case 'tab':
        return byte === TAB
      case 'none':
        return false
    }
  }

  function ended(): Frame<Scan>[] {
    const whole = !skipping
    const wasFramed = framed
    const raw = taken()
    reset()
    if (!whole || isBlank(raw)) return []
    if (!enclosed) return understood(raw, raw)
    if (!wasFramed) return [bad(raw, 'line-garbled', 'no STX before the line')]
    if (!lrc) return understood(raw, raw)
    return lrcOf(raw.subarray(1, -1)) === raw.at(-1)
      ? understood(raw, raw.subarray(0, -1))
      : [bad(raw, 'line-garbled', 'wrong LRC')]
  }

  /** Gives up the line that has begun, if there is anything in it. */
  function abandoned(code: 'line-garbled' | 'line-cut', detail: string): Frame<Scan>[] {
    const raw = taken()
    reset()
    return isBlank(raw) ? [] : [bad(raw, code, detail)]
  }

  /** Whether there is no text in it; what else there is beside line ends was noise. */
  function isBlank(raw: Uint8Array): boolean {
    if (!raw.every((byte) => byte === NUL || byte === STX || isLineEnd(byte))) return false
    noise += raw.reduce((sum, byte) => sum + (isLineEnd(byte) ? 0 : 1), 0)
    return true
  }

  /** `line` is `raw` without its LRC. */
  function understood(raw: Uint8Array, line: Uint8Array): Frame<Scan>[] {
    const data = dataOf(line, terminator)
    if (data.every((byte) => byte === 0x20)) {
      noise += raw.length
      return []
    }
    const scan = scanOf(data, null)
    return [typeof scan === 'string' ? bad(raw, 'line-garbled', scan) : good(raw, scan)]
  }

  return {
    push(bytes) {
      const frames: Frame<Scan>[] = []
      for (const byte of bytes) {
        if (byte >= SPACE && !lrcNext && !skipping && length < LINE_BYTES_MAX) {
          // By far the most bytes: none of them begins or ends anything.
          held[length] = byte
          length += 1
        } else for (const frame of byteIn(byte)) frames.push(frame)
      }
      return frames
    },
    begun: () => length > 0 || skipping,
    silence: () => (terminator === 'none' ? ended() : abandoned('line-cut', 'silence inside a line')),
    end: () => abandoned('line-cut', 'the port closed inside a line'),
    noiseBytes: () => noise,
  }
}

function lrcOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0)
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === CR || byte === LF || byte === TAB || byte === ETX
}

/** The line without its STX, its end and the NULs around them. */
function dataOf(line: Uint8Array, terminator: Terminator): Uint8Array {
  let from = 0
  let to = line.length
  while (from < to && (line[from] === NUL || line[from] === STX)) from += 1
  if (terminator === 'crlf') to -= 2
  else if (terminator !== 'none') to -= 1
  while (to > from && line[to - 1] === NUL) to -= 1
  return line.subarray(from, Math.max(from, to))
}
