import { sql } from 'kysely'
import { addDays } from '../../clock/calendar.ts'
import { ZONE } from '../../local-time.ts'
import type { Db } from '../../database/connect.ts'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { Refusal, type Words } from '../../refusal.ts'
import { answers } from '../actions/action.ts'
import type { ShownAction } from '../actions/protocol.ts'
import { readActions } from '../actions/read.ts'
import { counterNames } from '../counter-names.ts'
import type { Counts } from '../counts.ts'
import { SATISFIED_MEANS } from '../questionnaire.ts'
import { questionsEverAsked } from '../questionnaires/store.ts'
import { groupOf } from '../rating.ts'
import { LEAST_BALLOTS } from '../tally.ts'
import { readFlags } from '../flags/store.ts'
import { type CountedBatch, rateOf, responseOf, type ServedDay, sumOf } from './figures.ts'
import { comparisonOf, funnelOf, heatOf, ofSomebody, trendOf, watchOf, within } from './look.ts'
import type { Dashboard, Days, Proposal, Question } from './protocol.ts'
import { FASTEST_SERVICE_MS, type Pace, signalsOf } from './signals.ts'
import { sumServiceDays } from './service-days.ts'
import { proposalsOf } from './thresholds.ts'
import { shownRules, watchRules } from '../watch/shown.ts'

/** What somebody looks at. */
export interface Asked {
  readonly hall: string
  readonly days: Days
  /** The period that it is compared with. */
  readonly other: Days
  readonly question: Question
}

/** What every ballot says: how it was as a whole. */
export const OVERALL = { id: 'overall', words: { zh: '总体评价', en: 'Overall' } as Words }

/**
 * Everything that a dashboard shows of a hall.
 * @throws Refusal `rating.unknown-question` for one that this hall never asked
 */
export async function readDashboard(db: Db, { hall, days, other, question }: Asked, at: string): Promise<Dashboard> {
  const [batches, { served, paces }, flags] = await Promise.all([
    readBatches(db, hall, days.to),
    readServices(db, hall, days, at),
    readFlags(db, hall, days),
  ])
  const questions = [OVERALL, ...(await questionsEverAsked(db, hall))]
  if (!questions.some(({ id }) => id === question)) throw new Refusal('rating.unknown-question', { question })
  const seen = { batches, served, question }
  const own = within(batches, days)
  const levels = sumOf(own, question)
  const satisfied = rateOf(levels)
  const clerks = new Set([...batches.filter(ofSomebody), ...served].map(({ group }) => group.clerk))
  const named = await namesOf(db, [
    `unit/${hall}`,
    ...[...clerks, ...paces.map(({ clerk }) => clerk)].map((id) => `person/${id}`),
  ])
  const clerk = (id: string): string => named(`person/${id}`).name
  const counter = await counterNames(db, [
    ...[...batches, ...served].map(({ group }) => group.counter),
    ...flags.map((one) => one.counter),
  ])
  const decided = await readActions(db, hall)
  const rules = await watchRules(db, hall)
  const watched = watchOf(seen, days, clerk, rules)
  return {
    ...{ hall: { id: hall, name: named(`unit/${hall}`).name }, days, question, questions },
    ...{ means: SATISFIED_MEANS, least: LEAST_BALLOTS },
    ...{ levels: satisfied === null ? null : levels, satisfied, response: responseOf(within(served, days)) },
    ...{ trend: trendOf(seen, days), comparison: comparisonOf(seen, days, other) },
    ...{ funnel: funnelOf(seen, days, clerk), heat: heatOf(seen, days, counter) },
    watch: { ...watched, ...(await shownRules(db, rules, days.to)) },
    signals: signalsOf(served, paces, flags, days, { clerk, counter }),
    proposals: proposalsOf(batches, days, clerk).map((one) => ({ ...one, decided: isDecided(decided, one) })),
    actions: decided,
  }
}

/** By the latest decision on this clerk and rule. */
function isDecided(decided: readonly ShownAction[], { clerk, rule, satisfied }: Omit<Proposal, 'decided'>): boolean {
  const latest = decided.find((one) => one.clerk.id === clerk.id && one.rule === rule)
  if (latest === undefined) return false
  const { good, n } = latest.satisfied
  return answers({ status: latest.status, good, counted: n }, { good: satisfied.good, counted: satisfied.n })
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
  readonly outside: number
}

/**
 * The services of a hall by day: who was asked and rated, where the vote is over (one that may still be cast would tell who has just rated), and how
 * fast they came. Days that are over were summed; the last ones are looked at service by service.
 */
export async function readServices(
  db: Db,
  hall: string,
  { from, to }: Days,
  at: string,
): Promise<{ served: ServedDay[]; paces: Pace[] }> {
  await sumServiceDays(db, [hall], at)
  const { rows } = await sql<ServicesRow>`
    with until as (select coalesce((select day from rating_service_days_until where hall = ${hall}), ${from}::date - 1) as day)
    select d.clerk, nullif(d.grp, '') as grp, d.day::text as day, d.asked, d.rated, d.services, d.hurried, d.outside
    from rating_service_days d where d.hall = ${hall} and d.day between ${from}::date and ${to}::date
    union all
    select clerk, grp, day::text as day, count(*) filter (where over)::int as asked,
      count(*) filter (where over and used)::int as rated, count(*)::int as services,
      count(*) filter (where gap < make_interval(secs => ${FASTEST_SERVICE_MS / 1_000}))::int as hurried,
      count(*) filter (where outside)::int as outside
    from (
      select s.clerk, s.grp, (s.opened_at at time zone ${sql.lit(ZONE)})::date as day,
        s.grp is not null and s.expires_at <= ${at} as over, u.service is not null as used,
        coalesce((s.state ->> 'outside')::boolean, false) as outside,
        s.opened_at - lag(s.opened_at) over (partition by s.clerk order by s.opened_at) as gap
      from rating_services s left join rating_used u on u.service = s.id
      where s.hall = ${hall} and s.state ->> 'batch' is null
        and s.opened_at >= greatest(${from}::date, (select day + 1 from until))::timestamp at time zone ${sql.lit(ZONE)}
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
      outside: own.reduce((sum, one) => sum + one.outside, 0),
    })),
  }
}
