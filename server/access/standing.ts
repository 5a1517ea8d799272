import { sql } from 'kysely'
import type { Reader } from '../module.ts'
import type { AccountLock, AccountSecret } from '../org/protocol.ts'
import type { SecretKind } from './secret.ts'
import { DAY_HOURS, PAUSE_MINUTES, TRIES_A_DAY, TRIES_BEFORE_PAUSE } from './tries.ts'
import './tables.ts'

const KINDS: readonly SecretKind[] = ['password', 'pin']
const NONE: readonly AccountSecret[] = KINDS.map((kind) => ({ kind, standing: 'none', until: null }))

/** How every person's secrets stand; whoever has none is told so by `get` of nobody. */
export async function secretsOfPeople(db: Reader): Promise<{ of(person: string): readonly AccountSecret[] }> {
  const found = await sql<{ person: string; kind: SecretKind; until: string | null; good: boolean }>`
    select person, kind, good_until as until, coalesce(used_at is null and good_until > clock_timestamp(), false) as good from credentials
  `.execute(db)
  const kept = Map.groupBy(found.rows, ({ person }) => person)
  return {
    of: (person) =>
      NONE.map(({ kind }) => {
        const row = kept.get(person)?.find((one) => one.kind === kind)
        if (row === undefined) return { kind, standing: 'none', until: null }
        if (row.until === null) return { kind, standing: 'own', until: null }
        return { kind, standing: row.good ? 'dealt' : 'over', until: row.until }
      }),
  }
}

/**
 * Whose secrets take no more tries now, where, and until when: the limits of `beginTry`, read without counting a try. Names that nobody has are
 * left out.
 */
export async function locksOfPeople(db: Reader): Promise<{ of(person: string): readonly AccountLock[] }> {
  const found = await sql<{ subject: string; place: string | null; until: string }>`
    with tries as (
      select t.subject, case when t.known then t.place end as place, t.at, h.ok_at
      from sign_in_tries t left join sign_in_places h on t.known and h.place = t.place
        and h.person = regexp_replace(t.subject, '^(password|pin) of ', '')
      where t.subject ~ '^(password|pin) of [a-z]' and t.at > clock_timestamp() - make_interval(hours => ${DAY_HOURS})
    ), named as (
      select subject, place, count(*) as today, count(*) filter (where recent) as recent,
        (array_agg(at order by at desc))[${sql.lit(TRIES_A_DAY)}] + make_interval(hours => ${DAY_HOURS}) as day_until,
        (array_agg(at order by at desc) filter (where recent))[${sql.lit(TRIES_BEFORE_PAUSE)}] + make_interval(mins => ${PAUSE_MINUTES}) as pause_until
      from (
        select *, at > clock_timestamp() - make_interval(mins => ${PAUSE_MINUTES}) and at > coalesce(ok_at, '-infinity') as recent from tries
      ) counted
      group by subject, place
    )
    select subject, place, greatest(day_until, pause_until) as until from named
    where today >= ${TRIES_A_DAY} or recent >= ${TRIES_BEFORE_PAUSE}
    order by subject, place nulls first
  `.execute(db)
  const locks = Map.groupBy(
    found.rows.map(({ subject, place, until }) => {
      const kind = KINDS.find((one) => subject.startsWith(`${one} of `)) ?? 'password'
      return { person: subject.slice(`${kind} of `.length), lock: { kind, place, until } }
    }),
    ({ person }) => person,
  )
  return { of: (person) => (locks.get(person) ?? []).map(({ lock }) => lock) }
}

/** Who of these people could sign in now, were this badge taken back: active, with a secret of his own or a dealt one that still opens. */
export async function whoCanSignIn(
  db: Reader,
  people: readonly string[],
  { badge }: { readonly badge: string | null } = { badge: null },
): Promise<ReadonlySet<string>> {
  const found = await sql<{ id: string }>`
    select id from people p where id = any(${[...people]}::text[]) and active and exists (
      select from credentials c where c.person = p.id
        and (c.good_until is null or (c.used_at is null and c.good_until > clock_timestamp()))
        and (c.kind = 'password' or exists (select from badges b where b.person = p.id and b.active and b.good_until is null and b.badge is distinct from ${badge}::text)))
  `.execute(db)
  return new Set(found.rows.map(({ id }) => id))
}
