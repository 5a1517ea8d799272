import { sql } from 'kysely'
import { addDays, type Day } from '../../clock/calendar.ts'
import type { Trx } from '../../database/connect.ts'
import { readPersonal } from '../../ledger/personal.ts'
import { ZONE } from '../../local-time.ts'
import type { Reader } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import type { Page } from '../../schemas.ts'
import { counterNames } from '../counter-names.ts'
import { hallRegister } from '../rating.ts'
import type { CorrectSignOn } from '../schemas.ts'
import { hallOfCounter } from '../store.ts'
import '../../org/tables.ts'
import '../tables.ts'
import { type CorrectSignOnState, type SignOnSpan, spanOf, spansOf } from './correction.ts'
import type { ShownSignOn, ShownSignOnCorrection } from './protocol.ts'

/** So many sign-ons and sign-offs of a counter before a moment are looked at: those of some weeks. */
const FACTS_MOST = 200

/** Who was signed on at these counters up to a moment, by counter, as the register has it. */
async function spansBefore(
  db: Reader,
  hall: string,
  counters: readonly string[],
  before: string,
): Promise<Map<string, SignOnSpan[]>> {
  const { rows } = await sql<{ counter: string; type: string; at: string; clerk: string }>`
    select c.counter, e.type, e.at, e.clerk from unnest(${counters}::text[]) as c(counter), lateral (
      select type, at, n, text::jsonb #>> '{body,clerk}' as clerk from entries
      where register = ${hallRegister(hall)} and subject = 'counter/' || c.counter and at < ${before}
        and type in ('rating.signed-on', 'rating.signed-off')
      order by n desc limit ${FACTS_MOST}
    ) as e order by c.counter, e.n
  `.execute(db)
  return new Map([...Map.groupBy(rows, ({ counter }) => counter)].map(([counter, own]) => [counter, spansOf(own)]))
}

/**
 * `wasClerk` asks for the whole of the time: an appointment that began or ended within it does not do. Without such a counter everything is
 * empty.
 */
export async function loadCorrectSignOn(
  trx: Trx,
  { counter, clerk, ...asked }: CorrectSignOn,
): Promise<CorrectSignOnState> {
  const hall = await hallOfCounter(trx, counter)
  if (hall === null) return { hall, spans: [], wasClerk: false, services: 0 }
  const { from, until } = spanOf(asked)
  const was = await trx
    .selectFrom('appointments')
    .select('person')
    .where('person', '=', clerk)
    .where('post', '=', 'clerk')
    .where('place', '=', hall)
    .where('from_at', '<=', from)
    .where((of) => of.or([of('to_at', 'is', null), of('to_at', '>=', until)]))
    .executeTakeFirst()
  const served = await sql<{ count: number }>`
    select count(*)::int as count from rating_services
    where counter = ${counter} and hall = ${hall} and opened_at >= ${from} and opened_at < ${until}
  `.execute(trx)
  return {
    hall,
    // What was recorded later says nothing of this time, however much of it there is.
    spans: (await spansBefore(trx, hall, [counter], until)).get(counter) ?? [],
    wasClerk: was !== undefined,
    services: served.rows[0]?.count ?? 0,
  }
}

/** Who was signed on in a hall on a day, counter by counter, in order. */
export async function readSignOns(db: Reader, hall: string, day: Day): Promise<ShownSignOn[]> {
  const counters = await db
    .selectFrom('stations')
    .select('id')
    .where('kind', '=', 'counter')
    .where('place', '=', hall)
    .orderBy('id')
    .execute()
  const begin = new Date(`${day}T00:00:00+08:00`).toISOString()
  const end = new Date(`${addDays(day, 1)}T00:00:00+08:00`).toISOString()
  const ids = counters.map(({ id }) => id)
  const spans = [...(await spansBefore(db, hall, ids, end))].flatMap(([counter, own]) =>
    own.filter(({ until }) => until === null || until > begin).map((span) => ({ counter, ...span })),
  )
  const { rows } = await sql<{ counter: string; clerk: string; opened_at: string }>`
    select counter, clerk, opened_at from rating_services
    where hall = ${hall} and opened_at >= (${day}::date)::timestamp at time zone ${sql.lit(ZONE)}
      and opened_at < (${day}::date + 1)::timestamp at time zone ${sql.lit(ZONE)}
  `.execute(db)
  const counterName = await counterNames(db, ids)
  const named = await namesOf(
    db,
    spans.map(({ clerk }) => `person/${clerk}`),
  )
  return spans.map(({ counter, clerk, from, until }) => ({
    ...{ counter: { id: counter, name: counterName(counter) }, from, until },
    clerk: { id: clerk, name: named(`person/${clerk}`).name },
    services: rows.filter(
      (one) =>
        one.counter === counter &&
        one.clerk === clerk &&
        one.opened_at >= from &&
        (until === null || one.opened_at < until),
    ).length,
  }))
}

/** What was corrected in a hall, the latest first: a page of it. */
export async function listSignOnCorrections(
  db: Reader,
  hall: string,
  { limit, after }: Page,
): Promise<ShownSignOnCorrection[]> {
  const found = await db
    .selectFrom('rating_sign_on_corrections')
    .select('state')
    .where('hall', '=', hall)
    .$if(after !== null, (query) => query.where('id', '<', after))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const all = found.map(({ state }) => state)
  const named = await namesOf(
    db,
    all.flatMap(({ recorded, clerk, by }) => [recorded, clerk, by].map((who) => `person/${who}`)),
  )
  const counterName = await counterNames(
    db,
    all.map(({ counter }) => counter),
  )
  const said = await readPersonal(
    db,
    all.map(({ reason }) => reason.ref),
  )
  const person = (who: string) => ({ id: who, name: named(`person/${who}`).name })
  return all.map(({ id, counter, from, until, recorded, clerk, services, reason, by, at }) => ({
    ...{ id, from, until, services, at, counter: { id: counter, name: counterName(counter) } },
    ...{ recorded: person(recorded), clerk: person(clerk), by: person(by), reason: textOf(said.get(reason.ref)) },
  }))
}
