import { bad, good, type Frame, type Framer } from '../framing.ts'
import type { CommandAnswer, CommandMeaning } from './command.ts'
import { CODE_BYTES_MAX, scanOf } from './scan.ts'
import { symbologyOfHoneywell } from './symbologies.ts'

export interface HoneywellFramer extends Framer<CommandMeaning> {
  begun(): boolean
  /** No byte came for a while: what has begun will not be ended. */
  silence(): Frame<CommandMeaning>[]
  noiseBytes(): number
}

const SYN = 0x16
const NUL = 0x00
const TAB = 0x09
const LF = 0x0a
const CR = 0x0d
const GS = 0x1d
const STATUS = new Map<number, CommandAnswer['status']>([
  [0x06, 'done'],
  [0x05, 'unknown'],
  [0x15, 'wrong'],
])
/** `SYN FE`, four bytes of length, CR, `MSGGET`, four digits, three bytes of symbology, GS. */
const HEADER_BYTES = 21
const FIXED: readonly (readonly [at: number, byte: number])[] = [
  [1, 0xfe],
  [6, CR],
  ...Array.from(Buffer.from('MSGGET', 'latin1'), (byte, nth) => [7 + nth, byte] as const),
]
/** What the length counts beside the data and its CR. */
const HEADER_COUNTED = 14
const ANSWER_BYTES_MAX = 1024
/** The last character of a command and of its answer: in force until the power goes, or for good. */
const VOLATILE = 0x21
const PERMANENT = 0x2e

/** A menu command, such as `DECHDR1`, in force until the scanner's power goes. */
export function honeywellMenu(command: string): Uint8Array {
  return Uint8Array.from(Buffer.from(`\x16M\r${command}!`, 'latin1'))
}

/** A command of one letter: `T` pulls the trigger, `U` lets it go, BEL beeps. None is answered. */
export function honeywellBytes(letter: 'T' | 'U' | '\x07'): Uint8Array {
  return Uint8Array.from(Buffer.from(`\x16${letter}\r`, 'latin1'))
}

/**
 * What a Honeywell scanner sends once `DECHDR1` is set: each code behind a header that counts its bytes, and between them answers to menu
 * commands, the command's text with ACK, ENQ or NAK and the command's last character. What begins with SYN is a code, anything else an
 * answer; a line of text is a code of a scanner that has lost the setting, and a fault. A header that contradicts itself, or a code that does not end where it says, is one fault, and reading goes on behind its SYN.
 */
export function honeywellFramer(): HoneywellFramer {
  let held: Uint8Array = new Uint8Array(0)
  /** So many of the held bytes were told as part of a frame that failed. */
  let told = 0
  let noise = 0

  function drop(count: number, as: 'told' | 'noise'): void {
    if (as === 'noise') noise += Math.max(0, count - told)
    told = Math.max(0, told - count)
    held = held.subarray(count)
  }

  function found(): Frame<CommandMeaning>[] {
    const frames: Frame<CommandMeaning>[] = []
    while (held.length > 0) {
      const seen = held[0] === SYN ? codeAt(held) : answerAt(held)
      if (seen === 'more') break
      if ('frame' in seen) {
        if (seen.frame.fault === null || told === 0) frames.push(seen.frame)
        if (seen.frame.fault !== null) told = Math.max(told, seen.frame.raw.length)
        drop(seen.drop, 'told')
      } else drop(seen.drop, 'noise')
    }
    return frames
  }

  function given(detail: string): Frame<CommandMeaning>[] {
    const cut = held
    const isCut = told === 0 && isPrintable(cut)
    const noiseBefore = noise
    const hidden: Frame<CommandMeaning>[] = []
    while (held.length > 0) {
      // Where no code begins, an answer was awaited, and no byte of one that ends is in what is held.
      drop(held[0] === SYN ? 1 : held.length, 'noise')
      hidden.push(...found().filter(({ fault }) => fault === null))
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
    silence: () => given('silence inside a code'),
    end: () => given('the port closed inside a code'),
    noiseBytes: () => noise,
  }
}

type Seen = 'more' | { readonly frame: Frame<CommandMeaning>; readonly drop: number } | { readonly drop: number }

/** `held` begins with SYN. */
function codeAt(held: Uint8Array): Seen {
  for (const [at, wanted] of FIXED) {
    const byte = held[at]
    if (byte === undefined) return 'more'
    if (byte !== wanted) return { drop: 1 }
  }
  if (held.length < HEADER_BYTES) return 'more'
  const digits = Buffer.from(held.subarray(13, 17)).toString('latin1')
  const count = /^\d{4}$/.test(digits) ? Number(digits) : 0
  const length = new DataView(held.buffer, held.byteOffset).getUint32(2, true)
  if (count < 1 || count > CODE_BYTES_MAX || length !== count + HEADER_COUNTED || held[20] !== GS)
    return failed(held.slice(0, HEADER_BYTES), 'a header that contradicts itself')
  const span = HEADER_BYTES + count
  if (held.length < span) return 'more'
  const raw = held.slice(0, span)
  if (raw.at(-1) !== CR) return failed(raw, 'no CR where the code should end')
  const [id = 0, letter = 0, modifier = 0] = raw.subarray(17, 20)
  const scan = scanOf(withoutSuffix(raw.subarray(HEADER_BYTES, -1)), symbologyOf(id, letter, modifier))
  if (typeof scan === 'string') return failed(raw, scan)
  return { frame: good(raw, { kind: 'scan', ...scan }), drop: span }
}

function failed(raw: Uint8Array, detail: string): Seen {
  return { frame: bad(raw, 'line-garbled', detail), drop: 1 }
}

/** `held` does not begin with SYN. */
function answerAt(held: Uint8Array): Seen {
  if (held[0] === NUL) return { drop: 1 }
  const within = held.subarray(0, ANSWER_BYTES_MAX)
  const at = within.findIndex((byte) => byte === SYN || byte === CR || byte === LF || STATUS.has(byte))
  if (at === -1) return held.length < ANSWER_BYTES_MAX ? 'more' : { drop: ANSWER_BYTES_MAX }
  const status = STATUS.get(held[at] ?? NUL)
  if (held[at] === SYN) return { drop: at }
  if (status === undefined) {
    if (at === 0) return { drop: 1 }
    return { frame: bad(held.slice(0, at + 1), 'protocol', 'a code without its header'), drop: at + 1 }
  }
  const end = held[at + 1]
  if (end === undefined) return 'more'
  if (at === 0 || (end !== VOLATILE && end !== PERMANENT)) return { drop: at + 1 }
  const text = Buffer.from(held.subarray(0, at)).toString('latin1')
  return { frame: good(held.slice(0, at + 2), { kind: 'answer', text, status }), drop: at + 2 }
}

/** The AIM identifier of the header, or what the family's own letter says where there is none. */
function symbologyOf(id: number, letter: number, modifier: number): string | null {
  const aim = String.fromCharCode(letter, modifier)
  return /^[A-Za-z][0-9A-Za-z]$/.test(aim) ? aim : symbologyOfHoneywell(id)
}

/** The scanner puts the suffix that it is set to send before the CR that ends the frame. */
function withoutSuffix(data: Uint8Array): Uint8Array {
  let to = data.length
  while (to > 0 && (data[to - 1] === CR || data[to - 1] === LF || data[to - 1] === TAB)) to -= 1
  return data.subarray(0, to)
}

/** Whether there is anything but NULs in it. */
function isPrintable(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte !== NUL)
}
