import { type RawBuilder, sql } from 'kysely'
import type { Actor, Reader } from '../module.ts'
import '../org/tables.ts'
import { addDays } from '../clock/calendar.ts'
import type { Page } from '../schemas.ts'
import type { Approval, Deed } from './approvals.ts'
import { unitsUnder } from './store.ts'
import './tables.ts'

/** Which granted requests are asked for; null asks for every one. */
export interface CopiesAsked {
  /** The command of the deed. */
  readonly kind: string | null
  readonly case: string | null
  /** The first and the last day on which it was granted, `2026-11-21` where the organ is. */
  readonly from: string | null
  readonly to: string | null
}

/** A granted request, and the numbers of the cases that it is about. */
export interface Copy {
  readonly approval: Approval
  readonly cases: readonly string[]
  /** The article that its kind rests on; null where the module of it names none. */
  readonly basis: string | null
}

/**
 * The departments whose granted requests are copied to somebody (product.md, copy to the supervision unit; rules W-01): of the organ that his
 * post of supervisor is in, the nearest one above it, and all below it. None for who holds no such post.
 */
export async function unitsSupervised(db: Reader, { appointments }: Pick<Actor, 'appointments'>): Promise<string[]> {
  const places = appointments.flatMap(({ post, place }) => (post === 'supervisor' ? place : []))
  if (places.length === 0) return []
  const organs = await sql<{ id: string }>`
    with recursive up (id, kind, parent, depth) as (
      select id, kind, parent, 0 from units where id = any(${places}::text[])
      union
      select u.id, u.kind, u.parent, up.depth + 1 from up join units u on u.id = up.parent
        where up.kind <> 'organ' and up.depth < 32
    )
    select distinct id from up where kind = 'organ' or parent is null
  `.execute(db)
  return unitsUnder(
    db,
    organs.rows.map(({ id }) => id),
  )
}

/** Of requests, under the name `a`: the cases that they are about, as the modules of these deeds say. */
export function casesBy(deeds: readonly Deed[]): RawBuilder<unknown> {
  const all = [...new Set(deeds.flatMap(({ cases }) => cases ?? []))]
  return all.reduce((one, cases) => sql`(${one} || ${cases})`, sql`'{}'::text[]`)
}

/**
 * Of granted requests, under the name `a`: those that name something of a case, found by an index; every request about the case is among them,
 * as the modules of these deeds say.
 */
export function namingBy(deeds: readonly Deed[]): (number: string) => RawBuilder<boolean> {
  const all = [...new Set(deeds.flatMap(({ subjectsOf }) => subjectsOf ?? []))]
  return (number) => {
    const subjects = all.reduce((one, subjectsOf) => sql`(${one} || ${subjectsOf(number)})`, sql`'{}'::text[]`)
    // Looked up once and apart: the order in which they were granted would lead through all of them.
    return sql<boolean>`a.id = any(array(
      select n.id from approvals n where n.status = 'granted' and subjects_of_deed(n.state -> 'deed') && ${subjects}))`
  }
}

/** Of requests, under the name `a`: the article that each rests on, as the modules of these deeds say; null where none does. */
export function basisBy(deeds: readonly Deed[]): RawBuilder<string | null> {
  const all = [...new Set(deeds.flatMap(({ basis }) => basis ?? []))]
  return sql<string | null>`coalesce(${sql.join([...all, sql`null::text`])})`
}

/** Of requests, under the name `a`: those about what somebody has no part in, also where he made them himself. */
export function apartBy(deeds: readonly Deed[]): (person: string) => RawBuilder<boolean> {
  const all = [...new Set(deeds.flatMap(({ apart }) => apart ?? []))]
  return (person) => all.reduce((one, apart) => sql<boolean>`(${one} or ${apart(person)})`, sql<boolean>`false`)
}

/** By when it was granted and by id, which no two share: equal moments have an order, and keep it from page to page. */
const GRANTED_AT = sql`(a.state ->> 'decidedAt') collate "C"`
const CURSOR = /^(.+)_([^_]+)$/

/** Where a page of copies ends. */
export function cursorOf({ approval }: Copy): string {
  return `${approval.decidedAt ?? ''}_${approval.id}`
}

/**
 * Granted requests of these departments, the latest first, but for those about what the reader has no part in.
 * @param apart of requests, under the name `a`: those that are not for him
 * @param naming of requests, under the name `a`: those that may be about a case
 */
export async function findCopies(
  db: Reader,
  {
    units,
    apart,
    cases,
    naming,
    basis,
  }: {
    units: readonly string[]
    apart: RawBuilder<boolean>
    cases: RawBuilder<unknown>
    naming: (number: string) => RawBuilder<boolean>
    basis: RawBuilder<string | null>
  },
  { kind, case: number, from, to, limit, after }: CopiesAsked & Page,
): Promise<Copy[]> {
  const [, endedAt, endedWith] = CURSOR.exec(after ?? '') ?? []
  const wanted = [
    sql<boolean>`a.status = 'granted'`,
    sql<boolean>`a.unit = any(${[...units]}::text[])`,
    sql<boolean>`not ${apart}`,
    ...(kind === null ? [] : [sql<boolean>`a.command = ${kind}`]),
    ...(number === null ? [] : [naming(number), sql<boolean>`${number} = any(${cases})`]),
    ...(from === null ? [] : [sql<boolean>`${GRANTED_AT} >= ${startOf(from)}`]),
    ...(to === null ? [] : [sql<boolean>`${GRANTED_AT} < ${startOf(addDays(to, 1))}`]),
    ...(endedAt === undefined ? [] : [sql<boolean>`(${GRANTED_AT}, a.id) < (${endedAt}, ${endedWith})`]),
  ]
  const found = await sql<Copy>`
    select a.state as approval, ${cases} as cases, ${basis} as basis from approvals a
    where ${sql.join(wanted, sql` and `)}
    order by ${GRANTED_AT} desc, a.id desc limit ${limit}
  `.execute(db)
  return found.rows
}

/** When a day begins where the organ is. */
function startOf(day: string): string {
  return new Date(`${day}T00:00:00+08:00`).toISOString()
}
