import { loadActor } from '../../access/actor.ts'
import { handler, type Handler } from '../../module.ts'
import { codesOf } from '../items/lines.ts'
import type { Scene } from '../scene.ts'
import { keepingUnits, registersOfItems } from '../store.ts'
import type { PaperAct } from './facts.ts'
import { actOnPaper, enterFromPaper, type PaperScene, whenItHappened } from './on-paper.ts'
import { type EnterFromPaper, onPaperSchemas } from './schemas.ts'

/** What was done on paper while there was no power, over the same acts as at a bench. */
export function onPaperHandlers(acts: Readonly<Record<PaperAct, Handler>>): Readonly<Record<string, Handler>> {
  return {
    'custody.enter-from-paper': handler<EnterFromPaper, PaperScene>({
      schema: onPaperSchemas['custody.enter-from-paper'],
      posts: ['officer', 'custodian'],
      registers: (trx, { items }) => registersOfItems(trx, codesOf(items)),
      load: async (trx, command, circumstances) => {
        const { happenedAt, act } = command
        const actor = await loadActor(trx, circumstances.actor.person, happenedAt)
        const then = whenItHappened(command, circumstances, actor)
        const scene = (await acts[act].load(trx, actOnPaper(command, acts[act]), then)) as Scene
        const [first] = scene.items.values()
        const store = command.store ?? first?.store ?? ''
        const comparers = await Promise.all(circumstances.with.map((one) => loadActor(trx, one, circumstances.at)))
        return { scene, actor, comparers, store, keeping: (await keepingUnits(trx, [store])).get(store) ?? null }
      },
      decide: (state, command, circumstances) => enterFromPaper(state, command, circumstances, acts[command.act]),
    }),
  }
}
