import { sql } from 'kysely'
import { handler, type Handler } from '../../module.ts'
import { unitRegister } from '../custody.ts'
import { loadCaseScene } from '../disposal/store.ts'
import '../tables.ts'
import { type ChecklistScene, checkMeasure } from './checklist.ts'
import { checklistSchemas, type CheckMeasure } from './schemas.ts'

/** What was seen to when things were taken. */
export const checklistHandlers: Readonly<Record<string, Handler>> = {
  'custody.check-measure': handler<CheckMeasure, ChecklistScene>({
    schema: checklistSchemas['custody.check-measure'],
    posts: ['officer'],
    registers: async (trx, command) => {
      const found = await trx.selectFrom('cases').select('unit').where('id', '=', command.case).execute()
      return found.map(({ unit }) => unitRegister(unit))
    },
    load: async (trx, command, circumstances) => {
      const found = await sql<{ notice: string }>`
        select distinct state #>> '{measure,noticeNumber}' as notice from items where case_number = ${command.case}
      `.execute(trx)
      return {
        ...(await loadCaseScene(trx, command.case, circumstances)),
        notices: new Set(found.rows.map(({ notice }) => notice)),
      }
    },
    decide: checkMeasure,
  }),
}
