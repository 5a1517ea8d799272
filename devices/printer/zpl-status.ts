import { bad, good, type Frame } from '../framing.ts'
import type { FaultCode, PrinterCondition } from '../reading.ts'
import type { PrinterStatus, StatusReader } from './status.ts'

const STX = 0x02
const ETX = 0x03
const CR = 0x0d
const LF = 0x0a
/** The longest of the three strings has 40 characters; some firmware pads. */
const MAX_STRING_BYTES = 128
const TOO_LONG = `more than ${MAX_STRING_BYTES} bytes after an STX`
/** Bytes outside strings are shown in pieces of at most this length. */
const MAX_NOISE_BYTES = 256
const MAX_STATUS_BYTES = 3 * MAX_STRING_BYTES

const NOTHING = new Uint8Array(0)
const ASK = Buffer.from('~HS', 'latin1')

/** Host status, string 1: aaa,b,c,dddd,eee,f,g,h,iii,j,k,l */
const STRING_1 = /^\d{1,3},[01],[01],\d{1,5},\d{1,3},[01],[01],[01],\d{1,3},[01],[01],[01]$/
/** String 2: mmm,n,o,p,q,r,s,t,uuuuuuuu,v,www */
const STRING_2 = /^\d{1,3},\d,[01],[01],[01],[0-9A-Z],\d,[01],\d{1,8},\d,\d{1,3}$/
/** String 3: xxxx,y */
const STRING_3 = /^\w{1,8},\d$/

/**
 * Reads the answer to `~HS`: three strings between STX and ETX, of which the first is known by its fields and begins a status; the line ends
 * between them are optional, because some firmware leaves them out. (ZPL II Programming Guide, "~HS Host Status Return".)
 */
export function zplStatusReader(): StatusReader {
  /** The open string from its STX on, or null between strings. */
  let open: number[] | null = null
  let strings: string[] = []
  /** What the strings so far were made of, line ends between them included. */
  let raw: number[] = []
  let noise: number[] = []

  function* take(bytes: Uint8Array): Generator<Frame<PrinterStatus>> {
    for (const byte of bytes) {
      if (byte === STX) {
        yield* brokenOff('line-cut', 'a string of the status begins inside another')
        yield* quiet()
        open = [byte]
      } else if (open !== null) {
        open.push(byte)
        if (byte === ETX) yield* ended()
        else if (open.length === MAX_STRING_BYTES) yield* brokenOff('line-too-long', TOO_LONG)
      } else if (byte === CR || byte === LF) {
        if (strings.length > 0) raw.push(byte)
      } else {
        noise.push(byte)
        if (noise.length === MAX_NOISE_BYTES) yield* quiet()
      }
      if (raw.length > MAX_STATUS_BYTES) yield* unfinished()
    }
  }

  function* ended(): Generator<Frame<PrinterStatus>> {
    const bytes = open ?? []
    const text = Buffer.from(bytes.slice(1, -1)).toString('latin1')
    open = null
    if (STRING_1.test(text)) yield* unfinished()
    raw.push(...bytes)
    strings.push(text)
    if (strings.length < 3) return
    const [string1 = '', string2 = '', string3 = ''] = strings
    if (!STRING_1.test(string1) || !STRING_2.test(string2) || !STRING_3.test(string3)) return yield* unfinished()
    yield good(Uint8Array.from(raw), meaning(string1, string2))
    strings = []
    raw = []
  }

  /** Ends an open string, and with it the status that it was to be a part of. */
  function* brokenOff(code: FaultCode, detail: string): Generator<Frame<PrinterStatus>> {
    if (open === null) return
    yield bad(Uint8Array.from([...raw, ...open]), code, detail)
    open = null
    strings = []
    raw = []
  }

  function* unfinished(): Generator<Frame<PrinterStatus>> {
    if (raw.length > 0) yield bad(Uint8Array.from(raw), 'protocol', 'not the three strings of a status')
    strings = []
    raw = []
  }

  function* quiet(): Generator<Frame<PrinterStatus>> {
    if (noise.length > 0) yield bad(Uint8Array.from(noise), 'protocol', 'bytes outside a status')
    noise = []
  }

  return {
    ask: () => ASK,
    barrier: () => NOTHING,
    push: (bytes) => [...take(bytes)],
    end: () => [...brokenOff('line-cut', 'the port closed inside a status'), ...unfinished(), ...quiet()],
  }
}

function meaning(string1: string, string2: string): PrinterStatus {
  const [, paperOut, paused, , formats, bufferFull, diagnostic, partial, , corruptRam, cold, hot] = string1.split(',')
  const [, , headOpen, ribbonOut, thermalTransfer, , , labelWaiting, remaining] = string2.split(',')
  const conditions: PrinterCondition[] = []
  if (paperOut === '1') conditions.push('paper-out')
  if (headOpen === '1') conditions.push('head-open')
  if (ribbonOut === '1' && thermalTransfer === '1') conditions.push('ribbon-out')
  if (paused === '1') conditions.push('paused')
  if (hot === '1') conditions.push('over-temperature')
  if (cold === '1') conditions.push('under-temperature')
  if (bufferFull === '1') conditions.push('buffer-full')
  if (labelWaiting === '1') conditions.push('label-waiting')
  // In diagnostic mode a job comes out as a listing of its bytes.
  if (diagnostic === '1' || corruptRam === '1') conditions.push('other-error')
  return { conditions, busy: Number(formats) > 0 || Number(remaining) > 0 || partial === '1' }
}
