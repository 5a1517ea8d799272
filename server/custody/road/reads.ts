import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import type { Page } from '../../schemas.ts'
import type { Item } from '../items/item.ts'
import type { Sight } from '../sight/sees.ts'
import { itemsWithin } from '../sight/sight.ts'
import type { OnTheRoad, RoadKind } from './protocol.ts'
import '../tables.ts'
import { numbersNow } from '../renumbering/numbers.ts'

/** What the item itself says of its way; null for one that is on none. */
interface Way {
  readonly kind: RoadKind
  readonly person: string
  readonly institution: string | null
  readonly from: string | null
  readonly to: string | null
  readonly document: string | null
  readonly since: string
  readonly dueAt: string
}

/** Where an item is on the road, by what its card says. Pure. */
export function wayOf({ transit, loan, appraisal, store, custodyStatus }: Item): Way | null {
  if (transit !== undefined) {
    const { from, to, carrier, document, sentAt, dueAt } = transit
    return { kind: 'transit', person: carrier, institution: null, from, to, document, since: sentAt, dueAt }
  }
  if (appraisal !== undefined) {
    const { institution, commission, custodian, sentAt, dueAt } = appraisal
    const back = { from: store, to: null, document: commission }
    return { kind: 'appraisal', person: custodian, institution, ...back, since: sentAt, dueAt }
  }
  if (loan === null || custodyStatus !== 'BORROWED') return null
  const { borrower, lentAt, dueAt } = loan
  return {
    kind: 'loan',
    person: borrower,
    institution: null,
    from: store,
    to: null,
    document: null,
    since: lentAt,
    dueAt,
  }
}

/** When it is due where it goes or comes back to, as `wayOf` says. */
const DUE = sql`coalesce(i.state #>> '{transit,dueAt}', i.state #>> '{appraisal,dueAt}', i.state #>> '{loan,dueAt}')`

/** Where in the list an item stands, said so that it still stands there once the item has come back. */
export function roadCursor({ dueAt, code }: Pick<OnTheRoad, 'dueAt' | 'code'>): string {
  return `${dueAt}/${code}`
}

/** Everything on the road that is in sight, what is due first at the top: a page of it, `after` a `roadCursor`. */
export async function listOnTheRoad(
  db: Reader,
  sight: Sight,
  { limit, after, now }: Page & { readonly now: string },
): Promise<OnTheRoad[]> {
  const [due = null, code = null] = after?.split('/') ?? []
  const found = await sql<{ state: Item }>`
    select i.state from items i
    where i.custody_status in ('IN_TRANSIT', 'BORROWED', 'AT_APPRAISAL') and ${itemsWithin(sight)}
      and (${due}::text is null or (${DUE}, i.id) > (${due}, ${code}))
    order by ${DUE}, i.id limit ${limit}
  `.execute(db)
  const ways = found.rows.flatMap(({ state }) => {
    const way = wayOf(state)
    return way === null ? [] : [{ item: state, way }]
  })
  const numbers = await numbersNow(
    db,
    ways.map(({ item }) => item.case),
  )
  const named = await namesOf(
    db,
    ways.flatMap(({ way: { person, from, to } }) => [
      `person/${person}`,
      ...[from, to].flatMap((store) => (store === null ? [] : [`store/${store}`])),
    ]),
  )
  const storeNamed = (store: string | null) => (store === null ? null : named(`store/${store}`))
  return ways.map(({ item, way: { kind, person, institution, from, to, document, since, dueAt } }) => ({
    ...{
      code: item.code,
      name: item.name,
      case: numbers.of(item.case),
      kind,
      who: named(`person/${person}`),
      institution,
    },
    ...{ from: storeNamed(from), to: storeNamed(to), document, since, dueAt, overdue: dueAt < now },
  }))
}
