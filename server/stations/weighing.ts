import { setTimeout as pause } from 'node:timers/promises'
import type { FaultCode, Reading } from '../../devices/reading.ts'
import { isEmptyPan, maybeStillOn } from '../../devices/scale/pan.ts'
import { movingWeightIn } from '../../devices/scale/weights-in.ts'
import { type Stations, UnknownDevice } from '../../devices/station.ts'
import type { Log } from '../database/log.ts'
import { newId } from '../id.ts'
import type { Arriving, Content } from './arriving.ts'
import { contentOf } from './content.ts'
import type { Place } from './place.ts'
import type { PanSeen } from './pan.ts'
import type { Procedures } from './procedure.ts'
import type { PanState } from './protocol.ts'
import { askingOf, shownWork } from './view.ts'

/** A scale that moves without a pause has this long to come to rest: who waits is told within 3 s, and the scale is read on. */
const REST_MS = 2_800
/** One look at the scale: long enough for two unanswered questions, short enough that a moving pan is said at once. */
const LOOK_MS = 900
/** The last look before a moving scale is said to be one may be as short as this. */
const LAST_LOOK_MS = 300
const PAUSE_MS = 200
/** What a scale says of its load: it answers, and is asked on as before. Any other fault says that it is out of reach. */
const OF_THE_LOAD: ReadonlySet<FaultCode> = new Set(['unstable', 'overload', 'underload'])
/** A scale that was said to be out of reach is asked again this often. */
const OUT_OF_REACH_PAUSE_MS = 1_000
/** A load that stays longer is not watched any more: the next weighing finds it there and says so. */
const LEAVING_MS = 600_000

export interface Weighing {
  /** Asks the scale when the step wants a weight, once a step; and watches whether what was weighed is taken off. */
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
  /** How the pan is while this step waits for a weight. */
  readonly onPan: (place: Place, step: number, seen: PanSeen) => void
}

/** What is known of one station's scale. */
interface Pan {
  running: boolean
  /** The step that has had its answer from the scale. */
  answered: number
  /** The fault that was the answer: it is said once, and the scale asked on, for whoever waits may put right what is wrong. */
  said: FaultCode | null
  /** The step that was told that the pan is occupied. */
  warned: number
  /** The reading whose load was seen to leave. */
  left: string | null
  /** The last load that was looked after, since when. */
  watched: { readonly reading: string; readonly since_ms: number } | null
  movingSince_ms: number | null
  /** What screens were told last, for which step. */
  told: string
}

type Purpose = 'weight' | 'leaving' | 'none'

/** A scale that moves is looked at until its time is over, and no longer. */
function lookFor({ movingSince_ms }: Pan, now_ms: number): number {
  if (movingSince_ms === null) return LOOK_MS
  return Math.min(LOOK_MS, Math.max(LAST_LOOK_MS, movingSince_ms + REST_MS - now_ms))
}

