import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { sql } from 'kysely'
import { custodyWords } from '../custody/axes.ts'
import { isReserved } from '../custody/bench/view.ts'
import type { Item } from '../custody/items/item.ts'
import type { Label } from '../custody/papers/labels.ts'
import { namesOf } from '../names.ts'
import { labelsOnPaper } from '../custody/papers/label-store.ts'
import '../custody/tables.ts'
import type { Db } from '../database/connect.ts'
import { commandCards } from '../stations/command-cards.ts'
import type { Codes, ItemCode } from './protocol.ts'
import { codes } from './schemas.ts'

/** A demonstration has a few hundred items; whoever adds thousands sees the ones that moved last. */
const ITEMS_SHOWN = 600
const PLACES_SHOWN = 200

/** What can be scanned in a demonstration. Plain reads; never registered outside a demonstration. */
export const codeRoutes: FastifyPluginAsyncTypebox<{ readonly db: Db }> = async (app, { db }) => {
  const schema = { tags: ['demonstration'], security: [] }

  app.get('/api/demo/codes', { schema: { ...schema, response: { 200: codes } } }, async (): Promise<Codes> => {
    const [lists, locations, items] = await Promise.all([pendingLists(db), placeCodes(db), itemCodes(db)])
    return { commands: commandCards, lists, locations, items }
  })
}

async function pendingLists(db: Db): Promise<Codes['lists']> {
  const found = await sql<Codes['lists'][number]>`
    select l.id as payload, coalesce(u.name, l.unit) as unit, l.pending::int as pending,
      (select count(*)::int from list_lines k where k.list = l.id) as lines
    from lists l left join units u on u.id = l.unit
    where l.pending > 0 order by l.submitted_at desc limit ${PLACES_SHOWN}
  `.execute(db)
  return found.rows
}

/** Shelves, then the boxes that stand on them. */
async function placeCodes(db: Db): Promise<Codes['locations']> {
  const found = await sql<Codes['locations'][number]>`
    select payload, name, "storageClass", capacity, occupied from (
      select l.id as payload, l.name, l.storage_class as "storageClass", l.capacity::int as capacity, false as box,
        (select count(*)::int from items i where i.location = l.id) as occupied
      from locations l
      union all
      select b.id, b.name, l.storage_class, b.capacity::int, true,
        (select count(*)::int from items i where i.container = b.id)
      from containers b join locations l on l.id = b.location
    ) p order by box, name, payload limit ${PLACES_SHOWN}
  `.execute(db)
  return found.rows
}

async function itemCodes(db: Db): Promise<ItemCode[]> {
  const found = await db.selectFrom('items').select('state').orderBy('last_at', 'desc').limit(ITEMS_SHOWN).execute()
  const items = found.map(({ state }) => state).sort((a, b) => a.code.localeCompare(b.code))
  const labels = await labelsOnPaper(
    db,
    items.map(({ code }) => code),
  )
  const named = await namesOf(db, items.flatMap(peopleOf))
  const lying = items.flatMap(({ location }) => location ?? [])
  const places =
    lying.length === 0 ? [] : await db.selectFrom('locations').select(['id', 'name']).where('id', 'in', lying).execute()
  const placeNames = new Map(places.map(({ id, name }) => [id, name]))
  const at = new Date().toISOString()
  return items.map((item) =>
    itemCode(item, labels.get(item.code), {
      location: item.location === null ? null : (placeNames.get(item.location) ?? item.location),
      name: (person) => named(`person/${person}`).name,
      at,
    }),
  )
}

function peopleOf({ reservation, loan }: Item): string[] {
  return [reservation?.requester, loan?.borrower].flatMap((person) =>
    person === undefined ? [] : [`person/${person}`],
  )
}

function itemCode(
  item: Item,
  label: Label | undefined,
  { location, name, at }: { location: string | null; name: (person: string) => string; at: string },
): ItemCode {
  const { code, case: number, ordinal, custodyStatus, list, reservation, loan } = item
  return {
    payload: label === undefined || label.void ? code : label.payload,
    ...{ code, name: item.name, case: number, ordinal, list, location },
    custody: { value: custodyStatus, words: custodyWords[custodyStatus] },
    frozen: item.incident !== null,
    fetchedBy: reservation !== null && isReserved(item, at) ? name(reservation.requester) : null,
    borrower: loan === null ? null : name(loan.borrower),
    weight_mg: item.weights.at(-1)?.weight_mg ?? null,
    sealNumber: item.seal?.number ?? null,
    tag: item.tag?.state === 'bound' ? item.epc : null,
    label: label === undefined || label.void ? null : { state: label.state, scannedBack: label.scannedBack },
  }
}
