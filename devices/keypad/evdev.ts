import { bad, good, type Frame, type Framer } from '../framing.ts'

/** One change of a key, as a Linux input device tells it. */
export interface KeyChange {
  readonly code: number
  /** `held` is the kernel repeating a key that nobody let go. */
  readonly change: 'down' | 'up' | 'held'
}

/** `struct input_event` of a 64-bit kernel: seconds and microseconds of eight bytes each, type, code, value; little end first. */
const EVENT_BYTES = 24
const TYPE_MAX = 0x1f
const KEY_CODE_MAX = 0x2ff
const EV_SYN = 0
const EV_KEY = 1
const CHANGES = ['up', 'down', 'held'] as const
/** Changes in one report; a person presses one key, a fist a few. */
const REPORT_KEYS_MAX = 16

export interface EvdevFramer extends Framer<KeyChange> {
  noise_bytes(): number
}

/**
 * Events of a Linux input device. A key counts when the report that it stands in is ended as the kernel ends every report: the events have
 * no checksum, and so bytes that only look like a key are none. Keeps one report of at most `REPORT_KEYS_MAX` keys.
 */
export function evdevFramer(): EvdevFramer {
  const held = new Uint8Array(EVENT_BYTES)
  const view = new DataView(held.buffer)
  let length = 0
  let report: Frame<KeyChange>[] = []
  let noise = 0

  /** `held` is full. */
  function read(frames: Frame<KeyChange>[]): void {
    const event = eventIn(view)
    if (event === null) {
      noise += 1 + report.length * EVENT_BYTES
      report = []
      held.copyWithin(0, 1)
      length -= 1
      return
    }
    length = 0
    const change = CHANGES[event.value]
    if (event.type === EV_KEY && change !== undefined && report.length < REPORT_KEYS_MAX)
      report.push(good(held.slice(), { code: event.code, change }))
    if (event.type === EV_SYN) {
      frames.push(...report)
      report = []
    }
  }

  return {
    push(bytes) {
      const frames: Frame<KeyChange>[] = []
      for (const byte of bytes) {
        held[length] = byte
        length += 1
        if (length === EVENT_BYTES) read(frames)
      }
      return frames
    },
    end() {
      const cut = length > 0 || report.length > 0
      const raw = Uint8Array.from([...report.flatMap((frame) => [...frame.raw]), ...held.subarray(0, length)])
      length = 0
      report = []
      return cut ? [bad(raw, 'line-cut', 'the device went inside a report')] : []
    },
    noise_bytes() {
      const since = noise
      noise = 0
      return since
    },
  }
}

function eventIn(view: DataView): { readonly type: number; readonly code: number; readonly value: number } | null {
  const type = view.getUint16(16, true)
  const code = view.getUint16(18, true)
  const value = view.getUint32(20, true)
  if (view.getBigUint64(8, true) >= 1_000_000n || type > TYPE_MAX) return null
  if (type === EV_SYN && (code !== 0 || value !== 0)) return null
  if (type === EV_KEY && (code > KEY_CODE_MAX || value >= CHANGES.length)) return null
  return { type, code, value }
}
