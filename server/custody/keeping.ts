import { type Handler, handler } from '../module.ts'
import { correctItems, type CorrectionScene } from './correcting.ts'
import { codesOf } from './lines.ts'
import { overItems } from './over-items.ts'
import { type Correct, keepingSchemas, type SealItems, type Unseal } from './schemas-keeping.ts'
import { sealItems, sealNumbersOf, unsealItems } from './sealing.ts'
import { loadSigners } from './signers.ts'
import { loadScene, registersOfItems } from './store.ts'
import { loadTold } from './told-store.ts'

/** What is done with an item while it is kept, beside moving and lending it. */
export const keepingHandlers: Readonly<Record<string, Handler>> = {
  'custody.unseal': overItems<Unseal>(
    keepingSchemas['custody.unseal'],
    ['custodian', 'officer'],
    { bags: true },
    unsealItems,
  ),
  'custody.seal': overItems<SealItems>(
    keepingSchemas['custody.seal'],
    ['custodian', 'officer'],
    (command) => ({ seals: sealNumbersOf(command) }),
    sealItems,
  ),
  'custody.correct': handler<Correct, CorrectionScene>({
    schema: keepingSchemas['custody.correct'],
    posts: ['officer'],
    registers: (trx, command) => registersOfItems(trx, codesOf(command.items)),
    load: async (trx, command, circumstances) => {
      const codes = codesOf(command.items)
      const seals = command.items.flatMap(({ sealNumber }) => sealNumber ?? [])
      const told = await loadTold(trx, codes)
      const registrars = [...told.values()].flatMap(([first]) => first?.actor ?? [])
      return {
        ...(await loadScene(trx, codes, circumstances, { bags: true, seals })),
        told,
        registrars: await loadSigners(trx, registrars, circumstances.at),
      }
    },
    decide: correctItems,
  }),
}
