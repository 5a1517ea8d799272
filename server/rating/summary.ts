import { sql } from 'kysely'
import type { Level } from '../../devices/ballot/ballot.ts'
import type { Reader } from '../module.ts'
import { namesOf } from '../names.ts'
import { addLevels, type Apart, badOf, type Counts, type Levels, levelsSum, NO_LEVELS } from './counts.ts'
import { GENERAL_MATTER } from './counters.ts'
import type { Words } from '../refusal.ts'
import { questionsEverAsked } from './questionnaires/store.ts'
import type { Rate, ShownAccount, SummaryBy, SummaryRow } from './protocol.ts'
import { isSatisfied } from './questionnaire.ts'
import { isRemainder } from './remainders/remainder.ts'
import { type Group, groupOf } from './rating.ts'
import { chanceOfAtLeast, cusum, CUSUM_RULE, type CusumRule, warningAt, wilson } from './statistics.ts'
import './tables.ts'

/** A group with what its votes have become. */
interface Cell {
  readonly group: Group
  readonly issued: number
  readonly used: number
  readonly expired: number
  readonly waiting: number
  /** In the order of counting. */
  readonly batches: readonly { readonly day: string; readonly n: number; readonly counts: Counts }[]
}

/** A question by its id, which stands for one wording: answers under one id may be added up whatever the version. */
type Question = { readonly id: string; readonly words: Words }

/** Days of counting; null for no limit. */
export interface Span {
  readonly from: string | null
  readonly to: string | null
}

/**
 * Everything that is known of a hall, group by group. Offered and unrated votes are of services, which are no secret; what was voted is of whole
 * batches alone, each of ten or more: every figure made of them is a sum of batches, so that no two figures, of whatever cut or date, differ by
 * fewer than ten votes.
 */
export async function readCells(db: Reader, hall: string, at: string, { from, to }: Span): Promise<Cell[]> {
  const prefix = `${hall}/`
  const offered = await sql<{ grp: string; issued: number; used: number; expired: number }>`
    select s.grp, count(*)::int as issued, count(u.service)::int as used,
      count(*) filter (where u.service is null and s.expires_at <= ${at})::int as expired
    from rating_services s left join rating_used u on u.service = s.id
    where s.hall = ${hall} and s.grp is not null
      and (${from}::date is null or s.opened_at >= (${from}::date)::timestamp at time zone 'Asia/Shanghai')
      and (${to}::date is null or s.opened_at < (${to}::date + 1)::timestamp at time zone 'Asia/Shanghai')
    group by s.grp
  `.execute(db)
  const waiting = await sql<{ grp: string; n: number }>`
    select grp, count(grp)::int as n from rating_ballots where starts_with(grp, ${prefix}) group by grp
  `.execute(db)
  const batches = await sql<{ grp: string; day: string; n: number; counts: Counts }>`
    select grp, day::text as day, n, counts from rating_batches
    where starts_with(grp, ${prefix}) and (${from}::date is null or day >= ${from}::date)
      and (${to}::date is null or day <= ${to}::date)
    order by day, id
  `.execute(db)
  const names = new Set([...offered.rows, ...waiting.rows, ...batches.rows].map(({ grp }) => grp))
  return [...names].map((grp) => {
    const { issued = 0, used = 0, expired = 0 } = offered.rows.find((one) => one.grp === grp) ?? {}
    return {
      ...{ group: groupOf(grp), issued, used, expired },
      waiting: waiting.rows.find((one) => one.grp === grp)?.n ?? 0,
      batches: batches.rows.filter((one) => one.grp === grp),
    }
  })
}

/** One line of a summary over these cells, with the warning that `rule` gives. */
export function rowOf(
  id: string,
  name: string,
  cells: readonly Cell[],
  questions: readonly Question[],
  rule: CusumRule = CUSUM_RULE,
): SummaryRow {
  const batches = cells.flatMap((cell) => cell.batches).toSorted((one, other) => (one.day < other.day ? -1 : 1))
  const overall = batches.reduce((sum, { counts }) => addLevels(sum, counts.overall), NO_LEVELS)
  const counted = levelsSum(overall)
  const answers = questions.flatMap(({ id: question, words }) => {
    const levels = batches.reduce((sum, { counts }) => addLevels(sum, counts.answers[question] ?? NO_LEVELS), NO_LEVELS)
    const satisfied = rateOf(levels)
    return satisfied === null ? [] : [{ id: question, words, n: satisfied.n, satisfied }]
  })
  const path = cusum(
    batches.map(({ counts }) => ({ bad: badOf(counts.overall), n: levelsSum(counts.overall) })),
    rule,
  )
  const warning = warningAt(path.at(-1) ?? 0, rule)
  return {
    ...{ id, name, counted },
    issued: sumOf(cells, ({ issued }) => issued),
    unrated: sumOf(cells, ({ expired }) => expired),
    waiting: sumOf(cells, ({ waiting }) => waiting),
    overall: counted === 0 ? null : overall,
    satisfied: rateOf(overall),
    apart: apartIn(batches.flatMap(({ counts }) => counts.apart ?? [])),
    ...{ answers, warning },
    chance: warning === 'none' ? null : chanceOfAtLeast(badOf(overall), counted, rule.inOrder),
  }
}

