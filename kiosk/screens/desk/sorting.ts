/** Filter and order of the items of a case. Pure. */

import type { Sorting } from '../../parts/sorting.ts'

/** One row as it is shown: the text of each column by its id. */
export interface Shown<Row> {
  readonly row: Row
  readonly texts: Readonly<Record<string, string>>
}

/** Rows whose texts hold every word of the filter, in the order asked for; equal ones keep theirs. Figures are ordered as figures. */
export function arranged<Row>(rows: readonly Shown<Row>[], filter: string, sort: Sorting): Row[] {
  const words = filter.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const kept = rows.filter(({ texts }) => {
    const all = Object.values(texts).join(' ').toLowerCase()
    return words.every((word) => all.includes(word))
  })
  const compare = new Intl.Collator('zh-CN', { numeric: true }).compare
  const sign = sort.down ? -1 : 1
  return kept.toSorted((a, b) => sign * compare(a.texts[sort.id] ?? '', b.texts[sort.id] ?? '')).map(({ row }) => row)
}

/** What a press on a column's head makes of the order: another column upwards, the same one turned round. */
export function turned(sort: Sorting, id: string): Sorting {
  return { id, down: sort.id === id && !sort.down }
}
