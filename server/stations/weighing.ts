import { setTimeout as pause } from 'node:timers/promises'
import type { Reading } from '../../devices/reading.ts'
import { type Stations, UnknownDevice } from '../../devices/station.ts'
import type { Log } from '../database/log.ts'
import { newId } from '../id.ts'
import { contentOf } from './content.ts'
import type { Arriving } from './handling.ts'
import type { Place } from './place.ts'
import type { Procedures } from './procedure.ts'
import { askingOf } from './view.ts'

/** A scale has this long to come to rest. */
const WEIGH_MS = 10_000
/** An empty pan is no answer yet: hands need this long at most to put a thing on it, and it is looked at this often. */
const LOAD_MS = 60_000
const LOAD_LOOK_MS = 200

export interface Weighing {
  /** Asks the scale when the step wants a weight; once a step. */
  look(place: Place): void
  /** The scale has come back: a person at the bench may still wait for it. */
  scaleReady(place: Place): void
}

export interface WeighingDependencies {
  readonly stations: Pick<Stations, 'weigh'>
  readonly offers: readonly Procedures[]
  readonly log: Log
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
  /** Whether this process drives the devices of a station, and still wants to. */
  readonly isDriven: (station: string) => boolean
  readonly onSeen: (reading: Reading) => void
  readonly onArriving: (place: Place, arriving: Arriving) => void
}

/** Asks scales by itself, so that nobody has to press anything. */
export function openWeighing({
  stations,
  offers,
  log,
  now,
  isDriven,
  onSeen,
  onArriving,
}: WeighingDependencies): Weighing {
  /** The step for which a station's scale was asked, and whether it still is being asked. */
  const asked = new Map<string, { step: number; running: boolean }>()

  const look = (place: Place): void => {
    const { id } = place.config
    const { session } = place.kept
    const { step } = session
    const last = asked.get(id)
    if (!isDriven(id) || last?.running === true || last?.step === step) return
    if (session.locked || session.signing !== null || askingOf(session, offers) !== 'weigh') return
    // A scale that is just being opened is asked when it says that it is ready.
    if (place.devices.find(({ kind }) => kind === 'scale')?.state === 'opening') return
    const question = { step, running: true }
    asked.set(id, question)
    askScale(id, () => place.kept.session.step === step && isDriven(id)).then(
      (weighed) => {
        question.running = false
        onArriving(place, { ...weighed, step, fingerprint: null })
        // It may have been asked for the step before.
        look(place)
      },
      (error: unknown) => {
        question.running = false
        log.error({ err: error, station: id }, 'a scale could not be asked')
      },
    )
  }

  /** The first weight at rest that is one, or what is wrong; an empty pan is waited for while the step still asks. */
  const askScale = async (
    station: string,
    isAsked: () => boolean,
  ): Promise<Pick<Arriving, 'id' | 'by' | 'at' | 'content'>> => {
    const until_ms = performance.now() + LOAD_MS
    try {
      let reading = await stations.weigh(station, null, WEIGH_MS)
      while (isEmptyPan(reading) && isAsked() && performance.now() < until_ms) {
        await pause(LOAD_LOOK_MS)
        reading = await stations.weigh(station, null, WEIGH_MS)
      }
      onSeen(reading)
      return { id: reading.id, by: reading.device, at: reading.at, content: contentOf(reading, 'first') }
    } catch (error) {
      if (!(error instanceof UnknownDevice)) throw error
      // The station was set up anew and has lost its scale.
      const content = { kind: 'fault', deviceKind: 'scale', fault: { code: 'port-gone' } } as const
      return { id: newId(), by: 'scale', at: now(), content }
    }
  }

  return {
    look,
    scaleReady: (place) => {
      const last = asked.get(place.config.id)
      if (last !== undefined) last.step = 0
      look(place)
    },
  }
}

function isEmptyPan({ value }: Reading): boolean {
  return value.kind === 'weight' && value.weight_mg === 0
}
