import { type RawBuilder, sql } from 'kysely'
import { unitsUnder } from '../approvals/store.ts'
import type { Actor, Post, Reader } from '../module.ts'
import type { Aside } from './aside.ts'

/** Whose clocks somebody sees. */
export type ClockSight =
  | 'all'
  | {
      readonly person: string
      /** Departments he heads: all of their clocks. */
      readonly heads: readonly string[]
      /** Departments below those he approves for: the clocks over which a request waits. */
      readonly below: readonly string[]
      /** Departments whose officer he is: the clocks that name him. */
      readonly serves: readonly string[]
      /** Stores that he keeps. */
      readonly keeps: readonly string[]
      /** `post place` that he holds: what he was told in that post. */
      readonly holds: readonly string[]
      /** Matters in which he stands aside: none of their clocks. */
      readonly aside: readonly string[]
      /** Matters in which he answers in the place of those who stand aside. */
      readonly takenOver: readonly string[]
      /** He watches over all the others, as a supervisor who stands aside in some. */
      readonly watches: boolean
      readonly now: string
    }

const HEADS: readonly Post[] = ['manager', 'approver']
const ADMINISTRATORS: readonly Post[] = ['system-admin', 'security-admin', 'audit-admin']

/**
 * Supervisors see every clock but of what they stand aside in, administrators none, others those of their office that concern them, an
 * approver above the department those over which he has to decide, as long as he has to.
 */
export async function clockSightOf(
  db: Reader,
  { person, appointments }: Actor,
  { now, aside }: { readonly now: string; readonly aside: Aside },
): Promise<ClockSight> {
  const posts = appointments.map(({ post }) => post)
  if (posts.some((post) => ADMINISTRATORS.includes(post)))
    return {
      person,
      heads: [],
      below: [],
      serves: [],
      keeps: [],
      holds: [],
      aside: [],
      takenOver: [],
      watches: false,
      now,
    }
  const matters = await aside.mattersOf(db, person)
  const watches = posts.includes('supervisor')
  if (watches && matters.length === 0) return 'all'
  const placesOf = (...wanted: readonly Post[]): string[] =>
    appointments.filter(({ post }) => wanted.includes(post)).map(({ place }) => place)
  const heads = placesOf(...HEADS)
  return {
    person,
    heads,
    below: (await unitsUnder(db, placesOf('approver'))).filter((unit) => !heads.includes(unit)),
    serves: placesOf('officer'),
    keeps: placesOf('custodian'),
    holds: appointments.map(({ post, place }) => `${post} ${place}`),
    aside: matters,
    takenOver: await aside.takenOverBy(db, person),
    watches,
    now,
  }
}

/** Of clocks, under the name `c`: those in sight. */
export function clocksWithin(sight: ClockSight): RawBuilder<boolean> {
  if (sight === 'all') return sql<boolean>`true`
  const { heads, serves, keeps, aside, takenOver, watches } = sight
  return sql<boolean>`(not ${isAside({ aside })} and (${watches} or c.unit = any(${[...heads]}::text[]) or c.store = any(${[...keeps]}::text[])
    or (c.unit = any(${[...serves]}::text[])
      and (c.state -> 'responsible' ? ${sight.person} or c.state ->> 'matter' = any(${[...takenOver]}::text[]))) or ${toldTo(sight)} or ${waitsFor(sight)}))`
}

/** Of clocks, under the name `c`: those of what somebody stands aside in. */
function isAside({ aside }: Pick<Exclude<ClockSight, 'all'>, 'aside'>): RawBuilder<boolean> {
  return sql<boolean>`(c.state ->> 'matter' = any(${[...aside]}::text[]))`
}

/** Of clocks, under the name `c`: those over which, or over whose loan, a request waits for an approver above the department. */
function waitsFor({ below, now }: Exclude<ClockSight, 'all'>): RawBuilder<boolean> {
  if (below.length === 0) return sql<boolean>`false`
  return sql<boolean>`(c.unit = any(${[...below]}::text[]) and exists (select from approvals a
    where a.unit = c.unit and a.status = 'asked' and a.expires_at >= ${now}::timestamptz
      and (a.state -> 'deed' ->> 'clock' = c.id or 'loan/' || (a.state -> 'deed' ->> 'loan') = c.state ->> 'matter')))`
}

/** Of clocks, under the name `c`: those that somebody was told of in a post that he still holds. */
export function toldTo({
  person,
  holds,
  aside,
}: Pick<Exclude<ClockSight, 'all'>, 'person' | 'holds' | 'aside'>): RawBuilder<boolean> {
  return sql<boolean>`(not ${isAside({ aside })} and exists (select from clock_told t where t.clock = c.id and t.person = ${person}
    and t.post || ' ' || t.place = any(${[...holds]}::text[])))`
}
