import { handler, type Handler } from '../../module.ts'
import { unitRegister } from '../custody.ts'
import { loadCaseScene } from '../disposal/store.ts'
import { noNames } from '../in-clear/in-clear.ts'
import { namesOfCases } from '../in-clear/store.ts'
import '../tables.ts'
import { type FilingScene, stateFiling } from './filing.ts'
import { filingSchemas, type StateFiling } from './schemas.ts'

/** Since when a case is one. */
export const filingHandlers: Readonly<Record<string, Handler>> = {
  'custody.state-filing': handler<StateFiling, FilingScene>({
    schema: filingSchemas['custody.state-filing'],
    posts: ['officer'],
    registers: async (trx, command) => {
      const found = await trx.selectFrom('cases').select('unit').where('id', '=', command.case).execute()
      return found.map(({ unit }) => unitRegister(unit))
    },
    load: async (trx, command, circumstances) => {
      const scene = await loadCaseScene(trx, command.case, circumstances)
      const names = await namesOfCases(trx, scene.cases)
      return { ...scene, names: names.get(command.case) ?? noNames }
    },
    decide: stateFiling,
  }),
}
