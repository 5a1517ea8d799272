import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { type Form, paginate } from '../../../labels/documents/form.ts'
import { copiesPdf } from '../../../labels/documents/form-pdf.ts'
import type { Trx } from '../../database/connect.ts'
import { canonicalText } from '../../ledger/entry.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Actor, Json, Reader } from '../../module.ts'
import type { PaperSources, PaperThing } from '../../paper-source.ts'
import { Refusal } from '../../refusal.ts'
import { annualNamed, isOver } from '../account/annual-named.ts'
import { apartFromAnnual } from '../account/annual-units.ts'
import type { Case } from '../cases/cases.ts'
import { drawn } from '../drawing.ts'
import { contentOf, type WantedPaper } from './paper-contents.ts'
import {
  copiesOfTrack,
  type DrawnPaper,
  namesItsCase,
  type Paper,
  type PaperKind,
  PAPERS,
  paperNumber,
  paperPayload,
} from './papers.ts'
import { type CasesOnPaper, caseTitle, underCases } from './under-cases.ts'
import { isWritten } from './written.ts'
import { cases } from '../projections.ts'
import { readItems } from '../reads.ts'
import '../../clock/tables.ts'
import { yearOf } from '../intake/registering.ts'
import { rules } from '../rules.ts'
import { holdsPost, holdsSomewhere } from '../separation.ts'
import { seesCase, seesStore, type Sight, watchesAll } from '../sight/sees.ts'
import { sightOf } from '../sight/sight.ts'
import { isConcerned } from '../stocktake/ordering.ts'
import { numberOf } from '../numbers.ts'
import '../tables.ts'
import { numbersNow } from '../renumbering/numbers.ts'

/** In the file's properties alone: without it nobody makes the same bytes from what he guesses. */
const MARK_BYTES = 16
const CHECK_DIGITS = 16
const WRITTEN_PART = /^[1-9]\d{0,8}$/

/** Whose a paper is. */
export interface PaperSubject {
  readonly unit: string
  readonly cases: readonly string[]
  /** The store that has a part in it; null where none or several have. */
  readonly store: string | null
  /** The thing of another module that it is about. */
  readonly thing?: PaperThing
  /** Whose business it is beside those who see the store: whoever may order a count of it reads what came of it. */
  readonly concerns?: (actor: Actor) => boolean
}

/** Who asks, and what of custody he may see. */
export interface PaperReader {
  readonly actor: Actor
  readonly sight: Sight
}

/**
 * Whether somebody may know of a paper: of everything that it is about, or as a keeper of the store that has a part in it. One that is about
 * neither a case nor a store is for supervisors, and for whom the module of its thing says.
 */
export function seesIssued(
  { actor, sight }: PaperReader,
  { unit, cases: of, store, thing, concerns }: PaperSubject,
): boolean {
  if (thing !== undefined) return thing.sees(actor)
  if (concerns?.(actor) === true) return true
  if (store !== null && seesStore(sight, store)) return true
  return of.length === 0 ? watchesAll(sight) : of.every((number) => seesCase(sight, { number, unit }))
}

/** A paper that was issued, with the thing of another module that it is about. */
export async function subjectOfIssued(db: Reader, paper: Paper, sources: PaperSources | null): Promise<PaperSubject> {
  const { about } = PAPERS[paper.kind]
  if (about === 'annual') return (await subjectOfAnnual(db, paper.of)) ?? paper
  if (about === 'stocktake') return (await subjectOfStocktake(db, paper.of)) ?? paper
  if (sources === null || (about !== 'urging' && about !== 'follow-up')) return paper
  const thing = await sources[about](db, paper.of)
  return thing === null ? paper : { unit: paper.unit, cases: paper.cases, store: paper.store, thing }
}

