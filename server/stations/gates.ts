import { gate, type Gate, type GateEvent, USUAL_GATE } from '../../devices/rfid/gate.ts'
import type { StationConfig, TagReading } from '../../devices/reading.ts'

/** How often it is looked which tags are through. */
const LOOK_MS = 200
/** A gate that nothing was read at for this long has nothing left to tell. */
const REST_MS = USUAL_GATE.quiet_ms + 1_000

interface Followed {
  readonly setUp: string
  readonly gate: Gate
  station: StationConfig
  /** What this machine's clock is ahead of the reader's, which may hang on another PC. */
  ahead_ms: number
  heard_ms: number
}

export interface Gates {
  /** Nothing for a reader that is no gate. */
  saw(station: StationConfig, tag: TagReading): void
  close(): void
}

/**
 * Follows the tags through the RFID gates of doors. The first half of a gate's antennas looks into the room, the other half at the way out.
 * @param now_ms this machine's clock
 */
export function openGates({
  onEvent,
  now_ms,
}: {
  readonly onEvent: (station: StationConfig, event: GateEvent) => void
  readonly now_ms: () => number
}): Gates {
  const followed = new Map<string, Followed>()
  const tell = ({ station }: Followed, events: readonly GateEvent[]): void =>
    events.forEach((event) => onEvent(station, event))

  const timer = setInterval(() => {
    for (const [key, one] of followed) {
      tell(one, one.gate.look(now_ms() - one.ahead_ms))
      if (now_ms() - one.heard_ms > REST_MS) followed.delete(key)
    }
  }, LOOK_MS)

  return {
    saw(station, tag) {
      const device = station.devices.find(({ id }) => id === tag.device)
      if (device?.role !== 'gate') return
      const key = `${station.id} ${device.id}`
      const { antennas = [] } = device
      const setUp = JSON.stringify(antennas)
      const half = Math.ceil(antennas.length / 2)
      const known = followed.get(key)
      const one: Followed =
        known?.setUp === setUp
          ? known
          : {
              ...{ setUp, station, ahead_ms: 0, heard_ms: 0 },
              gate: gate({ ...USUAL_GATE, inner: antennas.slice(0, half), outer: antennas.slice(half) }),
            }
      followed.set(key, one)
      one.station = station
      one.heard_ms = now_ms()
      one.ahead_ms = one.heard_ms - tag.value.last_ms
      // Who comes back after a while passes anew, however rarely it was looked.
      tell(one, [...one.gate.look(tag.value.first_ms), ...one.gate.saw(tag.value)])
    },
    close: () => clearInterval(timer),
  }
}
