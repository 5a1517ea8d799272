import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import '../tables.ts'

/** Whether a register holds what happened in a case from which this person is recused: that of its department, or of a store that its items came to. */
export async function registerApart(db: Reader, person: string, register: string): Promise<boolean> {
  const { rows } = await sql<{ apart: boolean }>`
    select exists (
      select from case_officers o join cases c on c.id = o.case_number
      where o.person = ${person} and o.recused and (
        'unit.' || c.unit = ${register}
        or exists (select from items i join entries e on e.register = ${register} and e.subject = 'item/' || i.id
          where i.case_number = c.id))) as apart
  `.execute(db)
  return rows[0]?.apart === true
}
