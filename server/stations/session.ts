import type { BadgeHolder } from './identify.ts'
import type { ProcedureInput } from './procedure.ts'
import type { PersonView, Verdict } from './protocol.ts'
import { asked, verdictOf } from './say.ts'

/** A bench locks when nobody scanned or pressed anything for this long. */
export const LOCK_MS = 120_000
/** A PIN opens a shift of this length; within it the badge alone resumes, when a reader of the station reads it. */
export const SHIFT_MS = 8 * 3_600_000
/** Unfinished work is kept for its custodian this long; then another may take the station over. */
export const TAKEOVER_MS = 30 * 60_000

/**
 * What was written down as further ahead than this was written before the clock was put back. How long ago it was nobody knows, so it counts
 * as long ago: a bench locks, a shift asks for its PIN again.
 */
const AHEAD_MS = 60_000

/** Whether so much time has gone by since then, as far as the clock can tell. */
export function hasGoneBy(since: string, length_ms: number, at: string): boolean {
  const age_ms = Date.parse(at) - Date.parse(since)
  return age_ms >= length_ms || age_ms < -AHEAD_MS
}

const SCREEN_JOINED = 'stations.screen-joined'

export interface Work {
  /** Which module's procedures, in which version of its state. */
  readonly module: string
  readonly version: number
  readonly state: unknown
}

/** Who works here, since when, by which badge, and how the station was set up when the PIN was given. */
export interface Shift extends PersonView {
  readonly badge: string
  readonly signedAt: string
  /** As {@link StationPlace.setUp}. */
  readonly setUp: string
}

/** What lay on the scale when a weight was last taken. */
export interface Load {
  readonly weight_mg: number
  readonly reading: string
  /** Of the work in hand: it may be weighed again as it lies. Null when that work is over. */
  readonly item: string | null
}

/** What a station is in the middle of. Plain JSON; never a PIN. */
export interface Session {
  readonly v: 1
  /** Grows whenever something else is asked. */
  readonly step: number
  readonly stepAt: string
  /** The device or screen whose input began this step; empty when time did. */
  readonly stepBy: string
  readonly custodian: Shift | null
  readonly locked: boolean
  /** Whose PIN is asked: to open or resume a shift, or as the second signature of the work. */
  readonly signing: (PersonView & { readonly badge: string; readonly purpose: 'shift' | 'second' }) | null
  /** The last time a person did anything here. */
  readonly seenAt: string
  readonly work: Work | null
  /** The work as it was before the last thing a person did; what UNDO goes back to. */
  readonly before: { readonly work: Work | null } | null
  /** The last code or badge that was shown here, and the step that came of it. */
  readonly lastShown: { readonly text: string; readonly at: string; readonly step: number } | null
  /** Null when nothing was weighed since the scale was seen empty on purpose. */
  readonly load: Load | null
  readonly verdict: Verdict | null
}

/** A bench where nobody works: locked, without a shift, at its first step. `at` is RFC 3339 UTC. */
export function newSession(at: string): Session {
  return {
    v: 1,
    step: 1,
    stepAt: at,
    stepBy: '',
    custodian: null,
    locked: true,
    signing: null,
    seenAt: at,
    work: null,
    before: null,
    lastShown: null,
    load: null,
    verdict: null,
  }
}

/** Locked, when nobody has done anything for two minutes; work and step stay. What was said at a bench where nobody works is forgotten then. */
export function lockWhenIdle(session: Session, at: string): Session {
  if (!isOpen(session)) return isSaidLongAgo(session, at) ? { ...session, verdict: null } : session
  if (!hasGoneBy(session.seenAt, LOCK_MS, at)) return session
  const locksAt = locksAtOf(session)
  return lock(session, at < locksAt ? at : locksAt)
}

/** Whether somebody's bench stands open and should not, or still shows a word to whoever comes by. */
export function isIdle(session: Session, at: string): boolean {
  return isOpen(session) ? hasGoneBy(session.seenAt, LOCK_MS, at) : isSaidLongAgo(session, at)
}

function isOpen({ custodian, locked }: Session): boolean {
  return custodian !== null && !locked
}

/** Who signed in or was turned away may be named; that a screen was added has to be read by the next who comes. */
function isSaidLongAgo({ verdict }: Session, at: string): boolean {
  return verdict !== null && verdict.code !== SCREEN_JOINED && hasGoneBy(verdict.at, LOCK_MS, at)
}

