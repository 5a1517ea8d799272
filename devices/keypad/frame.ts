import { bad, good, type Frame, type Framer } from '../framing.ts'
import { neighbourWatch } from './neighbour.ts'
import { hexBytes, type FramesProfile } from './profile.ts'

/** What a frame on a keypad bus says. */
export interface BusFrame {
  readonly address: number
  readonly command: number
  readonly data: Uint8Array
}

export interface BusFramer extends Framer<BusFrame> {
  /** Whether bytes are held that may become a frame; only then does silence matter. */
  begun(): boolean
  /** No byte came for a while: what was begun is cut, and whole frames inside it are read. */
  silence(): Frame<BusFrame>[]
  /** Bytes that were part of no frame, good or damaged, nor of what a neighbour on the line said, since this was asked last. */
  noise_bytes(): number
}

type Layout = FramesProfile['frame']

/** What stands at the beginning of some bytes. */
type Look =
  | { readonly is: 'more' }
  | { readonly is: 'noise' }
  | { readonly is: 'frame'; readonly length: number; readonly said: BusFrame }
  | { readonly is: 'damaged'; readonly length: number; readonly why: string }

/**
 * Frames of a keypad bus, laid out as a profile says. A frame whose fixed head and lengths fit and whose sum or end does not is one fault,
 * `line-garbled`, and reading goes on with its second byte, so that a good frame inside is not lost. Bytes outside frames are the hum of the
 * line: counted, and nothing else. Holds at most one frame.
 */
export function busFramer(layout: Layout): BusFramer {
  const preamble = layout.preamble === null ? null : (hexBytes(layout.preamble)[0] ?? 0)
  let held: number[] = []
  const neighbours = neighbourWatch(layout.neighbours ?? [])
  let noise = 0
  /** Bytes at the front of `held` that a damaged frame has told already. */
  let told = 0

  function drop(count: number): void {
    // Where bytes are part of a frame of ours, or of a damaged one, nobody else was speaking.
    if (told > 0) noise += neighbours.flush()
    for (const byte of held.slice(told, count)) noise += neighbours.push(byte)
    told = Math.max(0, told - count)
    held = held.slice(count)
  }

  /** Every frame that can be told from what is held; `ending` says that no more will come. */
  function read(ending: boolean): Frame<BusFrame>[] {
    const frames: Frame<BusFrame>[] = []
    let cut = false
    while (held.length > 0) {
      const from = preamble !== null && held[0] === preamble ? 1 : 0
      const seen: Look = from < held.length ? lookAt(layout, held, from) : { is: 'more' }
      if (seen.is === 'more') {
        if (!ending) break
        if (!cut && told === 0 && from < held.length)
          frames.push(bad(Uint8Array.from(held), 'line-cut', 'a frame was cut off'))
        if (from < held.length) {
          cut = true
          told = Math.max(told, held.length)
        }
        drop(1)
      } else if (seen.is === 'noise') drop(1)
      else if (seen.is === 'frame') {
        frames.push(good(Uint8Array.from(held.slice(0, from + seen.length)), seen.said))
        told = Math.max(told, from + seen.length)
        drop(from + seen.length)
      } else {
        const length = from + seen.length
        if (told < length) frames.push(bad(Uint8Array.from(held.slice(0, length)), 'line-garbled', seen.why))
        told = Math.max(told, length)
        drop(from + 1)
      }
    }
    return frames
  }

  return {
    push(bytes) {
      const frames: Frame<BusFrame>[] = []
      for (const byte of bytes) {
        held.push(byte)
        frames.push(...read(false))
      }
      return frames
    },
    begun: () => held.length > 0,
    silence() {
      const frames = read(true)
      noise += neighbours.flush()
      return frames
    },
    end() {
      const frames = read(true)
      noise += neighbours.flush()
      told = 0
      return frames
    },
    noise_bytes() {
      const since = noise
      noise = 0
      return since
    },
  }
}

function lookAt(layout: Layout, bytes: readonly number[], from: number): Look {
  let at = from
  let dataBytes: number | null = null
  const starts = new Map<string, number>()
  const ends = new Map<string, number>()
  let sum = 0
  for (const part of layout.parts) {
    const start = at
    const byte = bytes[at]
    if (part === 'data') {
      if (dataBytes === null) return { is: 'noise' }
      at += dataBytes
      if (at > bytes.length) return { is: 'more' }
    } else {
      if (byte === undefined) return { is: 'more' }
      at += 1
      if (part === 'length') {
        const said = byte - besideData(layout)
        if (said < 0 || said > layout.data_max || (dataBytes !== null && said !== dataBytes)) return { is: 'noise' }
        dataBytes = said
      } else if (part === 'sum') sum = byte
      else if (part !== 'address' && part !== 'command' && byte !== Number.parseInt(part, 16)) {
        // Before the sum a wrong fixed byte says that this is no frame; behind it, that one was damaged.
        return starts.has('sum') ? { is: 'damaged', length: at - from, why: 'no end' } : { is: 'noise' }
      }
    }
    starts.set(part, start)
    ends.set(part, at)
  }
  const slice = (part: string): number[] => bytes.slice(starts.get(part), ends.get(part))
  const [first, last] = layout.sum.covers
  if (sum !== sumOf(layout, bytes.slice(starts.get(first), ends.get(last))))
    return { is: 'damaged', length: at - from, why: 'wrong sum' }
  const said = {
    address: slice('address')[0] ?? 0,
    command: slice('command')[0] ?? 0,
    data: Uint8Array.from(slice('data')),
  }
  return { is: 'frame', length: at - from, said }
}

/** How much of what the length counts is not data. */
function besideData({ parts, length_covers: [first, last] }: Layout): number {
  return parts.slice(parts.indexOf(first), parts.indexOf(last) + 1).filter((part) => part !== 'data').length
}

function sumOf({ sum }: Layout, covered: readonly number[]): number {
  return covered.reduce((so, byte) => (sum.kind === 'sum8' ? (so + byte) & 0xff : so ^ byte), 0)
}

/** The bytes of a frame, with the profile's preamble in front where `preamble` says so. */
export function busFrameBytes(layout: Layout, said: BusFrame, preamble: boolean): Uint8Array {
  const written: number[] = []
  const covered: number[] = []
  const [first, last] = layout.sum.covers
  let inside = false
  for (const part of layout.parts) {
    if (part === first) inside = true
    const some = part === 'sum' ? [sumOf(layout, covered)] : bytesOf(layout, part, said)
    written.push(...some)
    if (inside) covered.push(...some)
    if (part === last) inside = false
  }
  return Uint8Array.from([...(preamble && layout.preamble !== null ? hexBytes(layout.preamble) : []), ...written])
}

function bytesOf(layout: Layout, part: string, { address, command, data }: BusFrame): number[] {
  switch (part) {
    case 'length':
      return [besideData(layout) + data.length]
    case 'address':
      return [address]
    case 'command':
      return [command]
    case 'data':
      return [...data]
    default:
      return [Number.parseInt(part, 16)]
  }
}

/** The address that a frame's bytes name, damaged or cut as it may be; null when they do not reach so far. */
export function addressIn(layout: Layout, raw: Uint8Array): number | null {
  const from = layout.preamble !== null && raw[0] === hexBytes(layout.preamble)[0] ? 1 : 0
  const before = layout.parts.slice(0, layout.parts.indexOf('address'))
  return before.includes('data') ? null : (raw[from + before.length] ?? null)
}
