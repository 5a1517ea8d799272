import { handler, type Handler } from '../../module.ts'
import { unitRegister } from '../custody.ts'
import { loadCaseScene } from '../disposal/store.ts'
import { noNames } from '../in-clear/in-clear.ts'
import { namesOfCases } from '../in-clear/store.ts'
import '../tables.ts'
import { stateTarget, type TargetScene } from './worth.ts'
import { type StateTarget, worthSchemas } from './schemas.ts'
import { salesOf } from './store.ts'

/** What the measures of a case are for, in money. */
export const worthHandlers: Readonly<Record<string, Handler>> = {
  'custody.state-target': handler<StateTarget, TargetScene>({
    schema: worthSchemas['custody.state-target'],
    posts: ['officer'],
    registers: async (trx, command) => {
      const found = await trx.selectFrom('cases').select('unit').where('id', '=', command.case).execute()
      return found.map(({ unit }) => unitRegister(unit))
    },
    load: async (trx, command, circumstances) => {
      const scene = await loadCaseScene(trx, command.case, circumstances)
      const names = await namesOfCases(trx, scene.cases)
      return { ...scene, names: names.get(command.case) ?? noNames, sales: await salesOf(trx, scene.cases.values()) }
    },
    decide: stateTarget,
  }),
}