/** What a paper would be about; null where there is nothing by that name. */
export async function subjectOf(
  db: Reader,
  { paper, of }: WantedPaper,
  sources: PaperSources,
): Promise<PaperSubject | null> {
  const { about } = PAPERS[paper]
  switch (about) {
    case 'urging':
    case 'follow-up': {
      const thing = await sources[about](db, of)
      return thing === null ? null : { unit: thing.unit, cases: [], store: null, thing }
    }
    case 'annual':
      return subjectOfAnnual(db, of)
    case 'stocktake':
      return subjectOfStocktake(db, of)
    case 'notice':
    case 'case': {
      const row = await db.selectFrom('cases').select('unit').where('id', '=', of).executeTakeFirst()
      return row === undefined ? null : { unit: row.unit, cases: [of], store: null }
    }
    case 'list':
      return (
        (await db.selectFrom('lists').select(['unit', 'cases', 'store']).where('id', '=', of).executeTakeFirst()) ??
        null
      )
    case 'loan':
      return (
        (await db.selectFrom('loans').select(['unit', 'cases', 'store']).where('id', '=', of).executeTakeFirst()) ??
        null
      )
    case 'item':
      return subjectOfAnnexed(paper, await subjectOfItems(db, [of]))
    case 'inbound': {
      const row = await db
        .selectFrom('inbounds')
        .select(['unit', 'case_number'])
        .where('id', '=', of)
        .executeTakeFirst()
      return row === undefined ? null : { unit: row.unit, cases: [row.case_number], store: null }
    }
    case 'disposal': {
      const row = await db.selectFrom('disposals').select('state').where('id', '=', of).executeTakeFirst()
      return subjectOfItems(db, row?.state.items ?? [])
    }
    case 'clock':
      return subjectOfClock(db, of)
  }
}

/** A custodian of the store makes it, or a supervisor; who may order a count there reads it too. */
async function subjectOfStocktake(db: Reader, of: string): Promise<PaperSubject | null> {
  const row = await db.selectFrom('stocktakes').select('state').where('id', '=', of).executeTakeFirst()
  if (row === undefined) return null
  const { unit, store } = row.state
  return { unit, cases: [], store, concerns: (actor) => isConcerned(actor, { unit, store }) }
}

/** Supervisors make it and, with the heads of the unit, read it; whoever is recused from a case that it counts does neither. */
async function subjectOfAnnual(db: Reader, of: string): Promise<PaperSubject | null> {
  const { unit, year } = annualNamed(of)
  const row = await db.selectFrom('units').select('name').where('id', '=', unit).executeTakeFirst()
  if (row === undefined) return null
  const apart = await apartFromAnnual(db, of)
  const makes = (actor: Actor) => !apart.has(actor.person) && holdsSomewhere(actor, 'supervisor')
  const heads = (actor: Actor) =>
    !apart.has(actor.person) && rules.head_posts.value.some((post) => holdsPost(actor, post, unit))
  return {
    ...{ unit, cases: [], store: null },
    thing: {
      ...{ unit, what: `${row.name} ${year}`, form: null },
      sees: (actor) => makes(actor) || heads(actor),
      mayIssue: makes,
    },
  }
}

/** Of everything that a clock runs over; null where there is no such clock. */
export async function subjectOfClock(db: Reader, clock: string): Promise<PaperSubject | null> {
  const rows = await db.selectFrom('clock_subjects').select('subject').where('clock', '=', clock).execute()
  return subjectOfItems(
    db,
    rows.map(({ subject }) => subject.slice('item/'.length)),
  )
}

/** Of these items together; null where there is none of them. */
export async function subjectOfItems(db: Reader, codes: readonly string[]): Promise<PaperSubject | null> {
  const its = await readItems(db, codes)
  const [first] = its
  if (first === undefined) return null
  const [store = null, ...others] = new Set(its.map((item) => item.store))
  return {
    unit: first.unit,
    cases: [...new Set(its.map((item) => item.case))],
    store: others.length === 0 ? store : null,
  }
}

/** An annex that says what the case is about is, as the list it belongs to, for those alone who may see the case: no keeper of a store has a part in it. */
function subjectOfAnnexed(paper: PaperKind, subject: PaperSubject | null): PaperSubject | null {
  return subject === null || paper !== 'media-annex' ? subject : { ...subject, store: null }
}

/**
 * Fills in and draws a paper, under the lock of its unit's register: what it says is what stands at that moment, and its number is the next.
 * @throws Refusal `request.not-found` for what is not there or not in sight, `custody.nothing-for-paper` (a year that is not over has none either), `custody.cannot-draw`
 */
