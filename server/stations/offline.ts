import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { agentOf } from '../../devices/agent-address.ts'
import type { HeldList, HeldProgress, OfflineDeed, OfflineMark } from '../../devices/agent/held-list.ts'
import { badgeDigest } from '../../devices/agent/offline.ts'
import type { Reading, StationConfig } from '../../devices/reading.ts'
import { makeCommandCode } from '../../labels/item-code.ts'
import type { Pass } from '../agents/pass.ts'
import { inTransaction, type Trx } from '../database/connect.ts'
import { SYSTEM, type Reader } from '../module.ts'
import { Refusal, type RefusalNotice } from '../refusal.ts'
import { noticeOf } from '../refusal-names.ts'
import { contentOf } from './content.ts'
import type { HandlingDependencies } from './handling.ts'
import type { OfflineWork, Opening, Procedures } from './procedure.ts'
import { accepted, refusedBy, type Say, verdictOf } from './say.ts'
import { afterOffline, hasGoneBy, type Session, type Shift, SHIFT_MS } from './session.ts'
import { type Kept, lockSession, rememberReading, saveSession } from './store.ts'

const SALT_BYTES = 16

/** What is open at a station, as far as another PC may go on with it. */
export interface OpenHere extends Opening, HeldProgress {
  readonly module: string
  readonly custodian: Shift
}

/** Agents that have a scanner of this station: they could go on there. */
export function agentsOf({ devices }: StationConfig): readonly string[] {
  return [...new Set(devices.flatMap(({ kind, port }) => (kind === 'scanner' ? (agentOf(port)?.agent ?? []) : [])))]
}

/** Pure. Null when nothing is open that may go on. */
export function openHere(
  { custodian, work, locked, signing, load: lies }: Session,
  offers: readonly Procedures[],
): OpenHere | null {
  if (custodian === null || work === null || signing !== null) return null
  const opening = offlineOf(offers, work.module, work.version)?.opening(work.state) ?? null
  const load = lies === null ? null : { item: lies.item, weight_mg: lies.weight_mg }
  return opening === null ? null : { ...opening, module: work.module, custodian, locked, load }
}

/** What an agent may hold of it: no more of people than who may go on. */
export async function copyOf(
  db: Reader,
  offers: readonly Procedures[],
  { id, place }: StationConfig,
  { module, document, items, custodian }: OpenHere,
  now: string,
): Promise<Omit<HeldList, 'pass'>> {
  const offline = offlineOf(offers, module, null)
  if (offline === null) throw new Error(`${module} does not go on offline`)
  const salt = randomBytes(SALT_BYTES).toString('hex')
  return {
    ...{ station: id, list: document },
    custodian: { name: custodian.name, salt, badge: badgeDigest(salt, custodian.badge) },
    shiftLeft_ms: hasGoneBy(custodian.signedAt, SHIFT_MS, now)
      ? 0
      : Date.parse(custodian.signedAt) + SHIFT_MS - Date.parse(now),
    ...(await offline.copy(db, items, place)),
    cards: {
      confirm: makeCommandCode('CONFIRM'),
      cancel: makeCommandCode('CANCEL'),
      weigh: makeCommandCode('WEIGH'),
      lock: makeCommandCode('LOCK'),
    },
  }
}

/** What a bench recorded without its server. */
export interface OfflineRecord {
  /** `<agent>.<enrolment>.<n>` of its journal. */
  readonly id: string
  readonly reading: Reading
  readonly mark: OfflineMark
  /** What the deed was done under; null where there is no deed, or a pass that was never given to this agent for this station and list. */
  readonly pass: Pass | null
  /** The key behind it was revoked before it came: nothing of it is done. */
  readonly revoked: boolean
  readonly takeDown: (trx: Trx) => Promise<void>
}

/**
 * Merges one record of a bench's journal, in one transaction with its row: the reading is kept with its frame, and a line that was done is done
 * now, through the one door, by whom and when it was done. What can no longer be is noted as a conflict, under a revoked key once an item; what the
 * server had never let be done is kept and nothing else, or whoever has the PC could fill the store's register. The session of the bench goes on
 * without what was dealt with.
 * @throws Refusal `request.in-progress`, and whatever `takeDown` throws
 */
