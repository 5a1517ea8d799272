import { sql } from 'kysely'
import { readPersonal } from '../../ledger/personal.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Circumstances, Reader } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import type { KeptThen } from './facts.ts'
import { keepings } from '../projections.ts'
import type { ShownKeeping } from '../protocol.ts'
import type { HandOverPost } from './schemas.ts'
import { loadSigners } from '../people/signers.ts'
import { type HandOverState, presentKeeper } from './store.ts'
import { lockStocktake, walkersOf } from '../stocktake/store.ts'
import { keepingUnits } from '../store.ts'
import '../tables.ts'

/** What handing over the post of a store looks at. */
export async function loadHandOverPost(
  db: Reader,
  { store, stocktake: code }: HandOverPost,
  { with: people, at }: Pick<Circumstances, 'with' | 'at'>,
): Promise<HandOverState> {
  const keeping = (await loadStates(db, keepings, [store], { lock: true })).get(store) ?? null
  const stocktake = await lockStocktake(db, code)
  const walked = [...(await walkersOf(db, code, 1)), ...(await walkersOf(db, code, 2))]
  const present = presentKeeper(keeping)
  const closed = stocktake?.closed
  return {
    ...{ keeping, stocktake },
    unit: (await keepingUnits(db, [store])).get(store) ?? null,
    counted: new Set([...walked, ...(closed === undefined || closed === null ? [] : [closed.by, ...closed.signers])]),
    kept: await keptBy(db, store),
    signers: await loadSigners(db, people, at),
    keeper: present === null ? null : ((await loadSigners(db, [present], at)).get(present) ?? null),
  }
}

/** What the store answers for at this moment: counted by sets, however much it is. */
async function keptBy(db: Reader, store: string): Promise<KeptThen> {
  const counted = await sql<{ inStore: number; lent: number; atAppraisal: number }>`
    select (count(*) filter (where custody_status = 'IN_STORE'))::integer as "inStore",
      (count(*) filter (where custody_status = 'BORROWED'))::integer as lent,
      (count(*) filter (where custody_status = 'AT_APPRAISAL'))::integer as "atAppraisal"
    from items where store = ${store} and custody_status in ('IN_STORE', 'BORROWED', 'AT_APPRAISAL')
  `.execute(db)
  const searched = await sql<{ item: string }>`
    select item from item_searches where store = ${store} and open order by item
  `.execute(db)
  const { inStore = 0, lent = 0, atAppraisal = 0 } = counted.rows[0] ?? {}
  return { inStore, lent, atAppraisal, unlocated: searched.rows.map(({ item }) => item) }
}

/** Who answers for a store, and how the post came to him; the latest hand-over first. What was stated is sealed: the read is to be recorded. */
export async function shownKeeping(db: Reader, store: string): Promise<ShownKeeping> {
  const keeping = (await loadStates(db, keepings, [store])).get(store) ?? null
  const handOvers = keeping?.handOvers ?? []
  const present = presentKeeper(keeping)
  const named = await namesOf(
    db,
    [...handOvers.flatMap(({ from, to, witness }) => [from, to, witness]), ...(present === null ? [] : [present])].map(
      (person) => `person/${person}`,
    ),
  )
  const said = await readPersonal(
    db,
    handOvers.map(({ statement }) => statement.ref),
  )
  return {
    store,
    keeper: present === null ? null : named(`person/${present}`),
    since: keeping?.keepers.at(-1)?.from ?? null,
    handOvers: handOvers.toReversed().map(({ from, to, witness, statement, ...rest }) => ({
      ...rest,
      ...{ from: named(`person/${from}`), to: named(`person/${to}`), witness: named(`person/${witness}`) },
      statement: textOf(said.get(statement.ref)),
    })),
  }
}
