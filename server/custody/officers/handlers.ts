import { handler, type Handler } from '../../module.ts'
import { unitRegister } from '../custody.ts'
import { loadCaseScene } from '../disposal/store.ts'
import { officersAmong } from '../recusal/handlers.ts'
import { rules } from '../rules.ts'
import { taxPartsIn } from '../tax-roles/store.ts'
import '../tables.ts'
import { joinOfficers, type JoiningScene } from './officers.ts'
import { type JoinOfficers, officerSchemas } from './schemas.ts'

/** Who handles a case as well. */
export const officerHandlers: Readonly<Record<string, Handler>> = {
  'custody.join-officers': handler<JoinOfficers, JoiningScene>({
    schema: officerSchemas['custody.join-officers'],
    posts: ['officer', ...rules.head_posts.value],
    registers: async (trx, command) => {
      const found = await trx.selectFrom('cases').select('unit').where('id', '=', command.case).execute()
      return found.map(({ unit }) => unitRegister(unit))
    },
    load: async (trx, command, circumstances) => {
      const scene = await loadCaseScene(trx, command.case, circumstances)
      const roles = await taxPartsIn(trx, scene.cases.values())
      return { ...scene, ...(await officersAmong(trx, command.case, command.officers)), roles }
    },
    decide: joinOfficers,
  }),
}
