import { type Handler, handler } from '../../module.ts'
import { holdersOf } from '../papers/holders.ts'
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
    load: async (trx, { items, paper, act }, circumstances) => {
      const scene = await loadScene(trx, items, circumstances, {})
      if (paper !== undefined) return { ...scene, sides: await readSides(trx, paper, act ?? null), owners: new Map() }
      return { ...scene, sides: noSides, owners: await holdersOf(trx, [...scene.items.values()]) }
    },
    decide: sign,
  }),
}
