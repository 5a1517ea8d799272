import { sql } from 'kysely'
import type { Clock } from '../../clock/clock.ts'
import '../../clock/tables.ts'
import type { Reader } from '../../module.ts'
import type { PaperSources } from '../../paper-source.ts'
import type { Page } from '../../schemas.ts'
import { type Disposal, papersOf } from '../disposal/disposal.ts'
import type { Item } from '../items/item.ts'
import {
  type PaperReader,
  type PaperSubject,
  seesIssued,
  subjectOfClock,
  subjectOfIssued,
  subjectOfItems,
} from './issuing.ts'
import { isBook } from './paper-books.ts'
import { inboundsOfCase } from '../inbound/reads.ts'
import { isOver } from '../account/annual-named.ts'
import type { HandoverList } from '../intake/lists.ts'
import type { Loan } from '../loans/loan.ts'
import { factsOf } from './paper-entries.ts'
import { movesOf } from './paper-moves.ts'
import { EXTENDED_RULES } from './paper-measures.ts'
import { lastLocalDay, localMinute } from './paper-words.ts'
import { maySign, type Paper, type PaperKind, PAPERS } from './papers.ts'
import { shownPapers } from './shown-papers.ts'
import { mayWrite } from './paper-written.ts'
import { isWritten, WRITTEN_KINDS, writtenFields } from './written.ts'
import { numberNow } from '../renumbering/renumbering.ts'
import { cases } from '../projections.ts'
import type { PaperOffer, ShownPaper } from '../protocol.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Case } from '../cases/cases.ts'
import { tellingsOf } from '../disposal/telling.ts'
import { categories } from '../categories.ts'
import { rules } from '../rules.ts'
import { isSaleMoney } from '../worth/surplus.ts'
import '../tables.ts'

export interface PaperQuery extends Page {
  readonly case: string | null
  readonly item: string | null
  /** Another thing that it is about. */
  readonly of: string | null
  /** Papers of one kind alone. */
  readonly kind: PaperKind | null
}

/**
 * Papers about a case, an item or another thing that somebody may know of, the newest first; a page at a time.
 * @param sources null where things of other modules are not asked for
 */
export async function listPapers(
  db: Reader,
  { sources, ...reader }: PaperReader & { readonly sources: PaperSources | null },
  { case: number, item, of, kind, limit, after }: PaperQuery,
): Promise<{ papers: ShownPaper[]; after: string | null }> {
  const found = await sql<{ id: string; state: Paper }>`
    select p.id, p.state from papers p
    where (${number}::text is null or exists (select from paper_cases c where c.paper = p.id and c.case_number = ${number}))
      and (${of}::text is null or p.of_thing = ${of})
      and (${kind}::text is null or p.kind = ${kind})
      and (${item}::text is null or exists (select from paper_items i where i.paper = p.id and i.item = ${item}))
      and (${after}::text is null
        or (p.issued_at, p.id) < (select b.issued_at, b.id from papers b where b.id = ${after}))
    order by p.issued_at desc, p.id desc limit ${limit}
  `.execute(db)
  const last = found.rows.at(-1)
  const seen: Paper[] = []
  for (const { state } of found.rows)
    if (seesIssued(reader, await subjectOfIssued(db, state, sources))) seen.push(state)
  return {
    papers: await shownPapers(db, seen),
    after: found.rows.length < limit || last === undefined ? null : last.id,
  }
}

export async function readPaper(db: Reader, id: string): Promise<Paper | null> {
  const found = await db.selectFrom('papers').select('state').where('id', '=', id).executeTakeFirst()
  return found?.state ?? null
}

interface Possible extends Pick<PaperOffer, 'of' | 'part' | 'what'> {
  readonly paper: PaperKind
  readonly subject: PaperSubject
}

/**
 * Every paper that could be filled in of these items by what has happened to them, as far as somebody may know of it.
 * @param of the case whose items they all are, so that papers about the case itself are among them; null where they are not
 */
