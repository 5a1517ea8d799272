import { lockOutputs, type RelayBoard } from '../../../devices/relay/outputs.ts'
import type { Act } from '../../act.ts'
import type { Reader } from '../../module.ts'
import { SYSTEM } from '../../module.ts'
import { namesOf } from '../../names.ts'
import type { LockOrders } from '../../stations/locks.ts'
import { rules } from '../rules.ts'
import { keepingUnits } from '../store.ts'
import { loadSigners } from '../people/signers.ts'
import type { LockState, StoreLock } from './locks.ts'
import type { ShownOpening } from './protocol.ts'
import type { SettleLock } from './schemas.ts'
import '../../stations/tables.ts'
import '../tables.ts'

/** The locks of the boards at a store's stations, and whether finance has the second key of them; an output that drives a siren is none. */
async function locksOfStore(db: Reader, store: string): Promise<StoreLock[]> {
  const found = await db
    .selectFrom('stations')
    .select(['id', 'name', 'state'])
    .where('place', '=', store)
    .orderBy('id')
    .execute()
  const shelves = await db
    .selectFrom('locations')
    .select('id')
    .where('store', '=', store)
    .where('storage_class', 'in', [...rules.finance_key_classes.value])
    .limit(1)
    .execute()
  const key = shelves.length > 0 ? ({ financeKey: true } as const) : {}
  return found.flatMap(({ id, name, state }) => {
    const boards = state.devices.filter(({ kind }) => kind === 'relay')
    return boards.flatMap((board) => {
      const place = boards.length > 1 ? `${name} ${board.id}` : name
      return lockOutputs(board as RelayBoard).map((lock) => ({ board: id, device: board.id, lock, place, ...key }))
    })
  })
}

/** What an order to a lock of this store looks at, with who signs it. */
export async function lookAtLocks(
  db: Reader,
  store: string,
  signers: readonly string[],
  at: string,
): Promise<LockState> {
  return {
    locks: await locksOfStore(db, store),
    keeping: (await keepingUnits(db, [store])).get(store) ?? null,
    signers: await loadSigners(db, signers, at),
  }
}

/** How locks of a store were opened, the latest first: a page of them. */
export async function listOpenings(
  db: Reader,
  store: string,
  { limit, after }: { readonly limit: number; readonly after: string | null },
): Promise<ShownOpening[]> {
  // Their ids are made one after the other in time.
  const found = await db
    .selectFrom('lock_openings')
    .select('state')
    .where('store', '=', store)
    .$if(after !== null, (query) => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const openings = found.map(({ state }) => state)
  const named = await namesOf(
    db,
    openings.flatMap(({ by, with: others }) => [by, ...others].map((person) => `person/${person}`)),
  )
  const places = new Map((await locksOfStore(db, store)).map((one) => [keyOf(one), one.place]))
  return openings.map(({ id, at, by, with: others, outcome, ...of }) => ({
    ...{ id, at, outcome, place: places.get(keyOf(of)) ?? of.board, lock: of.lock },
    openers: [by, ...others].map((person) => named(`person/${person}`)),
  }))
}

function keyOf({ board, device, lock }: Pick<StoreLock, 'board' | 'device' | 'lock'>): string {
  return `${board} ${device} ${lock}`
}

/** The orders to locks that two have signed, for who drives the boards. */
export function custodyLocks({ act }: { readonly act: Act }): LockOrders {
  return {
    wakes: ['custody.lock-ordered'],
    async waiting(db, station) {
      const found = await db
        .selectFrom('lock_openings')
        .select('state')
        .where('board', '=', station)
        .where('open', '=', true)
        .orderBy('id')
        .execute()
      return found.map(({ state: { id, bench, board, device, lock, at } }) => ({
        ...{ id, bench, station: board, device, lock, at },
      }))
    },
    async settle({ id }, outcome) {
      const command: SettleLock = { type: 'custody.settle-lock', opening: id, outcome }
      await act({ person: SYSTEM }, command, { cause: `lock ${id}` })
    },
  }
}
