import { sql } from 'kysely'
import type { HeldLine, HeldShelf, OfflineDeed } from '../../../devices/agent/held-list.ts'
import { makeLabelCode } from '../../../labels/item-code.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { OfflineWork } from '../../stations/procedure.ts'
import type { CheckInWork, Line } from './check-in-work.ts'
import { categories } from '../categories.ts'
import { storageFor } from '../keeping/locations.ts'
import { openConflicts } from '../conflicts/conflict-reads.ts'
import type { Item } from '../items/item.ts'
import type { CustodyWork } from './procedures.ts'
import type { CheckIn, NoteConflict } from '../schemas.ts'
import { labelsOnPaper } from '../papers/label-store.ts'
import '../tables.ts'

/** Conflicts that a bench's screen shows at once. */
const SHOWN_MAX = 20

/**
 * Checking in a list, whose officer has signed, goes on at another PC while the line is down: item, weight, shelf, one confirmation each. The
 * officer's signature at its opening covers what is done so; photos are not there and are not compared, and the register says so.
 */
export const offlineCheckIn: OfflineWork<CustodyWork> = {
  opening(work) {
    if (work.procedure !== 'check-in' || work.officer === null || work.confirmed) return null
    return {
      document: work.list,
      signers: [work.officer.id],
      items: work.lines.map(({ item }) => item),
      waiting: work.lines.filter(({ state }) => state === 'waiting').map(({ item }) => item),
    }
  },
  async copy(db, items, store) {
    return { lines: await linesOf(db, items), shelves: await shelvesOf(db, store) }
  },
  async act(db, { list, item, location, weighed, sealNumber }: OfflineDeed): Promise<CheckIn> {
    const found = await db.selectFrom('items').select('state').where('id', '=', item).executeTakeFirst()
    // Whatever else may have become of it, the act itself says.
    if (found?.state.custodyStatus === 'PENDING_HANDOVER' && found.state.list !== list)
      throw new Refusal('custody.list-not-open', { item, list })
    const line = { item, location, ...(weighed ?? {}), ...(sealNumber === null ? {} : { sealNumber }) }
    return { type: 'custody.check-in', items: [line] }
  },
  conflict: ({ id, store, deed: { list, item, location, weighed }, custodian, code, why }): NoteConflict => ({
    ...{ type: 'custody.offline-conflict', conflict: id, store, list, item, location },
    ...{ weight_mg: weighed?.weight_mg ?? null, custodian, code, why },
  }),
  async isWorthNoting(db, { list, item }, source) {
    const found = await sql<{ ok: boolean }>`
      select exists (select from list_lines where list = ${list} and item = ${item})
        and not exists (select from conflicts where list = ${list} and item = ${item} and starts_with(id, ${`${source}.`})) as ok
    `.execute(db)
    return found.rows[0]?.ok === true
  },
  without(work, item) {
    if (work.procedure !== 'check-in') return work
    const lines = work.lines.filter((line) => line.item !== item)
    if (lines.length === work.lines.length) return work
    return left(work, lines, item)
  },
  wakes: ['custody.offline-conflict', 'custody.conflict-settled'],
  async conflicts(db, store) {
    return (await openConflicts(db, store, SHOWN_MAX)).map((one) => ({
      id: one.id,
      document: one.list,
      words: one.words,
    }))
  },
}

/** Nothing is left to do when every line was dealt with offline. */
function left(work: CheckInWork, lines: readonly Line[], item: string): CheckInWork | null {
  if (lines.length === 0) return null
  return {
    ...work,
    lines,
    first: work.first === item ? null : work.first,
    hand: work.hand?.view.code === item ? null : work.hand,
    confirmed: false,
  }
}

async function linesOf(db: Reader, codes: readonly string[]): Promise<HeldLine[]> {
  const found = await db.selectFrom('items').select('state').where('id', 'in', codes).execute()
  const labels = await labelsOnPaper(db, codes)
  const items = new Map(found.map(({ state }) => [state.code, state]))
  // In the order of the list, as the bench's screen has it.
  return codes.flatMap((code) => {
    const item = items.get(code)
    return item === undefined ? [] : (heldLine(item, labels.get(code)?.issue ?? 1) ?? [])
  })
}

/** Null for a class that takes two custodians: the second one's PIN can be checked by the server alone, so it waits for the line. */
export function heldLine(item: Item, issue: number): HeldLine | null {
  const { weighed, persons } = categories[item.category]
  if (persons > 1) return null
  const { required, tolerance_mg } = weighed
  return {
    item: item.code,
    label: makeLabelCode(item.code, issue),
    name: item.name,
    weighed: required ? { expected_mg: item.weights.at(-1)?.weight_mg ?? null, tolerance_mg } : null,
    sealNumber: item.seal?.number ?? null,
    storage: storageFor(item),
  }
}

/** Every shelf of the store, and every box that stands on one. */
async function shelvesOf(db: Reader, store: string): Promise<HeldShelf[]> {
  const found = await sql<Place & { on: string | null; sealed: boolean }>`
    select p.*, (
      select b.issue from labels b where b.code = p.code
      order by (not b.void and b.status in ('printed', 'unknown')) desc, b.issue desc limit 1
    ) as issue
    from (
      select l.id as code, l.name, l.storage_class as storage, null as "on", false as sealed,
        l.capacity - (select count(*) from items i where i.location = l.id) as room
      from locations l where l.store = ${store}
      union all
      select c.id, c.name, l.storage_class, c.location, c.sealed,
        c.capacity - (select count(*) from items i where i.container = c.id)
      from containers c join locations l on l.id = c.location where c.store = ${store}
    ) p order by p.code
  `.execute(db)
  return found.rows.map(({ code, issue, name, storage, room, on, sealed }) => ({
    ...{ location: code, label: makeLabelCode(code, issue ?? 1), name, storage, room },
    ...(on === null ? {} : { box: { on, sealed } }),
  }))
}

interface Place {
  readonly code: string
  readonly name: string
  readonly storage: string
  readonly room: number
  /** Of its label; null where it has none. */
  readonly issue: number | null
}
