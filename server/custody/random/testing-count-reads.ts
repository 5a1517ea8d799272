import type { Db } from '../../database/connect.ts'
import { parseEntry } from '../../ledger/entry.ts'
import type { Counting } from './testing-count-steps.ts'

/** Counts of one sequence, and the store that they are of. */
export interface Counts {
  readonly store: string
  /** In the order in which they were ordered. */
  readonly counts: readonly string[]
}

/** An entry of the store's register, as it stands there. */
export interface CountEntry {
  readonly subject: string
  readonly type: string
  readonly at: string
  readonly actor: string
  readonly with: readonly string[]
  readonly body: Readonly<Record<string, unknown>>
}

/** What the register says of counts and of the post, and who the table has as keepers. */
export interface Counted {
  /** In their order. */
  readonly entries: readonly CountEntry[]
  readonly keepers: readonly { readonly person: string; readonly from: string; readonly to: string | null }[]
}

/** How far they have come, by the read tables. */
export async function countingOf(db: Db, { store, counts }: Counts): Promise<Counting> {
  const last = counts.at(-1)
  const none: Counting = { count: null, sheets: [], searches: [], keeper: null, handedOverBy: [] }
  if (last === undefined) return none
  const { state: count } = await db
    .selectFrom('stocktakes')
    .select('state')
    .where('id', '=', last)
    .executeTakeFirstOrThrow()
  const sheets = await db
    .selectFrom('stocktake_sheets')
    .select('state')
    .where('stocktake', '=', last)
    .orderBy('at')
    .execute()
  const searches = await db
    .selectFrom('item_searches')
    .select('state')
    .where('stocktake', 'in', counts)
    .where('open', '=', true)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const keeping = await db.selectFrom('store_keepings').select('state').where('id', '=', store).executeTakeFirst()
  return {
    ...{ count, sheets: sheets.map(({ state }) => state), searches: searches.map(({ state }) => state) },
    keeper: keeping?.state.keepers.at(-1)?.person ?? null,
    handedOverBy: keeping?.state.handOvers.map(({ stocktake }) => stocktake) ?? [],
  }
}

/** Everything that was written of them. */
export async function readCounts(db: Db, { store, counts }: Counts): Promise<Counted> {
  if (counts.length === 0) return { entries: [], keepers: [] }
  const sheets = await db.selectFrom('stocktake_sheets').select('id').where('stocktake', 'in', counts).execute()
  const searches = await db.selectFrom('item_searches').select('id').where('stocktake', 'in', counts).execute()
  const subjects = [
    ...counts.map((code) => `stocktake/${code}`),
    ...sheets.map(({ id }) => `sheet/${id}`),
    ...searches.map(({ id }) => `search/${id}`),
    `keeping/${store}`,
  ]
  const found = await db
    .selectFrom('entries')
    .select(['subject', 'text'])
    .where('register', '=', `store.${store}`)
    .where('subject', 'in', subjects)
    .orderBy('seq')
    .execute()
  const keepers = await db
    .selectFrom('store_keepers')
    .select(['person', 'from_at', 'to_at'])
    .where('store', '=', store)
    .orderBy('ordinal')
    .execute()
  return {
    entries: found.map(({ subject, text }) => {
      const { type, at, actor, with: signers, body } = parseEntry(text)
      return { subject, type, at, actor, with: signers, body }
    }),
    keepers: keepers.map(({ person, from_at, to_at }) => ({
      ...{ person, from: new Date(from_at).toISOString() },
      to: to_at === null ? null : new Date(to_at).toISOString(),
    })),
  }
}
