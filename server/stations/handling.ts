import { sql } from 'kysely'
import type { DeviceKind, Fault, StationConfig } from '../../devices/reading.ts'
import type { SignIn } from '../access/sign-in.ts'
import type { ActWithin, Answer } from '../act.ts'
import { type Db, inTransaction, type Trx } from '../database/connect.ts'
import type { ActivityLog } from '../ledger/activity.ts'
import type { Reader } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { noticeOf } from '../refusal-names.ts'
import { faulty } from './fault-words.ts'
import { findBadge, identifyScan } from './identify.ts'
import type { Bench, ProcedureInput, Procedures, Step } from './procedure.ts'
import type { CommandWord, WorkView } from './protocol.ts'
import { refused, refusedBy, type Say, verdictOf } from './say.ts'
import {
  afterStep,
  isAnswered,
  isRepeat,
  lockWhenIdle,
  route,
  type Session,
  type SessionEvent,
  tooLate,
  type Work,
} from './session.ts'
import type { Sight } from './sights.ts'
import { findHandled, type Kept, lockSession, readSession, saveHandled, saveSession } from './store.ts'
import type { Turns } from './turns.ts'
import { askingOf, shownWork } from './view.ts'

/** What came in, from a device or a screen. */
export type Content =
  | { readonly kind: 'scan'; readonly text: string; readonly sight: Sight }
  | { readonly kind: 'badge'; readonly badge: string; readonly sight: Sight }
  | { readonly kind: 'weight'; readonly weight_mg: number; readonly raw: Uint8Array }
  | { readonly kind: 'fault'; readonly deviceKind: DeviceKind; readonly fault: Pick<Fault, 'code'> }
  | { readonly kind: 'pin'; readonly pin: string }
  | { readonly kind: 'choose'; readonly option: string; readonly text: string | null }
  | { readonly kind: 'command'; readonly word: CommandWord }

export interface Arriving {
  /** The reading's id, or the key of a screen's input: handled once, however often it comes. */
  readonly id: string
  /** The device, or the screen. */
  readonly by: string
  /** When it was made, RFC 3339 UTC. */
  readonly at: string
  /** The step it was made for; null when its maker could not say. */
  readonly step: number | null
  /** What a screen sent, hashed without its PIN; null from a device, whose ids are never given twice. */
  readonly fingerprint: Buffer | null
  readonly content: Content
  /** Runs in the transaction of the effect, before it; what it throws undoes both. What the sender has to know was taken. */
  readonly takeDown?: (trx: Trx) => Promise<void>
}

export interface HandlingDependencies {
  readonly db: Db
  readonly actWithin: ActWithin
  readonly activity: ActivityLog
  readonly signIn: SignIn
  /** How many transactions of stations may run at once: each may wait for a record, which needs a connection of its own. */
  readonly turns: Turns
  readonly offers: readonly Procedures[]
  readonly now: () => string
}

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
    const took = await take(deps, trx, station, session, arriving, { now, pin })
    if (took === null) return { kept, say: null }
    const { next, say, recorded } = took
    const after: Kept = {
      version: kept.version + 1,
      session: {
        ...next,
        verdict: verdictOf(say, arriving.id, now),
        seenAt: isByHand(arriving.content) ? now : next.seenAt,
        lastShown: shownBy(arriving, next.step) ?? session.lastShown,
      },
    }
    const handled = {
      reading: arriving.id,
      device: arriving.by,
      at: arriving.at,
      kind: kindOf(arriving.content),
      raw: arriving.content.kind === 'weight' ? arriving.content.raw : null,
      fingerprint: arriving.fingerprint,
      outcome: say.code,
    }
    // The record is on disk before the commit that shows what it is about.
    await Promise.all([saveHandled(trx, station.id, handled, after, now), recorded])
    return { kept: after, say }
  })
}

function inItsTurn<T>({ db, turns }: HandlingDependencies, work: (trx: Trx) => Promise<T>): Promise<T> {
  return turns(() => inTransaction(db, work))
}