/** Both rates over whole parts of batches, each of ten or more. */
function apartIn(parts: readonly Apart[]): SummaryRow['apart'] {
  const flagged = rateOf(parts.reduce((sum, one) => addLevels(sum, one.flagged), NO_LEVELS))
  const plain = rateOf(parts.reduce((sum, one) => addLevels(sum, one.plain), NO_LEVELS))
  if (flagged === null || plain === null) return null
  return { flagged, plain, alike: parts.reduce((sum, { alike = 0 }) => sum + alike, 0) }
}

function sumOf(cells: readonly Cell[], of: (cell: Cell) => number): number {
  return cells.reduce((sum, cell) => sum + of(cell), 0)
}

/** Null where nothing was counted. */
function rateOf(levels: Levels): Rate | null {
  const n = levelsSum(levels)
  const good = ([1, 2, 3, 4, 5] as const satisfies Level[])
    .filter(isSatisfied)
    .reduce((sum, level) => sum + levels[level], 0)
  const interval = wilson(good, n)
  return interval === null ? null : { good, n, ...interval }
}

/** The cells of each line, and what was left of versions that are over, which is in none but the hall's. */
export function linesBy<C extends Pick<Cell, 'group'>>(
  cells: readonly C[],
  by: SummaryBy,
): { byId: Map<string, C[]>; left: C[] } {
  const left = by === 'hall' ? [] : cells.filter(({ group }) => isRemainder(group))
  return {
    byId: Map.groupBy(
      cells.filter((cell) => !left.includes(cell)),
      ({ group }) => group[by],
    ),
    left,
  }
}

/** A page of lines by clerk, counter, matter or hall, and the line over all cells. */
export async function summarise(
  db: Reader,
  cells: readonly Cell[],
  by: SummaryBy,
  {
    hall,
    rule,
    limit,
    after,
  }: {
    readonly hall: string
    /** That of the last day. */
    readonly rule: CusumRule
    readonly limit: number
    readonly after: string | null
  },
): Promise<{ rows: SummaryRow[]; rest: SummaryRow | null; total: SummaryRow }> {
  const { byId, left } = linesBy(cells, by)
  const ids = [...byId.keys()].toSorted().filter((id) => after === null || id > after)
  const page = ids.slice(0, limit)
  const questions = await questionsEverAsked(db, hall)
  const called = await namesBy(db, by, page)
  const [hallName = hall] = [(await namesOf(db, [`unit/${hall}`]))(`unit/${hall}`).name]
  return {
    rows: page.map((id) => rowOf(id, called(id), byId.get(id) ?? [], questions, rule)),
    rest: left.length === 0 ? null : rowOf('', '', left, questions, rule),
    total: rowOf(hall, hallName, cells, questions, rule),
  }
}

async function namesBy(db: Reader, by: SummaryBy, ids: readonly string[]): Promise<(id: string) => string> {
  if (by === 'clerk' || by === 'hall') {
    const kind = by === 'clerk' ? 'person' : 'unit'
    const named = await namesOf(
      db,
      ids.map((id) => `${kind}/${id}`),
    )
    return (id) => named(`${kind}/${id}`).name
  }
  if (ids.length === 0) return (id) => id
  const found =
    by === 'counter'
      ? await db.selectFrom('stations').select(['id', 'name']).where('id', 'in', ids).execute()
      : await db.selectFrom('rating_matters').select(['id', 'name']).where('id', 'in', ids).execute()
  const names = new Map(found.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? (id === GENERAL_MATTER ? '综合业务' : id)
}

/** The tally's last statement; null before its first run. */
export async function lastAccount(db: Reader): Promise<ShownAccount | null> {
  const found = await db.selectFrom('rating_accounts').select('text').orderBy('seq', 'desc').executeTakeFirst()
  if (found === undefined) return null
  const { day, issued, used, expired, open, counted, waiting, balanced } = JSON.parse(found.text) as ShownAccount
  return { day, issued, used, expired, open, counted, waiting, balanced }
}
