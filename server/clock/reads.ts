import { type RawBuilder, sql } from 'kysely'
import { namesOf } from '../names.ts'
import type { Actor, Reader } from '../module.ts'
import { type Clock, colourOf } from './clock.ts'
import { INTERIM_CAUSES } from './deadline-rules.ts'
import { authorityOver } from './deeds.ts'
import { matterOf, titleOf } from './naming.ts'
import type { ClockCounts, ShownClock, ShownDeadline, Standing } from './protocol.ts'
import { clocksWithin, type ClockSight } from './sight.ts'
import { lentOf, type NamesInSight, openOf } from './things.ts'
import './tables.ts'

/** What a list may be narrowed to. `ended` are those that were met or met late. */
export const LIST_STATES = ['running', 'warned', 'overdue', 'paused', 'excepted', 'ended'] as const
export type ListState = (typeof LIST_STATES)[number]

export interface ListWanted {
  readonly state: ListState | null
  readonly unit: string | null
  readonly limit: number
  readonly after: string | null
}

/** Who looks, when, and how he learns the names of things. */
export interface Looking {
  readonly actor: Actor
  readonly now: string
  readonly names: NamesInSight
}

/** Clocks in sight: what is due first comes first; of those that ended, the last one. */
export async function listClocks(
  db: Reader,
  sight: ClockSight,
  looking: Looking,
  wanted: ListWanted,
): Promise<ShownClock[]> {
  const { state, unit, limit, after } = wanted
  const { now } = looking
  const ended = state === 'ended'
  const place = ended ? sql`(c.ended_at, c.id)` : sql`(c.due_at, c.id)`
  const from = ended
    ? sql`(select ended_at, id from clocks where id = ${after})`
    : sql`(select due_at, id from clocks where id = ${after})`
  const found = await sql<{ state: Clock }>`
    select c.state from clocks c
    where ${withState(state, now)} and ${clocksWithin(sight)}
      ${unit === null ? sql`` : sql`and c.unit = ${unit}`}
      ${after === null ? sql`` : ended ? sql`and ${place} < ${from}` : sql`and ${place} > ${from}`}
    order by ${ended ? sql`c.ended_at desc, c.id desc` : sql`c.due_at, c.id`} limit ${limit}
  `.execute(db)
  return shownClocks(
    db,
    found.rows.map((row) => row.state),
    looking,
  )
}

function withState(state: ListState | null, now: string): RawBuilder<boolean> {
  const late = sql`c.due_at < ${now}::timestamptz`
  switch (state) {
    case null:
      return sql<boolean>`c.status <> 'ended'`
    case 'running':
      return sql<boolean>`c.status = 'running' and c.colour is null and not ${late}`
    case 'warned':
      return sql<boolean>`c.status = 'running' and c.colour is not null and not ${late}`
    case 'overdue':
      return sql<boolean>`c.status = 'running' and ${late}`
    case 'paused':
      return sql<boolean>`c.status = 'paused' and c.state -> 'exception' is null`
    case 'excepted':
      return sql<boolean>`c.status = 'paused' and c.state -> 'exception' is not null`
    case 'ended':
      return sql<boolean>`c.status = 'ended'`
  }
}

/** How many clocks in sight stand how, by the department that answers. */
export async function countClocks(db: Reader, sight: ClockSight, now: string): Promise<ClockCounts[]> {
  const count = (state: ListState) => sql`(count(*) filter (where ${withState(state, now)}))::integer`
  const found = await sql<{ unit: string } & Omit<ClockCounts, 'unit'>>`
    select c.unit, ${count('running')} as running, ${count('warned')} as warned, ${count('overdue')} as overdue,
      ${count('paused')} as paused, ${count('excepted')} as excepted
    from clocks c where c.status <> 'ended' and ${clocksWithin(sight)} group by c.unit order by c.unit
  `.execute(db)
  const named = await namesOf(
    db,
    found.rows.map(({ unit }) => `unit/${unit}`),
  )
  return found.rows.map(({ unit, ...counts }) => ({ unit: { id: unit, name: named(`unit/${unit}`).name }, ...counts }))
}

/** As they are told on a list. */
async function shownClocks(db: Reader, clocks: readonly Clock[], looking: Looking): Promise<ShownClock[]> {
  const named = await namesOf(
    db,
    clocks.flatMap(({ unit, store, matter }) => [
      ...[`unit/${unit}`, ...(store === null ? [] : [`store/${store}`])],
      ...(matter.startsWith('case/') ? [matter] : []),
    ]),
  )
  const lent = await lentOf(db, looking.names, looking, clocks)
  return clocks.map((clock) => {
    const { id, rule, version, from, dueAt, estimatedYears, unit, store, matter, subjects, endedAt } = clock
    const { basis, grade, counting } = clock.terms
    return {
      ...{ id, rule, title: titleOf(rule), basis, grade, version, counting, from, dueAt, endedAt },
      standing: standingOf(clock, looking.now),
      colour: colourOf(clock),
      estimatedYears,
      unit: { id: unit, name: named(`unit/${unit}`).name },
      store: store === null ? null : { id: store, name: named(`store/${store}`).name },
      matter: matterOf(matter.startsWith('case/') ? `case/${named(matter).name}` : matter),
      subjects: subjects.length,
      open: openOf(subjects).length,
      lent: lent(clock),
    }
  })
}

