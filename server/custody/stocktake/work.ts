import { sql } from 'kysely'
import { pageOfWork, type WorkSource } from '../../inbox/work.ts'
import type { Reader, Actor } from '../../module.ts'
import type { Words } from '../../refusal.ts'
import { holdsPost } from '../separation.ts'
import { listSearches } from './choices.ts'
import { mayOrder } from './ordering.ts'
import { walkersOf } from './store.ts'
import type { Stocktake } from './stocktake.ts'
import '../tables.ts'

/** Counts of a house that are open at once; the rest comes up as these are closed, and stands on the page of counts. */
const OPEN_MOST = 100
/** The same of what is searched for. */
const SEARCHES_MOST = 500

type Open = Pick<Stocktake, 'code' | 'store' | 'unit' | 'phase' | 'counters' | 'orderedBy' | 'orderedAt' | 'dueAt'>

/** Counts that wait for somebody: to be drawn, walked, walked again or closed. */
export const stocktakeWork: WorkSource = async (db, asked) => {
  const { actor, now } = asked
  const found = await sql<Open>`
    select id as code, store, unit, phase, state -> 'counters' as counters, state ->> 'orderedBy' as "orderedBy",
      state ->> 'orderedAt' as "orderedAt", state ->> 'dueAt' as "dueAt"
    from stocktakes where open order by due_at, id limit ${OPEN_MOST}
  `.execute(db)
  const waiting = []
  for (const one of found.rows) {
    const what = await wantedOf(db, one, actor)
    if (what !== null) waiting.push({ ...one, what })
  }
  return pageOfWork(
    waiting.map(({ code, dueAt, what }) => ({
      ...{ kind: 'stocktake', id: code, by: dueAt, dueAt, level: dueAt < now ? 'overdue' : 'waiting', about: null },
      ...{ what, path: `/counts/${code}` },
    })),
    asked,
  )
}

async function wantedOf(db: Reader, one: Open, actor: Actor): Promise<Words | null> {
  const keeps = holdsPost(actor, 'custodian', one.store)
  const answers = one.orderedBy === actor.person && mayOrder(actor, one.unit)
  switch (one.phase) {
    case 'ORDERED':
      return answers ? { zh: `抽查 ${one.code}：待抽取`, en: `Inspection ${one.code}: to be drawn` } : null
    case 'COUNTING':
      return keeps && one.counters.includes(actor.person)
        ? { zh: `盘点 ${one.code}：首盘`, en: `Stock-take ${one.code}: first count` }
        : null
    case 'RECOUNTING':
      return keeps && !(await walkersOf(db, one.code, 1)).includes(actor.person)
        ? { zh: `盘点 ${one.code}：复盘差异`, en: `Stock-take ${one.code}: count the differences again` }
        : null
    case 'EXPLAINING':
      return answers
        ? { zh: `盘点 ${one.code}：认定原因、办结`, en: `Stock-take ${one.code}: causes and closing` }
        : null
    case 'CLOSED':
    case 'CANCELLED':
      return null
  }
}

/** What nobody could find, for who answers for the store. */
export const searchWork: WorkSource = async (db, asked) => {
  const found = await listSearches(db, asked.actor, { limit: SEARCHES_MOST, after: null })
  return pageOfWork(
    found.map(({ id, item, at }) => ({
      ...{ kind: 'search', id, by: at, dueAt: null, level: 'red', about: item, path: '/counts' },
      what: { zh: '未找到物品：待查找', en: 'An item nobody could find: to be searched for' },
    })),
    asked,
  )
}
