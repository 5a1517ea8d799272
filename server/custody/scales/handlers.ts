import { type Handler, handler } from '../../module.ts'
import { storeRegister } from '../custody.ts'
import { schemas } from '../schemas.ts'
import { loadFrames } from '../store.ts'
import { testWeightsOf } from './reads.ts'
import { checkScale, type ScaleState } from './scales.ts'
import type { CheckScale } from './schemas.ts'

/** The check of a scale. No route leads here: it is done at a bench, with what its scale says. */
export const scaleHandlers: Readonly<Record<string, Handler>> = {
  'custody.check-scale': handler<CheckScale, ScaleState>({
    schema: schemas['custody.check-scale'],
    posts: ['custodian'],
    registers: async (_trx, { store }) => [storeRegister(store)],
    load: async (trx, { reading, device }, { station }) => ({
      tests: await testWeightsOf(trx, station?.id ?? null),
      frames: await loadFrames(trx, { station: station?.id ?? '', readings: [reading], device }),
    }),
    decide: checkScale,
  }),
}
