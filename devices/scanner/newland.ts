import { bad, good, type Frame, type Framer } from '../framing.ts'
import type { CommandAnswer, CommandMeaning } from './command.ts'
import type { LineFramer, Scan } from './line.ts'

export interface NewlandFramer extends Framer<CommandMeaning> {
  begun(): boolean
  silence(): Frame<CommandMeaning>[]
  noiseBytes(): number
}

const SOH = 0x01
const STX = 0x02
const ETX = 0x03
const SEMICOLON = 0x3b
const STATUS = new Map<number | undefined, CommandAnswer['status']>([
  [0x06, 'done'],
  [0x05, 'unknown'],
  [0x15, 'wrong'],
])
/** SOH and four zeros stand behind the first byte of every command and answer. */
const HEAD = [SOH, 0x30, 0x30, 0x30, 0x30] as const
/** Until the power goes off (`#`), or for good (`@`, which wears the memory out and is never sent). */
const VOLATILE = '#'
/** Product information is the longest answer. */
const ANSWER_BYTES_MAX = 1024

/** A command of the unified set, such as `SCNTRG1`, in force until the scanner's power goes. */
export function newlandBytes(command: string): Uint8Array {
  return Uint8Array.of(0x7e, ...HEAD, ...Buffer.from(`${VOLATILE}${command}`, 'latin1'), SEMICOLON, ETX)
}

/**
 * What a Newland scanner sends: codes as plain lines (read by `lines`), and among them answers, STX SOH `0000`, `@` or `#`, the command with
 * its status byte before the last semicolon, ETX. STX and SOH tell them apart: no code holds an SOH.
 */
export function newlandFramer(lines: LineFramer): NewlandFramer {
  /** An answer that has begun, or an STX that may be one; empty while a line is read. */
  let held: number[] = []

  /** `byte` is an STX, or comes after one. */
  function byteIn(byte: number): Frame<CommandMeaning>[] {
    if (byte === STX && held.length !== 1) {
      const cut = heldAnswer('line-garbled', 'a new frame began inside an answer')
      held = [byte]
      return cut
    }
    if (held.length === 1 && byte !== SOH) {
      const [stx = STX] = held
      held = byte === STX ? [byte] : []
      return inLine(byte === STX ? [stx] : [stx, byte])
    }
    held.push(byte)
    if (byte === ETX && held.at(-2) === SEMICOLON) return [answered()]
    return held.length < ANSWER_BYTES_MAX ? [] : heldAnswer('line-too-long', 'an answer without an end')
  }

  function inLine(bytes: readonly number[]): Frame<CommandMeaning>[] {
    return lines.push(Uint8Array.from(bytes)).map(asScan)
  }

  /** Gives up the answer that has begun; a lone STX goes back to the line. */
  function heldAnswer(code: 'line-garbled' | 'line-too-long' | 'line-cut', detail: string): Frame<CommandMeaning>[] {
    const raw = Uint8Array.from(held)
    held = []
    if (raw.length === 1) return lines.push(raw).map(asScan)
    return raw.length === 0 ? [] : [bad(raw, code, detail)]
  }

  function answered(): Frame<CommandMeaning> {
    const raw = Uint8Array.from(held)
    held = []
    const status = STATUS.get(raw.at(-3))
    const isHead = HEAD.every((byte, nth) => raw[nth + 1] === byte) && (raw[6] === 0x23 || raw[6] === 0x40)
    if (!isHead || status === undefined) return bad(raw, 'protocol', 'no answer that is known')
    return good(raw, { kind: 'answer', text: Buffer.from(raw.subarray(7, -3)).toString('latin1'), status })
  }

  return {
    push(bytes) {
      const frames: Frame<CommandMeaning>[] = []
      for (let at = 0; at < bytes.length;) {
        const stx = held.length === 0 ? bytes.indexOf(STX, at) : at
        if (stx !== at) {
          const line = bytes.subarray(at, stx === -1 ? bytes.length : stx)
          for (const frame of lines.push(line)) frames.push(asScan(frame))
          at += line.length
        } else {
          for (const frame of byteIn(bytes[at] ?? 0)) frames.push(frame)
          at += 1
        }
      }
      return frames
    },
    begun: () => held.length > 0 || lines.begun(),
    silence: () => [...heldAnswer('line-cut', 'silence inside an answer'), ...lines.silence().map(asScan)],
    end: () => [...heldAnswer('line-cut', 'the port closed inside an answer'), ...lines.end().map(asScan)],
    noiseBytes: () => lines.noiseBytes(),
  }
}

function asScan(frame: Frame<Scan>): Frame<CommandMeaning> {
  return frame.fault === null ? good(frame.raw, { kind: 'scan', ...frame.meaning }) : frame
}
