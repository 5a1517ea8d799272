import { sql } from 'kysely'
import type { Day } from '../../clock/calendar.ts'
import type { Db } from '../../database/connect.ts'
import type { Actor } from '../../module.ts'
import '../../org/tables.ts'
import { SATISFIED_MEANS } from '../questionnaire.ts'
import { wilson } from '../statistics.ts'
import { lengthOf } from '../seeing/days.ts'
import type { Days, Response } from '../seeing/protocol.ts'
import { summedUntil, sumServiceDays } from '../seeing/service-days.ts'
import { LEAST_BALLOTS } from '../tally.ts'
import '../tables.ts'
import type { Tree, TreeLine } from './protocol.ts'
import { chainOn, type Span, spansUnder, type Units } from './spans.ts'

/** Halls whose days are summed in one transaction. */
const HALLS_AT_ONCE = 50

/** All units as they stand, with where each stood before. */
export async function readUnits(db: Db): Promise<Units> {
  const found = await db.selectFrom('units').select(['id', 'state']).execute()
  return new Map(found.map(({ id, state }) => [id, state]))
}

/** Supervisors see every unit; the head of one sees it and what is below it. */
export function maySeeUnit(units: Units, actor: Actor, unit: string, today: Day): boolean {
  const chain = chainOn(units, unit, today)
  return actor.appointments.some(
    ({ post, place }) => post === 'supervisor' || (post === 'manager' && chain.includes(place)),
  )
}

interface Sums {
  readonly n: number
  readonly good: number
  readonly asked: number
  readonly rated: number
}

const NOTHING: Sums = { n: 0, good: 0, asked: 0, rated: 0 }

/**
 * What was counted under a unit, by the units right below it. A hall that moved counts on each day where it stood on that day. Every figure of votes
 * is a sum of whole batches, so no two figures of whatever level differ by fewer than ten votes.
 */
export async function readTree(db: Db, units: Units, root: string, days: Days, at: string): Promise<Tree> {
  const spans = spansUnder(units, root, days)
  const halls = [...new Set(spans.map(({ hall }) => hall))]
  for (let first = 0; first < halls.length; first += HALLS_AT_ONCE)
    await sumServiceDays(db, halls.slice(first, first + HALLS_AT_ONCE), at)
  const sums = await sumsBySpan(db, spans)
  const bySpan = spans.map((span, nth) => ({ span, sums: sums.get(nth) ?? NOTHING }))
  const line = (id: string, own: typeof bySpan): TreeLine => ({
    ...{ id, name: units.get(id)?.name ?? id, kind: units.get(id)?.kind ?? 'department' },
    halls: new Set(own.map(({ span }) => span.hall)).size,
    ...figuresOf(own.map((one) => one.sums)),
    moved: [...Map.groupBy(own, ({ span }) => span.hall).values()].some(
      (of) => of.reduce((sum, { span }) => sum + lengthOf(span), 0) < lengthOf(days),
    ),
  })
  const below = [...Map.groupBy(bySpan, ({ span }) => span.under)]
  return {
    unit: line(root, bySpan),
    above: chainOn(units, root, days.to)
      .slice(1)
      .toReversed()
      .map((id) => ({ id, name: units.get(id)?.name ?? id })),
    ...{ days, servedUntil: summedUntil(at), means: SATISFIED_MEANS, least: LEAST_BALLOTS },
    lines: below
      .filter(([id]) => id !== root)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([id, own]) => line(id, own)),
  }
}

function figuresOf(all: readonly Sums[]): Pick<TreeLine, 'satisfied' | 'response'> {
  const sum = all.reduce(
    (one, other) => ({
      ...{ n: one.n + other.n, good: one.good + other.good },
      ...{ asked: one.asked + other.asked, rated: one.rated + other.rated },
    }),
    NOTHING,
  )
  const interval = wilson(sum.good, sum.n)
  const response: Response = { asked: sum.asked, rated: sum.rated }
  return {
    satisfied: interval === null ? null : { good: sum.good, n: sum.n, ...interval },
    response: sum.asked < LEAST_BALLOTS ? null : response,
  }
}

/** By the place of the span in its list. A batch of which fewer than ten can be read is in no figure. */
async function sumsBySpan(db: Db, spans: readonly Span[]): Promise<ReadonlyMap<number, Sums>> {
  const of = <T>(pick: (span: Span) => T): T[] => spans.map(pick)
  const found = await sql<Sums & { nth: number }>`
    with span as (
      select nth, hall, first, last from unnest(${of(({ hall }) => hall)}::text[], ${of(({ from }) => from)}::date[],
        ${of(({ to }) => to)}::date[]) with ordinality as t (hall, first, last, nth)
    )
    select (span.nth - 1)::int as nth, v.n, v.good, s.asked, s.rated from span
    cross join lateral (
      select coalesce(sum(b.rated), 0)::int as n, coalesce(sum(b.satisfied), 0)::int as good from rating_batches b
      where split_part(b.grp, '/', 1) = span.hall and b.day between span.first and span.last and b.rated >= ${LEAST_BALLOTS}
    ) as v
    cross join lateral (
      select coalesce(sum(d.asked), 0)::int as asked, coalesce(sum(d.rated), 0)::int as rated from rating_service_days d
      where d.hall = span.hall and d.day between span.first and span.last
    ) as s
  `.execute(db)
  return new Map(found.rows.map(({ nth, ...sums }) => [nth, sums]))
}