export async function offersOf(
  db: Reader,
  its: readonly Item[],
  { of, ...reader }: PaperReader & { readonly of: Case | null },
): Promise<PaperOffer[]> {
  return offered(db, reader, [
    ...(of === null ? [] : await ofWritten(db, of)),
    ...ofNotices(its),
    ...its.flatMap(ofItem),
    ...(await ofLists(db, its)),
    ...(await ofLoans(db, its)),
    ...(await ofDisposals(db, its)),
    ...(await ofSeals(db, its)),
    ...(await ofMoves(db, its)),
    ...(await ofClocks(db, its)),
    ...(of === null ? [] : ofMoney(its, of)),
    ...(of === null ? [] : await ofInbound(db, of)),
  ])
}

/** Kinds of papers about things of their own, beside cases and items. */
export const OF_THINGS = ['stocktake', 'annual', 'urging', 'follow-up'] as const satisfies readonly PaperKind[]

/** The paper of one such thing; none as long as there is nothing that it could tell of. */
export async function offerOfThing(
  db: Reader,
  {
    paper,
    of,
    subject,
    now,
  }: {
    readonly paper: (typeof OF_THINGS)[number]
    readonly of: string
    readonly subject: PaperSubject
    readonly now: string
  },
  reader: PaperReader,
): Promise<PaperOffer[]> {
  const { thing } = subject
  const told =
    paper === 'annual' ? isOver(of, now) : thing === undefined ? await isClosedCount(db, of) : thing.form !== null
  return told ? offered(db, reader, [{ paper, of, part: null, what: thing?.what ?? of, subject }]) : []
}

async function isClosedCount(db: Reader, code: string): Promise<boolean> {
  const row = await db.selectFrom('stocktakes').select('state').where('id', '=', code).executeTakeFirst()
  return row !== undefined && row.state.closed !== null
}

async function offered(db: Reader, reader: PaperReader, all: readonly Possible[]): Promise<PaperOffer[]> {
  const { actor } = reader
  const inSight = all.filter(({ subject }) => seesIssued(reader, subject))
  const standing = await standingOf(db, inSight)
  const numbers = [...new Set(inSight.flatMap(({ subject }) => subject.cases))]
  const known = (await loadStates(db, cases, numbers)) as Map<string, Case>
  return inSight.map(({ paper, of, part, what, subject: { cases: about, store, thing } }) => {
    const those = about.flatMap((number) => known.get(number) ?? [])
    const mine = those.length === about.length && maySign(actor, those, store)
    return {
      ...{ kind: { value: paper, words: PAPERS[paper].title }, form: PAPERS[paper].form, of, part, what },
      standing: standing.get(keyOf({ paper, of, part })) ?? null,
      yours: thing === undefined ? mine : thing.mayIssue(actor),
      fields: writtenFields(paper).map(({ id, name, long, required }) => ({ id, name, long, required })),
    }
  })
}

const keyOf = ({ paper, of, part }: Pick<Possible, 'paper' | 'of' | 'part'>): string =>
  JSON.stringify([paper, of, part])

/** The number of the paper that stands, by what it is. */
async function standingOf(db: Reader, all: readonly Possible[]): Promise<Map<string, string>> {
  const found = await db
    .selectFrom('papers')
    .select('state')
    .where('stands', '=', true)
    .where('of_thing', 'in', ['', ...new Set(all.map(({ of }) => of))])
    .execute()
  return new Map(found.map(({ state }) => [keyOf({ paper: state.kind, of: state.of, part: state.part }), state.number]))
}

function ofNotices(its: readonly Item[]): Possible[] {
  const byNotice = Map.groupBy(its, (item) => JSON.stringify([item.case, item.measure.noticeNumber]))
  return [...byNotice.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { noticeNumber } = first.measure
    const subject = { unit: first.unit, cases: [first.case], store: null }
    const about = { of: first.case, part: noticeNumber, what: noticeNumber, subject }
    const books = new Set(group.map(({ category }) => categories[category].book))
    return [
      ...(books.has('evidence') ? takingPapers(first).map((paper) => ({ paper, ...about })) : []),
      ...(books.has('effects') ? [{ paper: 'effects-list' as const, ...about }] : []),
      ...(group.some(isBook) ? [{ paper: 'books' as const, ...about }] : []),
    ]
  })
}

/** What is handed in voluntarily is no seizure: it has one form of its own and no notice. */
function takingPapers({ measure }: Item): PaperKind[] {
  return measure.kind === 'VOLUNTARY_RECEIVED' ? ['surrender-list'] : ['notice', 'seizure-list']
}

