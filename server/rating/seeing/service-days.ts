import { sql } from 'kysely'
import { addDays, type Day, dayOf } from '../../clock/calendar.ts'
import { type Db, inTransaction, type Trx } from '../../database/connect.ts'
import { ZONE } from '../../local-time.ts'
import '../tables.ts'
import { FASTEST_SERVICE_MS } from './signals.ts'

/** A day's services are summed once it is over by so much: no vote of it can be open then, by whatever clock of ours. */
const OVER_MS = 24 * 3_600_000
const NEVER = '0001-01-01'

/** The last day that is summed at this moment. */
export function summedUntil(at: string): Day {
  return addDays(dayOf(new Date(Date.parse(at) - OVER_MS).toISOString()), -1)
}

const dayOfService = sql`(s.opened_at at time zone ${sql.lit(ZONE)})::date`

/**
 * Sums the services of these halls, of every day that is over and not summed yet. No service of such a day is offered a vote any more (`isOver`), and a
 * ballot that comes later is added by `countLate`.
 */
export async function sumServiceDays(db: Db, halls: readonly string[], at: string): Promise<void> {
  const target = summedUntil(at)
  const known = await db
    .selectFrom('rating_service_days_until')
    .select('hall')
    .where('hall', 'in', [...halls, ''])
    .where('day', '>=', target)
    .execute()
  const done = new Set(known.map(({ hall }) => hall))
  const left = halls.filter((hall) => !done.has(hall)).toSorted()
  if (left.length === 0) return
  await inTransaction(db, async (trx) => {
    await sql`
      insert into rating_service_days_until (hall, day) select hall, ${NEVER}::date from unnest(${left}::text[]) as hall
      on conflict do nothing
    `.execute(trx)
    // Who counts a late ballot waits for this, and this for him.
    await sql`select from rating_service_days_until where hall = any(${left}::text[]) order by hall for update`.execute(
      trx,
    )
    await sql`
      insert into rating_service_days (hall, day, clerk, grp, services, asked, rated, hurried, outside)
      select hall, day, clerk, coalesce(grp, ''), count(*), count(grp), count(used),
        count(*) filter (where gap < make_interval(secs => ${FASTEST_SERVICE_MS / 1_000})), count(*) filter (where outside)
      from (
        select coalesce((s.state ->> 'outside')::boolean, false) as outside, s.hall, s.clerk, s.grp, ${dayOfService} as day, u.service as used,
          s.opened_at - lag(s.opened_at) over (partition by s.hall, s.clerk, ${dayOfService} order by s.opened_at) as gap
        from rating_service_days_until f join rating_services s on s.hall = f.hall
          and s.opened_at >= (f.day + 1)::timestamp at time zone ${sql.lit(ZONE)}
          and s.opened_at < (${target}::date + 1)::timestamp at time zone ${sql.lit(ZONE)}
        left join rating_used u on u.service = s.id
        where f.hall = any(${left}::text[]) and s.state ->> 'batch' is null
      ) as looked group by hall, day, clerk, grp
    `.execute(trx)
    await sql`
      update rating_service_days_until set day = ${target}::date where hall = any(${left}::text[]) and day < ${target}::date
    `.execute(trx)
  })
}

/** Of a row of `rating_services`: its day may be summed already; half a day before it can be, so that no two clocks make a difference. */
export const isLongPast = sql<boolean>`opened_at < now() - make_interval(secs => ${sql.lit(OVER_MS / 2_000)})`

/**
 * A ballot has come whose service may lie days back: where that day was summed, it is one more that was rated. In the transaction that marks it as
 * used, so that the sums see either the mark or this.
 */
export async function countLate(trx: Trx, service: string): Promise<void> {
  const found = await sql<{ hall: string; day: string; clerk: string; grp: string }>`
    select s.hall, ${dayOfService}::text as day, s.clerk, s.grp from rating_services s
    where s.id = ${service}
  `.execute(trx)
  const [late] = found.rows
  if (late === undefined) return
  const { hall, day, clerk, grp } = late
  await sql`select from rating_service_days_until where hall = ${hall} for share`.execute(trx)
  await sql`
    update rating_service_days set rated = rated + 1
    where hall = ${hall} and day = ${day}::date and clerk = ${clerk} and grp = ${grp}
  `.execute(trx)
}
