import { sql } from 'kysely'
import type { Layout } from '../../../labels/layout.ts'
import type { Stock } from '../../../labels/templates/parts.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Page } from '../../schemas.ts'
import type { LabelledPlace } from '../protocol.ts'
import { labelOf } from '../sight/shown.ts'
import { labelsOnPaper, lastLabels } from './label-store.ts'
import { drawCode } from './paper.ts'
import '../tables.ts'

/** Shelves and boxes of a store by name, each with what became of its last label. */
export async function listLabelledPlaces(db: Reader, store: string, { limit, after }: Page): Promise<LabelledPlace[]> {
  const found = await sql<Omit<LabelledPlace, 'label'>>`
    with places as (
      select id as code, name, 'location-label' as template, null as place from locations where store = ${store}
      union all
      select b.id, b.name, 'container-label', l.name
      from containers b join locations l on l.id = b.location where b.store = ${store}
    )
    select * from places
    where ${after}::text is null or (name, code) > (select name, code from places where code = ${after})
    order by name, code limit ${limit}
  `.execute(db)
  const labels = await lastLabels(
    db,
    found.rows.map(({ code }) => code),
  )
  return found.rows.map((place) => ({ ...place, label: labelOf(labels.get(place.code)) }))
}

/**
 * The labels of shelves and boxes of a store as they are out there, in the order they are named; the first issue where none was printed.
 * @throws Refusal `custody.unknown-location` for what is not in this store; LabelRefused when one cannot be drawn
 */
export async function drawPlaces(db: Reader, store: string, codes: readonly string[], stock: Stock): Promise<Layout[]> {
  const found = await sql<{ code: string }>`
    select id as code from locations where store = ${store} and id = any(${[...codes]}::text[])
    union all select id from containers where store = ${store} and id = any(${[...codes]}::text[])
  `.execute(db)
  const known = new Set(found.rows.map(({ code }) => code))
  const labels = await labelsOnPaper(db, codes)
  const layouts: Layout[] = []
  for (const code of codes) {
    if (!known.has(code)) throw new Refusal('custody.unknown-location', { location: code })
    layouts.push(await drawCode(db, code, labels.get(code)?.issue ?? 1, stock))
  }
  return layouts
}