function ofItem(item: Item): Possible[] {
  const named = { of: item.code, what: `${item.code} ${item.name}` }
  const about = { ...named, subject: subjectOfItem(item) }
  const ofCase = { ...named, subject: { ...subjectOfItem(item), store: null } }
  const incidents = item.concluded.length + (item.incident === null ? 0 : 1)
  return [
    ...((item.cash !== undefined && item.cash.agreed.length > 0) || item.category === 'cards-securities'
      ? [{ paper: 'cash-annex' as const, part: null, ...about }]
      : []),
    ...(item.category === 'digital-media' ? [{ paper: 'media-annex' as const, part: null, ...ofCase }] : []),
    ...Array.from({ length: incidents }, (_, index) => ({
      ...{ paper: 'incident' as const, part: String(index + 1), ...about },
    })),
  ]
}

function subjectOfItem({ unit, case: of, store }: Item): PaperSubject {
  return { unit, cases: [of], store }
}

const codesOf = (its: readonly Item[]): string[] => its.map(({ code }) => code)

async function ofLists(db: Reader, its: readonly Item[]): Promise<Possible[]> {
  const found = await sql<{ state: HandoverList }>`
    select state from lists where id in (select list from list_lines where item = any(${codesOf(its)}::text[]))
    order by submitted_at, id
  `.execute(db)
  return found.rows.flatMap(({ state: { code, unit, cases: of, store, lines } }) => {
    const about = { of: code, part: null, what: code, subject: { unit, cases: of, store } }
    return [
      { paper: 'hand-over' as const, ...about },
      ...(lines.some(({ outcome }) => outcome === 'checked-in') ? [{ paper: 'entry' as const, ...about }] : []),
    ]
  })
}

async function ofLoans(db: Reader, its: readonly Item[]): Promise<Possible[]> {
  const codes = new Set(codesOf(its))
  const found = await sql<{ state: Loan }>`
    select state from loans where cases && ${[...new Set(its.map((item) => item.case))]}::text[] order by state ->> 'lentAt', id
  `.execute(db)
  return found.rows
    .map(({ state }) => state)
    .filter(({ lines }) => lines.some(({ item }) => codes.has(item)))
    .flatMap(({ id, lentAt, lines, unit, cases: of, store }) => {
      const about = { of: id, part: null, what: localMinute(lentAt), subject: { unit, cases: of, store } }
      return [
        { paper: 'loan' as const, ...about },
        ...(lines.some(({ returnedAt }) => returnedAt !== null) ? [{ paper: 'return' as const, ...about }] : []),
      ]
    })
}

const DISPOSAL_KINDS = {
  notice: 'release-notice',
  'return-list': 'return-list',
  'transfer-list': 'transfer-list',
  destruction: 'destruction',
} as const satisfies Record<string, PaperKind>

async function ofDisposals(db: Reader, its: readonly Item[]): Promise<Possible[]> {
  const codes = new Set(codesOf(its))
  const found = await sql<{ state: Disposal }>`
    select state from disposals where case_number = any(${[...new Set(its.map((item) => item.case))]}::text[])
    order by proposed_at, id
  `.execute(db)
  const disposals = found.rows.map(({ state }) => state).filter(({ items }) => items.some((item) => codes.has(item)))
  const all = await Promise.all(
    disposals.map(async (disposal): Promise<Possible[]> => {
      const { code, way, agreed, acts } = disposal
      const track = its.find((item) => item.case === disposal.case)?.track ?? 'SUPERVISION'
      const approval = way === 'SELL' ? ('early-sale' as const) : ('disposal-approval' as const)
      const subject = await subjectOfItems(db, disposal.items)
      if (subject === null) return []
      const tellings = (await tellingsOf(db, [disposal], track)).filter(({ items }) =>
        items.some((item) => codes.has(item.code)),
      )
      const kinds = papersOf(disposal).flatMap((kind) => (kind === 'approval' ? [] : [DISPOSAL_KINDS[kind]]))
      return [
        ...(agreed.length > 0 ? [{ paper: approval, of: code, part: null, what: code, subject }] : []),
        ...tellings.map(({ part, act, items: [first] }) => ({
          ...{ paper: 'transfer-notice' as const, of: code, part, subject },
          what: `${code} ${act.document} ${first.code}`,
        })),
        ...acts.flatMap((act, index) =>
          kinds.map((paper) => ({
            ...{ paper, of: code, part: String(index + 1), what: `${code} ${act.document}`, subject },
          })),
        ),
      ]
    }),
  )
  return all.flat()
}

