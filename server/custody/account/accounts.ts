import { sql } from 'kysely'
import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import { clocksRunningOver } from '../../clock/reads.ts'
import { ledgerOf } from './account-trial.ts'
import { type CustodyStatus, measureWords, trackWords } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import {
  type Blocker,
  blockersOf,
  keptOpenIn,
  LAPSED,
  LEAVE_ASKED,
  waitsForDecision,
  waitsForLeave,
} from '../disposal/closing.ts'
import { disposalsOfCase, papersAsked } from '../disposal/reads.ts'
import { checklistsOf } from '../checklist/shown.ts'
import { keptOpenWords } from '../disposal/words.ts'
import { confirmingAsked } from '../measures/asked.ts'
import { standsUnapproved } from '../measures/unapproved.ts'
import type { Item } from '../items/item.ts'
import { said } from '../names.ts'
import { missingViews, viewWords } from '../pictures/pictures.ts'
import { recourseOfCase } from '../recourse/shown.ts'
import { joinedOf, mayJoin } from '../officers/shown.ts'
import { mayRecuse, recusalsOf } from '../recusal/shown.ts'
import { type Filming, filmingOf } from '../videos/filming.ts'
import { worthOfCase } from '../worth/shown.ts'
import { wantsRelevance } from '../relevance/relevance.ts'
import { rules } from '../rules.ts'
import type { Balance, Block, CaseAccount, CaseSummary, Exception } from '../protocol.ts'
import { pendingOf } from '../cases/pending-reads.ts'
import { untoldOf } from '../disposal/telling.ts'
import { unservedOf } from '../service/shown.ts'
import { summariesOf } from '../sight/shown.ts'
import { seesCase, type Sight } from '../sight/sees.ts'
import { casesWithin } from '../sight/sight.ts'
import '../tables.ts'
import { passagesOf } from '../case-lineage/shown.ts'
import { openInboundsOf } from '../inbound/reads.ts'
import { numberNow } from '../renumbering/renumbering.ts'
import { renumberedOf } from '../renumbering/shown.ts'

/** The account of a case: what it took, where that is, and what keeps the case from being closed (案结物清). */
export async function caseAccount(db: Reader, of: Case, sight: Sight, now: string): Promise<CaseAccount> {
  const found = await db
    .selectFrom('items')
    .select('state')
    .where('case_number', '=', of.number)
    .orderBy('ordinal')
    .execute()
  const all = found.map(({ state }) => state)
  const [summary] = await caseSummaries(db, [of], sight, now)
  if (summary === undefined) throw new Error(`${of.number} has no summary`)
  return {
    ...summary,
    items: await summariesOf(db, all, now),
    blocks: await blocksOf(db, all, of, now),
    inboundsOpen: (await openInboundsOf(db, of.number)).length,
    exceptions: await exceptionsOf(db, all, of),
    ledger: await ledgerOf(db, of),
    closed: await closedOf(db, of),
    approvedMeasures: await measuresOf(db, of, now),
    unapproved: unapprovedAmong(all),
    recusals: await recusalsOf(db, of),
    mayRecuse: mayRecuse(of, sight),
    joined: await joinedOf(db, of),
    mayJoin: mayJoin(of, sight),
    renumbered: await renumberedOf(db, of),
    ...(await passagesOf(db, of)),
    unfilmed: unfilmedAmong(all),
    recordingsLater: recordingsLaterAmong(all),
    worth: await worthOfCase(db, of, all),
    filing: await filingOf(db, of),
    checklists: await checklistsOf(db, of, all),
    unserved: await unservedOf(db, of),
    untold: await untoldOf(db, of),
    unpictured: unpicturedAmong(all),
    recourse: await recourseOfCase(db, all),
    withoutRelevance: all.filter(wantsRelevance).map(({ code }) => code),
    disposals: await disposalsOfCase(db, of.number, now),
    pending: await pendingOf(db, of.number, now),
  }
}

async function measuresOf(db: Reader, { approvedMeasures = [] }: Case, now: string) {
  const named = await namesOf(
    db,
    approvedMeasures.map(({ approver }) => `person/${approver}`),
  )
  return approvedMeasures.toReversed().map(({ approval, kind, approver, at, validUntil }) => ({
    ...{ approval, kind: said(kind, measureWords), approver: named(`person/${approver}`), at, validUntil },
    holds: validUntil >= now,
  }))
}

/** What was not filmed throughout, by what is wrong with it: an open point until the case is to be closed. */
function unfilmedAmong(all: readonly Item[]): CaseAccount['unfilmed'] {
  const codesOf = (filming: Filming): string[] =>
    all.flatMap((item) => (filmingOf(item) === filming ? [item.code] : []))
  return { none: codesOf('none'), unhashed: codesOf('unhashed'), gap: codesOf('gap') }
}

