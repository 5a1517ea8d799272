import { agentOf } from '../../devices/agent-address.ts'
import type { KeypadEvent } from '../../devices/keypad/counters.ts'
import type { DeviceReport, Reading, StationConfig, TagReading } from '../../devices/reading.ts'
import { openStations, type Stations } from '../../devices/station.ts'
import { type RemoteDevices, withRemote } from '../agents/remote.ts'
import type { ConnectionConfig, Db } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import { newId } from '../id.ts'
import { type DeviceName, openDeviceStates, readDevices, unheardView } from './device-states.ts'
import { type Election, openElection } from './election.ts'
import { type Place, tellDevice, tellDevices } from './place.ts'
import type { DeviceRow, DeviceView, ShownReading } from './protocol.ts'
import { shownKeypad, shownReading, shownTag } from './shown-reading.ts'
import { openWatching } from './watching.ts'
import { deviceView } from './view.ts'

export interface Driving {
  readonly stations: Omit<Stations, 'configure' | 'close'>
  isDriven(station: string): boolean
  /** A reading that was asked for has come; those that come unasked are counted already. */
  saw(reading: Reading): void
  /** A device behind an agent has seen something: it is counted there, and told here to who watches it. */
  sawFar(of: DeviceName, shown: ShownReading): void
  /** Calls back with what a device sees from now on, as it may be shown; returns how to stop. */
  watch(station: string, device: string, onReading: (reading: ShownReading) => void): () => void
  /** Stands for the stations there are; until then this process drives none. */
  begin(): void
  /** Opens and closes devices as the stations are set up now, and tries for stations that are new. */
  setUp(): Promise<void>
  /** Reads how the devices are that another process drives. */
  readOthers(): Promise<void>
  close(): Promise<void>
}

export interface DrivingDependencies {
  readonly db: Db
  readonly config: ConnectionConfig
  readonly log: Log
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
  readonly places: ReadonlyMap<string, Place>
  /** Devices of other PCs; absent where no agent can join. */
  readonly remote?: RemoteDevices | undefined
  readonly onReading: (place: Place, reading: Reading) => void
  readonly onTag: (place: Place, reading: TagReading) => void
  /** What happens at the pads of a counter; a press in it is for who seals it. */
  readonly onKeypad: (place: Place, event: KeypadEvent) => Promise<void> | void
  /** How a device is has changed, and screens were told. */
  readonly onDevice: (place: Place, device: DeviceView) => void
  /** The devices of this station are ours from now on. */
  readonly onDriven: (place: Place) => void
}

/** Drives the devices of those stations that no other process drives, and knows of the rest what the database says. */
export function openDriving({
  db,
  config,
  log,
  now,
  places,
  remote,
  onReading,
  onTag,
  onKeypad,
  onDevice,
  onDriven,
}: DrivingDependencies): Driving {
  let driven: ReadonlySet<string> = new Set()
  const states = openDeviceStates({ db, now, log, counts: () => stations.counts() })
  const watching = openWatching()

  const saw = (of: DeviceName, reading: ShownReading, count = 1): void => {
    states.saw(of, { at: reading.at, reading, count })
    watching.tell(of.station, of.device, reading)
  }

  const onState = (report: DeviceReport): void => {
    states.changed(report)
    const place = places.get(report.station)
    const device = place?.config.devices.find(({ id }) => id === report.device)
    if (place === undefined || device === undefined) return
    const view = deviceView(device, report.state)
    tellDevice(place, view)
    onDevice(place, view)
  }

  const stations = openStations([], {
    onReading: (reading) => {
      saw(reading, shownReading(reading))
      const place = places.get(reading.station)
      if (place !== undefined) onReading(place, reading)
    },
    onTag: (reading) => {
      saw(reading, shownTag(reading), reading.value.count)
      const place = places.get(reading.station)
      if (place !== undefined) onTag(place, reading)
    },
    onKeypad: (event) => {
      const place = places.get(event.station)
      const kept = place === undefined ? undefined : onKeypad(place, event)
      if (event.device === null) return kept
      const of = { station: event.station, device: event.device }
      // Counted, and nothing of it is kept here: what was pressed is in the hands of who seals it, or nobody's business.
      states.saw(of, { at: event.at, reading: null, count: 1 })
      watching.tell(of.station, of.device, shownKeypad(event))
      return kept
    },
    onState,
    now: () => Date.parse(now()),
    newId,
  })

  const drive = async (): Promise<void> => {
    const ours = [...places.values()].filter(({ config: { id } }) => driven.has(id))
    for (const place of ours) {
      const ids = new Set(place.config.devices.map(({ id }) => id))
      place.devices = place.devices.filter(({ id }) => ids.has(id))
    }
    states.keepOnly(driven)
    await stations.configure(ours.map((place) => here(place.config)))
    for (const report of stations.states()) states.changed(report)
  }

  const onHeld = async (held: ReadonlySet<string>): Promise<void> => {
    const before = driven
    driven = new Set(held)
    // Their devices are closed; screens must not take the last word of them for the present.
    for (const [id, place] of places)
      if (before.has(id) && !driven.has(id)) tellDevices(place, place.config.devices.map(unheardView))
    await drive()
    for (const [id, place] of places) if (driven.has(id)) onDriven(place)
  }

  /** Takes up how a station's devices behind agents are, and follows what has changed. */
  const takeUpRemote = (place: Place, views: readonly DeviceView[]): void => {
    for (const view of views) {
      const before = place.devices.find(({ id }) => id === view.id)
      if (JSON.stringify(before) === JSON.stringify(view)) continue
      tellDevice(place, view)
      onDevice(place, view)
    }
  }

  let election: Election | null = null
  return {
    stations: remote === undefined ? stations : withRemote(stations, remote, (station) => places.get(station)?.config),
    isDriven: (station) => driven.has(station),
    begin: () => {
      election = openElection({ config, candidates: () => Promise.resolve([...places.keys()]), onHeld, log })
    },
    saw: (reading) => saw(reading, shownReading(reading)),
    watch: watching.follow,
    sawFar: ({ station, device }, shown) => watching.tell(station, device, shown),
    setUp: async () => {
      await drive()
      election?.tryNow()
    },
    readOthers: async () => {
      const configs = [...places.values()].map((place) => place.config)
      const rows = await readDevices(db, configs, now())
      for (const [station, place] of places) {
        const its = rows.filter((row) => row.station === station)
        const view = ({ id, kind, state, fault }: DeviceRow): DeviceView => ({ id, kind, state, fault })
        if (driven.has(station)) takeUpRemote(place, its.filter(({ port }) => agentOf(port) !== null).map(view))
        else tellDevices(place, its.map(view))
      }
    },
    close: async () => {
      await stations.close()
      await election?.close()
      await states.close()
    },
  }
}

/** A station with the devices that this machine opens itself. */
function here(station: StationConfig): StationConfig {
  return { ...station, devices: station.devices.filter(({ port }) => agentOf(port) === null) }
}