function shownBy({ content, at }: Arriving, step: number): Session['lastShown'] {
  if (content.kind === 'scan') return { text: content.text, at, step }
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

function isByHand({ kind }: Content): boolean {
  return kind !== 'weight' && kind !== 'fault'
}

function kindOf({ kind }: Content): 'scan' | 'badge' | 'weight' | 'fault' | 'input' {
  return kind === 'pin' || kind === 'choose' || kind === 'command' ? 'input' : kind
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
  const { badge, id } = session.signing
  try {
    const { person } = await signIn.authenticate({ badge, pin }, { station })
    return person === id ? { badge } : new Refusal('stations.step-over')
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** What an input has come to. `recorded` resolves when what it brings before somebody's eyes is written down; absent when that is done. */
interface Taken {
  readonly next: Session
  readonly say: Say
  readonly recorded?: Promise<void>
}

interface Moment {
  readonly now: string
  readonly pin: { readonly badge: string } | Refusal | null
}

async function take(
  deps: HandlingDependencies,
  trx: Trx,
  station: StationConfig,
  session: Session,
  arriving: Arriving,
  { now, pin }: Moment,
): Promise<Taken | null> {
  const { content, by, at } = arriving
  const stay = (say: Say): Taken => ({ next: session, say })
  if (content.kind === 'fault') return stay(faulty(content.deviceKind, content.fault))
  // A weight that was asked for and is no longer wanted says nothing to anybody.
  if (content.kind === 'weight' && arriving.step !== null && arriving.step !== session.step) return null
  if (content.kind === 'badge' && isNothingNew(session, content.badge, content.sight)) return null
  const late = tooLate(session, { by, at, step: arriving.step, now })
  if (late !== null) return stay(late)
  if (content.kind === 'scan' && (await isDoubleScan(trx, session, content, { at, now })))
    return stay(refused('stations.double-scan'))
  if (pin instanceof Refusal) return stay(refusedBy(pin))
  const event = await eventOf(trx, arriving, pin, now)
  const asking = session.work === null ? null : askingOf(session, deps.offers)
  const routed = route(session, event, { station, asking, at: now, by })
  if (routed.to === 'session') return routed
  return work(deps, trx, station, session, arriving, routed.input, now)
}

/** A badge that is held is one badge; one that is shown again means something when the station has gone on meanwhile. */
function isNothingNew(session: Session, badge: string, sight: Sight): boolean {
  return sight === 'held' || (sight === 'again' && isAnswered(session, badge))
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
    case 'fault':
      throw new Error('a fault is no event of a session')
  }
}

/** Lets the work take its step, and carries out what the step asks for. A refusal leaves everything as it was. */
async function work(
  deps: HandlingDependencies,
  trx: Trx,
  station: StationConfig,
  session: Session,
  arriving: Arriving,
  input: ProcedureInput,
  now: string,
): Promise<Taken> {
  const { custodian } = session
  if (custodian === null) throw new Error('nobody is signed in, and work goes on')
  const offer = deps.offers.find(({ name, kinds }) =>
    session.work === null ? kinds.includes(station.kind) : name === session.work.module,
  )
  if (offer === undefined)
    return { next: session, say: refused('stations.not-asked', { word: '办理', wordEn: 'work' }) }
  const bench: Bench = {
    station: { id: station.id, kind: station.kind, place: station.place },
    custodian: { id: custodian.id, name: custodian.name },
    hasScale: station.devices.some(({ kind }) => kind === 'scale'),
    at: now,
  }
  await sql`savepoint step`.execute(trx)
  try {
    const state = session.work?.state ?? null
    const look = await offer.look(trx, state, input, bench)
    const step = offer.step(state, input, look, bench)
    const workOf = (of: unknown): Work | null =>
      of === null ? null : { module: offer.name, version: offer.version, state: of }
    const seen = newlySeen(input, viewOfWork(session.work, deps.offers), viewOfWork(workOf(step.next), deps.offers))
    const ofNext = (next: unknown): Session =>
      afterStep(session, input, { work: workOf(next), sign: step.sign, at: now, by: arriving.by })
    const recorded = recordReads(deps, bench, step.say, seen)
    if (step.acts === undefined) return { next: ofNext(step.next), say: step.say, recorded }
    // Before any register is locked: no writer waits for this record.
    await recorded
    const { next, say } = await carryOut(deps, trx, bench, arriving.id, step, step.acts)
    return { next: ofNext(next), say }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await sql`rollback to savepoint step`.execute(trx)
    // Who signed a step that is refused may be the wrong person: the badge is asked for again.
    const next = input.kind === 'signed' ? { ...session, signing: null, step: session.step + 1, stepAt: now } : session
    return { next, say: refusedBy(error, await noticeOf(trx, error)) }
  }
}

function viewOfWork(work: Work | null, offers: readonly Procedures[]): WorkView | null {
  return shownWork({ work }, offers)?.work ?? null
}

/** The item and the list that a step brings before somebody's eyes; a scan of what is there already is one more look. */
function newlySeen(input: ProcedureInput, before: WorkView | null, after: WorkView | null): readonly string[] {
  const item = after?.item?.code ?? null
  const list = after?.document ?? null
  return [
    ...(item !== null && (input.kind === 'scan' || item !== before?.item?.code) ? [`item/${item}`] : []),
    ...(list !== null && list !== before?.document ? [`list/${list}`] : []),
  ]
}

/**
 * Writes down what is about to be seen. A transaction that has to run again records twice: one look too many is written down rather than
 * none.
 */
async function recordReads(
  { activity, now }: HandlingDependencies,
  { custodian, station }: Bench,
  { code }: Say,
  seen: readonly string[],
): Promise<void> {
  const of = { at: now(), kind: 'read', person: custodian.id, station: station.id, outcome: code } as const
  await Promise.all(seen.map((about) => activity.record({ ...of, about })))
}

async function carryOut(
  { actWithin }: HandlingDependencies,
  trx: Trx,
  { custodian, station }: Bench,
  reading: string,
  { next, say }: Step<unknown>,
  acts: NonNullable<Step<unknown>['acts']>,
): Promise<{ next: unknown; say: Say }> {
  const who = { person: custodian.id, with: acts.with, station: { id: station.id, place: station.place } }
  const answers: Answer[] = []
  for (const [index, command] of acts.commands.entries())
    answers.push(await actWithin(trx, who, command, { cause: `reading:${reading}:${index}` }))
  return acts.then?.(answers) ?? { next, say }
}

/** Work that another version of the program began cannot be read; nothing of it was recorded, so it is begun again. */
function withoutForeignWork(session: Session, offers: readonly Procedures[]): Session {
  const { work } = session
  if (work === null || offers.some(({ name, version }) => name === work.module && version === work.version))
    return session
  return { ...session, work: null, before: null }
}