/** Why the recording of what is not filmed throughout was not entered at once, each reason with what it was said of. */
function recordingsLaterAmong(all: readonly Item[]): CaseAccount['recordingsLater'] {
  const told = all.flatMap((item) =>
    item.recordingLater === undefined || filmingOf(item) === null
      ? []
      : [{ item: item.code, reason: item.recordingLater }],
  )
  const byReason = Map.groupBy(told, ({ reason }) => reason)
  return [...byReason].map(([reason, its]) => ({ reason, items: its.map(({ item }) => item) }))
}

/** What was taken without an approval that it needs and was not given back, wherever it is by now, by notice. */
function unapprovedAmong(all: readonly Item[]): CaseAccount['unapproved'] {
  const byNotice = Map.groupBy(
    all.filter(standsUnapproved),
    ({ measure: { noticeNumber, kind, takenAt, emergency } }) =>
      JSON.stringify([noticeNumber, kind, takenAt, emergency === true]),
  )
  return [...byNotice.values()].flatMap((its) =>
    chunked(its, rules.items_per_act.value).map(([first, ...others]) => {
      const { noticeNumber, kind, takenAt, emergency } = first.measure
      return {
        ...{ notice: noticeNumber, kind: said(kind, measureWords), takenAt, onTheSpot: emergency === true },
        items: [first, ...others].map(({ code }) => code),
      }
    }),
  )
}

/** Of what is still to be photographed, item by item: an open point, which stops nobody. */
function unpicturedAmong(all: readonly Item[]): CaseAccount['unpictured'] {
  return all.flatMap((item) => {
    const missing = missingViews(item)
    return missing.length === 0 ? [] : [{ item: item.code, views: missing.map((view) => said(view, viewWords)) }]
  })
}

/** As many at a time as one request may name. */
function chunked<T>(all: readonly T[], most: number): [T, ...T[]][] {
  const [first, ...others] = all.slice(0, most)
  return first === undefined ? [] : [[first, ...others], ...chunked(all.slice(most), most)]
}

async function filingOf(db: Reader, { filing }: Case): Promise<CaseAccount['filing']> {
  if (filing === undefined) return null
  const who = `person/${filing.by}`
  return { ...filing, by: (await namesOf(db, [who]))(who) }
}

async function closedOf(db: Reader, { closed }: Case): Promise<CaseAccount['closed']> {
  if (closed === undefined) return null
  const who = `person/${closed.by}`
  return { at: closed.at, by: (await namesOf(db, [who]))(who) }
}

/** What keeps these items open, with who holds each and when what runs over it is due first. */
async function blocksOf(db: Reader, its: readonly Item[], of: Case, now: string): Promise<Block[]> {
  const found = its.flatMap((item) => blockersOf(item, of).map((blocker) => ({ blocker, item })))
  const blockers = await withLeaveAsked(db, await withLapsed(db, found, now), now)
  if (blockers.length === 0) return []
  const named = await namesOf(
    db,
    blockers.map(({ holder }) => holder),
  )
  const due = await dueOver(db, blockers)
  const loans = new Map(its.flatMap(({ code, loan }) => (loan === null ? [] : [[code, loan.dueAt] as const])))
  return blockers.map((blocker) => {
    const dues = [due.get(blocker.item), loans.get(blocker.item)].filter((one) => one !== undefined)
    return { ...blocker, holder: named(blocker.holder), dueAt: dues.sort()[0] ?? null }
  })
}

/** The same, where a proposal that nobody is asked about any more waits for its officer again. */
async function withLapsed(
  db: Reader,
  found: readonly { readonly blocker: Blocker; readonly item: Item }[],
  now: string,
): Promise<Blocker[]> {
  const proposed = new Map(
    found.flatMap(({ item: { code, disposal, dispositionStatus: status } }) =>
      disposal !== undefined && (status === 'PROPOSED' || status === 'IN_REVIEW') ? [[code, disposal] as const] : [],
    ),
  )
  const asked = await papersAsked(db, [...new Set(proposed.values())], now)
  const [what, turn] = LAPSED
  return found.map(({ blocker }) => {
    const paper = proposed.get(blocker.item)
    return paper === undefined || asked.has(paper) || !waitsForDecision(blocker) ? blocker : { ...blocker, what, turn }
  })
}

/** The same, where those who may approve a measure afterwards were asked to: it is their turn. */
async function withLeaveAsked(db: Reader, blockers: readonly Blocker[], now: string): Promise<readonly Blocker[]> {
  const wanting = blockers.filter(waitsForLeave).map(({ item }) => item)
  const asked = await confirmingAsked(db, wanting, now)
  const [what, turn] = LEAVE_ASKED
  return blockers.map((blocker) =>
    waitsForLeave(blocker) && asked.has(blocker.item) ? { ...blocker, what, turn } : blocker,
  )
}

/** The first clock that still runs over each of these items. */
async function dueOver(db: Reader, of: readonly { readonly item: string }[]): Promise<Map<string, string>> {
  const running = await clocksRunningOver(
    db,
    of.map(({ item }) => `item/${item}`),
  )
  return new Map([...running].map(([subject, dueAt]) => [subject.slice('item/'.length), dueAt]))
}

