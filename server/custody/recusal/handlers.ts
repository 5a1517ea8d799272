import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import { handler, type Handler } from '../../module.ts'
import { unitRegister } from '../custody.ts'
import { loadCaseScene } from '../disposal/store.ts'
import '../../org/tables.ts'
import '../tables.ts'
import { recuse, type RecusalScene } from './recusal.ts'
import { recusalSchemas, type Recuse } from './schemas.ts'
import { rules } from '../rules.ts'
import { taxPartsIn } from '../tax-roles/store.ts'

/** Who stands aside in a case. */
export const recusalHandlers: Readonly<Record<string, Handler>> = {
  'custody.recuse': handler<Recuse, RecusalScene>({
    schema: recusalSchemas['custody.recuse'],
    posts: ['officer', 'supervisor', ...rules.head_posts.value],
    registers: async (trx, command) => {
      const found = await trx.selectFrom('cases').select('unit').where('id', '=', command.case).execute()
      return found.map(({ unit }) => unitRegister(unit))
    },
    load: async (trx, command, circumstances) => {
      const scene = await loadCaseScene(trx, command.case, circumstances)
      const roles = await taxPartsIn(trx, scene.cases.values())
      return {
        ...scene,
        ...(await officersAmong(trx, command.case, [command.person, ...(command.successors ?? [])])),
        roles,
      }
    },
    decide: recuse,
  }),
}

/** Which of these people are active, and which of them are officers of the department that handles this case. */
export async function officersAmong(
  db: Reader,
  number: string,
  people: readonly string[],
): Promise<Pick<RecusalScene, 'known' | 'officers'>> {
  const found = await sql<{ id: string; officer: boolean }>`
    select p.id, exists (
      select from appointments a join cases c on c.id = ${number} and c.unit = a.place
      where a.person = p.id and a.post = 'officer' and a.to_at is null) as officer
    from people p where p.active and p.id = any(${people}::text[])
  `.execute(db)
  return {
    known: new Set(found.rows.map(({ id }) => id)),
    officers: new Set(found.rows.flatMap(({ id, officer }) => (officer ? [id] : []))),
  }
}
