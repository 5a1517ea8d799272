import type { Trx } from '../../database/connect.ts'
import { type Handler, handler } from '../../module.ts'
import { storeRegister, unitRegister } from '../custody.ts'
import { rules } from '../rules.ts'
import {
  type CancelStocktake,
  type ConcludeStocktake,
  type CountShelf,
  type DrawSample,
  type EndSearch,
  type ExplainDifference,
  type OrderStocktake,
  stocktakeSchemas as schemas,
} from './schemas.ts'
import { concludeStocktake, type ConcludeState, explainDifference } from './concluding.ts'
import { countShelf, type ShelfState } from './counting.ts'
import { cancelStocktake, drawSample, type DrawState, orderStocktake, type OrderState } from './ordering.ts'
import { endSearch, type SearchState } from './searching.ts'
import { loadConclude, loadDraw, loadOrder, loadSearch, loadShelf, lockStocktake } from './store.ts'
import { keepingUnits } from '../store.ts'
import type { Stocktake } from './stocktake.ts'

const ORDERING = ['supervisor', ...rules.head_posts.value] as const
const COUNTING = ['custodian', ...ORDERING] as const

async function registerOfStocktake(trx: Trx, { stocktake }: { readonly stocktake: string }): Promise<string[]> {
  const found = await trx.selectFrom('stocktakes').select('store').where('id', '=', stocktake).execute()
  return found.map(({ store }) => storeRegister(store))
}

/** What a count of a store takes, from its order to its last signature. */
export const stocktakeHandlers: Readonly<Record<string, Handler>> = {
  'custody.order-stocktake': handler<OrderStocktake, OrderState>({
    schema: schemas['custody.order-stocktake'],
    posts: ORDERING,
    // The paper takes a number of the department that keeps the store.
    registers: async (trx, { store }) => {
      const unit = (await keepingUnits(trx, [store])).get(store)
      return [storeRegister(store), ...(unit === undefined ? [] : [unitRegister(unit)])]
    },
    load: (trx, command, { at }) => loadOrder(trx, command, at),
    decide: orderStocktake,
  }),
  'custody.draw-sample': handler<DrawSample, DrawState>({
    schema: schemas['custody.draw-sample'],
    posts: ORDERING,
    registers: registerOfStocktake,
    load: (trx, { stocktake }) => loadDraw(trx, stocktake),
    decide: drawSample,
  }),
  'custody.count-shelf': handler<CountShelf, ShelfState>({
    schema: schemas['custody.count-shelf'],
    posts: COUNTING,
    registers: registerOfStocktake,
    load: (trx, command, { actor }) => loadShelf(trx, command, actor.person),
    decide: countShelf,
  }),
  'custody.conclude-stocktake': handler<ConcludeStocktake, ConcludeState>({
    schema: schemas['custody.conclude-stocktake'],
    posts: COUNTING,
    registers: registerOfStocktake,
    load: (trx, { stocktake }, circumstances) => loadConclude(trx, stocktake, circumstances),
    decide: concludeStocktake,
  }),
  'custody.explain-difference': handler<ExplainDifference, Stocktake | null>({
    schema: schemas['custody.explain-difference'],
    posts: ORDERING,
    registers: registerOfStocktake,
    load: (trx, { stocktake }) => lockStocktake(trx, stocktake),
    decide: explainDifference,
  }),
  'custody.cancel-stocktake': handler<CancelStocktake, Stocktake | null>({
    schema: schemas['custody.cancel-stocktake'],
    posts: ORDERING,
    registers: registerOfStocktake,
    load: (trx, { stocktake }) => lockStocktake(trx, stocktake),
    decide: cancelStocktake,
  }),
  'custody.end-search': handler<EndSearch, SearchState>({
    schema: schemas['custody.end-search'],
    posts: COUNTING,
    registers: async (trx, { search }) => {
      const found = await trx.selectFrom('item_searches').select('store').where('id', '=', search).execute()
      return found.map(({ store }) => storeRegister(store))
    },
    load: loadSearch,
    decide: endSearch,
  }),
}
