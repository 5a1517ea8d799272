import { type RawBuilder, sql } from 'kysely'
import type { Actor, Post } from '../module.ts'

/** Whose clocks somebody sees. */
export type ClockSight =
  | 'all'
  | {
      readonly person: string
      /** Departments he heads: all of their clocks. */
      readonly heads: readonly string[]
      /** Departments whose officer he is: the clocks that name him. */
      readonly serves: readonly string[]
      /** Stores that he keeps. */
      readonly keeps: readonly string[]
      /** `post place` that he holds: what he was told in that post. */
      readonly holds: readonly string[]
    }

const HEADS: readonly Post[] = ['manager', 'approver']
const ADMINISTRATORS: readonly Post[] = ['system-admin', 'security-admin', 'audit-admin']

/** Supervisors see every clock, administrators none, others those of their office that concern them. */
export function clockSightOf({ person, appointments }: Actor): ClockSight {
  const posts = appointments.map(({ post }) => post)
  if (posts.some((post) => ADMINISTRATORS.includes(post)))
    return { person, heads: [], serves: [], keeps: [], holds: [] }
  if (posts.includes('supervisor')) return 'all'
  const placesOf = (...wanted: readonly Post[]): string[] =>
    appointments.filter(({ post }) => wanted.includes(post)).map(({ place }) => place)
  return {
    person,
    heads: placesOf(...HEADS),
    serves: placesOf('officer'),
    keeps: placesOf('custodian'),
    holds: appointments.map(({ post, place }) => `${post} ${place}`),
  }
}

/** Of clocks, under the name `c`: those in sight. */
export function clocksWithin(sight: ClockSight): RawBuilder<boolean> {
  if (sight === 'all') return sql<boolean>`true`
  const { heads, serves, keeps } = sight
  return sql<boolean>`(c.unit = any(${[...heads]}::text[]) or c.store = any(${[...keeps]}::text[])
    or (c.unit = any(${[...serves]}::text[]) and c.state -> 'responsible' ? ${sight.person}) or ${toldTo(sight)})`
}

/** Of clocks, under the name `c`: those that somebody was told of in a post that he still holds. */
export function toldTo({ person, holds }: Exclude<ClockSight, 'all'>): RawBuilder<boolean> {
  return sql<boolean>`exists (select from clock_told t where t.clock = c.id and t.person = ${person}
    and t.post || ' ' || t.place = any(${[...holds]}::text[]))`
}
