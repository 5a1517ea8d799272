import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { type Form, paginate } from '../../../labels/documents/form.ts'
import { copiesPdf } from '../../../labels/documents/form-pdf.ts'
import type { Trx } from '../../database/connect.ts'
import { canonicalText } from '../../ledger/entry.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Actor, Json, Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { drawn } from '../drawing.ts'
import { contentOf, type WantedPaper } from './paper-contents.ts'
import { type DrawnPaper, PAPERS, paperNumber, paperPayload } from './papers.ts'
import type { Item } from '../items.ts'
import { cases } from '../projections.ts'
import { readItems } from '../reads.ts'
import '../../clock/tables.ts'
import { yearOf } from '../intake/registering.ts'
import { seesCase, seesStore, type Sight } from '../sight/sees.ts'
import { sightOf } from '../sight/sight.ts'
import { numberOf } from '../store.ts'
import '../tables.ts'

/** In the file's properties alone: without it nobody makes the same bytes from what he guesses. */
const MARK_BYTES = 16
const CHECK_DIGITS = 16

/** Whose a paper is. */
export interface PaperSubject {
  readonly unit: string
  readonly cases: readonly string[]
  /** The store that has a part in it; null where none or several have. */
  readonly store: string | null
}

/** Whether somebody may know of a paper: of everything that it is about, or as a keeper of the store that has a part in it. */
export function seesIssued(sight: Sight, { unit, cases: of, store }: PaperSubject): boolean {
  return of.every((number) => seesCase(sight, { number, unit })) || (store !== null && seesStore(sight, store))
}

/** What a paper would be about; null where there is nothing by that name. */
export async function subjectOf(db: Reader, { paper, of }: WantedPaper): Promise<PaperSubject | null> {
  switch (PAPERS[paper].about) {
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
      return ofItems(await readItems(db, [of]))
    case 'disposal': {
      const row = await db.selectFrom('disposals').select('state').where('id', '=', of).executeTakeFirst()
      return ofItems(await readItems(db, row?.state.items ?? []))
    }
    case 'clock': {
      const rows = await db.selectFrom('clock_subjects').select('subject').where('clock', '=', of).execute()
      const codes = rows.map(({ subject }) => subject.slice('item/'.length))
      return ofItems(await readItems(db, codes))
    }
  }
}

function ofItems(its: readonly Item[]): PaperSubject | null {
  const [first] = its
  if (first === undefined) return null
  const [store = null, ...others] = new Set(its.map((item) => item.store))
  return {
    unit: first.unit,
    cases: [...new Set(its.map((item) => item.case))],
    store: others.length === 0 ? store : null,
  }
}

/**
 * Fills in and draws a paper, under the lock of its unit's register: what it says is what stands at that moment, and its number is the next.
 * @throws Refusal `request.not-found` for what is not there or not in sight, `custody.nothing-for-paper`, `custody.cannot-draw`
 */
export async function loadIssuing(
  trx: Trx,
  wanted: WantedPaper,
  { actor, at }: { readonly actor: Actor; readonly at: string },
): Promise<DrawnPaper> {
  const subject = await subjectOf(trx, wanted)
  const sight = await sightOf(trx, actor, at)
  const content = subject === null || !seesIssued(sight, subject) ? null : await contentOf(trx, wanted)
  if (subject === null || content === null) throw new Refusal('request.not-found', { what: wanted.of })
  const { unit, store } = subject
  const of = (await loadStates(trx, cases, subject.cases)) as Map<string, Case>
  const year = yearOf(at)
  const { form } = PAPERS[wanted.paper]
  const last = await sql<{ serial: number | null; standing: string | null }>`
    select (select max(serial) from papers where unit = ${unit} and form = ${form} and year = ${year}) as serial,
      (select id from papers where kind = ${wanted.paper} and of_thing = ${wanted.of}
        and coalesce(of_part, '') = ${wanted.part ?? ''} and stands) as standing
  `.execute(trx)
  const serial = (last.rows[0]?.serial ?? 0) + 1
  const unitNumber = await numberOf(trx, 'unit', unit)
  const number = paperNumber(wanted.paper, year, unitNumber, serial)
  const mark = randomBytes(MARK_BYTES).toString('hex')
  const first = content.form({ number: 1, of: 1, recipient: '附卷' })
  const check = checkOf(mark, number, first)
  const issued = {
    ...{ number, check, layout: PAPERS[wanted.paper].layout },
    payload: paperPayload(wanted.paper, year, unitNumber, serial, check),
  }
  const { copies } = PAPERS[wanted.paper]
  const forms = copies.map((recipient, index): Form => ({
    ...content.form({ number: index + 1, of: copies.length, recipient }),
    issued,
  }))
  const pdf = await drawn(() => copiesPdf(forms, new Date(at), mark))
  return {
    ...{ unit, items: content.items, store, year, serial, number, check },
    cases: [...of.values()],
    sha256: createHash('sha256').update(pdf).digest('hex'),
    bytes: pdf.length,
    pages: forms.reduce((sum, one) => sum + paginate(one).length, 0),
    pdf: pdf.toString('base64'),
    earlier: last.rows[0]?.standing ?? null,
  }
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
