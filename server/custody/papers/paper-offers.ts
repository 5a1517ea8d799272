import { sql } from 'kysely'
import type { Clock } from '../../clock/clock.ts'
import '../../clock/tables.ts'
import type { Reader } from '../../module.ts'
import type { Item } from '../items/item.ts'
import { type PaperReader, type PaperSubject, seesIssued, subjectOfClock } from './issuing.ts'
import { sharesUnderAppraisal } from './paper-appraisals.ts'
import { isBook } from './paper-books.ts'
import { inboundsOfCase } from '../inbound/reads.ts'
import { isOver } from '../account/annual-named.ts'
import type { HandoverList } from '../intake/lists.ts'
import type { Loan } from '../loans/loan.ts'
import { factsOf } from './paper-entries.ts'
import { movesOf } from './paper-moves.ts'
import { EXTENDED_RULES, sharesOfClock } from './paper-measures.ts'
import { takenIn } from './holders.ts'
import { lastLocalDay, localMinute } from './paper-words.ts'
import { maySign, type PaperKind, PAPERS } from './papers.ts'
import { mayWrite } from './paper-written.ts'
import { isWritten, WRITTEN_KINDS, writtenFields } from './written.ts'
import { numberNow } from '../renumbering/renumbering.ts'
import { cases } from '../projections.ts'
import type { PaperOffer } from '../protocol.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Case } from '../cases/cases.ts'
import { ofDisposals } from './paper-offers-disposals.ts'
import { categories } from '../categories.ts'
import { rules } from '../rules.ts'
import { isSaleMoney } from '../worth/surplus.ts'
import '../tables.ts'

/** A paper that could be filled in, before it is asked who may. */
export interface Possible extends Pick<PaperOffer, 'of' | 'part' | 'what'> {
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
    ...(await ofNotices(db, its)),
    ...its.flatMap(ofItem),
    ...(await ofLists(db, its)),
    ...(await ofLoans(db, its)),
    ...(await ofDisposals(db, its)),
    ...(await ofSeals(db, its)),
    ...(await ofMoves(db, its)),
    ...(await ofClocks(db, its)),
    ...(await ofAppraisals(db, its)),
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

/** One for each holder of what a notice took, in the cases of these items: of those holders alone whose things are among them. */
async function ofNotices(db: Reader, its: readonly Item[]): Promise<Possible[]> {
  const codes = new Set(codesOf(its))
  const cases = [...new Set(its.map((item) => item.case))]
  const kinds = [
    { papers: takingPapers, isAbout: (item: Item) => categories[item.category].book === 'evidence' },
    { papers: () => ['effects-list' as const], isAbout: (item: Item) => categories[item.category].book === 'effects' },
    { papers: () => ['books' as const], isAbout: isBook },
  ]
  const all = await Promise.all(
    cases.map(async (number) => {
      const taken = await takenIn(db, number)
      return kinds.flatMap(({ papers, isAbout }) =>
        taken(isAbout)
          .filter(({ items }) => items.some(({ code }) => codes.has(code)))
          .flatMap(({ part, items: [first] }) => {
            const { noticeNumber } = first.measure
            const what = part === noticeNumber ? noticeNumber : `${noticeNumber} ${first.code}`
            const subject = { unit: first.unit, cases: [number], store: null }
            return papers(first).map((paper) => ({ paper, of: number, part, what, subject }))
          }),
      )
    }),
  )
  return all.flat()
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
  const codes = new Set(codesOf(its))
  const found = await sql<{ state: Clock }>`
    select state from clocks where rule = any(${[...EXTENDED_RULES]}::text[]) and (state ->> 'extensions')::int > 0
      and id in (select clock from clock_subjects where subject = any(${codesOf(its).map((code) => `item/${code}`)}::text[]))
    order by id
  `.execute(db)
  const all = await Promise.all(
    found.rows.map(async ({ state: clock }): Promise<Possible[]> => {
      const { id, dueAt } = clock
      const subject = await subjectOfClock(db, id)
      if (subject === null) return []
      return (await sharesOfClock(db, clock))
        .filter(({ items }) => items.some(({ code }) => codes.has(code)))
        .map(({ part, items: [first] }) => {
          const what = part === '' ? lastLocalDay(dueAt) : `${lastLocalDay(dueAt)} ${first.code}`
          return { paper: 'extension', of: id, part: part === '' ? null : part, what, subject }
        })
    }),
  )
  return all.flat()
}

/** Of each clock that an appraisal pauses or paused, one for each holder. */
async function ofAppraisals(db: Reader, its: readonly Item[]): Promise<Possible[]> {
  const codes = new Set(codesOf(its))
  const found = await sql<{ state: Clock }>`
    select state from clocks where state -> 'appraisal' is not null
      and id in (select clock from clock_subjects where subject = any(${codesOf(its).map((code) => `item/${code}`)}::text[]))
    order by id
  `.execute(db)
  const all = await Promise.all(
    found.rows.map(async ({ state: clock }): Promise<Possible[]> => {
      const subject = await subjectOfClock(db, clock.id)
      if (subject === null) return []
      return (await sharesUnderAppraisal(db, clock))
        .filter(({ items }) => items.some(({ code }) => codes.has(code)))
        .map(({ part }) => ({ paper: 'appraisal-term', of: clock.id, part, what: part, subject }))
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

function ofMoney(its: readonly Item[], of: Case): Possible[] {
  const { number, unit, track, target } = of
  const about = { of: number, part: null, what: numberNow(of), subject: { unit, cases: [number], store: null } }
  const sold = its.some(isSaleMoney)
  const counted = its.some(({ cash }) => cash !== undefined && cash.agreed.length > 0)
  const settled = sold && target !== undefined && rules.proceeds_order.value[track].length > 0
  return [
    ...(counted || sold ? [{ paper: 'money-ledger' as const, ...about }] : []),
    ...(settled ? [{ paper: 'settlement' as const, ...about }] : []),
  ]
}
