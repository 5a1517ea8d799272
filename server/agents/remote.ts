import { agentOf } from '../../devices/agent-address.ts'
import type { HeldList } from '../../devices/agent/held-list.ts'
import type { FarVote, SealedPress } from '../../devices/ballot/sealed-press.ts'
import type { PressAttempt } from '../../devices/keypad/held-key.ts'
import type { DeviceKind, Fault, Reading, StationConfig, TagReading } from '../../devices/reading.ts'
import type { Stations } from '../../devices/station.ts'
import type { Trx } from '../database/connect.ts'
import type { Refusal } from '../refusal.ts'
import type { FarPlace } from '../stations/counter.ts'
import type { DeviceName } from '../stations/device-states.ts'
import type { ShownReading } from '../stations/protocol-devices.ts'
import type { LostLine, OfflineRecord, OpenHere } from '../stations/offline.ts'

/** A device that another PC has. */
export interface RemoteDevice {
  readonly agent: string
  readonly station: string
  readonly device: string
}

/** What devices can be asked that may be behind an agent. */
type Asked = Pick<
  Stations,
  'weigh' | 'zero' | 'tare' | 'feedback' | 'order' | 'unlock' | 'lockState' | 'writeTag' | 'print'
>
type OfRemote<F> = F extends (station: string, device: never, ...rest: infer Rest) => infer Answer
  ? (of: RemoteDevice, ...rest: Rest) => Answer
  : never

/**
 * What the desk asks of devices behind agents, whichever server process the agent speaks to: as of devices here, and none of it rejects for an
 * agent that is away.
 */
export type RemoteDevices = { readonly [Name in keyof Asked]: OfRemote<Asked[Name]> } & {
  /** Lets the pads of a counter on that PC ask for this vote; null, or why they could not. */
  ask(of: RemoteDevice, vote: FarVote): Promise<Fault | null>
  /** Takes the readings of agents from now on. */
  begin(desk: RemoteDesk): void
  /** Whether this agent speaks to this process now. */
  hears(agent: string): boolean
  /** The session of a station has changed: its agents are told what they may hold of it. */
  sessionMoved(station: string): void
}

/** What agents ask of the desk. */
export interface RemoteDesk {
  /**
   * Takes a reading to its end, after those of its station that came before; `takeDown` runs in the transaction of its effect. Resolves with
   * false when a reading has none (a badge that still lies there): nothing was taken down.
   * @throws Refusal `stations.unknown`, `stations.queue-full`, and whatever `takeDown` throws
   */
  take(reading: Reading, takeDown: (trx: Trx) => Promise<void>): Promise<boolean>
  /** Shows what a device behind an agent has seen to those who watch it. */
  saw(of: DeviceName, shown: ShownReading): void
  /** Follows a tag before a reader that this agent has, as one before a reader here; false when it is not its reader. */
  sawTag(agent: string, tag: TagReading): boolean
  /** A clerk's question on a pad behind this agent, by its own name: the vote that may be taken there, or null. */
  clerkAsks(of: FarPlace, event: string): Promise<FarVote | null>
  /** On pads behind this agent: so many presses that nothing had asked for, or questions at which the key was held down. */
  attempted(of: FarPlace, attempt: PressAttempt, times: number): void
  /** Takes a ballot that an agent sealed; see `CounterHands`. */
  cast(from: FarPlace, ballot: SealedPress, takeDown: (trx: Trx) => Promise<void>): Promise<Refusal | null>
  /**
   * Merges what a bench recorded without its server; see `mergeOffline`.
   * @throws Refusal `stations.unknown`, `request.in-progress`, and whatever `takeDown` throws
   */
  merge(station: string, record: OfflineRecord): Promise<void>
  /** Notes a line that its station cannot take; see `noteLost`. */
  noteLost(line: LostLine): Promise<void>
  /** The agents that could go on at a station, and what is open there; none where there is no such station. */
  openAt(station: string): { readonly agents: readonly string[]; readonly open: OpenHere | null }
  /** @throws Refusal `stations.unknown` */
  placeOf(station: string): string
  /** What an agent may hold of what is open there. @throws Refusal `stations.unknown` */
  copyOf(station: string, open: OpenHere): Promise<Omit<HeldList, 'pass'>>
}

/** The devices here and those behind agents, asked alike. */
export function withRemote<S extends Asked>(
  here: S,
  remote: RemoteDevices,
  configOf: (station: string) => StationConfig | undefined,
): S {
  /** The device behind an agent that is meant: this one, or the first of its kind; null when it is one of ours. */
  const behind = (station: string, device: string | null, kind: DeviceKind | null): RemoteDevice | null => {
    const meant = configOf(station)?.devices.find(
      (one) => (device === null || one.id === device) && (kind === null || one.kind === kind),
    )
    const where = meant === undefined ? null : agentOf(meant.port)
    return meant === undefined || where === null ? null : { agent: where.agent, station, device: meant.id }
  }
  const through = <Rest extends unknown[], Answer>(
    local: (station: string, device: string, ...rest: Rest) => Answer,
    far: (of: RemoteDevice, ...rest: Rest) => Answer,
  ) => {
    return (station: string, device: string, ...rest: Rest): Answer => {
      const of = behind(station, device, null)
      return of === null ? local(station, device, ...rest) : far(of, ...rest)
    }
  }
  /** For what a scale can be asked: the station's first one when none is named. */
  const scale = <Answer>(
    local: (station: string, device: string | null, within_ms: number) => Answer,
    far: (of: RemoteDevice, within_ms: number) => Answer,
  ) => {
    return (station: string, device: string | null, within_ms: number): Answer => {
      const of = behind(station, device, 'scale')
      return of === null ? local(station, device, within_ms) : far(of, within_ms)
    }
  }
  return {
    ...here,
    weigh: scale(here.weigh, remote.weigh),
    zero: scale(here.zero, remote.zero),
    tare: scale(here.tare, remote.tare),
    feedback: through(here.feedback, remote.feedback),
    order: through(here.order, remote.order),
    unlock: through(here.unlock, remote.unlock),
    lockState: through(here.lockState, remote.lockState),
    writeTag: through(here.writeTag, remote.writeTag),
    print: through(here.print, remote.print),
  }
}
