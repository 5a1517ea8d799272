import { bad, good, type Frame } from '../framing.ts'
import type { PrinterCondition } from '../reading.ts'
import type { PrinterStatus, StatusReader } from './status.ts'

const ASK = Buffer.of(0x1b, 0x21, 0x3f)
const NOTHING = new Uint8Array(0)

const PRINTING = 0x20
const UNDEFINED = 0x40
const CONDITIONS: readonly (readonly [flag: number, PrinterCondition])[] = [
  [0x01, 'head-open'],
  [0x02, 'paper-jam'],
  [0x04, 'paper-out'],
  [0x08, 'ribbon-out'],
  [0x10, 'paused'],
  [0x80, 'other-error'],
]

/**
 * Reads the answer to `<ESC>!?`: one byte of flags, which combine. One flag has no meaning; a byte that carries it is no status. Nothing
 * else in the answer tells a status from noise, so whoever asks must take only what comes after the question. (TSPL manual, "<ESC>!?".)
 */
export function tsplStatusReader(): StatusReader {
  return {
    ask: () => ASK,
    barrier: () => NOTHING,
    push: (bytes) => Array.from(bytes, read),
    end: () => [],
  }
}

function read(byte: number): Frame<PrinterStatus> {
  const raw = Uint8Array.of(byte)
  if ((byte & UNDEFINED) !== 0) return bad(raw, 'protocol', 'no status byte')
  const conditions = CONDITIONS.filter(([flag]) => (byte & flag) !== 0).map(([, condition]) => condition)
  return good(raw, { conditions, busy: (byte & PRINTING) !== 0 })
}
