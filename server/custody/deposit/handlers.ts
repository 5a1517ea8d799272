import { type Handler, handler } from '../../module.ts'
import { namesOfCases } from '../in-clear/store.ts'
import { codesOf } from '../items/lines.ts'
import { loadScene, registersOfItems } from '../store.ts'
import { depositMoney, type DepositScene } from './deposit.ts'
import { depositSchemas, type DepositMoney } from './schemas.ts'

/** What is done with money instead of taking it into a store. */
export const depositHandlers: Readonly<Record<string, Handler>> = {
  'custody.deposit': handler<DepositMoney, DepositScene>({
    schema: depositSchemas['custody.deposit'],
    posts: ['officer'],
    registers: (trx, { items }) => registersOfItems(trx, codesOf(items)),
    load: async (trx, { items }, circumstances) => {
      const scene = await loadScene(trx, codesOf(items), circumstances, {})
      return { ...scene, names: await namesOfCases(trx, scene.cases) }
    },
    decide: depositMoney,
  }),
}
