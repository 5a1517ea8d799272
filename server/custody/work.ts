import { sql } from 'kysely'
import { lineageOf } from '../approvals/store.ts'
import type { WorkItem } from '../inbox/protocol.ts'
import { pageOfWork, type WorkSource } from '../inbox/work.ts'
import { loadStates } from '../ledger/project.ts'
import type { Reader } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { listAlarms } from './door/alarm-reads.ts'
import { incidentWords } from './axes.ts'
import { listConflicts } from './conflicts/conflict-reads.ts'
import { mustConclude } from './incidents/incidents.ts'
import type { Item } from './items/item.ts'
import type { Notice } from './disposal/notices.ts'
import { cases } from './projections.ts'
import type { Scene } from './scene.ts'
import { itemsWithin, sightOf } from './sight/sight.ts'
import './tables.ts'

/** A house with more open incidents at once has other worries; what is beyond stays on the page of incidents. */
const INCIDENTS_MOST = 500
/** The rest comes up as these come back. */
const APPRAISALS_MOST = 500
/** The rest comes up as these arrive. */
const TRANSITS_MOST = 500
/** The rest comes up as these are settled, and stands on the page of conflicts. */
const CONFLICTS_MOST = 500
/** The same of what doors saw. */
const ALARMS_MOST = 500

/** Incidents that somebody may conclude, and those that he was told of while they are open. */
export const incidentWork: WorkSource = async (db, asked) => {
  const { actor, now } = asked
  const found = await sql<{ state: Item }>`
    select i.state from items i where i.frozen and ${itemsWithin(await sightOf(db, actor, now))}
    order by i.last_at limit ${INCIDENTS_MOST}
  `.execute(db)
  const items = found.rows.map(({ state }) => state)
  if (items.length === 0) return []
  const scene = await sceneOf(db, items)
  const [his, others] = [
    items.filter((item) => mayConclude(scene, item)),
    items.filter((item) => !mayConclude(scene, item)),
  ]
  const told = await toldOf(db, actor.person, others)
  return pageOfWork([...his.map(asIncident), ...told], asked)

  function mayConclude(of: Pick<Scene, 'cases' | 'lineage'>, item: Item): boolean {
    try {
      mustConclude(of, item, actor)
      return true
    } catch (error) {
      if (error instanceof Refusal) return false
      throw error
    }
  }
}

/** What has not come back from appraisal in time, for the custodians of the store. */
export const appraisalWork: WorkSource = async (db, { actor, now, after, limit }) => {
  const stores = actor.appointments.filter(({ post }) => post === 'custodian').map(({ place }) => place)
  if (stores.length === 0) return []
  const found = await sql<{ code: string; due: string }>`
    select * from (
      select i.id as code, i.state #>> '{appraisal,dueAt}' as due from items i
      where i.store = any(${stores}::text[]) and i.custody_status = 'AT_APPRAISAL'
        and i.state #>> '{appraisal,dueAt}' < ${now}) as p
    where ${after === null ? sql`true` : sql`(p.due, p.code) > (${after.by}, ${after.id})`}
    order by p.due, p.code limit ${Math.min(limit, APPRAISALS_MOST)}
  `.execute(db)
  return found.rows.map(({ code, due }) => ({
    ...{ kind: 'appraisal', id: code, by: due, dueAt: due, level: 'overdue', about: code },
    path: `/supervise/items/${code}`,
    what: { zh: '送鉴定逾期未返回', en: 'Not back from appraisal in time' },
  }))
}

