import { bad, good, type Frame, type Framer } from '../framing.ts'

/** What a scanner says it read. */
export interface Scan {
  readonly text: string
  /** The AIM symbology identifier without its bracket ("C1" is GS1-128), where the scanner sends one. */
  readonly symbology: string | null
}

export interface LineOptions {
  /** Lines are STX data ETX LRC, LRC being the exclusive or of data and ETX; a line without them is garbled. */
  readonly lrc?: boolean
  /** The scanner sends no suffix: silence ends a line. */
  readonly silenceEnds?: boolean
}

export interface LineFramer extends Framer<Scan> {
  /** Whether a line has begun; only then does silence matter. */
  begun(): boolean
  /** No byte came for a while: the end of the line where `silenceEnds`, and otherwise a line that was cut. */
  silence(): Frame<Scan>[]
}

/** The longest code there is (QR, 2 953 bytes) with its frame fits. */
export const LINE_BYTES_MAX = 4096

const NUL = 0x00
const STX = 0x02
const ETX = 0x03
const TAB = 0x09
const LF = 0x0a
const CR = 0x0d
const BYTE_ORDER_MARK = '\uFEFF'
/** Every control character but EOT and FS GS RS US. */
const FORBIDDEN = /[\u0000-\u0003\u0005-\u001B\u007F-\u009F]/

/**
 * Plain line mode of a scanner: text ended by CR, LF, CR LF, TAB or ETX, perhaps begun by STX, perhaps headed by an AIM identifier.
 * The separators of GS1 and ISO 15434 (FS GS RS US EOT) are data and stay. Surrounding NULs and a byte order mark are noise; a NUL inside is
 * what the operating system makes of a damaged byte, so that line is garbled. Lines without text are nothing. A line longer than
 * `LINE_BYTES_MAX` is one fault, and reading goes on after its end.
 *
 * `raw` holds a line from its first byte to the byte that ended it; the LF of a CR LF comes after the fact and is in no `raw`.
 */
export function lineFramer({ lrc = false, silenceEnds = false }: LineOptions = {}): LineFramer {
  const held = new Uint8Array(LINE_BYTES_MAX)
  let length = 0
  /** An STX has begun this line. */
  let framed = false
  /** The line was too long; its rest is not kept. */
  let skipping = false
  /** The ETX has come, the next byte is the LRC. */
  let lrcNext = false

  function keep(byte: number): Frame<Scan>[] {
    if (skipping) return []
    if (length < LINE_BYTES_MAX) {
      held[length] = byte
      length += 1
      return []
    }
    const raw = taken()
    skipping = true
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
    if (lrc && framed) {
      lrcNext = byte === ETX
      return keep(byte)
    }
    const kept = keep(byte)
    return endsLine(byte) ? [...kept, ...ended()] : kept
  }

  function ended(): Frame<Scan>[] {
    const whole = !skipping
    const wasFramed = framed
    const raw = taken()
    reset()
    if (!whole || blank(raw)) return []
    if (!lrc) return understood(raw, raw)
    if (!wasFramed) return [bad(raw, 'line-garbled', 'no STX before the line')]
    return lrcOf(raw.subarray(1, -1)) === raw.at(-1)
      ? understood(raw, raw.subarray(0, -1))
      : [bad(raw, 'line-garbled', 'wrong LRC')]
  }

  /** Gives up the line that has begun, if there is anything in it. */
  function abandoned(code: 'line-garbled' | 'line-cut', detail: string): Frame<Scan>[] {
    const raw = taken()
    reset()
    return blank(raw) ? [] : [bad(raw, code, detail)]
  }

  return {
    push(bytes) {
      const frames: Frame<Scan>[] = []
      for (const byte of bytes) frames.push(...byteIn(byte))
      return frames
    },
    begun: () => length > 0 || skipping,
    silence: () => (silenceEnds && !lrc ? ended() : abandoned('line-cut', 'silence inside a line')),
    end: () => abandoned('line-cut', 'the port closed inside a line'),
  }
}

function lrcOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0)
}

function endsLine(byte: number | undefined): boolean {
  return byte === CR || byte === LF || byte === TAB || byte === ETX
}

function blank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === NUL || byte === STX || endsLine(byte))
}

/** `line` is `raw` without its LRC. */
function understood(raw: Uint8Array, line: Uint8Array): Frame<Scan>[] {
  const text = decoded(line)
  if (text === null) return [bad(raw, 'line-garbled', 'not UTF-8')]
  if (/^ *$/.test(text)) return []
  if (FORBIDDEN.test(text)) return [bad(raw, 'line-garbled', 'a control character inside the line')]
  const aim = /^\]([A-Za-z][0-9A-Za-z])/.exec(text)
  if (aim?.[1] === undefined) return [good(raw, { text, symbology: null })]
  if (text.length === aim[0].length) return [bad(raw, 'line-garbled', 'no data after the symbology identifier')]
  return [good(raw, { text: text.slice(aim[0].length), symbology: aim[1] })]
}

function decoded(line: Uint8Array): string | null {
  let from = 0
  let to = line.length
  while (from < to && (line[from] === NUL || line[from] === STX)) from += 1
  if (endsLine(line[to - 1])) to -= 1
  while (to > from && line[to - 1] === NUL) to -= 1
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line.subarray(from, to))
    return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  } catch {
    return null
  }
}
