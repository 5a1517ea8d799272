import { sql } from 'kysely'
import { addDays, dayOf } from '../../clock/calendar.ts'
import { ZONE } from '../../local-time.ts'
import type { Db } from '../../database/connect.ts'
import { namesOf } from '../../names.ts'
import { readCounter } from '../counter-reads.ts'
import { publishedRanking } from '../rankings/read.ts'
import { responseOf } from '../seeing/figures.ts'
import { readServices } from '../seeing/read.ts'
import type { HallWall } from './protocol.ts'

/** The number of a queue's ticket, `A012`. A case or matter has a longer one, which is nobody else's business. */
const TICKET = /^[A-Z]{0,2}\d{1,4}$/
const RESPONSE_DAYS = 30
/** A counter that nobody has called to for so long serves nobody. */
const SERVING_MS = 30 * 60_000

interface CounterRow {
  readonly id: string
  readonly name: string
  readonly clerk: string | null
  readonly number: string | null
  readonly opened_at: string | null
  readonly over: boolean | null
}

/**
 * The wall of the hall that this counter stands in: whom each counter serves, how many were served, how many of those asked have rated (days that
 * are over, so that nobody sees whether the one before him did), and what was published.
 * @throws Refusal `rating.unknown-counter`
 */
export async function readWall(db: Db, counter: string, at: string): Promise<HallWall> {
  const { hall } = await readCounter(db, counter)
  const today = dayOf(at)
  const { rows } = await sql<CounterRow>`
    select s.id, s.name, c.clerk, last.number, last.opened_at, (last.closed and coalesce(last.expires_at <= ${at}, true)) as over
    from stations s left join rating_counters c on c.id = s.id
    left join lateral (
      select number, opened_at, closed, expires_at from rating_services
      where hall = ${hall} and counter = s.id and state ->> 'batch' is null and opened_at >= ${new Date(Date.parse(at) - SERVING_MS).toISOString()}
      order by opened_at desc, id desc limit 1
    ) as last on true
    where s.kind = 'counter' and s.place = ${hall} order by s.id
  `.execute(db)
  const served = await sql<{ n: number }>`
    select count(*)::int as n from rating_services
    where hall = ${hall} and state ->> 'batch' is null and opened_at >= (${today}::date)::timestamp at time zone ${sql.lit(ZONE)}
  `.execute(db)
  const days = { from: addDays(today, -RESPONSE_DAYS), to: addDays(today, -1) }
  const published = await publishedRanking(db, hall)
  const named = await namesOf(db, [
    `unit/${hall}`,
    ...rows.flatMap(({ clerk }) => (clerk === null ? [] : [`person/${clerk}`])),
  ])
  return {
    hall: named(`unit/${hall}`).name,
    counters: rows.map(({ id, name, clerk, number, over }) => {
      const serving = clerk !== null && over === false
      return {
        ...{ id, name, serving, clerk: clerk === null ? null : named(`person/${clerk}`).name },
        ticket: serving && number !== null && TICKET.test(number) ? number : null,
      }
    }),
    served: served.rows[0]?.n ?? 0,
    response: responseOf((await readServices(db, hall, days, at)).served),
    published:
      published === null
        ? null
        : {
            ...{ from: published.from, to: published.to, means: published.means, rankedFrom: published.rankedFrom },
            lines: published.lines.map(({ clerk, place, good, n, low, high }) => ({
              ...{ clerk: clerk.name, place, satisfied: place === null ? null : { good, n, low, high } },
            })),
          },
  }
}