/** What is on its way between two stores, for the custodians of both: late where it should have arrived. */
export const transitWork: WorkSource = async (db, { actor, now, after, limit }) => {
  const stores = actor.appointments.filter(({ post }) => post === 'custodian').map(({ place }) => place)
  if (stores.length === 0) return []
  const found = await sql<{ code: string; due: string }>`
    select * from (
      select i.id as code, i.state #>> '{transit,dueAt}' as due from items i
      where i.custody_status = 'IN_TRANSIT'
        and (i.store = any(${stores}::text[]) or i.state #>> '{transit,from}' = any(${stores}::text[]))) as p
    where ${after === null ? sql`true` : sql`(p.due, p.code) > (${after.by}, ${after.id})`}
    order by p.due, p.code limit ${Math.min(limit, TRANSITS_MOST)}
  `.execute(db)
  return found.rows.map(({ code, due }) => {
    const isLate = due < now
    return {
      ...{ kind: 'transit', id: code, by: due, dueAt: due, level: isLate ? 'overdue' : 'waiting', about: code },
      path: `/supervise/items/${code}`,
      what: isLate
        ? { zh: '库间移交逾期未到', en: 'Late on its way to the other store' }
        : { zh: '库间移交途中，待接收', en: 'On its way to the other store' },
    }
  })
}

/** What a bench recorded without its server, for the custodians of the store and the head of who keeps it, until somebody has looked. */
export const conflictWork: WorkSource = async (db, asked) => {
  const sight = await sightOf(db, asked.actor, asked.now)
  if (sight === 'all' || sight.watches === true || sight.stores.length + sight.units.length === 0) return []
  const found = await listConflicts(db, sight, { limit: CONFLICTS_MOST, after: null })
  return pageOfWork(
    found.map(({ id, item, happenedAt }) => ({
      ...{ kind: 'conflict', id, by: happenedAt, dueAt: null, level: 'waiting', about: item, path: '/desk/conflicts' },
      what: {
        zh: '断网时记录、未入库：待核对',
        en: 'Recorded while the line was down, not taken in: to be looked into',
      },
    })),
    asked,
  )
}

/** What a store's door saw, for who answers for the store, until somebody has looked. */
export const alarmWork: WorkSource = async (db, asked) => {
  const sight = await sightOf(db, asked.actor, asked.now)
  if (sight !== 'all' && sight.watches !== true && sight.stores.length + sight.units.length === 0) return []
  const found = await listAlarms(db, sight, { limit: ALARMS_MOST, after: null })
  return pageOfWork(
    found.map(({ id, item, at }) => ({
      ...{ kind: 'alarm', id, by: at, dueAt: null, level: 'red', about: item, path: '/supervise/alarms' },
      what: {
        zh: '门禁报警：在库物品经过库门，待核实',
        en: 'Alarm of a door: an item that lies in store was seen there',
      },
    })),
    asked,
  )
}

async function sceneOf(db: Reader, items: readonly Item[]): Promise<Pick<Scene, 'cases' | 'lineage'>> {
  const numbers = [...new Set(items.map((item) => item.case))]
  return {
    cases: (await loadStates(db, cases, numbers)) as Scene['cases'],
    lineage: await lineageOf(
      db,
      items.map(({ unit }) => unit),
    ),
  }
}

function asIncident({ code, incident, lastAt }: Item): WorkItem {
  const by = incident?.openedAt ?? lastAt
  const kind = incidentWords[incident?.kind ?? 'damage']
  return {
    ...{ kind: 'incident', id: code, by, dueAt: null, level: 'waiting', about: code, path: '/desk' },
    what: { zh: `了结异常：${kind.zh}`, en: `Conclude an incident: ${kind.en}` },
  }
}

/** Notices about these items. */
async function toldOf(db: Reader, person: string, items: readonly Item[]): Promise<WorkItem[]> {
  if (items.length === 0) return []
  const codes = items.map(({ code }) => code)
  const found = await sql<{ state: Notice }>`
    select n.state from notices n where n.person = ${person} and n.state -> 'items' ?| ${codes}::text[]
  `.execute(db)
  return found.rows.map(({ state: { id, items: its, at } }) => ({
    ...{ kind: 'notice', id, by: at, dueAt: null, level: 'waiting', path: '/supervise' },
    what: { zh: '异常通知：物品已冻结，待了结', en: 'Told of an incident: the item is frozen until it is concluded' },
    about: its.find((code) => codes.includes(code)) ?? null,
  }))
}
