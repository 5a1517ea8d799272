import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import '../../org/tables.ts'
import type { OpenCase } from '../schemas.ts'
import '../tables.ts'
import type { OpenCaseState } from './cases.ts'

/**
 * Which case has a number, or had it before a correction, as it was registered; null where none does. Departments write in registers of their
 * own: the number itself is held, so that two of them never give it to two cases.
 */
export async function holdNumber(db: Reader, number: string): Promise<string | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended('case ' || ${number}, 4))`.execute(db)
  const found = await sql<{ id: string }>`
    select id from cases where id = ${number} union all select case_number from case_numbers where number = ${number}
  `.execute(db)
  return found.rows[0]?.id ?? null
}

/** What opening a case looks at, its number held. */
export async function loadOpenCase(db: Reader, { number, unit, officers }: OpenCase): Promise<OpenCaseState> {
  const taken = await holdNumber(db, number)
  const known = await db.selectFrom('units').select('id').where('id', '=', unit).executeTakeFirst()
  const appointed = await db
    .selectFrom('appointments')
    .innerJoin('people', 'people.id', 'appointments.person')
    .select('appointments.person')
    .where('appointments.post', '=', 'officer')
    .where('appointments.place', '=', unit)
    .where('appointments.to_at', 'is', null)
    .where('people.active', '=', true)
    .where('appointments.person', 'in', [...officers])
    .execute()
  return {
    taken: taken !== null,
    unitKnown: known !== undefined,
    officers: new Set(appointed.map(({ person }) => person)),
  }
}
