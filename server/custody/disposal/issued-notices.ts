import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Item } from '../items/item.ts'
import { paperAsked, papersNumbered } from '../papers/paper-numbers.ts'
import { type Paper, PAPERS } from '../papers/papers.ts'
import type { IssuedNotice } from '../protocol.ts'
import '../tables.ts'

/** What a return says of its notice, beside what the program issued itself. */
export interface TypedNotices {
  /** By each number that was typed, the F-11 that bears it; null for one that the program does not know, such as an old notice on paper. */
  readonly typed: readonly (Named | null)[]
  /** Of the things that go back, every F-11 that stands. */
  readonly standing: readonly IssuedNotice[]
}

interface Named extends IssuedNotice {
  /** The number of the one that took its place; null while it stands. */
  readonly later: string | null
}

/** Where nothing goes back, no notice is asked about. */
export const noNotices: TypedNotices = { typed: [], standing: [] }

/** One act may be about what several notices name. */
const BETWEEN = /[、,，;；\s]+/

/** What was typed as the number of a notice, as far as the program issued it, and what it issued of these things. */
export async function typedNotices(db: Reader, codes: readonly string[], typed: string): Promise<TypedNotices> {
  const numbers = typed.split(BETWEEN).filter((one) => one !== '')
  return {
    typed: await Promise.all(numbers.map((one) => namedBy(db, one))),
    standing: (await standingNotices(db, codes)).map(({ number, items }) => ({ number, items })),
  }
}

async function namedBy(db: Reader, number: string): Promise<Named | null> {
  const asked = paperAsked(number)
  if (asked === null || asked.form !== PAPERS['release-notice'].form) return null
  const [paper] = await papersNumbered(db, asked)
  if (paper === undefined) return null
  const later = paper.replacedBy
  const found =
    later === undefined ? [] : await db.selectFrom('papers').select('state').where('id', '=', later).execute()
  return { number: paper.number, items: paper.items, later: found[0]?.state.number ?? null }
}

/** Every F-11 that stands and names any of these things, the first issued first. */
export async function standingNotices(db: Reader, codes: readonly string[]): Promise<Paper[]> {
  const found = await sql<{ state: Paper }>`
    select state from papers where kind = 'release-notice' and stands
      and id in (select paper from paper_items where item = any(${[...codes]}::text[]))
    order by issued_at, id
  `.execute(db)
  return found.rows.map(({ state }) => state)
}

/** The same as their page shows them: of what they name, these things alone. */
export async function noticesAmong(db: Reader, seen: readonly Item[]): Promise<IssuedNotice[]> {
  const codes = seen.map(({ code }) => code)
  return (await standingNotices(db, codes)).map(({ number, items }) => ({
    number,
    items: items.filter((code) => codes.includes(code)),
  }))
}

/**
 * What goes back by the number of an F-11 is named by it (rules X-04): the notice tells the party which of his things are released. Of a number that
 * the program does not know there is nothing to compare.
 * @throws Refusal `custody.notice-of-others`, `custody.paper-replaced`
 */
export function mustBeTheirNotice({ typed, standing }: TypedNotices, items: readonly Item[]): void {
  const codes = items.map(({ code }) => code)
  const known = typed.flatMap((one) => one ?? [])
  const refused = (number: string, unnamed: readonly string[]): Refusal => {
    const expected = standing.filter((one) => unnamed.some((code) => one.items.includes(code))).map((one) => one.number)
    return new Refusal('custody.notice-of-others', {
      ...{ number, x: unnamed.join('、'), xEn: unnamed.join(', ') },
      expected: expected.length === 0 ? '尚未出具' : expected.join('、'),
      expectedEn: expected.length === 0 ? 'none was issued' : expected.join(', '),
    })
  }
  for (const { number, items: its, later } of known) {
    const { form, title } = PAPERS['release-notice']
    if (later !== null) {
      const called = { paper: `${number} ${form} ${title.zh}`, paperEn: `${number} ${form} ${title.en}` }
      throw new Refusal('custody.paper-replaced', { ...called, later })
    }
    if (!codes.some((code) => its.includes(code))) throw refused(number, codes)
  }
  const unnamed = codes.filter((code) => !known.some((one) => one.items.includes(code)))
  // What none of them names may stand on one that the program does not know.
  if (known.length < typed.length || known.length === 0 || unnamed.length === 0) return
  throw refused(known.map(({ number }) => number).join('、'), unnamed)
}
