import type { StationConfig } from '../../devices/reading.ts'
import type { SignIn } from '../access/sign-in.ts'
import { type Db, inTransaction, type Trx } from '../database/connect.ts'
import { newId } from '../id.ts'
import type { Reader } from '../module.ts'
import { Refusal } from '../refusal.ts'
import type { Arriving, Content } from './arriving.ts'
import { faulty } from './fault-words.ts'
import { findBadge, identifyScan } from './identify.ts'
import { handledOf } from './handled.ts'
import { isAnswered, isRepeat, tooLate } from './lateness.ts'
import { stillOn } from './pan.ts'
import type { Procedures } from './procedure.ts'
import { mayWorkAt, route, type SessionEvent, type StationPlace } from './routing.ts'
import { asked, refused, refusedBy, type Say, verdictOf } from './say.ts'
import { endShift, lockWhenIdle, type Session, withoutWork } from './session.ts'
import type { Sight } from './sights.ts'
import { readStanding, type Standing } from './standing.ts'
import { findHandled, type Kept, lockSession, readSession, saveHandled, saveSession } from './store.ts'
import type { Turns } from './turns.ts'
import { askOf, shownWork, sweepingOf } from './view.ts'
import { type Taken, work, type WorkingDependencies } from './working.ts'

export interface HandlingDependencies extends WorkingDependencies {
  readonly db: Db
  readonly signIn: SignIn
  /** How many transactions of stations may run at once: each may wait for a record, which needs a connection of its own. */
  readonly turns: Turns
  /** The item that wears a tag; null where no item does. */
  readonly itemOfTag: (db: Reader, epc: string) => Promise<string | null>
}

/** Nothing is wrong and nothing was refused: the hand is told that one pull of the trigger too many did no harm. */
const scannedTwice = asked('stations.double-scan', {
  zh: '重复扫描，只算一次；无需处理，继续下一步',
  en: 'Scanned twice: it counts once. Nothing to do, go on',
})

export interface Handled {
  readonly kept: Kept
  /** What was said; null when the input had been handled before, came for a step that nobody waits for, or says nothing new. */
  readonly say: Say | null
}

/**
 * Takes one input to its end: in one transaction it is remembered as handled, moves the session on, and carries out what the step asks
 * for. The commit is the commit point of all three: an input whose answer was lost may come again and changes nothing.
 * @throws Refusal `request.key-reused`
 */
export async function handle(deps: HandlingDependencies, station: StationConfig, arriving: Arriving): Promise<Handled> {
  const pin = arriving.content.kind === 'pin' ? await checkPin(deps, station.id, arriving, arriving.content.pin) : null
  return inItsTurn(deps, async (trx) => {
    const kept = await lockSession(trx, station.id, deps.now())
    // Ours from here on: rights are those of this moment, however long the reading waited.
    const now = deps.now()
    await arriving.takeDown?.(trx)
    const earlier = await findHandled(trx, station.id, arriving.id)
    if (earlier !== null) {
      mustBeTheSame(earlier.fingerprint, arriving.fingerprint)
      return { kept, say: null }
    }
    const session = withoutForeignWork(lockWhenIdle(kept.session, now), deps.offers)
    const { posts, ...standing } = await readStanding(trx, station.id, session.custodian, now)
    const place = { ...station, ...standing }
    const took = isOver(session, place, posts)
      ? shiftOver(session, now)
      : await take(deps, trx, place, session, arriving, { now, pin })
    if (took === null) return { kept, say: null }
    const { next, say, recorded, kept: isKept } = took
    const after: Kept = {
      version: kept.version + 1,
      session: {
        ...next,
        verdict: verdictOf(say, arriving.id, now),
        seenAt: isByHand(arriving.content, next.step !== session.step) ? now : next.seenAt,
        lastShown: shownBy(arriving, next.step) ?? session.lastShown,
        // Only within one work is a thing that is weighed again as it lies still the same thing.
        load: next.work === null && next.load !== null ? { ...next.load, item: null } : next.load,
      },
    }
    const save =
      isKept === true
        ? saveSession(trx, station.id, after, now)
        : saveHandled(trx, station.id, handledOf(arriving, say.code), after, now)
    // The record is on disk before the commit that shows what it is about.
    await Promise.all([save, recorded])
    return { kept: after, say }
  })
}

