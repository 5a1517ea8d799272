import { bad, good, type Frame, type Framer } from '../framing.ts'

/** How a frame of a protocol is known among bytes: by where it may start, how long it says it is, and its check. */
export interface FrameShape<Meaning> {
  readonly bytesMax: number
  /** How long the frame is that may start at `at`; `more` bytes are needed to say; null: none starts there. */
  measure(bytes: Uint8Array, at: number): number | 'more' | null
  /** What a frame of that length says; null when its check is wrong. */
  meaning(raw: Uint8Array): Meaning | null
}

export interface ScanningFramer<Meaning> extends Framer<Meaning> {
  /** Whether a frame has begun that is not whole yet. */
  begun(): boolean
  /** No byte came for a while inside a frame: it was none. What stands after its first byte is looked through again. */
  silence(): Frame<Meaning>[]
}

/** A run of bytes that are no frame is told in pieces of at most this length. */
export const NOISE_BYTES_MAX = 512
/** Room kept between frames; a longer frame takes its own and gives it back. */
const ROOM_BYTES = 4096

/**
 * Finds frames in a stream: where a start, a length and a check do not fit together, one byte is passed over and the search goes on behind it, so
 * noise and damage cost nothing but themselves. Bytes passed over are faults: `line-garbled` when a check among them was wrong, `protocol` when
 * they look like nothing at all. Holds at most one frame and one run of noise.
 */
export function scanningFramer<Meaning>({ bytesMax, measure, meaning }: FrameShape<Meaning>): ScanningFramer<Meaning> {
  let held = new Uint8Array(ROOM_BYTES)
  let from = 0
  let to = 0
  const noise = new Uint8Array(NOISE_BYTES_MAX)
  let noiseLength = 0
  let checkFailed = false

  function hold(bytes: Uint8Array): void {
    const length = to - from
    if (to + bytes.length > held.length) {
      const room = Math.max(ROOM_BYTES, length + bytes.length)
      const next = room > held.length ? new Uint8Array(Math.max(room, 2 * length)) : held
      next.set(held.subarray(from, to))
      held = next
      from = 0
      to = length
    }
    held.set(bytes, to)
    to += bytes.length
  }

  function passOver(frames: Frame<Meaning>[]): void {
    noise[noiseLength] = held[from] ?? 0
    noiseLength += 1
    from += 1
    if (noiseLength === NOISE_BYTES_MAX) frames.push(...noiseFault())
  }

  function noiseFault(): Frame<Meaning>[] {
    if (noiseLength === 0) return []
    const raw = noise.slice(0, noiseLength)
    const fault = checkFailed
      ? bad<Meaning>(raw, 'line-garbled', `a wrong check in ${noiseLength} bytes`)
      : bad<Meaning>(raw, 'protocol', `${noiseLength} bytes that are no frame`)
    noiseLength = 0
    checkFailed = false
    return [fault]
  }

  function scan(): Frame<Meaning>[] {
    const frames: Frame<Meaning>[] = []
    while (from < to) {
      const length = measure(held.subarray(0, to), from)
      if (length === 'more') break
      if (length === null || length > bytesMax) {
        passOver(frames)
        continue
      }
      if (from + length > to) break
      const raw = held.slice(from, from + length)
      const said = meaning(raw)
      if (said === null) {
        checkFailed = true
        passOver(frames)
      } else {
        frames.push(...noiseFault(), good(raw, said))
        from += length
      }
    }
    if (from === to) {
      from = to = 0
      if (held.length > ROOM_BYTES) held = new Uint8Array(ROOM_BYTES)
    }
    return frames
  }

  return {
    push(bytes) {
      hold(bytes)
      return scan()
    },
    begun: () => to > from,
    silence() {
      const frames: Frame<Meaning>[] = []
      while (from < to) {
        passOver(frames)
        frames.push(...scan())
      }
      return [...frames, ...noiseFault()]
    },
    end() {
      const frames = noiseFault()
      if (to > from) {
        frames.push(bad(held.slice(from, Math.min(to, from + bytesMax)), 'line-cut', 'the port closed inside a frame'))
        from = to = 0
      }
      return frames
    },
  }
}
