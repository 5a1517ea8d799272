/** Data frames of a direction that pass as they are: who speaks is settled by the first two, each once and in this order. */
const GREETINGS = 2
/** Behind it the frames begin, where the head asks for them or grants them. */
const HEAD_END = Buffer.from('\r\n\r\n')
const UPGRADES = /^upgrade: *websocket/im
const CONTROL = 0x08

/** What happens to whole messages on their way, in parts of one; the rest comes as it was sent. */
export interface Shuffling {
  readonly doubled: number
  /** Comes after the next one. */
  readonly late: number
  /** From 0 up to 1. */
  chance(): number
}

/**
 * One direction of a WebSocket as a relay would pass it on that sends messages twice and in another order, as no TCP does and a buffering middlebox
 * may. Control frames and the greeting stay where they are, and what is no WebSocket is left alone.
 */
export function frameShuffler(shuffling: () => Shuffling | null): (bytes: Buffer) => Buffer {
  let state: 'head' | 'frames' | 'other' = 'head'
  let held: Buffer = Buffer.alloc(0)
  let late: Buffer | null = null
  let messages = 0

  const pass = (frame: Buffer): readonly Buffer[] => {
    const how = shuffling()
    if (((frame[0] ?? 0) & CONTROL) !== 0) return [frame]
    messages += 1
    const before = late === null ? [] : [late]
    late = null
    if (how === null || messages <= GREETINGS) return [frame, ...before]
    const dice = how.chance()
    if (dice < how.doubled) return [frame, frame, ...before]
    if (dice < how.doubled + how.late && before.length === 0) {
      late = frame
      return []
    }
    return [frame, ...before]
  }

  return (bytes) => {
    if (state === 'other') return bytes
    held = Buffer.concat([held, bytes])
    const out: Buffer[] = []
    if (state === 'head') {
      const end = held.indexOf(HEAD_END)
      if (end < 0) return Buffer.alloc(0)
      const head = held.subarray(0, end + HEAD_END.length)
      state = UPGRADES.test(head.toString('latin1')) ? 'frames' : 'other'
      if (state === 'other') return held
      out.push(head)
      held = held.subarray(head.length)
    }
    for (let length = frameLength(held); length !== null && length <= held.length; length = frameLength(held)) {
      out.push(...pass(held.subarray(0, length)))
      held = held.subarray(length)
    }
    return Buffer.concat(out)
  }
}

/** How long the frame at the start of the bytes is (RFC 6455, 5.2), or null when that cannot be told yet. */
function frameLength(bytes: Buffer): number | null {
  if (bytes.length < 2) return null
  const second = bytes[1] ?? 0
  const masks = (second & 0x80) === 0 ? 0 : 4
  const short = second & 0x7f
  if (short < 126) return 2 + masks + short
  if (short === 126) return bytes.length < 4 ? null : 4 + masks + bytes.readUInt16BE(2)
  return bytes.length < 10 ? null : 10 + masks + Number(bytes.readBigUInt64BE(2))
}
