import { sql } from 'kysely'
import type { Mark } from '../../../devices/ballot/marks.ts'
import type { Db, Trx } from '../../database/connect.ts'
import { localDay } from '../../local-time.ts'
import type { Reader } from '../../module.ts'
import { ORG_REGISTER } from '../../org/org.ts'
import type { HallHours } from '../hours/hours.ts'
import { isMaintained } from '../maintenance/maintained.ts'
import { VOTE_LIFE_MS } from '../services.ts'
import '../tables.ts'
import { type Attempt, BURST_MS, type Came, type CountedFlag, type FlagKind, marksOf, NUMBERED_OF } from './flags.ts'

/** Who was served, as far as flags need it. */
export interface ServedHere {
  readonly hall: string
  readonly counter: string
  readonly clerk: string
  readonly number: string | null
  readonly openedAt: string
  readonly expiresAt: string
}

/**
 * What is odd about how the vote of this service came, and counts it for who looks at the hall. In the transaction that has marked the vote as used.
 *
 * What this tells and what not. All of it follows from who was served when, and from devices: who has the database could reckon it out himself, so it
 * names no vote. The one way from a flag to a vote would be a figure about flagged votes, and such a figure is told of ten or more alone (`apart.ts`).
 */
export async function noteMarks(trx: Trx, served: ServedHere): Promise<Mark[]> {
  const marks = marksOf(await cameHow(trx, served))
  const { hall, counter, clerk } = served
  const offeredAt = offeredOf(served)
  for (const kind of marks) await countFlag(trx, { hall, counter, clerk, kind, day: localDay(offeredAt) })
  return marks
}

function offeredOf({ expiresAt }: Pick<ServedHere, 'expiresAt'>): string {
  return new Date(Date.parse(expiresAt) - VOTE_LIFE_MS).toISOString()
}

async function cameHow(trx: Trx, served: ServedHere): Promise<Came> {
  const { hall, counter, number, openedAt, expiresAt } = served
  const offeredAt = offeredOf(served)
  const { rows } = await sql<{ rush: number; badge: boolean; moved: boolean; week: HallHours['week'] | null }>`
    select
      (select count(*)::int from rating_services s join rating_used u on u.service = s.id
        where s.counter = ${counter} and s.grp is not null and s.expires_at <= ${expiresAt}::timestamptz
          and s.expires_at > ${expiresAt}::timestamptz - make_interval(secs => ${BURST_MS / 1_000})) as rush,
      exists (select from station_readings r where r.station = ${counter} and r.kind = 'badge'
        and r.raw is null and r.at between ${offeredAt} and ${expiresAt}) as badge,
      exists (select from entries e, lateral (
          select b.text from entries b where b.subject = e.subject and b.n < e.n and b.type = e.type order by b.n desc limit 1
        ) as b
        where e.register = ${ORG_REGISTER} and e.subject = ${`station/${counter}`} and e.type = 'stations.configured'
          and e.at >= ${localDay(offeredAt)}::date::timestamp at time zone 'Asia/Shanghai' and e.at <= ${expiresAt}
          and (b.text::jsonb #> '{body,devices}') is distinct from (e.text::jsonb #> '{body,devices}')) as moved,
      (select h.state -> 'week' from rating_hours h where h.id = ${hall}) as week
  `.execute(trx)
  const [found] = rows
  if (found === undefined) throw new Error('a question without an answer')
  const numbered = number === null ? await numberedBefore(trx, hall, openedAt) : 0
  return { openedAt, offeredAt, number, numbered, ...found }
}

async function numberedBefore(trx: Trx, hall: string, before: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(number)::int as n from (
      select number from rating_services where hall = ${hall} and opened_at < ${before} order by opened_at desc limit ${NUMBERED_OF}
    ) as latest
  `.execute(trx)
  return rows[0]?.n ?? 0
}

interface Flagged {
  readonly hall: string
  readonly counter: string
  readonly clerk: string
  readonly kind: FlagKind
  readonly day: string
}

async function countFlag(db: Db | Trx, { hall, counter, clerk, kind, day }: Flagged, times = 1): Promise<void> {
  await sql`
    insert into rating_flags (hall, day, counter, clerk, kind, n) values (${hall}, ${day}::date, ${counter}, ${clerk}, ${kind}, ${times})
    on conflict (hall, day, counter, clerk, kind) do update set n = rating_flags.n + excluded.n
  `.execute(db)
}

/** Counts what was tried at a counter and came to nothing; nothing is kept of who tried, with what, or when on that day. */
export async function noteAttempt(
  db: Db,
  { counter, kind, times = 1 }: { readonly counter: string; readonly kind: Attempt; readonly times?: number },
  at: string,
): Promise<void> {
  const found = await db
    .selectFrom('stations')
    .select('place')
    .where('id', '=', counter)
    .where('kind', '=', 'counter')
    .executeTakeFirst()
  // A technician's own presses are his test.
  if (found === undefined || (await isMaintained(db, counter, at))) return
  await countFlag(db, { hall: found.place, counter, clerk: '', kind, day: localDay(at) }, times)
}

/** The same of the vote of a service, where there is such a one. */
export async function noteAttemptOn(db: Db, service: string, kind: Attempt, at: string): Promise<void> {
  const found = await db.selectFrom('rating_services').select('counter').where('id', '=', service).executeTakeFirst()
  if (found !== undefined) await noteAttempt(db, { counter: found.counter, kind }, at)
}

/** What was counted of a hall on these days. */
export async function readFlags(
  db: Reader,
  hall: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<CountedFlag[]> {
  const { rows } = await sql<CountedFlag>`
    select counter, day::text as day, kind, sum(n)::int as n from rating_flags
    where hall = ${hall} and day between ${from}::date and ${to}::date group by counter, day, kind order by counter, day, kind
  `.execute(db)
  return rows
}
