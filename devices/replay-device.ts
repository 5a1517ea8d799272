import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises'
import { openDevice } from './device.ts'
import { FRAMERS, type DrivenFramer } from './framers.ts'
import { maskedFrame } from './keypad/press.ts'
import { readTabletAnswer } from './keypad/sundyn.ts'
import { PortClosed, type OpenPort, type PortEvents } from './port.ts'
import type { DeviceConfig, DeviceCounts, DeviceState, Fault } from './reading.ts'
import type { CapturedPiece } from './replay-capture.ts'

/** One thing that came of a capture. */
export interface Replayed {
  /** What the piece is called whose last bytes had been heard. */
  readonly piece: string
  readonly id: string
  readonly raw: Uint8Array
  readonly value: object
}

export interface ReplayOptions {
  /** Between two pieces, for devices whose lines end by silence. */
  readonly pause_ms: number
  readonly told: (one: Replayed) => void
}

/** A device that cannot be replayed as it is configured; the message says why. */
export class BadReplay extends Error {
  override readonly name = 'BadReplay'
}

/** Where the capture ends the device is gone: what had begun is told as it is told when a cable is pulled. */
const END: Fault = { code: 'port-gone', detail: 'the capture ends here' }

/**
 * Has the driver of a device hear a capture as if it came from its port, piece by piece, and tells what it makes of it; what the driver writes
 * goes nowhere. Devices that speak only when they are asked (scales, printers, lock boards) are replayed by what their answers say. Of a rater's
 * press no more is told than a station would show.
 * @throws BadReplay for a configuration that no driver takes
 */
export async function replay(
  config: DeviceConfig,
  pieces: readonly CapturedPiece[],
  { pause_ms, told }: ReplayOptions,
): Promise<DeviceCounts> {
  const counts = { readings: 0, faults: 0, repeats: 0, retransmitted: 0, damaged: 0, noise_bytes: 0 }
  let piece = ''
  let nth = 0

  function tell(raw: Uint8Array, value: object): string {
    nth += 1
    const id = String(nth)
    const isFault = 'kind' in value && value.kind === 'fault'
    counts[isFault ? 'faults' : 'readings'] += 1
    if ('repeats' in value && typeof value.repeats === 'string') counts.repeats += 1
    told({ piece, id, raw, value })
    return id
  }

  async function* heard(): AsyncGenerator<Uint8Array> {
    for (const { name, bytes } of pieces) {
      piece = name
      yield bytes
      if (pause_ms > 0) await pause(pause_ms)
    }
  }

  const answers = answersOf(config)
  if (answers !== null) {
    for await (const bytes of heard()) answers.push(bytes).forEach(([raw, value]) => tell(raw, value))
    answers.end().forEach(([raw, value]) => tell(raw, value))
    return counts
  }

  const line = oneLine()
  let state: DeviceState = { state: 'opening' }
  const device = openDevice(config, {
    openPort: line.openPort,
    now: Date.now,
    onReading: tell,
    onTag: (raw, seen) => void tell(raw, seen),
    onCount: (what, by) => (counts[what] += by),
    onState: (now) => (state = now),
    keypad: () => ({
      clerk: (raw, press) => void tell(raw, press),
      clerkAsks: (raw) => void tell(raw, { kind: 'clerk-asks' }),
      pressed: () => void tell(maskedFrame(), { kind: 'pressed' }),
      saidNone: () => void tell(maskedFrame(), { kind: 'pressed' }),
      gone: () => undefined,
    }),
  })
  try {
    await turn()
    const events = line.events()
    if (events === null) throw new BadReplay(reasonOf(state))
    for await (const bytes of heard()) events.onBytes(bytes)
    events.onClose(END)
  } finally {
    await device.close()
  }
  return counts
}

function reasonOf(state: DeviceState): string {
  return 'fault' in state ? state.fault.detail : `the driver is ${state.state} and opens no port`
}

/** A port that can be opened once, hears what it is given and sends nothing. */
function oneLine() {
  let opened: PortEvents | null = null
  const openPort: OpenPort = (_address, events) => {
    if (opened !== null) return Promise.reject(new PortClosed(END))
    opened = events
    return Promise.resolve({ write: () => Promise.resolve(), close: () => Promise.resolve() })
  }
  return { openPort, events: () => opened }
}

type Said = readonly [raw: Uint8Array, value: object]

interface Answers {
  push(bytes: Uint8Array): Said[]
  end(): Said[]
}

/** What reads the answers of a device that speaks only when asked; null for one that speaks by itself. */
function answersOf({ kind, protocol }: DeviceConfig): Answers | null {
  switch (kind) {
    case 'scanner':
      return protocol === 'multi-drop' ? framed(kind, protocol) : null
    case 'scale':
    case 'relay':
      return framed(kind, protocol)
    case 'label-printer':
    case 'receipt-printer':
      return framed('printer', protocol)
    case 'keypad':
      return protocol === 'sundyn' ? tablet() : null
    default:
      return null
  }
}

function framed(folder: string, protocol: string): Answers {
  const known = FRAMERS.find((one) => one.kind === folder && one.protocol === protocol)
  if (known === undefined) throw new BadReplay(`no driver for a ${folder} that speaks ${protocol}`)
  const framer = known.make()
  const said = (frames: ReturnType<DrivenFramer['push']>): Said[] =>
    frames.map(({ raw, meaning, fault }) => [
      raw,
      fault === null ? { kind: 'answer', answer: meaning } : { kind: 'fault', fault },
    ])
  return {
    push(bytes) {
      const frames = said(framer.push(bytes))
      // Each piece answers a question of its own.
      return known.asked ? [...frames, ...said(framer.settle())] : frames
    },
    end: () => said(framer.end()),
  }
}

/** A tablet says all it has to say over one connection, which is one piece. */
function tablet(): Answers {
  return {
    push: (bytes) => readTabletAnswer(bytes).map(({ is }) => [maskedFrame(), { kind: 'answer', answer: { is } }]),
    end: () => [],
  }
}
