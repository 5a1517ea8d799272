/** What the kiosk may import of maintenance: types alone. */
import type { DeviceKind, DeviceState, Fault } from '../../../devices/reading.ts'

export interface MaintainedDevice {
  readonly id: string
  readonly kind: DeviceKind
  readonly state: DeviceState['state']
  readonly fault: Fault['code'] | null
  /** What it was heard to say so far; of a keypad how often it was pressed, never what. */
  readonly heard: number
}

/** The PC that has some of the devices. */
export interface MaintainedAgent {
  readonly name: string
  readonly online: boolean
  /** Records in its journal that are not here yet. */
  readonly waiting: number
}

/** `GET /api/stations/{id}/rating/maintenance`. */
export interface Maintenance {
  /** Until then no vote is offered here, unless it is ended before. */
  readonly until: string
  readonly left_ms: number
  readonly devices: readonly MaintainedDevice[]
  readonly agents: readonly MaintainedAgent[]
  /** Sealed ballots of this counter that came in and wait for the tally. */
  readonly ballots: number
  /** Whether ballots can be sealed: the tally has published a key. */
  readonly ready: boolean
}