/** A new one of each kind that an officer writes, and those that were written, which may be written again. */
async function ofWritten(db: Reader, of: Case): Promise<Possible[]> {
  const found = await db
    .selectFrom('papers')
    .select('state')
    .where('of_thing', '=', of.number)
    .where('kind', 'in', WRITTEN_KINDS)
    .where('stands', '=', true)
    .orderBy('issued_at')
    .orderBy('id')
    .execute()
  const about = { of: of.number, subject: { unit: of.unit, cases: [of.number], store: null } }
  return [
    ...WRITTEN_KINDS.map((paper) => ({ paper, part: null, what: numberNow(of), ...about })),
    ...found.map(({ state: { kind, part, number } }) => ({ paper: kind, part, what: number, ...about })),
  ].filter(({ paper }) => !isWritten(paper) || mayWrite(paper, of))
}

async function ofSeals(db: Reader, its: readonly Item[]): Promise<Possible[]> {
  const facts = await factsOf(db, codesOf(its), ['custody.unsealed', 'custody.sealed'])
  const byCode = new Map(its.map((item) => [item.code, item]))
  return facts.flatMap(({ at, body }) => {
    const item = byCode.get(body.subject.slice('item/'.length))
    if (item === undefined) return []
    const what = `${item.code} ${body.number} ${localMinute(at)}`
    return [{ paper: 'sealing' as const, of: item.code, part: String(body.n), what, subject: subjectOfItem(item) }]
  })
}

/** One for each act that moved some of them, about its first item. */
async function ofMoves(db: Reader, its: readonly Item[]): Promise<Possible[]> {
  return (await movesOf(db, its)).flatMap(({ items, facts }) => {
    const [[item], [fact]] = [items, facts]
    if (item === undefined || fact === undefined) return []
    const what = `${item.code} ${localMinute(fact.at)}`
    return [{ paper: 'move' as const, of: item.code, part: String(fact.body.n), what, subject: subjectOfItem(item) }]
  })
}

async function ofClocks(db: Reader, its: readonly Item[]): Promise<Possible[]> {
  const found = await sql<{ state: Clock }>`
    select state from clocks where rule = any(${[...EXTENDED_RULES]}::text[]) and (state ->> 'extensions')::int > 0
      and id in (select clock from clock_subjects where subject = any(${codesOf(its).map((code) => `item/${code}`)}::text[]))
    order by id
  `.execute(db)
  const all = await Promise.all(
    found.rows.map(async ({ state: { id, dueAt } }): Promise<Possible[]> => {
      const subject = await subjectOfClock(db, id)
      return subject === null ? [] : [{ paper: 'extension', of: id, part: null, what: lastLocalDay(dueAt), subject }]
    }),
  )
  return all.flat()
}

/** Lists of other organs of which something was checked. */
async function ofInbound(db: Reader, { number, unit }: Case): Promise<Possible[]> {
  const found = await inboundsOfCase(db, number)
  const subject = { unit, cases: [number], store: null }
  return found
    .filter(({ lines }) => lines.some(({ checked }) => checked !== null))
    .map(({ id, number: what }) => ({ paper: 'inbound-check' as const, of: id, part: null, what, subject }))
}

function ofMoney(its: readonly Item[], { number, unit, track, target }: Case): Possible[] {
  const about = { of: number, part: null, what: number, subject: { unit, cases: [number], store: null } }
  const sold = its.some(isSaleMoney)
  const counted = its.some(({ cash }) => cash !== undefined && cash.agreed.length > 0)
  const settled = sold && target !== undefined && rules.proceeds_order.value[track].length > 0
  return [
    ...(counted || sold ? [{ paper: 'money-ledger' as const, ...about }] : []),
    ...(settled ? [{ paper: 'settlement' as const, ...about }] : []),
  ]
}
