import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import '../../org/tables.ts'
import type { NewCase, OpenCase } from '../schemas.ts'
import '../tables.ts'
import type { OpenCaseState } from './cases.ts'

/**
 * Which case has a number, or had it before a correction, as it was registered; null where none does. Departments write in registers of their
 * own: the number itself is held, so that two of them never give it to two cases.
 */
export async function holdNumber(db: Reader, number: string): Promise<string | null> {
  return (await holdNumbers(db, [number])).get(number) ?? null
}

/** The same of many numbers, held in one order, so that two acts over the same ones never wait for each other in a ring. */
export async function holdNumbers(db: Reader, numbers: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(numbers)].sort()
  await sql`
    select pg_advisory_xact_lock(hashtextextended('case ' || number, 4)) from unnest(${wanted}::text[]) as wanted (number)
  `.execute(db)
  const found = await sql<{ number: string; id: string }>`
    select id as number, id from cases where id = any(${wanted}::text[])
    union all select number, case_number from case_numbers where number = any(${wanted}::text[])
  `.execute(db)
  return new Map(found.rows.map(({ number, id }) => [number, id]))
}

/** What opening a case looks at, its number held. */
export async function loadOpenCase(db: Reader, wanted: OpenCase): Promise<OpenCaseState> {
  const openings = await loadOpenings(db, [wanted], await holdNumbers(db, [wanted.number]))
  return openings.get(wanted.number) ?? { taken: true, unitKnown: false, officers: new Set() }
}

/** What opening each of these cases looks at, by its number. */
export async function loadOpenings(
  db: Reader,
  wanted: readonly NewCase[],
  taken: ReadonlyMap<string, string>,
): Promise<Map<string, OpenCaseState>> {
  const units = [...new Set(wanted.map(({ unit }) => unit))]
  const people = [...new Set(wanted.flatMap(({ officers }) => officers))]
  const known = await sql<{ id: string }>`select id from units where id = any(${units}::text[])`.execute(db)
  const appointed = await sql<{ person: string; place: string }>`
    select a.person, a.place from appointments a join people p on p.id = a.person
    where a.post = 'officer' and a.place = any(${units}::text[]) and a.to_at is null and p.active
      and a.person = any(${people}::text[])
  `.execute(db)
  return new Map(
    wanted.map(({ number, unit, officers }) => [
      number,
      {
        taken: taken.has(number),
        unitKnown: known.rows.some(({ id }) => id === unit),
        officers: new Set(
          officers.filter((one) => appointed.rows.some(({ person, place }) => person === one && place === unit)),
        ),
      },
    ]),
  )
}
