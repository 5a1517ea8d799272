import { setTimeout as pause } from 'node:timers/promises'
import type { GateEvent } from '../../devices/rfid/gate.ts'
import type { DeviceConfig, StationConfig } from '../../devices/reading.ts'
import type { Stations } from '../../devices/station.ts'
import type { Log } from '../database/log.ts'
import type { ActivityLog } from '../ledger/activity.ts'
import type { Reader } from '../module.ts'
import { isDatabaseAway } from './database-away.ts'
import type { AlarmView } from './protocol.ts'

/** What a module makes of the tags that a door sees. */
export interface DoorWatch {
  /** Whether this sight is an alarm. Called again with the same event after it failed, it writes nothing twice. */
  seen(at: DoorStation, event: Extract<GateEvent, { event: 'seen' }>): Promise<boolean>
  /** What became of a tag that was seen. */
  gone(at: DoorStation, event: Extract<GateEvent, { event: 'passed' | 'turned' }>): Promise<void>
  /** Types of facts after which the alarms are read again. */
  readonly wakes: readonly string[]
  /** What the screens of a store show of alarms that nobody has acknowledged. */
  open(db: Reader, store: string): Promise<readonly AlarmView[]>
}

export type DoorStation = Pick<StationConfig, 'id' | 'place'>

/** A siren that was not told by then is not told at all: whoever came would find nobody. */
const SIREN_WITHIN_MS = 1_000
/** An alarm waits this long for a database that is away, asked again every second. */
const TRIES_MAX = 600
const AGAIN_MS = 1_000
/** Sights that wait for the register; a pallet is a few hundred. */
const WAITING_MAX = 5_000

export interface DoorDependencies {
  readonly watch: DoorWatch
  /** Whether the output that this board would sound is or was a lock: an alarm opens none, whatever was kept before this was refused. */
  readonly isLock: (board: DeviceConfig) => Promise<boolean>
  readonly stations: Pick<Stations, 'unlock'>
  readonly activity: Pick<ActivityLog, 'record'>
  readonly log: Log
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
}

/** Brings what gates see before the module, one sight after the other, and sounds the sirens of the door for an alarm. */
export function openDoorWatch({ watch, isLock, stations, activity, log, now }: DoorDependencies): {
  take(station: StationConfig, event: GateEvent): void
  close(): Promise<void>
} {
  let line: Promise<void> = Promise.resolve()
  let waiting = 0
  let closed = false
  /** Doors whose sirens are being told; until that is over another alarm there tells them nothing more. */
  const sounding = new Map<string, Promise<void>>()

  const handle = async (station: StationConfig, event: GateEvent): Promise<void> => {
    if (event.event === 'heading') return
    for (let tries = 1; ; tries += 1) {
      try {
        if (event.event !== 'seen') return await watch.gone(station, event)
        if (await watch.seen(station, event)) alarm(station)
        return
      } catch (error) {
        if (!isDatabaseAway(error) || tries >= TRIES_MAX || closed) throw error
        await pause(AGAIN_MS)
      }
    }
  }

  /** Beside the line: a board takes its time to answer, and what passes meanwhile is to be in the register within a second. */
  const alarm = (station: StationConfig): void => {
    if (sounding.has(station.id)) return
    const told = sound(station)
      .catch((error: unknown) => log.error({ err: error, station: station.id }, 'a siren could not be told'))
      .finally(() => sounding.delete(station.id))
    sounding.set(station.id, told)
  }

  /** Every board of the door that has a siren; what became of it is written down. */
  const sound = async ({ id, devices }: StationConfig): Promise<void> => {
    for (const device of devices) {
      if (device.kind !== 'relay' || device.siren === undefined) continue
      const about = `${device.id} siren`
      const shut = await isLock(device)
      const outcome = shut ? 'is-a-lock' : await told(id, device.id, device.siren)
      await activity.record({ at: now(), kind: 'device', person: null, station: id, about, outcome })
      if (shut) log.error({ station: id, device: device.id }, 'a siren hangs on an output that is a lock; it is silent')
    }
  }

  const told = async (station: string, board: string, siren: number): Promise<string> =>
    (await stations.unlock(station, board, siren, SIREN_WITHIN_MS)).outcome

  return {
    take(station, event) {
      if (waiting >= WAITING_MAX) return log.error({ station: station.id }, 'a door sees more than can be looked at')
      waiting += 1
      line = line
        .then(() => handle(station, event))
        .catch((error: unknown) => log.error({ err: error, station: station.id }, 'what a door saw could not be kept'))
        .finally(() => {
          waiting -= 1
        })
    },
    close: async () => {
      closed = true
      await line
      await Promise.all(sounding.values())
    },
  }
}
