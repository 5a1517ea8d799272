import { FRAMERS, goodFrames, type KnownFramer } from '../devices/framers.ts'
import { type Measured, measured } from './report.ts'

/** What a port hands over at once. */
const PIECE_BYTES = 4096
/** Ours and the copy take turns, so that a busy moment of the machine hits both; the best turn of each counts. */
const TURNS = 5

/** Frames of every protocol in one stream each, read to the last, against copying the same pieces. Throws when a frame is not read. */
export function benchParse(bytes: number): Measured[] {
  // A status of ESC/POS is four answers to four questions, and a line that silence ends has no place in a stream.
  const streamed = FRAMERS.filter(({ maker, endedBySilence }) => maker !== 'escposStatusReader' && !endedBySilence)
  return streamed.map((known) => benchOne(known, bytes))
}

function benchOne(known: KnownFramer, bytes: number): Measured {
  const { stream, frames } = streamOf(known, bytes)
  const pieces: Uint8Array[] = []
  for (let at = 0; at < stream.length; at += PIECE_BYTES) pieces.push(stream.subarray(at, at + PIECE_BYTES))
  const name = [known.kind, known.protocol, known.set].filter((word) => word !== '').join(' ')
  let ours_ms = Infinity
  let copy_ms = Infinity
  for (let turn = 0; turn < TURNS; turn += 1) {
    const framer = known.make()
    let read = 0
    ours_ms = Math.min(
      ours_ms,
      timed_ms(() => {
        for (const piece of pieces) for (const { fault } of framer.push(piece)) if (fault === null) read += 1
      }),
    )
    if (read !== frames) throw new Error(`${name}: ${read} of ${frames} frames were read`)
    copy_ms = Math.min(copy_ms, copied_ms(pieces))
  }
  const rate = (took_ms: number): number => stream.length / 2 ** 20 / (took_ms / 1000)
  return measured(`parse ${name}`, rate(ours_ms), 'MiB/s', { name: 'copying the bytes', value: rate(copy_ms) })
}

/** One copy is over before the clock has moved much. */
const COPIES = 10

function copied_ms(pieces: readonly Uint8Array[]): number {
  const copy = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  const took_ms = timed_ms(() => {
    for (let nth = 0; nth < COPIES; nth += 1) {
      let at = 0
      for (const piece of pieces) {
        copy.set(piece, at)
        at += piece.length
      }
    }
  })
  return took_ms / COPIES
}

function timed_ms(deed: () => void): number {
  const began_ms = performance.now()
  deed()
  return performance.now() - began_ms
}

/** The good frames of a protocol one behind the other, at least so many bytes, and how many frames are read of them. */
function streamOf(known: KnownFramer, bytes: number): { readonly stream: Uint8Array; readonly frames: number } {
  const round = Buffer.concat(goodFrames(known))
  const a_round = known
    .make()
    .push(round)
    .filter(({ fault }) => fault === null).length
  const rounds = Math.ceil(bytes / round.length)
  return { stream: Buffer.concat(Array.from({ length: rounds }, () => round)), frames: a_round * rounds }
}
