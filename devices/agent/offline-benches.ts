import { setTimeout as pause } from 'node:timers/promises'
import { type Journal, NotKept } from '../journal.ts'
import type { Reading } from '../reading.ts'
import { isEmptyPan } from '../scale/pan.ts'
import { type Stations, UnknownDevice } from '../station.ts'
import type { HeldFiles, HeldHere } from './held-files.ts'
import type { HeldList, HeldProgress, OfflineCode, OfflineDeed, OfflineMark } from './held-list.ts'
import {
  benchWith,
  panSeen,
  type OfflineBench,
  type OfflineInput,
  type OfflineStep,
  stepOffline,
  wantsWeight,
} from './offline.ts'

/** As at a bench with its server: it locks when nobody did anything for this long. */
export const OFFLINE_LOCK_MS = 120_000
/** A scale has this long to come to rest: who waits is told within 3 s, and it is read on. An empty pan is looked at this often. */
const WEIGH_MS = 2_800
const LOAD_LOOK_MS = 200

/** What was said last at a bench. */
export interface OfflineSaid {
  /** Counts what this run has said. */
  readonly n: number
  readonly code: OfflineCode
  readonly outcome: OfflineStep['outcome']
  readonly about: string
}

/** A bench as the page of this PC shows it. */
export interface ShownBench {
  readonly held: HeldList
  /** Null while the server is there: it decides then. */
  readonly bench: OfflineBench | null
  readonly said: OfflineSaid | null
}

export interface OfflineBenchesOptions {
  readonly files: HeldFiles
  readonly journal: Pick<Journal, 'append' | 'waiting' | 'state'>
  readonly stations: Pick<Stations, 'weigh' | 'feedback'>
  readonly now: () => number
  readonly monotonic: () => number
  readonly run: string
  readonly onKept: (n: number, reading: string) => void
  /** After the journal has it, or when it was refused. */
  readonly onSaid: (station: string, said: OfflineSaid) => void
  /** What was weighed was seen to leave the scale. */
  readonly onPanLeft: (station: string) => void
  /** What this PC holds of a station is on its disk; null when nothing is held any more. */
  readonly onHeld: (station: string, list: string | null) => void
  readonly onShown: () => void
  readonly onNotSaved: (error: unknown) => void
}

/** The benches of this PC while the line is down. */
export interface OfflineBenches {
  /** What the server lets this PC hold of the list that is open at a station; null when none is. */
  hold(station: string, held: HeldList | null, progress: HeldProgress): void
  /** The same list is further on. */
  progress(station: string, pass: string, progress: HeldProgress): void
  /** The server is there, or not. What is in hand when it comes back is not recorded: it is scanned again there. */
  setAway(away: boolean): void
  /** Takes a reading of a bench that goes on by itself; false when the server is to have it as it is. */
  take(reading: Reading): boolean
  /** The server does not want this PC any more: nothing is held from now on. */
  forget(): void
  shown(): readonly ShownBench[]
  close(): Promise<void>
}

interface Place {
  here: HeldHere
  bench: OfflineBench | null
  said: OfflineSaid | null
  /** When somebody last did something, by the clock that only goes forward. */
  seen_ms: number
  weighing: boolean
  /** One reading after the other. */
  work: Promise<void>
}