/**
 * One transaction, when its turn has come: stations share few connections, so that their inputs never take all that the database has for the
 * rest.
 */
export function inItsTurn<T>({ db, turns }: HandlingDependencies, work: (trx: Trx) => Promise<T>): Promise<T> {
  return turns(() => inTransaction(db, work))
}

function shownBy({ content, at }: Arriving, step: number): Session['lastShown'] {
  if (content.kind === 'scan') return { text: content.text, at, step }
  if (content.kind === 'tag') return { text: content.epc, at, step }
  return content.kind === 'badge' ? { text: content.badge, at, step } : null
}

function mustBeTheSame(earlier: Buffer | null, now: Buffer | null): void {
  if (earlier !== null && now !== null && !earlier.equals(now)) throw new Refusal('request.key-reused')
}

/** Locks the station if nobody has done anything for too long. */
export async function lockIfIdle(deps: HandlingDependencies, station: string): Promise<Kept> {
  return inItsTurn(deps, async (trx) => {
    const kept = await lockSession(trx, station, deps.now())
    const now = deps.now()
    const session = lockWhenIdle(kept.session, now)
    if (session === kept.session) return kept
    const after = { version: kept.version + 1, session }
    await saveSession(trx, station, after, now)
    return after
  })
}

/**
 * Ends the shift of who may not work at the station any more: the badge was revoked or its holder made inactive, or the post there is over.
 * Returns what is kept when nothing has changed.
 */
export async function endShiftIfOver(deps: HandlingDependencies, station: StationConfig): Promise<Kept> {
  return inItsTurn(deps, async (trx) => {
    const kept = await lockSession(trx, station.id, deps.now())
    const now = deps.now()
    const { posts, ...standing } = await readStanding(trx, station.id, kept.session.custodian, now)
    if (!isOver(kept.session, { ...station, ...standing }, posts)) return kept
    const { next, say } = shiftOver(kept.session, now)
    const session = { ...next, verdict: verdictOf(say, newId(), now) }
    const after = { version: kept.version + 1, session }
    await saveSession(trx, station.id, after, now)
    return after
  })
}

function isOver({ custodian }: Session, place: StationPlace, posts: Standing['posts']): boolean {
  return custodian !== null && (posts === null || !mayWorkAt(place, { posts }))
}

function shiftOver(session: Session, at: string): Taken {
  const say = refused('stations.shift-ended')
  return { next: endShift(session, at), say }
}

/** Tags at the edge of a reader's reach come and go by themselves; only one that moves the work on was put there by a hand. */
function isByHand(content: Content, movesOn: boolean): boolean {
  switch (content.kind) {
    case 'tag':
      return movesOn
    case 'several-tags':
    case 'weight':
    case 'pan-occupied':
    case 'fault':
    case 'told':
      return false
    // Only what is new is told, and it is new because somebody walks.
    case 'tags':
    case 'scan':
    case 'badge':
    case 'pin':
    case 'choose':
    case 'command':
      return true
  }
}

/** A badge and PIN are checked before the transaction: it takes long on purpose, and wrong tries count whatever else happens. */
async function checkPin(
  { db, signIn, now }: HandlingDependencies,
  station: string,
  arriving: Arriving,
  pin: string,
): Promise<{ readonly badge: string } | Refusal> {
  if ((await findHandled(db, station, arriving.id)) !== null) return new Refusal('stations.step-over')
  const { session } = await readSession(db, station, now())
  if (session.signing === null || session.step !== arriving.step) return new Refusal('stations.step-over')
  const { badge, id, name } = session.signing
  try {
    const { person } = await signIn.authenticate({ badge, pin }, { station })
    return person === id ? { badge } : new Refusal('stations.step-over')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // At a bench the badge was seen; only the PIN can be wrong.
    return error.code === 'access.wrong-secret' ? new Refusal('stations.wrong-pin', { name }) : error
  }
}

/** What an input has come to. `recorded` resolves when what it brings before somebody's eyes is written down; absent when that is done. */
interface Moment {
  readonly now: string
  readonly pin: { readonly badge: string } | Refusal | null
}

