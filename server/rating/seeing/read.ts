import { sql } from 'kysely'
import { addDays } from '../../clock/calendar.ts'
import { ZONE } from '../../local-time.ts'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import type { Counts } from '../counts.ts'
import { HALL_SERVICE, SATISFIED_MEANS } from '../questionnaire.ts'
import { groupOf } from '../rating.ts'
import { LEAST_BALLOTS } from '../tally.ts'
import { type CountedBatch, rateOf, responseOf, type ServedDay, sumOf } from './figures.ts'
import { comparisonOf, funnelOf, heatOf, trendOf, watchOf, within } from './look.ts'
import type { Dashboard, Days, Question } from './protocol.ts'
import { FASTEST_SERVICE_MS, type Pace, signalsOf } from './signals.ts'
import { proposalsOf } from './thresholds.ts'

/** What somebody looks at. */
export interface Asked {
  readonly hall: string
  readonly days: Days
  /** The period that it is compared with. */
  readonly other: Days
  readonly question: Question
}

export const QUESTIONS: Dashboard['questions'] = [
  { id: 'overall', words: { zh: '总体评价', en: 'Overall' } },
  ...HALL_SERVICE.questions,
]

/** Everything that a dashboard shows of a hall. */
export async function readDashboard(
  db: Reader,
  { hall, days, other, question }: Asked,
  at: string,
): Promise<Dashboard> {
  const [batches, { served, paces }] = await Promise.all([
    readBatches(db, hall, days.to),
    readServices(db, hall, days, at),
  ])
  const seen = { batches, served, question }
  const own = within(batches, days)
  const levels = sumOf(own, question)
  const satisfied = rateOf(levels)
  const clerks = new Set([...batches, ...served].map(({ group }) => group.clerk))
  const named = await namesOf(db, [
    `unit/${hall}`,
    ...[...clerks, ...paces.map(({ clerk }) => clerk)].map((id) => `person/${id}`),
  ])
  const clerk = (id: string): string => named(`person/${id}`).name
  const counter = await counterNames(db, hall)
  return {
    ...{ hall: { id: hall, name: named(`unit/${hall}`).name }, days, question, questions: QUESTIONS },
    ...{ means: SATISFIED_MEANS, least: LEAST_BALLOTS },
    ...{ levels: satisfied === null ? null : levels, satisfied, response: responseOf(within(served, days)) },
    ...{ trend: trendOf(seen, days), comparison: comparisonOf(seen, days, other) },
    ...{ funnel: funnelOf(seen, days, clerk), heat: heatOf(seen, days, counter), watch: watchOf(seen, days, clerk) },
    signals: signalsOf(served, paces, days, { clerk, counter }),
    proposals: proposalsOf(batches, days, clerk),
  }
}

/** Every batch of a hall up to a day, in the order of counting. */
export async function readBatches(db: Reader, hall: string, to: string): Promise<CountedBatch[]> {
  const { rows } = await sql<{ grp: string; day: string; counts: Counts }>`
    select grp, day::text as day, counts from rating_batches
    where split_part(grp, '/', 1) = ${hall} and day <= ${to}::date order by day, id
  `.execute(db)
  return rows.map(({ grp, day, counts }) => ({ group: groupOf(grp), day, counts }))
}

interface ServicesRow {
  readonly clerk: string
  readonly grp: string | null
  readonly day: string
  readonly asked: number
  readonly rated: number
  readonly services: number
  readonly hurried: number
}

/**
 * The services of a hall by day, in one look at them: who was asked and rated, where the vote is over (one that may still be cast would tell who has
 * just rated), and how fast they came.
 */
export async function readServices(
  db: Reader,
  hall: string,
  { from, to }: Days,
  at: string,
): Promise<{ served: ServedDay[]; paces: Pace[] }> {
  const { rows } = await sql<ServicesRow>`
    select clerk, grp, day::text as day, count(*) filter (where over)::int as asked,
      count(*) filter (where over and used)::int as rated, count(*)::int as services,
      count(*) filter (where gap < make_interval(secs => ${FASTEST_SERVICE_MS / 1_000}))::int as hurried
    from (
      select s.clerk, s.grp, (s.opened_at at time zone ${sql.lit(ZONE)})::date as day,
        s.grp is not null and s.expires_at <= ${at} as over, u.service is not null as used,
        s.opened_at - lag(s.opened_at) over (partition by s.clerk order by s.opened_at) as gap
      from rating_services s left join rating_used u on u.service = s.id
      where s.hall = ${hall}
        and s.opened_at >= (${from}::date)::timestamp at time zone ${sql.lit(ZONE)}
        and s.opened_at < (${addDays(to, 1)}::date)::timestamp at time zone ${sql.lit(ZONE)}
    ) as looked
    group by clerk, grp, looked.day
  `.execute(db)
  return {
    served: rows.flatMap(({ grp, day, asked, rated }) =>
      grp === null || asked === 0 ? [] : [{ group: groupOf(grp), day, asked, rated }],
    ),
    paces: [...Map.groupBy(rows, ({ clerk }) => clerk)].map(([clerk, own]) => ({
      clerk,
      services: own.reduce((sum, one) => sum + one.services, 0),
      hurried: own.reduce((sum, one) => sum + one.hurried, 0),
    })),
  }
}

async function counterNames(db: Reader, hall: string): Promise<(id: string) => string> {
  const found = await db
    .selectFrom('stations')
    .select(['id', 'name'])
    .where('place', '=', hall)
    .where('kind', '=', 'counter')
    .execute()
  const names = new Map(found.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? id
}
