import { presenceTracker, type Grade, USUAL_PRESENCE } from '../../devices/rfid/presence.ts'
import type { TagReading } from '../../devices/reading.ts'
import { mayBeOurs } from '../tag-identity.ts'
import type { Place } from './place.ts'
import type { Procedures } from './procedure.ts'
import type { Kept } from './store.ts'
import { sweepingOf } from './view.ts'

/** A tag as a reader that sweeps a shelf has heard it: clearly, or so faintly that it may be the next shelf's. */
export interface SweptTag {
  readonly epc: string
  readonly how: 'strong' | 'weak'
  /** When it was last heard. */
  readonly at: string
  /** Told for the first time; else it was faint before and is clear now. */
  readonly first: boolean
}

/** What is new is told this often. */
const TELL_MS = 1_000
/** Tags that are told at once: so many fit into one act. */
const TAGS_A_TELLING = 400
/** A tag that was heard stays heard until the shelf is done. */
const LEAVE_MS = 3_600_000
/** So long is waited whether a faint tag becomes clear. */
const FAINT_MS = 3_000
const ZONE = 'shelf'

interface Sweep {
  readonly place: Place
  readonly device: string
  /** What the station is asked for: another question is another sweep. */
  readonly question: string
  /** What was heard before belongs to the shelf before. */
  readonly began_ms: number
  readonly track: ReturnType<typeof presenceTracker>
  readonly told: Map<string, 'strong' | 'weak'>
}

export interface SweepDependencies {
  /** What the station's work sweeps for now; empty where tags are to be passed over, null where they are scans. */
  readonly questionOf: (place: Place) => string | null
  readonly onSwept: (
    place: Place,
    swept: { readonly device: string; readonly question: string; readonly seen: readonly SweptTag[] },
  ) => void
  readonly now_ms: () => number
}

export interface Sweeps {
  /** Takes a reading of a tag where its station counts; says whether it did. */
  saw(place: Place, tag: TagReading): boolean
  close(): void
}

/**
 * Gathers what hand-held readers hear while their station counts a shelf: hundreds of readings a second become one telling a second, of what is
 * new or has become clear.
 */
export function openSweeps({ questionOf, onSwept, now_ms }: SweepDependencies): Sweeps {
  const sweeps = new Map<string, Sweep>()

  const tell = (): void => {
    for (const [key, sweep] of sweeps) {
      if (questionOf(sweep.place) !== sweep.question) {
        sweeps.delete(key)
        continue
      }
      const { place, device, question, told } = sweep
      const seen = newsOf(sweep, now_ms())
      for (const { epc, how } of seen) told.set(epc, how)
      if (seen.length > 0) onSwept(place, { device, question, seen })
    }
  }
  const timer = setInterval(tell, TELL_MS)

  return {
    saw: (place, tag) => {
      const device = place.config.devices.find(({ id }) => id === tag.device)
      if (device?.role !== 'handheld') return false
      const question = questionOf(place)
      if (question === null) return false
      if (question === '') return true
      const key = `${place.config.id} ${device.id}`
      let sweep = sweeps.get(key)
      if (sweep?.question !== question) {
        const zones = new Map((device.antennas ?? [1]).map((antenna) => [antenna, ZONE]))
        const track = presenceTracker({ ...USUAL_PRESENCE, leave_ms: LEAVE_MS, demote_ms: LEAVE_MS, zones })
        sweep = { place, device: device.id, question, began_ms: now_ms(), track, told: new Map() }
        sweeps.set(key, sweep)
      }
      const { epc, first_ms } = tag.value
      if (mayBeOurs(epc) && first_ms >= sweep.began_ms) sweep.track.saw(tag.value)
      return true
    },
    close: () => clearInterval(timer),
  }
}

function newsOf({ track, told }: Sweep, now_ms: number): SweptTag[] {
  const heard = [...track.present(), ...track.strays()]
  return heard
    .flatMap(({ epc, grade, since_ms, last_ms }): SweptTag[] => {
      const how = worthOf(grade)
      const before = told.get(epc)
      if (before === 'strong' || before === how) return []
      if (how === 'weak' && now_ms - since_ms < FAINT_MS) return []
      return [{ epc, how, at: new Date(last_ms).toISOString(), first: before === undefined }]
    })
    .slice(0, TAGS_A_TELLING)
}

/** A stray never says where it is, and a weak one hardly. */
function worthOf(grade: Grade): 'strong' | 'weak' {
  return grade === 'sure' || grade === 'likely' ? 'strong' : 'weak'
}

/** What each station sweeps for, worked out once a version of its session: `questionOf` is asked for every reading of a tag. */
export function sweepQuestions(offers: readonly Procedures[]): (place: Place) => string | null {
  const known = new WeakMap<Kept, { readonly question: string | null }>()
  return ({ kept }) => {
    const found = known.get(kept) ?? { question: sweepingOf(kept.session, offers) }
    known.set(kept, found)
    return found.question
  }
}
