import { type RawBuilder, sql } from 'kysely'
import { localDay, ZONE } from '../../local-time.ts'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { type CustodyStatus, custodyWords, type IncidentKind, incidentWords } from '../axes.ts'
import type { Category } from '../categories.ts'
import { type KeptOpenGround, keptOpenWords } from '../disposal/words.ts'
import { alarmsWithin } from '../door/alarm-reads.ts'
import type { Sight } from '../sight/sees.ts'
import { casesWithin, itemsWithin } from '../sight/sight.ts'
import { CASE_AGES, countedByAge, LOAN_AGES } from './ages.ts'
import type { Dashboard } from './protocol.ts'
import { type ByDay, dayCounts, DAYS, daysUpTo, WEEK_DAYS, weekCounts, WEEKS } from './weeks.ts'
import '../tables.ts'

/** Of items, under the name `i`: where they are, as the dashboard calls it. */
export const PLACE = sql<string>`case when i.custody_status = 'IN_STORE' then 'store/' || i.store else i.custody_status end`

/** Of items, under the name `i`: those that lawfully stay open although their case is closed (rules X-19). */
export const EXCEPTED = sql<boolean>`exists (
  select from cases k where k.id = i.case_number and k.status = 'CLOSED' and k.state #> '{closed,exceptions}' ? i.id)`

/** Everything that a supervisor watches in figures, by sets; each figure is the length of the list behind it. */
export async function readDashboard(db: Reader, sight: Sight, now: string): Promise<Dashboard> {
  const days = daysUpTo(localDay(now), WEEKS * WEEK_DAYS)
  const since = days[0] ?? ''
  const stock = await stockOf(db, sight)
  const moved = dayCounts(
    days,
    await byDay(db, passedOn(sql`h.from_at`, sight, since)),
    await byDay(db, passedOn(sql`h.to_at`, sight, since)),
  )
  const incidents = await byDay(
    db,
    sql`select ${dayOf(sql`n.opened_at`)} as day from incidents n join items i on i.id = n.item
      where n.opened_at >= ${startOf(since)} and ${itemsWithin(sight)}`,
  )
  const alarms = await byDay(
    db,
    sql`select ${dayOf(sql`a.at`)} as day from alarms a where a.at >= ${startOf(since)} and ${alarmsWithin(sight)}`,
  )
  const held = await sql<{ items: number }>`
    select count(*) as items from items i where i.holder like 'store/%' and ${itemsWithin(sight)}
  `.execute(db)
  return {
    ...{ places: await placesOf(db, stock), stock },
    days: moved.slice(-DAYS),
    weeks: weekCounts(moved, held.rows[0]?.items ?? 0, { incidents, alarms }),
    loans: countedByAge(
      LOAN_AGES,
      await daysPast(
        db,
        sql`
      select ${now}::timestamptz - i.loan_due_at as past from items i
      where i.loan_due_at is not null and ${itemsWithin(sight)}`,
      ),
    ),
    incidents: await openIncidents(db, sight),
    exceptions: await exceptionsOf(db, sight),
    alarms: await openAlarms(db, sight),
    cases: countedByAge(
      CASE_AGES,
      await daysPast(
        db,
        sql`
      select ${now}::timestamptz - c.opened_at as past from cases c
      where c.status = 'OPEN' and ${casesWithin(sight)}`,
      ),
    ),
  }
}

async function stockOf(db: Reader, sight: Sight): Promise<Dashboard['stock']> {
  const found = await sql<{ category: Category; place: string; items: number }>`
    select i.category, ${PLACE} as place, count(*) as items from items i
    where i.custody_status <> 'OUT' and ${itemsWithin(sight)} group by 1, 2 order by 1, 2
  `.execute(db)
  return found.rows
}

async function placesOf(db: Reader, stock: Dashboard['stock']): Promise<Dashboard['places']> {
  const places = [...new Set(stock.map(({ place }) => place))].toSorted(
    (a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1),
  )
  const named = await namesOf(db, places.filter(isStore))
  return places.map((place) => {
    const { name } = isStore(place) ? named(place) : { name: '' }
    return { place, name: isStore(place) ? { zh: name, en: name } : custodyWords[place as CustodyStatus] }
  })
}

const ORDER = Object.keys(custodyWords)

function isStore(place: string): boolean {
  return place.startsWith('store/')
}

/** Stores first, then in the order of an item's life. */
function rankOf(place: string): number {
  return isStore(place) ? -1 : ORDER.indexOf(place)
}

function dayOf(at: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`to_char(${at} at time zone ${sql.lit(ZONE)}, 'YYYY-MM-DD')`
}

/** The moment at which a local day begins. */
export function startOf(day: string): RawBuilder<unknown> {
  return sql`(${day}::timestamp at time zone ${sql.lit(ZONE)})`
}

function passedOn(at: RawBuilder<unknown>, sight: Sight, since: string): RawBuilder<unknown> {
  return sql`select ${dayOf(at)} as day from holdings h join items i on i.id = h.item
    where h.who like 'store/%' and ${at} >= ${startOf(since)} and ${itemsWithin(sight)}`
}

async function byDay(db: Reader, happened: RawBuilder<unknown>): Promise<ByDay> {
  const found = await sql<{ day: string; times: number }>`
    select day, count(*) as times from (${happened}) happened group by day
  `.execute(db)
  return new Map(found.rows.map(({ day, times }) => [day, times]))
}

/** How many are so many days past, whole days downwards: a due date of tomorrow is minus one. */
async function daysPast(db: Reader, past: RawBuilder<unknown>): Promise<{ days: number; count: number }[]> {
  const found = await sql<{ days: number; count: number }>`
    select floor(extract(epoch from past) / 86400)::int as days, count(*) as count from (${past}) them group by 1
  `.execute(db)
  return found.rows
}

async function openIncidents(db: Reader, sight: Sight): Promise<Dashboard['incidents']> {
  const found = await sql<{ kind: IncidentKind; count: number }>`
    select i.state #>> '{incident,kind}' as kind, count(*) as count from items i
    where i.frozen and ${itemsWithin(sight)} group by 1 order by 2 desc, 1
  `.execute(db)
  return found.rows.map(({ kind, count }) => ({ kind, words: incidentWords[kind], count }))
}

async function exceptionsOf(db: Reader, sight: Sight): Promise<Dashboard['exceptions']> {
  const found = await sql<{ ground: KeptOpenGround; count: number }>`
    select i.state #>> '{keptOpen,ground}' as ground, count(*) as count from items i
    where ${EXCEPTED} and ${itemsWithin(sight)} group by 1 order by 2 desc, 1
  `.execute(db)
  return found.rows.map(({ ground, count }) => ({ ground, words: keptOpenWords[ground], count }))
}

async function openAlarms(db: Reader, sight: Sight): Promise<Dashboard['alarms']> {
  const found = await sql<{ store: string; count: number }>`
    select a.store, count(*) as count from alarms a where a.open and ${alarmsWithin(sight)} group by 1 order by 2 desc, 1
  `.execute(db)
  const named = await namesOf(
    db,
    found.rows.map(({ store }) => `store/${store}`),
  )
  return found.rows.map(({ store, count }) => ({ store, count, name: named(`store/${store}`).name }))
}
