import { sql } from 'kysely'
import { lineageOf, unitsUnder } from '../../approvals/store.ts'
import { endOfDay } from '../../clock/calendar.ts'
import '../../clock/tables.ts'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { type Sight, watchesAll } from '../sight/sees.ts'
import { casesWithin } from '../sight/sight.ts'
import { annualNamed, annualSubject } from './annual-named.ts'
import type { AnnualUnit } from './protocol.ts'
import '../tables.ts'

/** Of an organ its departments are counted with it. */
export function unitsOf(db: Reader, unit: string): Promise<string[]> {
  return unitsUnder(db, [unit])
}

/** Whoever is recused from a case that the statement of a unit and year counts (回避, rules W-03): he neither makes nor reads it. */
export async function apartFromAnnual(db: Reader, id: string): Promise<ReadonlySet<string>> {
  const { unit, year } = annualNamed(id)
  const found = await sql<{ person: string }>`
    select distinct o.person from case_officers o join cases c on c.id = o.case_number
    where o.recused and c.unit = any(${await unitsOf(db, unit)}::text[])
      and c.opened_at < ${endOfDay(`${year}-12-31`)}::timestamptz
  `.execute(db)
  return new Set(found.rows.map(({ person }) => person))
}

/** Departments with a case in sight and, for whoever watches over all, the organs that they belong to; with when the statement of the year is due. */
export async function annualUnits(
  db: Reader,
  { person, sight, year }: { readonly person: string; readonly sight: Sight; readonly year: number },
): Promise<AnnualUnit[]> {
  const found = await sql<{ unit: string; seen: boolean; apart: boolean }>`
    select c.unit, bool_or(${casesWithin(sight)}) as seen,
      bool_or(c.opened_at < ${endOfDay(`${year}-12-31`)}::timestamptz and exists (
        select from case_officers o where o.case_number = c.id and o.recused and o.person = ${person})) as apart
    from cases c group by c.unit
  `.execute(db)
  const rows = found.rows.filter(({ seen, apart }) => seen || apart)
  const lineages = await lineageOf(
    db,
    rows.map(({ unit }) => unit),
  )
  const above = (unit: string): readonly string[] => lineages.get(unit) ?? [unit]
  const apart = new Set(rows.filter((row) => row.apart).flatMap(({ unit }) => above(unit)))
  const own = rows.filter(({ seen }) => seen).map(({ unit }) => unit)
  const units = [...new Set(watchesAll(sight) ? own.flatMap(above) : own)].toSorted()
  const named = await namesOf(
    db,
    units.map((unit) => `unit/${unit}`),
  )
  const due = await dueOf(db, units, year)
  return units.map((id) => ({
    ...{ id, name: named(`unit/${id}`).name, apart: apart.has(id), due: due.get(id) ?? null },
  }))
}

/** Of those of whom a statement of the year is awaited, or was. */
async function dueOf(db: Reader, units: readonly string[], year: number): Promise<Map<string, AnnualUnit['due']>> {
  const found = await db
    .selectFrom('clocks')
    .innerJoin('clock_subjects', 'clock_subjects.clock', 'clocks.id')
    .select(['clocks.unit', 'clocks.state'])
    .where('clock_subjects.subject', 'in', ['', ...units.map((unit) => annualSubject(unit, year))])
    .orderBy('clocks.id')
    .execute()
  return new Map(found.map(({ unit, state: { dueAt, state } }) => [unit, { at: dueAt, open: state !== 'ended' }]))
}
