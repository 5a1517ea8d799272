import type { StationConfig } from '../../devices/reading.ts'
import type { Reader } from '../module.ts'
import type { DeviceNote } from './protocol.ts'

/** What a module has to say of the devices of stations, beside how they are. */
export interface DeviceNotes {
  /** Types of facts after which it is read again. */
  readonly wakes: readonly string[]
  /** By station; those of which nothing is to be said may be left out. */
  read(db: Reader, stations: readonly StationConfig[], at: string): Promise<ReadonlyMap<string, readonly DeviceNote[]>>
}
