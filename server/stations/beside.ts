import type { Db } from '../database/connect.ts'
import type { DoorWatch } from './door.ts'
import type { DeviceNotes } from './notes.ts'
import { type Place, tell } from './place.ts'
import type { Procedures } from './procedure.ts'

export interface BesideDependencies {
  readonly db: Db
  readonly offers: readonly Procedures[]
  readonly doorWatch: DoorWatch
  readonly deviceNotes: DeviceNotes
  readonly now: () => string
  readonly places: ReadonlyMap<string, Place>
}

/** What a station's screens are told beside its session. Each is read again by itself, and told only where it has changed. */
export interface Beside {
  conflicts(): Promise<void>
  alarms(): Promise<void>
  notes(): Promise<void>
  /** One after the other. */
  all(): Promise<void>
}

/** Keeps what is told beside the sessions of these places, as far as it is read. */
export function openBeside({ db, offers, doorWatch, deviceNotes, now, places }: BesideDependencies): Beside {
  const takeUp = <K extends 'conflicts' | 'alarms' | 'notes'>(place: Place, kind: K, found: Place[K]): void => {
    if (JSON.stringify(found) === JSON.stringify(place[kind])) return
    place[kind] = found
    tell(place, offers)
  }
  /** What benches recorded without their server and nobody has settled. */
  const conflicts = async (): Promise<void> => {
    const offline = offers.flatMap((offer) => offer.offline ?? [])
    for (const place of places.values()) {
      if (place.config.kind !== 'bench' && place.config.kind !== 'aisle') continue
      const found = await Promise.all(offline.map((one) => one.conflicts(db, place.config.place)))
      takeUp(place, 'conflicts', found.flat())
    }
  }
  /** What the doors of a store saw, for every station of that store. */
  const alarms = async (): Promise<void> => {
    for (const place of places.values()) takeUp(place, 'alarms', await doorWatch.open(db, place.config.place))
  }
  /** What is to be known of devices; a day passes, and a scale is to be checked. */
  const notes = async (): Promise<void> => {
    const configs = [...places.values()].map(({ config }) => config)
    const found = await deviceNotes.read(db, configs, now())
    for (const [id, place] of places) takeUp(place, 'notes', found.get(id) ?? [])
  }
  return {
    conflicts,
    alarms,
    notes,
    all: async () => {
      await conflicts()
      await alarms()
      await notes()
    },
  }
}