export async function mergeOffline(
  deps: HandlingDependencies,
  station: StationConfig,
  record: OfflineRecord,
): Promise<Kept | null> {
  const { now } = deps
  return deps.turns(() =>
    inTransaction(deps.db, async (trx) => {
      const kept = await lockSession(trx, station.id, now())
      await record.takeDown(trx)
      await keepReading(trx, station, record)
      if (record.mark.deed === null) {
        const { value, id } = record.reading
        if (record.mark.code !== 'weighed' || value.kind !== 'weight' || record.revoked) return null
        // It may lie there still.
        const load = { weight_mg: value.weight_mg, reading: id, item: null }
        const weighed: Kept = { version: kept.version + 1, session: { ...kept.session, load } }
        await saveSession(trx, station.id, weighed, now())
        return weighed
      }
      const { pass } = record
      if (pass === null) return null
      if (record.revoked && !(await isWorthNoting(trx, deps.offers, pass, record.id, record.mark.deed))) return null
      const say = await carryOut(deps, trx, station, kept.session, record)
      const after: Kept = {
        version: kept.version + 1,
        session: {
          ...(say.outcome === 'accepted' ? without(kept.session, deps.offers, record, now()) : kept.session),
          verdict: verdictOf(kept.session.locked ? withoutNames(say) : say, record.reading.id, now()),
        },
      }
      await saveSession(trx, station.id, after, now())
      return after
    }),
  )
}

/**
 * Whoever has a revoked key may write what he likes under it: a person is asked to look at what he had been given to do, each once, and at nothing
 * else. All of it is kept with the records of the key.
 */
async function isWorthNoting(
  trx: Trx,
  offers: readonly Procedures[],
  { module }: Pass,
  id: string,
  deed: OfflineDeed,
): Promise<boolean> {
  const offline = offlineOf(offers, module, null)
  return offline !== null && (await offline.isWorthNoting(trx, deed, id.slice(0, id.lastIndexOf('.'))))
}

/** A locked bench shows no item and nobody. */
function withoutNames(say: Say): Say {
  const isIn = say.outcome === 'accepted'
  const words = isIn
    ? { zh: '断网时记录的一件物品已入库', en: 'An item that was recorded while the line was down is in the register' }
    : { zh: '断网时记录的一件物品未能入库，解锁后可见', en: 'A record could not be taken; unlock to see it' }
  return { ...say, words, rule: null, remedy: null }
}

async function keepReading(trx: Trx, { id }: StationConfig, { reading, mark }: OfflineRecord): Promise<void> {
  const content = contentOf(reading, 'first')
  await rememberReading(trx, id, {
    ...{ reading: reading.id, device: reading.device, at: reading.at, fingerprint: null },
    kind: reading.value.kind === 'weight' && content.kind !== 'weight' ? 'fault' : reading.value.kind,
    raw: content.kind === 'weight' ? content.raw : null,
    outcome: `offline.${mark.code}`,
  })
}

/** The line is done, or noted as a conflict; whichever it is, in this transaction. */
async function carryOut(
  deps: HandlingDependencies,
  trx: Trx,
  station: StationConfig,
  session: Session,
  { id, reading, mark: { deed }, pass, revoked }: OfflineRecord,
): Promise<Say> {
  if (deed === null) throw new Error(`${id} is no line that was done`)
  const { actWithin, offers } = deps
  const offline = offlineOf(offers, pass?.module ?? null, null)
  if (offline === null) throw new Error(`${id} is of a module that does not go on offline`)
  const cause = `agent:${id}`
  await sql`savepoint line`.execute(trx)
  try {
    if (revoked) throw new Refusal('agents.revoked')
    if (pass === null) throw new Error(`${id} is a line that nobody was given to do`)
    // Never before the list was open: what clock the other PC had is not known.
    const at = reading.at < pass.issuedAt ? pass.issuedAt : reading.at
    if (Date.parse(at) >= Date.parse(pass.signedAt) + SHIFT_MS) throw new Refusal('stations.offline-shift')
    await mustHaveBadge(trx, pass)
    mustBeOpen(session, offers, pass, deed.item)
    const who = {
      ...{ person: pass.custodian, with: pass.signers },
      station: { id: pass.station, place: pass.place },
    }
    await actWithin(trx, who, await offline.act(trx, deed), { cause, at })
    return accepted('stations.offline-merged', {
      zh: `断网时记录的 ${deed.item} 已入库`,
      en: `${deed.item}, recorded while the line was down, is in the register`,
    })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'request.in-progress') throw error
    await sql`rollback to savepoint line`.execute(trx)
    return refusedBy(error, await noteConflict(deps, trx, station, { id, deed, pass, at: reading.at }, error))
  }
}