export async function loadIssuing(
  trx: Trx,
  wanted: WantedPaper,
  { actor, at, sources }: { readonly actor: Actor; readonly at: string; readonly sources: PaperSources },
): Promise<DrawnPaper> {
  const subject = await subjectOf(trx, wanted, sources)
  const sight = await sightOf(trx, actor, at)
  const known = subject !== null && seesIssued({ actor, sight }, subject)
  if (known && wanted.paper === 'annual' && !isOver(wanted.of, at)) throw new Refusal('custody.nothing-for-paper')
  const content = known ? await contentOf(trx, wanted, subject.thing) : null
  if (subject === null || content === null) throw new Refusal('request.not-found', { what: wanted.of })
  const { unit, store, thing } = subject
  const part = isWritten(wanted.paper) ? await writtenPart(trx, wanted) : (wanted.part ?? null)
  const of = (await loadStates(trx, cases, subject.cases)) as Map<string, Case>
  const year = yearOf(at)
  const { form } = PAPERS[wanted.paper]
  const last = await sql<{ serial: number | null; standing: string | null }>`
    select (select max(serial) from papers where unit = ${unit} and form = ${form} and year = ${year}) as serial,
      (select id from papers where kind = ${wanted.paper} and of_thing = ${wanted.of}
        and coalesce(of_part, '') = ${part ?? ''} and stands) as standing
  `.execute(trx)
  const serial = (last.rows[0]?.serial ?? 0) + 1
  const unitNumber = await numberOf(trx, 'unit', unit)
  const number = paperNumber(wanted.paper, year, unitNumber, serial)
  const mark = randomBytes(MARK_BYTES).toString('hex')
  const numbers = await numbersNow(trx, [...of.keys()])
  const [only] = of.values()
  const title = namesItsCase(wanted.paper) && only !== undefined ? await caseTitle(trx, only) : null
  const head: CasesOnPaper = { numbers, tracks: [...of.values()].map(({ track }) => track), title }
  const first = underCases(content.form({ number: 1, of: 1, recipient: '附卷' }), head)
  const check = checkOf(mark, number, first)
  const issued = {
    ...{ number, check, layout: PAPERS[wanted.paper].layout },
    payload: paperPayload(wanted.paper, year, unitNumber, serial, check),
  }
  const ofTrack = copiesOfTrack(
    wanted.paper,
    [...of.values()].map(({ track }) => track),
  )
  const copies = ofTrack ?? PAPERS[wanted.paper].copies
  const forms = copies.map((recipient, index): Form => ({
    ...underCases(content.form({ number: index + 1, of: copies.length, recipient }), head),
    issued,
  }))
  const pdf = await drawn(() => copiesPdf(forms, new Date(at), mark))
  return {
    ...{ unit, items: content.items, store, part, year, serial, number, check },
    ...(thing === undefined ? {} : { mayIssue: (one: Actor) => thing.mayIssue(one) }),
    cases: [...of.values()],
    sha256: createHash('sha256').update(pdf).digest('hex'),
    bytes: pdf.length,
    pages: forms.reduce((sum, one) => sum + paginate(one).length, 0),
    copies: ofTrack,
    pdf: pdf.toString('base64'),
    earlier: last.rows[0]?.standing ?? null,
  }
}

/**
 * What is written anew is the next of its kind in the case; a part that was written before is written again.
 * @throws Refusal `request.not-found` for a part that there is not
 */
async function writtenPart(trx: Trx, { paper, of, part }: WantedPaper): Promise<string> {
  const { parts } = await trx
    .selectFrom('papers')
    .select((eb) => eb.fn.count<number>('of_part').distinct().as('parts'))
    .where('kind', '=', paper)
    .where('of_thing', '=', of)
    .executeTakeFirstOrThrow()
  if (part === undefined) return String(Number(parts) + 1)
  // Its own numeral and no other: `1.0` or `01` would be a further part beside the first.
  if (!WRITTEN_PART.test(part) || Number(part) > Number(parts)) throw new Refusal('request.not-found', { what: part })
  return part
}

/** Sixteen digits that follow from everything the paper says, and from a mark that it does not show. */
function checkOf(mark: string, number: string, form: Form): string {
  const said = { number, ...form } as unknown as Json
  return createHash('sha256')
    .update(mark)
    .update(canonicalText(said))
    .digest('hex')
    .slice(0, CHECK_DIGITS)
    .toUpperCase()
}