/** When the session locks if nothing is done. */
export function locksAtOf({ seenAt }: Session): string {
  return new Date(Date.parse(seenAt) + LOCK_MS).toISOString()
}

/** Covers the station; what is in work stays. */
export function lock(session: Session, at: string): Session {
  const signing = session.signing?.purpose === 'second' ? session.signing : null
  // The last word may name a thing, and a locked bench shows none.
  return { ...moved(session, at, ''), locked: true, signing, verdict: null }
}

/**
 * The session once another screen has joined the station: locked, so that nobody works from the new screen until the custodian has looked at
 * his own; and said on all screens, unless this is the only one.
 */
export function afterJoin(
  session: Session,
  { screen, others, at }: { readonly screen: string; readonly others: boolean; readonly at: string },
): Session {
  const covered = session.custodian === null || session.locked ? session : lock(session, at)
  if (!others) return covered
  const say = asked(
    SCREEN_JOINED,
    words(
      '又有一块屏幕接入本工位。如不知情，请勿刷工牌，并告知安全管理员',
      'Another screen was added to this station. If you do not know of it, keep your badge and tell the security administrator',
    ),
  )
  return { ...covered, verdict: verdictOf(say, screen, at) }
}

/**
 * The session once something of its work was dealt with while the line was down. What a person last did here cannot be taken back past it, and
 * nothing that was made for the step before is taken for this one: who was about to sign for it shows the badge again.
 */
export function afterOffline(session: Session, work: Work | null, at: string): Session {
  return { ...moved(session, at, ''), work, before: null, signing: signingBeside(session) }
}

/** The session without its work, which this program cannot read: nothing of it was recorded, so that it is begun again. */
export function withoutWork(session: Session): Session {
  return { ...session, work: null, before: null, signing: signingBeside(session) }
}

/** Whose PIN is asked whatever becomes of the work: a second signature is one for the work as it was. */
function signingBeside({ signing }: Session): Session['signing'] {
  return signing?.purpose === 'second' ? null : signing
}

/** Something else is asked from now on: what was made for the step before is over. */
export function moved(session: Session, at: string, by: string): Session {
  return { ...session, step: session.step + 1, stepAt: at, stepBy: by }
}

/** Whether a PIN is what is asked now; the second signature waits until its bench is unlocked. */
export function isPinAsked({ signing, locked }: Session): boolean {
  return signing !== null && (!locked || signing.purpose === 'shift')
}

function words(zh: string, en: string): { zh: string; en: string } {
  return { zh, en }
}

/**
 * The session once the shift of its custodian is over: nobody works here, and what was begun and not confirmed is gone, for it was in no
 * register.
 */
export function endShift(session: Session, at: string): Session {
  return { ...moved(session, at, ''), custodian: null, locked: true, signing: null, work: null, before: null }
}

/** The session after the work took a step. What a scale said is part of the scan before it, so UNDO takes both back. */
export function afterStep(
  session: Session,
  input: ProcedureInput,
  {
    work,
    item,
    sign,
    at,
    by,
  }: {
    readonly work: Work | null
    /** What was in hand. */
    readonly item: string | null
    readonly sign: BadgeHolder | undefined
    readonly at: string
    readonly by: string
  },
): Session {
  const changed = JSON.stringify(work?.state ?? null) !== JSON.stringify(session.work?.state ?? null)
  const isOfDevice = input.kind === 'weight' || input.kind === 'tags'
  const before = work === null || !changed || isOfDevice ? session.before : { work: session.work }
  const signing =
    sign === undefined ? null : { id: sign.id, name: sign.name, badge: sign.badge, purpose: 'second' as const }
  const isToWeigh = input.kind === 'command' && input.word === 'WEIGH'
  const weighed = input.kind === 'weight' ? { weight_mg: input.weight_mg, reading: input.reading, item } : session.load
  const load = isToWeigh ? null : weighed
  const next: Session = { ...session, work, before: work === null ? null : before, signing, load }
  // What a reader hears changes nothing of what is asked: whoever answers meanwhile answers this.
  if (input.kind === 'tags') return next
  return changed || sign !== undefined || session.signing !== null ? moved(next, at, by) : next
}
