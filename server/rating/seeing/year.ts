import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { type Language, type Table, type TableColumn, tableOf } from '../../table.ts'
import type { Rate, SummaryRow } from '../protocol.ts'
import type { Words } from '../../refusal.ts'
import { LEVELS, SATISFIED_MEANS } from '../questionnaire.ts'
import { questionsEverAsked } from '../questionnaires/store.ts'
import { isRemainder } from '../remainders/remainder.ts'
import { readCells, rowOf } from '../summary.ts'

/** What became of the answers that raters of a clerk asked for. */
interface Answers {
  readonly clerk: string
  readonly asked: number
  readonly closed: number
  readonly excluded: number
}

/** What people decided about what thresholds proposed of a clerk. */
interface Acted {
  readonly clerk: string
  readonly adopted: number
  readonly declined: number
  readonly done: number
}

interface YearRow extends SummaryRow {
  readonly acted: Omit<Acted, 'clerk'>
  readonly answersAsked: Omit<Answers, 'clerk'>
}

const percent = (rate: number): string => `${(100 * rate).toFixed(1)}%`
const share = (rate: Rate | null): string => (rate === null ? '' : percent(rate.good / rate.n))
const SCHEME = 'GB/T 39734'

const columnsOf = (
  questions: readonly { readonly id: string; readonly words: Words }[],
): readonly TableColumn<YearRow>[] => [
  ['窗口人员', 'Clerk', (row) => row.name],
  ['人员编号', 'Id', (row) => row.id],
  ['请评价', 'Asked', (row) => String(row.issued)],
  ['未评价', 'Not rated', (row) => String(row.unrated)],
  ['已计票', 'Counted', (row) => String(row.counted)],
  ['满意', 'Satisfied', (row) => String(row.satisfied?.good ?? '')],
  ['满意率', 'Share of satisfied', (row) => share(row.satisfied)],
  [
    '95% 区间下限',
    'Lower end of the 95 % interval',
    ({ satisfied }) => (satisfied === null ? '' : percent(satisfied.low)),
  ],
  ['95% 区间上限', 'Upper end', ({ satisfied }) => (satisfied === null ? '' : percent(satisfied.high))],
  ...LEVELS.map(({ level, words }): TableColumn<YearRow> => [
    words.zh,
    words.en,
    (row) => String(row.overall?.[level] ?? ''),
  ]),
  ...questions.map(({ id, words }): TableColumn<YearRow> => [
    `${words.zh}满意率`,
    `${words.en}: satisfied`,
    (row) => share(row.answers.find((one) => one.id === id)?.satisfied ?? null),
  ]),
  ['要求答复', 'Answers asked for', (row) => String(row.answersAsked.asked)],
  ['已办结', 'Closed', (row) => String(row.answersAsked.closed)],
  ['申诉成立', 'Appeals upheld', (row) => String(row.answersAsked.excluded)],
  ['处置建议采纳', 'Proposals adopted', (row) => String(row.acted.adopted)],
  ['已落实', 'Of these carried out', (row) => String(row.acted.done)],
  ['处置建议未采纳', 'Proposals not adopted', (row) => String(row.acted.declined)],
  ['口径', 'Definition', (_row, language) => `${SATISFIED_MEANS[language]} (${SCHEME})`],
]

/**
 * What was counted of each clerk of a hall in a year, for the annual assessment: every rate with its numerator, denominator, interval, who did not rate, and
 * what satisfied means. Figures are sums of whole batches; where none was counted the cells are empty.
 */
export async function yearTable(
  db: Reader,
  hall: string,
  year: number,
  at: string,
  language: Language,
): Promise<Table> {
  const span = { from: `${year}-01-01`, to: `${year}-12-31` }
  const cells = await readCells(db, hall, at, span)
  const answers = await answersOf(db, hall, year)
  const acted = await actedOf(db, hall, year)
  const byClerk = Map.groupBy(
    cells.filter(({ group }) => !isRemainder(group)),
    ({ group }) => group.clerk,
  )
  const ids = [...byClerk.keys()].toSorted()
  const named = await namesOf(db, [`unit/${hall}`, ...ids.map((id) => `person/${id}`)])
  const questions = await questionsEverAsked(db, hall)
  const rows = ids.map((id): YearRow => ({
    ...rowOf(id, named(`person/${id}`).name, byClerk.get(id) ?? [], questions),
    acted: acted.get(id) ?? { adopted: 0, declined: 0, done: 0 },
    answersAsked: answers.get(id) ?? { asked: 0, closed: 0, excluded: 0 },
  }))
  const { name } = named(`unit/${hall}`)
  return tableOf(
    { zh: `${name} ${year} 年窗口评价`, en: `${name}: ratings of ${year}` },
    columnsOf(questions),
    rows,
    language,
  )
}

async function answersOf(db: Reader, hall: string, year: number): Promise<Map<string, Answers>> {
  const { rows } = await sql<Answers>`
    select clerk, count(*)::int as asked, count(*) filter (where status = 'closed')::int as closed,
      count(*) filter (where (state ->> 'excluded')::boolean)::int as excluded
    from rating_follow_ups
    where not state ? 'batch' and hall = ${hall} and extract(year from asked_at at time zone 'Asia/Shanghai') = ${year} group by clerk
  `.execute(db)
  return new Map(rows.map((row) => [row.clerk, row]))
}

async function actedOf(db: Reader, hall: string, year: number): Promise<Map<string, Acted>> {
  const { rows } = await sql<Acted>`
    select clerk, count(*) filter (where status in ('adopted', 'done'))::int as adopted,
      count(*) filter (where status = 'declined')::int as declined, count(*) filter (where status = 'done')::int as done
    from rating_actions
    where hall = ${hall} and extract(year from decided_at at time zone 'Asia/Shanghai') = ${year} group by clerk
  `.execute(db)
  return new Map(rows.map((row) => [row.clerk, row]))
}
