import { sql } from 'kysely'
import type { Reader } from '../module.ts'
import type { Numbering } from './intake/handover.ts'
import { yearOf } from './intake/registering.ts'
import './tables.ts'

const BASE = 36
const NUMBERS_MAX = BASE * BASE - 1

/**
 * The two characters of a unit or store in its codes: the how-manieth it is in the organisation's register, where none is ever taken
 * out or put in between.
 */
export async function numberOf(db: Reader, kind: 'unit' | 'store', id: string): Promise<string> {
  const type = kind === 'unit' ? 'org.unit-added' : 'org.store-opened'
  const found = await sql<{ place: number }>`
    select count(*) as place from entries
    where register = 'org' and type = ${type}
      and seq <= (select seq from entries where subject = ${`${kind}/${id}`} and n = 1)
  `.execute(db)
  const place = found.rows[0]?.place ?? 0
  if (place < 1 || place > NUMBERS_MAX) throw new RangeError(`${kind} ${id} has no number of two characters`)
  return place.toString(BASE).toUpperCase().padStart(2, '0')
}

/** The next document of a unit in this year: lists, papers of disposal and stock-takes are numbered in one row. */
export async function loadListNumber(db: Reader, unit: string | undefined, at: string): Promise<Numbering> {
  if (unit === undefined) return { unitNumber: '', nextSerial: 0 }
  const last = await sql<{ serial: number | null }>`
    select greatest(
      (select max(serial) from lists where unit = ${unit} and year = ${yearOf(at)}),
      (select max(serial) from disposals where unit = ${unit} and year = ${yearOf(at)}),
      (select max(serial) from stocktakes where unit = ${unit} and year = ${yearOf(at)})) as serial
  `.execute(db)
  return { unitNumber: await numberOf(db, 'unit', unit), nextSerial: (last.rows[0]?.serial ?? 0) + 1 }
}
