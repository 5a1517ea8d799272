import type { DeviceReport, Reading } from '../../devices/reading.ts'
import { openStations, type Stations } from '../../devices/station.ts'
import type { ConnectionConfig, Db } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import { newId } from '../id.ts'
import { openDeviceStates, readDevices, unheardView } from './device-states.ts'
import { type Election, openElection } from './election.ts'
import { type Place, tellDevice, tellDevices } from './place.ts'
import type { DeviceView } from './protocol.ts'
import { deviceView } from './view.ts'

export interface Driving {
  readonly stations: Pick<Stations, 'weigh' | 'print' | 'feedback'>
  isDriven(station: string): boolean
  /** A reading that was asked for has come; those that come unasked are counted already. */
  saw(reading: Reading): void
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
  readonly onReading: (place: Place, reading: Reading) => void
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
  onReading,
  onDevice,
  onDriven,
}: DrivingDependencies): Driving {
  let driven: ReadonlySet<string> = new Set()
  const states = openDeviceStates({ db, now, log })

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
      states.saw(reading)
      const place = places.get(reading.station)
      if (place !== undefined) onReading(place, reading)
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
    await stations.configure(ours.map((place) => place.config))
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

  let election: Election | null = null
  return {
    stations,
    isDriven: (station) => driven.has(station),
    begin: () => {
      election = openElection({ config, candidates: () => Promise.resolve([...places.keys()]), onHeld, log })
    },
    saw: (reading) => states.saw(reading),
    setUp: async () => {
      await drive()
      election?.tryNow()
    },
    readOthers: async () => {
      const configs = [...places.values()].map((place) => place.config)
      const rows = await readDevices(db, configs, now())
      for (const [station, place] of places)
        if (!driven.has(station))
          tellDevices(
            place,
            rows
              .filter((row) => row.station === station)
              .map(({ id, kind, state, fault }) => ({ id, kind, state, fault })),
          )
    },
    close: async () => {
      await stations.close()
      await election?.close()
      await states.close()
    },
  }
}