async function exceptionsOf(db: Reader, its: readonly Item[], of: Case): Promise<Exception[]> {
  const kept = its.flatMap((item) => {
    const keptOpen = keptOpenIn(item, of)
    return keptOpen === undefined ? [] : [{ item, keptOpen }]
  })
  const named = await namesOf(
    db,
    kept.map(({ keptOpen }) => `person/${keptOpen.approver}`),
  )
  return kept.map(({ item, keptOpen: { ground, document, approver, at, wantedOn = null } }) => ({
    ...{ item: item.code, name: item.name, ground: said(ground, keptOpenWords), document },
    ...{ wantedOn, approver: named(`person/${approver}`), at },
  }))
}

/** The part of a case's balance in which an item is counted. */
const PARTS = {
  NOT_RECEIVED: 'withDepartment',
  WITH_CASE_DEPT: 'withDepartment',
  PENDING_HANDOVER: 'pending',
  IN_TRANSIT: 'pending',
  IN_STORE: 'inStore',
  DEPOSITED: 'deposited',
  IN_PLACE: 'inPlace',
  HOLDER_KEEPS: 'inPlace',
  THIRD_PARTY: 'thirdParty',
  BORROWED: 'borrowed',
  AT_APPRAISAL: 'borrowed',
  OUT: 'out',
} as const satisfies Readonly<Record<CustodyStatus, keyof Balance>>

type Figures = Pick<CaseSummary, 'balance' | 'overdue' | 'frozen'>

const NOTHING_TAKEN: Figures = {
  balance: {
    ...{ taken: 0, withDepartment: 0, pending: 0, inStore: 0, deposited: 0, thirdParty: 0, inPlace: 0 },
    ...{ borrowed: 0, transferred: 0, out: 0, balances: true },
  },
  overdue: 0,
  frozen: 0,
}

/** Where the items of each of these cases are, in one query. */
async function figuresOf(db: Reader, numbers: readonly string[], now: string): Promise<Map<string, Figures>> {
  const counted = await sql<{
    case: string
    status: CustodyStatus
    kept: boolean
    items: number
    overdue: number
    frozen: number
  }>`
    select case_number as case, custody_status as status,
      disposition_status = 'DONE_TRANSFER' and custody_status <> 'OUT' as kept, count(*) as items,
      count(*) filter (where loan_due_at < ${now}::timestamptz) as overdue, count(*) filter (where frozen) as frozen
    from items where case_number = any(${[...numbers]}::text[]) and disposition_status <> 'REPLACED'
    group by case_number, custody_status, kept
  `.execute(db)
  const figures = new Map<string, Figures>()
  for (const row of counted.rows) {
    const before = figures.get(row.case) ?? NOTHING_TAKEN
    const part = row.kept ? 'transferred' : PARTS[row.status]
    const balance = {
      ...before.balance,
      taken: before.balance.taken + row.items,
      [part]: before.balance[part] + row.items,
    }
    const { taken, balances: _, ...parts } = balance
    const sum = Object.values(parts).reduce((all, one) => all + one, 0)
    figures.set(row.case, {
      balance: { ...balance, balances: taken === sum },
      overdue: before.overdue + row.overdue,
      frozen: before.frozen + row.frozen,
    })
  }
  return figures
}

/** Cases for a list; the title only for those who need to know it. */
export async function caseSummaries(
  db: Reader,
  of: readonly Case[],
  sight: Sight,
  now: string,
): Promise<CaseSummary[]> {
  if (of.length === 0) return []
  const figures = await figuresOf(
    db,
    of.map(({ number }) => number),
    now,
  )
  const titled = of.filter((one) => seesCase(sight, one))
  const titles = await readPersonal(
    db,
    titled.map(({ title }) => title.ref),
  )
  const named = await namesOf(
    db,
    of.flatMap(({ officers }) => officers.map((person) => `person/${person}`)),
  )
  return of.map((one) => ({
    ...{ number: numberNow(one), registered: one.number, unit: one.unit, openedAt: one.openedAt, status: one.status },
    ...(figures.get(one.number) ?? NOTHING_TAKEN),
    title: textOf(titles.get(one.title.ref)),
    track: said(one.track, trackWords),
    officers: one.officers.map((person) => named(`person/${person}`)),
  }))
}

/** Cases in sight, by number; a page at a time. */
export async function listCases(
  db: Reader,
  sight: Sight,
  { limit, after, now }: { readonly limit: number; readonly after: string | null; readonly now: string },
): Promise<CaseSummary[]> {
  let query = db.selectFrom('cases as c').select('c.state').where(casesWithin(sight)).orderBy('c.id').limit(limit)
  if (after !== null) query = query.where('c.id', '>', after)
  const found = await query.execute()
  return caseSummaries(
    db,
    found.map(({ state }) => state),
    sight,
    now,
  )
}
