import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import type { Item } from '../items/item.ts'
import { isSealed, type Seals } from './seals.ts'
import '../tables.ts'

/**
 * Which of these numbers an item wears or ever wore, for an act that gives them. Departments and stores write in registers of their own: the
 * numbers themselves are held until the transaction ends, so that two of them never give one twice.
 */
export async function takeSeals(db: Reader, numbers: readonly string[]): Promise<Seals> {
  for (const number of [...new Set(numbers)].sort())
    await sql`select pg_advisory_xact_lock(hashtextextended('seal ' || ${number}, 6))`.execute(db)
  return loadSeals(db, numbers)
}

/** Which of these numbers an item wears or ever wore. */
export async function loadSeals(db: Reader, numbers: readonly string[]): Promise<Seals> {
  if (numbers.length === 0) return new Set()
  const found = await sql<{ readonly number: string }>`
    select number from unnest(${[...new Set(numbers)]}::text[]) as number
    where exists (select from items where state #>> '{seal,number}' = number)
       or exists (select from items where state -> 'retiredSeals' @> jsonb_build_array(jsonb_build_object('number', number)))
       or exists (select from containers where state #>> '{seal,number}' = number
         or state -> 'retiredSeals' @> jsonb_build_array(jsonb_build_object('number', number)))
  `.execute(db)
  return new Set(found.rows.map(({ number }) => number))
}

/** What is closed with the seal of this number, by code. */
export async function itemsUnder(db: Reader, number: string): Promise<string[]> {
  const found = await sql<{ readonly code: string }>`
    select id as code from items
    where state #>> '{seal,number}' = ${number} and seal_status in ('SEALED', 'RESEALED') order by id
  `.execute(db)
  return found.rows.map(({ code }) => code)
}

/** What lies under the seals that these items are closed with: seal number to codes, each in order. */
export async function loadBags(db: Reader, its: readonly Item[]): Promise<Map<string, string[]>> {
  const numbers = its.flatMap((item) => (isSealed(item) && item.seal !== null ? [item.seal.number] : []))
  if (numbers.length === 0) return new Map()
  const found = await sql<{ readonly number: string; readonly code: string }>`
    select state #>> '{seal,number}' as number, id as code from items
    where state #>> '{seal,number}' = any(${[...new Set(numbers)]}::text[]) and seal_status in ('SEALED', 'RESEALED')
    order by id
  `.execute(db)
  return new Map(
    [...Map.groupBy(found.rows, ({ number }) => number)].map(([number, rows]) => [
      number,
      rows.map(({ code }) => code),
    ]),
  )
}