/** Goes on with held lists while the line is down. What was held before this start is held again, locked. */
export async function openOfflineBenches(options: OfflineBenchesOptions): Promise<OfflineBenches> {
  const { files, journal, stations, now, monotonic, run } = options
  const places = new Map<string, Place>()
  const closing = new AbortController()
  let away = true
  let said = 0
  let writing: Promise<void> = Promise.resolve()

  const later = (task: () => Promise<void>): void => {
    // A file that is missing or old after a start only means that the bench waits for the server, or is told of conflicts.
    writing = writing.then(task).catch(options.onNotSaved)
  }
  const placeFor = (here: HeldHere): Place => ({
    ...{ here, bench: null, said: null, seen_ms: monotonic(), weighing: false, work: Promise.resolve() },
  })
  const recorded = (): OfflineDeed[] => journal.waiting(0, Infinity).flatMap(({ record }) => record.offline?.deed ?? [])
  const begin = (place: Place): void => {
    place.bench = benchWith(place.here.held, place.here, recorded())
    place.said = null
    place.seen_ms = monotonic()
  }

  for (const here of await files.read()) {
    const place = placeFor({ ...here, locked: true })
    places.set(here.held.station, place)
    begin(place)
  }

  /** What is left of the shift; null when the clock of this machine was put back while we were not running. */
  const shiftLeft_ms = ({ here }: Place): number | null => {
    const byClock_ms = now() - here.at_ms
    if (here.run === run) return here.held.shiftLeft_ms - Math.max(byClock_ms, monotonic() - here.mono_ms)
    return byClock_ms < 0 ? null : here.held.shiftLeft_ms - byClock_ms
  }

  const say = (station: string, place: Place, what: Omit<OfflineSaid, 'n'>): void => {
    said += 1
    place.said = { n: said, ...what }
    options.onSaid(station, place.said)
    options.onShown()
  }

  const handle = async (place: Place, reading: Reading): Promise<void> => {
    const { station, device } = reading
    if (place.bench === null) {
      await keep(place, reading)
      return
    }
    const input = inputOf(reading)
    if (input === null) {
      await keep(place, reading, { code: 'passed-over', deed: null })
      return
    }
    const { backlog } = journal.state()
    const step = stepOffline(place.here.held, place.bench, input, {
      shiftLeft_ms: shiftLeft_ms(place),
      waiting: backlog,
    })
    const { code } = step.mark
    if (code !== 'too-many' && !(await keep(place, reading, step.mark))) return
    if (input.kind === 'scan' || input.kind === 'badge') place.seen_ms = monotonic()
    // The line may have come back while the disk was busy: the record counts, what was in hand does not.
    if (place.bench !== null) place.bench = step.next
    say(station, place, { code, outcome: step.outcome, about: step.about })
    void stations.feedback(station, device, step.outcome === 'refused' ? 'bad' : 'good')
    weigh(station, place)
  }

  /** False when the disk does not take it. */
  const keep = async (place: Place, reading: Reading, mark?: OfflineMark): Promise<boolean> => {
    const { station, device, id } = reading
    try {
      const { n } = await journal.append(reading, mark)
      options.onKept(n, id)
      return true
    } catch (error) {
      if (!(error instanceof NotKept)) throw error
      say(station, place, { code: 'not-kept', outcome: 'refused', about: '' })
      void stations.feedback(station, device, 'bad')
      return false
    }
  }

  const enqueue = (place: Place, reading: Reading): void => {
    place.work = place.work.then(() => handle(place, reading))
  }

  /** Looks at the scale by itself: while the step wants a weight, and while what was weighed may still lie there. */
  const weigh = (station: string, place: Place): void => {
    const wanted = (): boolean => place.bench !== null && wantsWeight(place.here.held, place.bench)
    const goesOn = (): boolean =>
      !closing.signal.aborted && place.bench !== null && !place.bench.locked && (wanted() || place.bench.load !== null)
    if (place.weighing || !goesOn()) return
    place.weighing = true
    const look = async (): Promise<void> => {
      /** What was said last of what is in hand: what a weight or fault means need not be said again while it stays. */
      let last: { readonly hand: unknown; readonly found: string } = { hand: null, found: '' }
      try {
        while (goesOn()) {
          const reading = await stations.weigh(station, null, WEIGH_MS)
          const { value } = reading
          if (value.kind === 'weight' && place.bench !== null) {
            const before = place.bench.load
            place.bench = panSeen(place.bench, value.weight_mg)
            if (before !== place.bench.load) options.onPanLeft(station)
          }
          const found = value.kind === 'weight' ? `${value.weight_mg}` : value.kind === 'fault' ? value.fault.code : ''
          const hand = place.bench?.hand ?? null
          const isEmpty = value.kind === 'weight' && isEmptyPan(value.weight_mg)
          if (wanted() && !isEmpty && (hand !== last.hand || found !== last.found)) {
            enqueue(place, reading)
            await place.work
          }
          last = { hand, found }
          await pause(LOAD_LOOK_MS, undefined, { signal: closing.signal }).catch(() => undefined)
        }
      } finally {
        // In the same turn as the last look at what goes on: a weight that is wanted a moment later starts anew.
        place.weighing = false
      }
    }
    look().catch((error: unknown) => {
      if (!(error instanceof UnknownDevice)) throw error
      if (!wanted()) return
      say(station, place, { code: 'device-fault', outcome: 'refused', about: '' })
    })
  }

  const idle = setInterval(() => {
    for (const place of places.values()) {
      if (place.bench === null || place.bench.locked || monotonic() - place.seen_ms < OFFLINE_LOCK_MS) continue
      place.bench = { ...place.bench, locked: true }
      // The last word may name a thing, and a locked bench shows none.
      place.said = null
      options.onShown()
    }
  }, 1_000)

  const remove = (station: string): void => {
    places.delete(station)
    later(async () => {
      await files.remove(station)
      options.onHeld(station, null)
    })
  }

  return {
    hold(station, held, { waiting, locked, load = null }) {
      if (held === null) remove(station)
      else {
        const here: HeldHere = { held, waiting, locked, load, at_ms: now(), mono_ms: monotonic(), run }
        const place = places.get(station)
        if (place === undefined) places.set(station, placeFor(here))
        else place.here = here
        later(async () => {
          await files.write(here)
          options.onHeld(station, held.list)
        })
      }
      options.onShown()
    },
    progress(station, pass, { waiting, locked, load = null }) {
      const place = places.get(station)
      if (place === undefined || place.here.held.pass !== pass) return
      const here = { ...place.here, waiting, locked, load }
      place.here = here
      place.seen_ms = monotonic()
      later(() => files.write(here))
      options.onShown()
    },
    setAway(next) {
      if (!next && !away) return
      away = next
      for (const place of places.values()) {
        if (away) {
          // A list may have come over a line that dropped before this PC had joined.
          if (place.bench === null) begin(place)
          weigh(place.here.held.station, place)
        } else {
          const hand = place.bench?.hand ?? null
          Object.assign(place, { bench: null, said: null })
          if (hand !== null)
            say(place.here.held.station, place, { code: 'dropped', outcome: 'refused', about: hand.item })
        }
      }
      options.onShown()
    },
    take(reading) {
      const place = places.get(reading.station)
      if (!away || place === undefined) return false
      enqueue(place, reading)
      return true
    },
    forget() {
      for (const station of [...places.keys()]) remove(station)
      options.onShown()
    },
    shown: () => [...places.values()].map(({ here, bench, said }) => ({ held: here.held, bench, said })),
    async close() {
      closing.abort()
      clearInterval(idle)
      await Promise.all([...places.values()].map(({ work }) => work))
      await writing
    },
  }
}

/** What of a reading a bench acts on; null for what only repeats another, or moves. */
function inputOf({ id, value }: Reading): OfflineInput | null {
  switch (value.kind) {
    case 'scan':
      return (value.repeats ?? null) === null ? { kind: 'scan', text: value.text } : null
    case 'badge':
      return (value.repeats ?? null) === null ? { kind: 'badge', badge: value.badge } : null
    case 'weight':
      return value.stable ? { kind: 'weight', weight_mg: value.weight_mg, reading: id } : null
    case 'fault':
      return { kind: 'fault' }
  }
}
