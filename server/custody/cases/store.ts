import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import '../../org/tables.ts'
import type { OpenCase } from '../schemas.ts'
import '../tables.ts'
import type { OpenCaseState } from './cases.ts'

/** Departments write in registers of their own: the number itself is held, so that two of them never open one case. */
export async function loadOpenCase(db: Reader, { number, unit, officers }: OpenCase): Promise<OpenCaseState> {
  await sql`select pg_advisory_xact_lock(hashtextextended('case ' || ${number}, 4))`.execute(db)
  const taken = await db.selectFrom('cases').select('id').where('id', '=', number).executeTakeFirst()
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
    taken: taken !== undefined,
    unitKnown: known !== undefined,
    officers: new Set(appointed.map(({ person }) => person)),
  }
}
