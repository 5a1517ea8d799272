import { type RawBuilder, sql } from 'kysely'
import { readPersonal } from '../../ledger/personal.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Actor, Reader } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import { type Alarm, type AlarmState, mayAcknowledge } from './alarms.ts'
import { alarms as projection } from '../projections.ts'
import type { ShownAlarm } from '../protocol.ts'
import type { Sight } from '../sight/sees.ts'
import { ofNoCaseApart } from '../sight/sight.ts'
import { keepingUnits } from '../store.ts'
import '../../stations/tables.ts'
import '../tables.ts'

/** One alarm with who answers for it, locked; null when there is none. */
export async function loadAlarm(db: Reader, id: string): Promise<AlarmState | null> {
  const alarm = (await loadStates(db, projection, [id], { lock: true })).get(id) ?? null
  if (alarm === null) return null
  return { alarm, keeping: (await keepingUnits(db, [alarm.store])).get(alarm.store) ?? null }
}

/** Under the name `a`, of whom the alarms are: who keeps the store, or heads the department that does; a supervisor has all in sight. */
export function alarmsWithin(sight: Sight): RawBuilder<boolean> {
  if (sight === 'all') return sql<boolean>`true`
  if (sight.watches === true) return ofNoCaseApart(sight, sql.ref('a.item'))
  const [stores, units] = [[...sight.stores], [...sight.units]]
  return sql<boolean>`(
    a.store = any(${stores}::text[]) or a.store in (select id from stores where unit = any(${units}::text[]))
  )`
}

export const ALARM_STATES = ['open', 'settled'] as const
export type AlarmStanding = (typeof ALARM_STATES)[number]

/** Alarms in sight that nobody has acknowledged, those that have waited longest first; or those that somebody has, the latest first. */
export async function listAlarms(
  db: Reader,
  sight: Sight,
  {
    state = 'open',
    limit,
    after,
  }: { readonly state?: AlarmStanding; readonly limit: number; readonly after: string | null },
): Promise<Alarm[]> {
  const isOpen = state === 'open'
  const [beyond, way] = isOpen ? [sql.raw('>'), sql.raw('asc')] : [sql.raw('<'), sql.raw('desc')]
  const { rows } = await sql<{ state: Alarm }>`
    select a.state from alarms a
    where a.open = ${isOpen} and ${alarmsWithin(sight)} and (
      ${after}::text is null or (a.at, a.id) ${beyond} (select at, id from alarms where id = ${after})
    )
    order by a.at ${way}, a.id ${way} limit ${limit}
  `.execute(db)
  return rows.map(({ state }) => state)
}

/** The latest alarms of a store that nobody has acknowledged. */
export async function openAlarms(db: Reader, store: string, limit: number): Promise<Alarm[]> {
  const found = await db
    .selectFrom('alarms')
    .select('state')
    .where('store', '=', store)
    .where('open', '=', true)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return found.map(({ state }) => state)
}

/** How the doors of these alarms are called; one whose station is gone by its id. */
export async function doorNames(db: Reader, alarms: readonly Alarm[]): Promise<(station: string) => string> {
  if (alarms.length === 0) return (station) => station
  const stations = [...new Set(alarms.map(({ station }) => station))]
  const found = await db.selectFrom('stations').select(['id', 'name']).where('id', 'in', stations).execute()
  const names = new Map(found.map(({ id, name }) => [id, name]))
  return (station) => names.get(station) ?? station
}

/** @param actor who looks: whether it is for him to acknowledge one is said with it */
export async function showAlarms(db: Reader, alarms: readonly Alarm[], actor: Actor): Promise<ShownAlarm[]> {
  if (alarms.length === 0) return []
  const keeping = await keepingUnits(
    db,
    alarms.map(({ store }) => store),
  )
  const named = await namesOf(
    db,
    alarms.flatMap(({ store, acknowledged }) => [
      `store/${store}`,
      ...(acknowledged === null ? [] : [`person/${acknowledged.by}`]),
    ]),
  )
  const goods = await db
    .selectFrom('items')
    .select(['id', 'name'])
    .where(
      'id',
      'in',
      alarms.map(({ item }) => item),
    )
    .execute()
  const doorName = await doorNames(db, alarms)
  const names = new Map(goods.map(({ id, name }) => [id, name]))
  const reasons = await readPersonal(
    db,
    alarms.flatMap(({ acknowledged }) => (acknowledged === null ? [] : [acknowledged.reason.ref])),
  )
  return alarms.map((alarm) => {
    const { id, store, station, item, side, at, passed, acknowledged } = alarm
    return {
      ...{ id, station, item, side, at, door: doorName(station) },
      store: named(`store/${store}`),
      name: names.get(item) ?? '',
      passed,
      mayAcknowledge: acknowledged === null && mayAcknowledge({ alarm, keeping: keeping.get(store) ?? null }, actor),
      acknowledged:
        acknowledged === null
          ? null
          : {
              ...{ by: named(`person/${acknowledged.by}`), at: acknowledged.at },
              reason: textOf(reasons.get(acknowledged.reason.ref)),
            },
    }
  })
}