/** How a clock stands at a moment. What ended on its due moment was in time; `warned` is any colour that the ladder has raised before that. */
export function standingOf(clock: Clock, now: string): Standing {
  const { state, endedAt, dueAt } = clock
  if (state === 'ended') return endedAt !== null && endedAt <= dueAt ? 'met' : 'late'
  if (state === 'paused') return clock.exception === undefined ? 'paused' : 'excepted'
  if (dueAt < now) return 'overdue'
  return colourOf(clock) === null ? 'running' : 'warned'
}

/** One clock in sight, with every warning that was raised; null when there is none to see. */
export async function readClock(
  db: Reader,
  sight: ClockSight,
  id: string,
  looking: Looking,
): Promise<{
  readonly clock: Clock
  readonly shown: Omit<ShownDeadline, 'may' | 'asked' | 'reviewUntil' | 'changes' | 'extendedDue' | 'further'>
} | null> {
  const found = await sql<{ state: Clock }>`
    select c.state from clocks c where c.id = ${id} and ${clocksWithin(sight)}
  `.execute(db)
  const clock = found.rows[0]?.state
  const [line] = clock === undefined ? [] : await shownClocks(db, [clock], looking)
  if (clock === undefined || line === undefined) return null
  const { raised, source, evidence, document } = clock
  const named = await namesOf(
    db,
    raised.flatMap(({ told }) => told.map(({ person }) => `person/${person}`)),
  )
  const warnings = raised.map(({ at, offset_days, colour, told }) => ({
    ...{ at, offset_days, colour },
    told: told.map(({ person, post }) => ({ name: named(`person/${person}`).name, post })),
  }))
  const items = openOf(clock.subjects)
  const { extensions, shortened = false, exception = null } = clock
  const cause = clock.cause === undefined ? null : INTERIM_CAUSES[clock.cause]
  const authority = authorityOver(clock)
  const appraisal =
    clock.appraisal === undefined
      ? null
      : { begins: clock.appraisal.begins, ends: clock.appraisal.ends, endedOn: clock.appraisal.endedOn }
  const told = {
    ...line,
    source,
    evidence,
    document,
    warnings,
    items,
    authority,
    appraisal,
    exception,
    extensions,
    cause,
    shortened,
  }
  return { clock, shown: told }
}

/**
 * Clocks over one subject, by when they are due: what its own page says of them.
 * @param passedAt when others took its place: what they are waited for since was not done by it
 */
export async function clocksOver(
  db: Reader,
  subject: string,
  now: string,
  passedAt?: string,
): Promise<
  { rule: string; dueAt: string; basis: string; state: 'running' | 'late' | 'met' | 'paused' | 'excepted' }[]
> {
  const found = await sql<{ state: Clock }>`
    select c.state from clock_subjects s join clocks c on c.id = s.clock where s.subject = ${subject} order by c.due_at, c.id
  `.execute(db)
  const waiting = found.rows.flatMap(({ state }) => {
    const its = state.subjects.find((one) => one.subject === subject)
    const isElsewhere = its?.apart === true || (passedAt !== undefined && its?.doneAt === passedAt)
    return isElsewhere ? [] : [{ ...state, doneAt: its?.doneAt ?? null }]
  })
  return waiting.map(({ rule, dueAt, terms, exception, pausedAt, doneAt }) => {
    const state = (doneAt ?? now) > dueAt ? 'late' : doneAt === null ? 'running' : 'met'
    // What stands still is late by no day that passes meanwhile.
    const still = exception !== undefined ? 'excepted' : pausedAt !== null ? 'paused' : state
    return { rule, dueAt, basis: terms.basis, state: doneAt === null ? still : state }
  })
}

/** When the first clock that still waits for each of these subjects is due; subjects that none waits for are absent. */
export async function clocksRunningOver(db: Reader, subjects: readonly string[]): Promise<Map<string, string>> {
  if (subjects.length === 0) return new Map()
  const found = await sql<{ subject: string; state: Clock }>`
    select s.subject, c.state from clock_subjects s join clocks c on c.id = s.clock
    where s.subject = any(${[...subjects]}::text[]) order by c.due_at desc, c.id
  `.execute(db)
  return new Map(
    found.rows
      .filter(({ subject, state }) => state.subjects.some((one) => one.subject === subject && one.doneAt === null))
      .map(({ subject, state: { dueAt } }) => [subject, dueAt]),
  )
}
