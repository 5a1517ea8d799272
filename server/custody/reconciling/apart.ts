import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import type { ComparedLines } from './facts.ts'
import type { ShownLines } from './protocol.ts'
import '../tables.ts'

/**
 * What a side of a statement shows to somebody: nothing of the money of cases from which he is recused (回避, rules W-03), whichever case it is
 * in since; how many lines that leaves out stands in their place. The record itself is whole.
 */
export async function linesFor(
  db: Reader,
  person: string,
  sides: readonly ComparedLines[],
): Promise<(side: ComparedLines) => ShownLines> {
  const codes = sides.flatMap(({ matched, openInBooks }) => [...matched, ...openInBooks].map(({ item }) => item))
  const named = sides.flatMap(({ openInBooks }) => openInBooks.map((line) => line.case))
  const found = await sql<{ item: string | null; number: string }>`
    select i.id as item, o.case_number as number from case_officers o
      left join items i on i.case_number = o.case_number and i.id = any(${codes}::text[])
    where o.person = ${person} and o.recused and (i.id is not null or o.case_number = any(${named}::text[]))
  `.execute(db)
  const items = new Set(found.rows.map(({ item }) => item))
  const cases = new Set(found.rows.map(({ number }) => number))
  return ({ matched, openAtBank, openInBooks }) => {
    const kept = {
      matched: matched.filter(({ item }) => !items.has(item)),
      openInBooks: openInBooks.filter((line) => !items.has(line.item) && !cases.has(line.case)),
    }
    const apart = matched.length + openInBooks.length - kept.matched.length - kept.openInBooks.length
    return { ...kept, openAtBank, apart }
  }
}
