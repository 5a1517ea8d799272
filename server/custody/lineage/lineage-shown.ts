import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import type { Named } from '../../names.ts'
import { quantityWords } from '../cash/cash.ts'
import type { Item } from '../items/item.ts'
import type { ItemCard, Kin } from '../protocol.ts'
import { said } from '../names.ts'
import { shareWords } from './lineage.ts'
import '../tables.ts'

/** Candidates that a screen can offer at once. */
const MERGEABLE_MOST = 200

/** What an item came of and what came of it, by name; a thing and the money it was sold for among them. */
export async function shownLineage(
  db: Reader,
  { code, case: of, origin, succeeded, disposed, proceeds, share }: Item,
  textBehind: (ref: string) => string | null,
  named: (who: string) => Named,
): Promise<
  Pick<ItemCard, 'origin' | 'succeeded' | 'proceeds' | 'share' | 'soldFor' | 'becameEvidence' | 'wasEffects'>
> {
  const money = disposed?.proceeds ?? ''
  const since = disposed?.becomes ?? ''
  const kin = await kinOf(db, [...(origin?.from ?? []), ...(succeeded?.into ?? []), money, since])
  return {
    share: share === undefined ? null : said(share, shareWords),
    ...{ proceeds: proceeds ?? null, soldFor: kin(money)[0] ?? null, becameEvidence: kin(since)[0] ?? null },
    wasEffects: await effectsBefore(db, code, of),
    origin: origin === undefined ? null : { how: origin.how, from: origin.from.flatMap(kin), at: origin.at },
    succeeded:
      succeeded === undefined
        ? null
        : {
            ...{ how: succeeded.how, into: succeeded.into.flatMap(kin), at: succeeded.at },
            reason: textBehind(succeeded.reason.ref),
            by: named(`person/${succeeded.by}`),
            with: succeeded.with.map((person) => named(`person/${person}`)),
          },
  }
}

function kinOfItem(item: Item): Kin {
  const { code, ordinal, name, quantity, quantityUnit } = item
  return { code, ordinal, name, quantity, quantityUnit, quantityWords: quantityWords(item) }
}

/** What was on the person and is this item since. */
async function effectsBefore(db: Reader, code: string, of: string): Promise<Kin | null> {
  const found = await sql<{ state: Item }>`
    select state from items where case_number = ${of} and state #>> '{disposed,becomes}' = ${code}
  `.execute(db)
  return found.rows.map(({ state }) => kinOfItem(state))[0] ?? null
}

async function kinOf(db: Reader, codes: readonly string[]): Promise<(code: string) => Kin[]> {
  if (codes.length === 0) return () => []
  const found = await sql<{ state: Item }>`
    select state from items where id = any(${[...codes]}::text[])
  `.execute(db)
  const byCode = new Map(found.rows.map(({ state }) => [state.code, kinOfItem(state)]))
  return (code) => {
    const one = byCode.get(code)
    return one === undefined ? [] : [one]
  }
}

/** Items that lie with this one and look alike by the columns of the table; whether they are, the act itself asks. */
export async function mergeableWith(db: Reader, item: Item): Promise<Kin[]> {
  const found = await sql<{ state: Item }>`
    select state from items
    where case_number = ${item.case} and id <> ${item.code} and category = ${item.category}
      and quantity_unit = ${item.quantityUnit} and custody_status = ${item.custodyStatus}
      and seal_status = ${item.sealStatus} and disposition_status = 'NONE' and not frozen
      and location is not distinct from ${item.location} and container is not distinct from ${item.container ?? null}
    order by ordinal limit ${MERGEABLE_MOST}
  `.execute(db)
  return found.rows.map(({ state }) => kinOfItem(state))
}