/** Asks scales by itself, so that nobody has to press anything; a load that counted for one item does not count for the next. */
export function openWeighing(deps: WeighingDependencies): Weighing {
  const { stations, offers, log, now, isDriven, onSeen, onArriving, onPan } = deps
  const pans = new Map<string, Pan>()

  const panOf = ({ config: { id } }: Place): Pan => {
    const known = pans.get(id)
    if (known !== undefined) return known
    const pan: Pan = {
      running: false,
      answered: 0,
      said: null,
      warned: 0,
      left: null,
      watched: null,
      movingSince_ms: null,
      told: '',
    }
    pans.set(id, pan)
    return pan
  }

  const purposeOf = ({ config, devices, kept: { session } }: Place, pan: Pan): Purpose => {
    if (!isDriven(config.id) || session.locked) return 'none'
    const scale = devices.find(({ kind }) => kind === 'scale')
    const isAnswered = pan.answered === session.step && pan.said === null
    const waits = session.signing === null && askingOf(session, offers) === 'weigh' && !isAnswered
    // A scale that is just being opened is asked when it says that it is ready.
    if (waits) return scale?.state === 'opening' ? 'none' : 'weight'
    const { load } = session
    if (load === null || load.reading === pan.left || scale?.state !== 'ready') return 'none'
    if (pan.watched?.reading !== load.reading) pan.watched = { reading: load.reading, since_ms: performance.now() }
    return performance.now() - pan.watched.since_ms < LEAVING_MS ? 'leaving' : 'none'
  }

  /** The scale is there: what it says from now on is what counts for the step. */
  const forgetAnswer = (pan: Pan): void => {
    pan.answered = 0
    pan.said = null
  }

  const tellOnce = (place: Place, pan: Pan, step: number, state: PanState, weight_mg: number | null = null): void => {
    const told = `${step} ${state} ${weight_mg}`
    if (pan.told === told) return
    pan.told = told
    onPan(place, step, { state, weight_mg })
  }

  const answer = (place: Place, pan: Pan, step: number, from: Omit<Arriving, 'step' | 'fingerprint'>): void => {
    pan.answered = step
    pan.movingSince_ms = null
    // Whatever the pan was seen to do before is not known any more; but that it moves is all that is wrong.
    if (from.content.kind === 'fault' && from.content.fault.code !== 'unstable') tellOnce(place, pan, step, 'unread')
    onArriving(place, { ...from, step, fingerprint: null })
  }

  /** Takes what the scale said, in a look that began then, for the step that waits for it. */
  const take = (place: Place, pan: Pan, step: number, reading: Reading, began_ms: number): void => {
    const { id, device: by, at, value, raw } = reading
    const content = contentOf(reading, 'first')
    const fault = value.kind === 'fault' ? value.fault.code : null
    if (fault === 'unstable') tellOnce(place, pan, step, 'moving', movingWeightIn(raw))
    if (fault !== null && pan.answered === step && pan.said === fault) return
    if (pan.said !== null) forgetAnswer(pan)
    if (fault === 'unstable') {
      pan.movingSince_ms ??= began_ms
      if (performance.now() - pan.movingSince_ms < REST_MS) return
    } else if (content.kind === 'weight') {
      pan.movingSince_ms = null
      const { weight_mg } = content
      if (isEmptyPan(weight_mg)) return tellOnce(place, pan, step, 'empty')
      if (isOfAnother(place, pan)) {
        tellOnce(place, pan, step, 'occupied')
        if (pan.warned === step) return
        pan.warned = step
        const warning: Content = { kind: 'pan-occupied', weight_mg }
        return onArriving(place, { id, by, at, content: warning, step, fingerprint: null })
      }
    }
    pan.said = fault
    onSeen(reading)
    answer(place, pan, step, { id, by, at, content })
  }

  /** Whether what lies on the scale counted for another item and was not seen to leave. */
  const isOfAnother = ({ kept: { session } }: Place, pan: Pan): boolean => {
    const { load } = session
    if (load === null || load.reading === pan.left) return false
    return load.item === null || load.item !== shownWork(session, offers)?.work.item?.code
  }

  const attend = async (place: Place, pan: Pan): Promise<void> => {
    pan.running = true
    try {
      for (let purpose = purposeOf(place, pan); purpose !== 'none'; purpose = purposeOf(place, pan)) {
        const { step } = place.kept.session
        const began_ms = performance.now()
        const reading = await stations.weigh(place.config.id, null, lookFor(pan, began_ms))
        const { load } = place.kept.session
        if (reading.value.kind === 'weight' && load !== null && !maybeStillOn(load, reading.value.weight_mg))
          pan.left = load.reading
        const isWanted = purposeOf(place, pan) === 'weight' && place.kept.session.step === step
        if (purpose === 'weight' && isWanted) take(place, pan, step, reading, began_ms)
        await pause(pan.said === null || OF_THE_LOAD.has(pan.said) ? PAUSE_MS : OUT_OF_REACH_PAUSE_MS)
      }
    } finally {
      pan.running = false
    }
  }

  const look = (place: Place): void => {
    const pan = panOf(place)
    if (pan.running || purposeOf(place, pan) === 'none') return
    const { step } = place.kept.session
    attend(place, pan).catch((error: unknown) => {
      if (!(error instanceof UnknownDevice)) return log.error({ err: error }, 'a scale could not be asked')
      // The station was set up anew and has lost its scale: that is said, and nothing is asked on.
      if (pan.said !== null) forgetAnswer(pan)
      if (purposeOf(place, pan) !== 'weight') return
      const content = { kind: 'fault', deviceKind: 'scale', fault: { code: 'port-gone' } } as const
      answer(place, pan, step, { id: newId(), by: 'scale', at: now(), content })
    })
  }

  return {
    look,
    scaleReady: (place) => {
      forgetAnswer(panOf(place))
      look(place)
    },
  }
}
