import { sheet } from '../../../labels/documents/sheets.ts'
import '../../clock/tables.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Item } from '../items/item.ts'
import { readCase } from '../reads.ts'
import { GROUNDS } from './grounds.ts'
import { takenFrom } from './holders.ts'
import type { PaperContent } from './paper-contents.ts'
import { detailsOf, lastLocalDay, localMinute, organOf, signatureOf, staffNames } from './paper-words.ts'
import '../tables.ts'

/** The terms in which books that were taken go back: of earlier years, and of the current one (税收征管法实施细则 86). */
const BOOKS_RETURN_RULES = ['DL-13', 'DL-13a']

/** Books, vouchers and papers that a tax authority took along by one notice, for which it gives a receipt. */
export function isBook({ track, category, measure }: Item): boolean {
  return track === 'TAX' && category === 'documents' && measure.kind === 'EXTRACTED'
}

/** F-22: each book of one holder with its year, how many, and when it goes back. */
export async function booksPaper(db: Reader, number: string, part: string): Promise<PaperContent | null> {
  const of = await readCase(db, number)
  if (of === null) return null
  const its = (await takenFrom(db, number, part, isBook))?.items
  if (its === undefined) throw new Refusal('custody.nothing-for-paper')
  const [first] = its
  const due = await returnsDue(db, its)
  const details = await detailsOf(db, its)
  const organisation = await organOf(db, of.unit)
  const holder = await signatureOf(db, first.holder)
  const officers = await staffNames(db, first.measure.officers)
  return {
    items: its.map(({ code }) => code),
    form: (copy) =>
      sheet({
        ...{ kind: 'books', organisation, code: null, copy },
        facts: [
          { name: '案号', value: number },
          { name: '通知书文号', value: first.measure.noticeNumber },
          { name: '被调取人', value: holder.name ?? '' },
          { name: '调取时间', value: localMinute(first.measure.takenAt) },
          { name: '依据', value: GROUNDS[of.track].basis },
        ],
        rows: its.map(({ code, name, quantity, quantityUnit }, index) => {
          const { bookYear = '', pages = '' } = details(code)
          return [String(index + 1), code, name, quantity, quantityUnit, bookYear, pages, due.get(code) ?? '']
        }),
        statement: '以上账簿、凭证、报表和有关资料已当面清点无误；归还时凭本清单当面核对。',
        signatures: [
          { ...holder, role: '被调取人' },
          ...officers.map((name) => ({ role: '调取人', name, absence: null })),
          { role: '归还时签收', name: null, absence: null },
        ],
      }),
  }
}

/** The day on which each goes back, by its clock; absent for one on which none runs. */
async function returnsDue(db: Reader, its: readonly Item[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('clocks')
    .innerJoin('clock_subjects', 'clock_subjects.clock', 'clocks.id')
    .select(['clock_subjects.subject as subject', 'clocks.state as state'])
    .where('clocks.rule', 'in', BOOKS_RETURN_RULES)
    .where(
      'clock_subjects.subject',
      'in',
      its.map(({ code }) => `item/${code}`),
    )
    .execute()
  return new Map(rows.map(({ subject, state }) => [subject.slice('item/'.length), lastLocalDay(state.dueAt)]))
}
