import { type Handler, handler } from '../../module.ts'
import { loadScene, registersOfItems } from '../store.ts'
import { signingSchemas, type Sign } from './schemas.ts'
import { noSides, readSides } from './sides.ts'
import { sign, type SigningScene } from './signing.ts'

/** Signatures by hand. */
export const signingHandlers: Readonly<Record<string, Handler>> = {
  'custody.sign': handler<Sign, SigningScene>({
    schema: signingSchemas['custody.sign'],
    posts: ['officer', 'custodian', 'supervisor'],
    registers: (trx, { items }) => registersOfItems(trx, items),
    load: async (trx, { items, paper, act }, circumstances) => ({
      ...(await loadScene(trx, items, circumstances, {})),
      sides: paper === undefined ? noSides : await readSides(trx, paper, act ?? null),
    }),
    decide: sign,
  }),
}
