import { sql } from 'kysely'
import { pageOfWork, type WorkSource } from '../../inbox/work.ts'
import { loadStates } from '../../ledger/project.ts'
import { mayCount } from './cash.ts'
import type { Case } from '../cases/cases.ts'
import { CATEGORIES, categories } from '../categories.ts'
import type { Item } from '../items/item.ts'
import { cases } from '../projections.ts'
import { itemsWithin, sightOf } from '../sight/sight.ts'
import '../tables.ts'

/** What is beyond comes up as these are counted. */
const COUNTS_MOST = 500

/** Cash that waits to be counted by somebody who has not counted it yet: by its officers, and on its way to the store by its custodians. */
export const cashWork: WorkSource = async (db, asked) => {
  const { actor, now } = asked
  const counted = CATEGORIES.filter((category) => categories[category].counted)
  const found = await sql<{ state: Item }>`
    select i.state from items i
    where i.category = any(${counted}::text[]) and i.custody_status in ('WITH_CASE_DEPT', 'PENDING_HANDOVER')
      and not i.frozen and ${itemsWithin(await sightOf(db, actor, now))}
    order by i.last_at limit ${COUNTS_MOST}
  `.execute(db)
  const items = found.rows.map(({ state }) => state)
  if (items.length === 0) return []
  const of = (await loadStates(db, cases, [...new Set(items.map((item) => item.case))])) as ReadonlyMap<string, Case>
  const his = items.filter((item) => {
    const its = of.get(item.case)
    return its !== undefined && mayCount(item, its, actor)
  })
  return pageOfWork(
    his.map(({ code, lastAt }) => ({
      ...{ kind: 'cash-count', id: code, by: lastAt, dueAt: null, level: 'waiting', about: code },
      path: `/desk/items/${code}/count`,
      what: { zh: '清点现金：须由您独立清点', en: 'Cash to be counted by you, alone' },
    })),
    asked,
  )
}
