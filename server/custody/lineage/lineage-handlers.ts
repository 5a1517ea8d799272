import type { Trx } from '../../database/connect.ts'
import { type Circumstances, type Command, type Decision, type Handler, handler } from '../../module.ts'
import { codesOf } from '../items/lines.ts'
import { divideMoney, type DivideScene } from './dividing.ts'
import { mergeItems } from './merging.ts'
import { overItems, SHELVES } from '../items/over-items.ts'
import type { RegroupScene } from './regrouping.ts'
import { type DivideMoney, lineageSchemas, type Merge, type Split } from './schemas.ts'
import { type Arrive, type Dispatch, transitSchemas } from '../transit/schemas.ts'
import { splitItem } from './splitting.ts'
import { issuesOf } from '../papers/label-store.ts'
import { loadRegister } from '../intake/store.ts'
import { loadScene, registersOfItems } from '../store.ts'
import { salesOf } from '../worth/store.ts'
import { dispatchItems, takeInArrivals } from '../transit/transit.ts'

/** Items that become several, or one, or go to another store. */
export const lineageHandlers: Readonly<Record<string, Handler>> = {
  'custody.split': regrouping<Split>('custody.split', ({ items }) => codesOf(items), splitItem),
  'custody.divide-money': handler<DivideMoney, DivideScene>({
    schema: lineageSchemas['custody.divide-money'],
    posts: ['officer'],
    registers: (trx, { items }) => booksOf(trx, codesOf(items)),
    load: async (trx, { items }, circumstances) => {
      const scene = await loadRegrouping(trx, codesOf(items), circumstances)
      return { ...scene, sales: await salesOf(trx, scene.cases.values()) }
    },
    decide: divideMoney,
  }),
  'custody.merge': regrouping<Merge>('custody.merge', ({ items }) => items, mergeItems),
  'custody.dispatch': overItems<Dispatch>(
    transitSchemas['custody.dispatch'],
    ['custodian'],
    ({ to }) => ({ store: to }),
    dispatchItems,
  ),
  'custody.arrive': overItems<Arrive>(
    transitSchemas['custody.arrive'],
    ['custodian'],
    { ...SHELVES, heads: true },
    takeInArrivals,
  ),
}

function regrouping<C extends Command>(
  type: keyof typeof lineageSchemas,
  codesIn: (command: C) => readonly string[],
  decide: (scene: RegroupScene, command: C, circumstances: Circumstances) => Decision,
): Handler {
  return handler<C, RegroupScene>({
    schema: lineageSchemas[type],
    posts: ['custodian', 'officer'],
    registers: (trx, command) => booksOf(trx, codesIn(command)),
    load: (trx, command, circumstances) => loadRegrouping(trx, codesIn(command), circumstances),
    decide,
  })
}

async function loadRegrouping(trx: Trx, codes: readonly string[], circumstances: Circumstances): Promise<RegroupScene> {
  const places = await trx.selectFrom('items').select(['location', 'container']).where('id', 'in', codes).execute()
  const scene = await loadScene(trx, codes, circumstances, {
    locations: [...new Set(places.flatMap(({ location }) => location ?? []))],
    containers: [...new Set(places.flatMap(({ container }) => container ?? []))],
  })
  const [first] = scene.items.values()
  const numbers = await loadRegister(trx, { case: first?.case ?? '', items: [] }, circumstances)
  const { unitNumber, nextSerial, nextOrdinal, names } = numbers
  return { ...scene, unitNumber, nextSerial, nextOrdinal, names, labels: await issuesOf(trx, codes) }
}

async function booksOf(trx: Trx, codes: readonly string[]): Promise<string[]> {
  return [...new Set([...(await registersOfItems(trx, codes)), ...(await registersOfLabels(trx, codes))])]
}

/** In whose books the cards of these items stand: they are voided there, wherever the items are now. */
async function registersOfLabels(trx: Trx, codes: readonly string[]): Promise<string[]> {
  const found = await trx.selectFrom('labels').select('state').where('code', 'in', codes).execute()
  return found.map(({ state }) => state.register)
}
