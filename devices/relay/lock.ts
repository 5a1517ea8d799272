import { bad, good, type Frame, type Framer } from '../framing.ts'

const OPEN = 0x8a
const QUERY = 0x80
const STATE_A = 0x11
const STATE_B = 0x00
const ASKED = 0x33
const FRAME_BYTES = 5

/** A lock board's number on its line and a lock's number on its board, both from 1. */
export interface LockAddress {
  readonly board: number
  readonly lock: number
}

/** What a board says. `to: 'open'` proves nothing: the command to open is the same bytes as the answer, and a line may hear itself. */
export interface LockAnswer extends LockAddress {
  readonly to: 'open' | 'query'
  readonly state: '00' | '11'
}

export interface LockFramer extends Framer<LockAnswer> {
  begun(): boolean
  /** No byte came for a while: what was begun is cut. */
  silence(): Frame<LockAnswer>[]
  /** Bytes that were part of no frame since this was asked last. */
  noise_bytes(): number
}

/** The command that draws one lock back. */
export function openBytes({ board, lock }: LockAddress): Uint8Array {
  return withSum(OPEN, board, lock, STATE_A)
}

/** The question how one lock is. */
export function queryBytes({ board, lock }: LockAddress): Uint8Array {
  return withSum(QUERY, board, lock, ASKED)
}

function withSum(...bytes: readonly [number, number, number, number]): Uint8Array {
  return Uint8Array.of(
    ...bytes,
    bytes.reduce((sum, byte) => sum ^ byte, 0),
  )
}

/**
 * Answers of a lock board: command, board, lock, state, exclusive or of the four. Our own question, heard on a line with echo, is passed over.
 * Five bytes that begin as an answer does and whose sum is wrong are `line-garbled`, and reading goes on with the second of them; other bytes
 * are noise. Keeps one frame.
 */
export function lockFramer(): LockFramer {
  let held: number[] = []
  let noise = 0
  /** Bytes at the front that a damaged frame has told already. */
  let told = 0

  function drop(count: number): void {
    noise += Math.max(0, count - told)
    told = Math.max(0, told - count)
    held = held.slice(count)
  }

  function read(): Frame<LockAnswer>[] {
    const frames: Frame<LockAnswer>[] = []
    while (held.length > 0) {
      const [command, board = 0, lock = 0, last = 0] = held
      const own = command === QUERY && last === ASKED
      if (
        (command !== OPEN && command !== QUERY) ||
        (held.length > 3 && !own && last !== STATE_A && last !== STATE_B)
      ) {
        drop(1)
        continue
      }
      if (held.length < FRAME_BYTES) break
      const raw = Uint8Array.from(held.slice(0, FRAME_BYTES))
      if (raw.reduce((sum, byte) => sum ^ byte, 0) !== 0) {
        if (told < FRAME_BYTES) frames.push(bad(raw, 'line-garbled', 'wrong sum'))
        told = FRAME_BYTES
        drop(1)
        continue
      }
      if (!own)
        frames.push(
          good(raw, { to: command === OPEN ? 'open' : 'query', board, lock, state: last === STATE_A ? '11' : '00' }),
        )
      told = FRAME_BYTES
      drop(FRAME_BYTES)
    }
    return frames
  }

  function cut(): Frame<LockAnswer>[] {
    const raw = Uint8Array.from(held)
    const whole = told < held.length
    held = []
    told = 0
    return raw.length > 0 && whole ? [bad(raw, 'line-cut', 'an answer was cut off')] : []
  }

  return {
    push(bytes) {
      const frames: Frame<LockAnswer>[] = []
      for (const byte of bytes) {
        held.push(byte)
        frames.push(...read())
      }
      return frames
    },
    begun: () => held.length > 0,
    silence: cut,
    end: cut,
    noise_bytes() {
      const since = noise
      noise = 0
      return since
    },
  }
}