async function take(
  deps: HandlingDependencies,
  trx: Trx,
  station: StationConfig & StationPlace,
  session: Session,
  arriving: Arriving,
  { now, pin }: Moment,
): Promise<Taken | null> {
  const { content, by, at } = arriving
  const stay = (say: Say): Taken => ({ next: session, say })
  if (content.kind === 'fault') return stay(faulty(content.deviceKind, content.fault))
  if (content.kind === 'told') return stay(content.say)
  if (content.kind === 'tags') {
    if (sweepingOf(session, deps.offers) !== content.question) return null
    return work(deps, trx, station, session, arriving, { kind: 'tags', seen: content.seen }, now)
  }
  // A weight that was asked for and is no longer wanted says nothing to anybody.
  const isOfScale = content.kind === 'weight' || content.kind === 'pan-occupied'
  if (isOfScale && arriving.step !== null && arriving.step !== session.step) return null
  if (content.kind === 'pan-occupied') return stay(stillOn(content.weight_mg))
  if (content.kind === 'badge' && isNothingNew(session, content.badge, content.sight)) return null
  const tagged = content.kind === 'tag' ? await deps.itemOfTag(trx, content.epc) : null
  if (tagged !== null && isInHand(session, tagged, deps.offers)) return null
  const late = tooLate(session, { by, at, step: arriving.step, now })
  if (late !== null) return stay(late)
  if (content.kind === 'several-tags') return stay(refused('stations.several-tags'))
  if (content.kind === 'tag' && tagged === null) return stay(refused('stations.unknown-tag', { epc: content.epc }))
  if (content.kind === 'scan' && (await isDoubleScan(trx, session, content, { at, now }))) return stay(scannedTwice)
  if (pin instanceof Refusal) return stay(refusedBy(pin))
  const event: SessionEvent =
    tagged === null
      ? await eventOf(trx, arriving, pin, now)
      : { kind: 'scan', scanned: { kind: 'item', code: tagged, issue: null } }
  const asking = session.work === null ? null : askOf(session, shownWork(session, deps.offers)?.ask ?? null)
  const routed = route(session, event, { station, asking, at: now, by })
  if (routed.to === 'session') return routed
  return work(deps, trx, station, session, arriving, routed.input, now)
}

/** A badge that is held is one badge; one that is shown again means something when the station has gone on meanwhile. */
function isNothingNew(session: Session, badge: string, sight: Sight): boolean {
  return sight === 'held' || (sight === 'again' && isAnswered(session, badge))
}

/** Whether this item is what the work has in hand: its tag, put down again beside its label or after weighing, says nothing new. */
function isInHand(session: Session, code: string, offers: readonly Procedures[]): boolean {
  return shownWork(session, offers)?.work.item?.code === code
}

/** A code counts once; a badge that the scanner reads is taken as one that a badge reader reads. */
async function isDoubleScan(
  db: Reader,
  session: Session,
  { text, sight }: Extract<Content, { kind: 'scan' }>,
  { at, now }: { readonly at: string; readonly now: string },
): Promise<boolean> {
  if (sight === 'first' && !isRepeat(session, text, at)) return false
  if (sight === 'held' || isAnswered(session, text)) return true
  return (await findBadge(db, text.trim(), now)) === null
}

async function eventOf(
  db: Reader,
  { id, content }: Arriving,
  pin: { readonly badge: string } | null,
  now: string,
): Promise<SessionEvent> {
  switch (content.kind) {
    case 'scan':
      return { kind: 'scan', scanned: await identifyScan(db, content.text, now) }
    case 'badge': {
      const holder = await findBadge(db, content.badge, now)
      return holder === null ? { kind: 'unknown-badge' } : { kind: 'scan', scanned: { kind: 'badge', holder } }
    }
    case 'weight':
      return { kind: 'weight', weight_mg: content.weight_mg, reading: id }
    case 'pin': {
      const holder = await findBadge(db, pin?.badge ?? '', now)
      return holder === null ? { kind: 'unknown-badge' } : { kind: 'signed', holder }
    }
    case 'choose':
    case 'command':
      return content
    case 'tag':
    case 'several-tags':
    case 'tags':
    case 'pan-occupied':
    case 'fault':
    case 'told':
      throw new Error(`${content.kind} is no event of a session`)
  }
}

/** Work that another version of the program began cannot be read. */
function withoutForeignWork(session: Session, offers: readonly Procedures[]): Session {
  const { work } = session
  if (work === null || offers.some(({ name, version }) => name === work.module && version === work.version))
    return session
  return withoutWork(session)
}
