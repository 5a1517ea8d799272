import { sql } from 'kysely'
import { type Db, inTransaction, type Trx } from '../database/connect.ts'
import { newId } from '../id.ts'
import { Refusal } from '../refusal.ts'
import { type Place, placeName } from './place.ts'
import './tables.ts'

/** Wrong tries in a row on one name before it pauses, and for how long. */
export const TRIES_BEFORE_PAUSE = 5
export const PAUSE_MINUTES = 15
/** Wrong tries on one name in a day, right ones in between or not, before only time or the security administrator helps. */
export const TRIES_A_DAY = 10
export const DAY_HOURS = 24
/** Wrong tries at one place, whatever the names, that cost no time; each further one doubles the wait. */
export const PLACE_FREE_TRIES = 15
const PLACE_MINUTES = 10
const PLACE_WAIT_FIRST_SECONDS = 2
const PLACE_WAIT_MAX_SECONDS = 60
/** Tries at one place that may be looked at side by side; one that takes longer than this was cut short. */
const PLACE_AT_ONCE = 50
const TRY_SECONDS = 30
/** A place is somebody's own for this long after the last time he signed in there. */
export const PLACE_KNOWN_DAYS = 30

/** A try on its way. `right` or `wrong` ends it; one that was cut short counts as wrong. */
export interface Try {
  /** It was right: it no longer counts, and the place is one where this person signs in. */
  right(person: string): Promise<void>
  /** What was tried was right, and more is asked for: it counts neither way, and the place stays as strange as it was. */
  undecided(): Promise<void>
  /** It was wrong. @throws Refusal `access.locked-out`, `access.locked-for-today` when it was the last one allowed */
  wrong(): Promise<void>
}

interface Counts {
  readonly known: boolean
  readonly recent: number
  readonly today: number
  readonly wrong_here: number
  readonly at_once: number
  readonly waited: number
}

/**
 * Counts a try before it is looked at, so that nothing comes of sending many at once, to one server process or to several.
 *
 * Three limits hold, and they balance two fears. A guesser must not get through the numbers: a name pauses after five wrong tries and
 * stops after ten in a day, so that a PIN of six digits falls to a hundred thousandth a day at most; and a place pays for wrong tries on
 * any names with a wait that doubles up to a minute, about thirty in ten minutes. A joker must not lock a colleague out: the first two limits count what
 * happens at a place where this person has signed in before apart from what happens everywhere else together, so ten wrong tries at
 * another desk shut the name only for places that never were his; and the third never makes somebody wait where he is at home. What is
 * left: who stands at the very bench of a colleague can shut that one bench to him for a day; his desk goes on, and the security
 * administrator lifts it. A guesser who stands in turn at each of somebody's own places gets ten tries a day at each.
 *
 * @param subject what is guessed: the secret of a person, or a name that nobody has; both are treated alike
 * @throws Refusal `access.locked-out`, `access.locked-for-today`, `access.slow-down`, `access.too-many`
 */
export async function beginTry(
  db: Db,
  { subject, person, place }: { subject: string; person: string | null; place: Place },
): Promise<Try> {
  const id = newId()
  const where = placeName(place)
  const found = await inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`try ${subject}`}, 5))`.execute(trx)
    const counts = await count(trx, { subject, person, where })
    refusePaused(counts)
    if (!counts.known) refuseHasty(counts)
    if (counts.at_once >= PLACE_AT_ONCE) throw new Refusal('access.too-many')
    await sql`
      insert into sign_in_tries (id, subject, place, known, wrong, at)
      values (${id}, ${subject}, ${where}, ${counts.known}, false, clock_timestamp())
    `.execute(trx)
    return counts
  })
  return {
    right: async (whose) => {
      await sql`delete from sign_in_tries where id = ${id}`.execute(db)
      await sql`
        insert into sign_in_places (person, place, ok_at) values (${whose}, ${where}, clock_timestamp())
        on conflict (person, place) do update set ok_at = excluded.ok_at
      `.execute(db)
    },
    undecided: async () => {
      await sql`delete from sign_in_tries where id = ${id}`.execute(db)
    },
    wrong: async () => {
      await sql`update sign_in_tries set wrong = true where id = ${id}`.execute(db)
      refusePaused({ ...found, recent: found.recent + 1, today: found.today + 1 })
    },
  }
}

async function count(
  trx: Trx,
  { subject, person, where }: { subject: string; person: string | null; where: string },
): Promise<Counts> {
  const found = await sql<Counts>`
    with home as (
      select ok_at from sign_in_places
      where person = ${person} and place = ${where} and ok_at > clock_timestamp() - make_interval(days => ${PLACE_KNOWN_DAYS})
    ), named as (
      select at from sign_in_tries
      where subject = ${subject} and at > clock_timestamp() - make_interval(hours => ${DAY_HOURS})
        and (case when exists (select from home) then known and place = ${where} else not known end)
    ), here as (
      select at, wrong from sign_in_tries where place = ${where} and at > clock_timestamp() - make_interval(mins => ${PLACE_MINUTES})
    )
    select exists (select from home) as known,
      (select count(*) from named where at > clock_timestamp() - make_interval(mins => ${PAUSE_MINUTES})
        and at > coalesce((select ok_at from home), '-infinity'))::int as recent,
      (select count(*) from named)::int as today,
      (select count(*) from here where wrong)::int as wrong_here,
      (select count(*) from here where not wrong and at > clock_timestamp() - make_interval(secs => ${TRY_SECONDS}))::int as at_once,
      coalesce((select extract(epoch from clock_timestamp() - max(at)) from here where wrong), 0)::float8 as waited
  `.execute(trx)
  const [row] = found.rows
  if (row === undefined) throw new Error('a count gave no row')
  return row
}

function refusePaused({ recent, today }: Pick<Counts, 'recent' | 'today'>): void {
  if (today >= TRIES_A_DAY) throw new Refusal('access.locked-for-today', { tries: today })
  if (recent >= TRIES_BEFORE_PAUSE) throw new Refusal('access.locked-out', { tries: recent, minutes: PAUSE_MINUTES })
}

function refuseHasty({ wrong_here, waited }: Counts): void {
  const seconds = Math.ceil(waitAfter(wrong_here) - waited)
  if (seconds > 0) throw new Refusal('access.slow-down', { seconds })
}

/** Seconds that a place waits after so many wrong tries. */
export function waitAfter(wrong: number): number {
  if (wrong < PLACE_FREE_TRIES) return 0
  return Math.min(PLACE_WAIT_FIRST_SECONDS * 2 ** (wrong - PLACE_FREE_TRIES), PLACE_WAIT_MAX_SECONDS)
}

/** Takes what was tried on a person's secrets out of the count. */
export async function forgetTries(trx: Trx, person: string): Promise<void> {
  await sql`delete from sign_in_tries where subject = any(${[`password of ${person}`, `pin of ${person}`]})`.execute(
    trx,
  )
}
