import { sql } from 'kysely'
import type { StationConfig } from '../../devices/reading.ts'
import type { ActWithin, Answer } from '../act.ts'
import type { Trx } from '../database/connect.ts'
import type { ActivityLog } from '../ledger/activity.ts'
import { Refusal } from '../refusal.ts'
import { noticeOf } from '../refusal-names.ts'
import type { Arriving } from './arriving.ts'
import type { Bench, ProcedureInput, Procedures, Step } from './procedure.ts'
import type { PersonView, WorkView } from './protocol.ts'
import { refused, refusedBy, type Say } from './say.ts'
import { handledOf } from './handled.ts'
import { afterStep, type Session, type Work } from './session.ts'
import { rememberReading } from './store.ts'
import { shownWork } from './view.ts'

export interface WorkingDependencies {
  readonly actWithin: ActWithin
  readonly activity: ActivityLog
  readonly offers: readonly Procedures[]
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
}

/** What became of an input: the session after it, what is said, and the record that must be on disk before either is shown. */
export interface Taken {
  readonly next: Session
  readonly say: Say
  readonly recorded?: Promise<void>
  /** The reading itself is kept already, because an act of this very step names it. */
  readonly kept?: boolean
}

/** Lets the work take its step, and carries out what the step asks for. A refusal leaves everything as it was. */
export async function work(
  deps: WorkingDependencies,
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
  if (offer === undefined) return { next: session, say: refused('stations.no-work-here') }
  const bench = benchOf(station, custodian, now)
  await sql`savepoint step`.execute(trx)
  try {
    const state = session.work?.state ?? null
    const look = await offer.look(trx, state, input, bench)
    const step = offer.step(state, input, look, bench)
    const workOf = (of: unknown): Work | null =>
      of === null ? null : { module: offer.name, version: offer.version, state: of }
    const before = viewOfWork(session.work, deps.offers)
    const inHand = before?.item?.code ?? null
    const seen = newlySeen(input, before, viewOfWork(workOf(step.next), deps.offers))
    const ofNext = (next: unknown): Session =>
      afterStep(session, input, { work: workOf(next), item: inHand, sign: step.sign, at: now, by: arriving.by })
    const recorded = recordReads(deps, bench, step.say, seen)
    if (step.acts === undefined) return { next: ofNext(step.next), say: step.say, recorded }
    // Before any register is locked: no writer waits for this record.
    await recorded
    const kept = arriving.content.kind === 'weight'
    if (kept) await rememberReading(trx, station.id, handledOf(arriving, step.say.code))
    const { next, say } = await carryOut(deps, trx, bench, arriving.id, step, step.acts)
    return { next: ofNext(next), say, kept }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await sql`rollback to savepoint step`.execute(trx)
    // Who signed a step that is refused may be the wrong person: the badge is asked for again.
    const next = input.kind === 'signed' ? { ...session, signing: null, step: session.step + 1, stepAt: now } : session
    return { next, say: refusedBy(error, await noticeOf(trx, error)) }
  }
}

/** `at`: as of when rights are judged. */
export function benchOf({ id, kind, place, devices }: StationConfig, custodian: PersonView, at: string): Bench {
  return {
    station: { id, kind, place },
    custodian: { id: custodian.id, name: custodian.name },
    hasScale: devices.some((device) => device.kind === 'scale'),
    at,
  }
}

function viewOfWork(work: Work | null, offers: readonly Procedures[]): WorkView | null {
  return shownWork({ work }, offers)?.work ?? null
}

/** The item and the list, or the stock-take, that a step brings before somebody's eyes; a scan of what is there already is one more look. */
function newlySeen(input: ProcedureInput, before: WorkView | null, after: WorkView | null): readonly string[] {
  const item = after?.item?.code ?? null
  const list = after?.document ?? null
  const kind = after?.procedure === 'stocktake' ? 'stocktake' : 'list'
  return [
    ...(item !== null && (input.kind === 'scan' || item !== before?.item?.code) ? [`item/${item}`] : []),
    ...(list !== null && list !== before?.document ? [`${kind}/${list}`] : []),
  ]
}

/**
 * Writes down what is about to be seen. A transaction that has to run again records twice: one look too many is written down rather than
 * none.
 */
async function recordReads(
  { activity, now }: WorkingDependencies,
  { custodian, station }: Bench,
  { code }: Say,
  seen: readonly string[],
): Promise<void> {
  const of = { at: now(), kind: 'read', person: custodian.id, station: station.id, outcome: code } as const
  await Promise.all(seen.map((about) => activity.record({ ...of, about })))
}

async function carryOut(
  { actWithin }: WorkingDependencies,
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