/** A line that cannot be done is noted for a person to look at. */
async function noteConflict(
  { actWithin, offers, now }: HandlingDependencies,
  trx: Trx,
  { id: station, place }: Pick<StationConfig, 'id' | 'place'>,
  { id, deed, pass, at: seenAt }: { id: string; deed: OfflineDeed; pass: Pass | null; at: string },
  refusal: Refusal,
): Promise<RefusalNotice> {
  const offline = offlineOf(offers, pass?.module ?? null, null)
  if (offline === null) throw new Error(`${id} is of a module that does not go on offline`)
  const notice = await noticeOf(trx, refusal)
  const command = offline.conflict({
    ...{ id, store: pass?.place ?? place, deed },
    ...{ custodian: pass?.custodian ?? null, code: refusal.code, why: notice.detail },
  })
  const at = seenAt < now() ? seenAt : now()
  await actWithin(trx, { person: SYSTEM, station: { id: station, place } }, command, { cause: `agent:${id}`, at })
  return notice
}

/** A line that its station cannot take as it came: the scanner is another's now, or the program failed. */
export interface LostLine {
  readonly id: string
  readonly deed: OfflineDeed
  readonly pass: Pass
  readonly at: string
  readonly why: Refusal
  readonly takeDown: (trx: Trx) => Promise<void>
}

/**
 * Notes it as a conflict, in one transaction with its row: what a bench called recorded never goes without a word. Station and store are those
 * of its pass.
 * @throws Refusal `request.in-progress`, and whatever `takeDown` throws
 */
export function noteLost(deps: HandlingDependencies, { id, deed, pass, at, why, takeDown }: LostLine): Promise<void> {
  return deps.turns(() =>
    inTransaction(deps.db, async (trx) => {
      await takeDown(trx)
      await noteConflict(deps, trx, { id: pass.station, place: pass.place }, { id, deed, pass, at }, why)
    }),
  )
}

/**
 * A badge that was revoked meanwhile may have been lost before, and shown by somebody else: a person has to look.
 * @throws Refusal `stations.offline-badge`
 */
async function mustHaveBadge(trx: Trx, { custodian, salt, badge }: Pass): Promise<void> {
  const found = await sql<{ badge: string }>`
    select badge from badges where person = ${custodian} and active and good_until is null
  `.execute(trx)
  if (!found.rows.some((one) => badgeDigest(salt, one.badge) === badge))
    throw new Refusal('stations.offline-badge', { person: custodian })
}

/**
 * What was signed for is what is open: a list that was cancelled at the server's screen meanwhile, or signed by others, takes no line any more.
 * @throws Refusal `stations.offline-closed`
 */
function mustBeOpen({ custodian, work }: Session, offers: readonly Procedures[], pass: Pass, item: string): void {
  const opening = work === null ? null : (offlineOf(offers, work.module, work.version)?.opening(work.state) ?? null)
  if (
    opening === null ||
    custodian?.id !== pass.custodian ||
    work?.module !== pass.module ||
    opening.document !== pass.document ||
    JSON.stringify(opening.signers) !== JSON.stringify(pass.signers) ||
    !opening.waiting.includes(item)
  )
    throw new Refusal('stations.offline-closed', { item, list: pass.document })
}

function without(
  session: Session,
  offers: readonly Procedures[],
  { mark: { deed } }: OfflineRecord,
  at: string,
): Session {
  const { work } = session
  const offline = work === null ? null : offlineOf(offers, work.module, work.version)
  if (work === null || offline === null || deed === null) return session
  const state = offline.without(work.state, deed.item)
  return state === work.state ? session : afterOffline(session, state === null ? null : { ...work, state }, at)
}

/** The part of a module's procedures that is for this; of this version of its work where one is named. */
function offlineOf(offers: readonly Procedures[], module: string | null, version: number | null): OfflineWork | null {
  const offer = offers.find(
    (one) =>
      one.offline !== undefined &&
      (module === null || one.name === module) &&
      (version === null || one.version === version),
  )
  return offer?.offline ?? null
}
