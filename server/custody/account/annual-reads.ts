import { type RawBuilder, sql } from 'kysely'
import { type EntryMembers, toFact } from '../../ledger/entry.ts'
import type { Reader } from '../../module.ts'
import { said } from '../names.ts'
import { categories, CATEGORIES, type Category } from '../categories.ts'
import { numbersNow } from '../renumbering/numbers.ts'
import type { Sight } from '../sight/sees.ts'
import { casesWithin, itemsWithin } from '../sight/sight.ts'
import { IDLE } from './account-trial.ts'
import { type Account, accountWords, type Amount } from './accounting.ts'
import {
  accountsIn,
  type AnnualLine,
  AnnualSums,
  type HeldThroughout,
  type Period,
  togetherOf,
  yearOf,
} from './annual.ts'
import { annualUnits, unitsOf } from './annual-units.ts'
import type { AnnualStatement, ShownAnnual } from './protocol.ts'
import '../tables.ts'

/** Lines of cases in one answer; a file has all. */
const LINES_MOST = 500
/** Lives in memory at once. */
const LIVES_AT_ONCE = 2_000
const categoryWords = Object.fromEntries(CATEGORIES.map((one) => [one, categories[one].name])) as Readonly<
  Record<Category, (typeof categories)[Category]['name']>
>

/** What of which units; null stands for all. */
export interface AnnualAsked {
  readonly period: Period
  readonly units: readonly string[] | null
}

/**
 * What a year brought to the cases in sight. What nothing has happened to since it began is summed where it stands; of the rest the
 * lives are read, many in one statement.
 */
export async function annualLines(db: Reader, sight: Sight, { period, units }: AnnualAsked): Promise<AnnualLine[]> {
  const { from, to } = period
  const within = sql<boolean>`(${casesWithin(sight)} and (${units}::text[] is null or c.unit = any(${units}::text[])))`
  const its = sql<boolean>`(${within} and ${itemsWithin(sight)})`
  const cases = await sql<{ id: string }>`select c.id from cases c where ${within}`.execute(db)
  const sums = new AnnualSums(period)
  sums.stand(await heldSince(db, its, from))
  const touched = await sql<{ id: string }>`
    select i.id from items i join cases c on c.id = i.case_number
    where ${its} and i.last_at >= ${from}::timestamptz order by i.id
  `.execute(db)
  for (let start = 0; start < touched.rows.length; start += LIVES_AT_ONCE) {
    const subjects = touched.rows.slice(start, start + LIVES_AT_ONCE).map(({ id }) => `item/${id}`)
    const found = await sql<{ text: string; hash: Buffer }>`
      select text, hash from entries
      where subject = any(${subjects}::text[]) and type <> all(${IDLE}::text[]) and at < ${to}::timestamptz
      order by subject, n
    `.execute(db)
    sums.live(found.rows.map(({ text, hash }) => toFact(JSON.parse(text) as EntryMembers, hash)))
  }
  // What came out of another case that is not in sight says nothing of that one.
  const visible = new Set(cases.rows.map(({ id }) => id))
  return sums.lines().filter((line) => visible.has(line.case))
}

/** What is held and was when the year began, as `accountOf` and `amountOf` say it of one item. Whatever moves or counts an item moves its `last_at`. */
async function heldSince(db: Reader, its: RawBuilder<boolean>, from: string): Promise<HeldThroughout[]> {
  const found = await sql<{ case: string; category: Category } & Amount>`
    select i.case_number as case, i.category, count(*)::float8 as pieces,
      sum(coalesce((i.state #>> '{proceeds,amount_fen}')::bigint,
        case when i.state #>> '{cash,agreed,-1,currency}' = 'CNY'
          then (i.state #>> '{cash,agreed,-1,amount_minor}')::bigint else 0 end))::float8 as fen,
      sum(coalesce((i.state #>> '{weights,-1,weight_mg}')::bigint, 0))::float8 as mg
    from items i join cases c on c.id = i.case_number
    where ${its} and i.last_at < ${from}::timestamptz and not i.state ? 'succeeded'
      and case when i.state ? 'disposed' then (i.state #>> '{disposed,listOnly}')::boolean else i.custody_status <> 'OUT' end
    group by i.case_number, i.category
  `.execute(db)
  return found.rows.map(({ case: of, category, ...amount }) => ({ case: of, category, amount }))
}

/**
 * The year as a supervisor looks at it: by class over all that is in sight, and by case.
 * @param unit of that department or organ alone; null for all in sight
 */
export async function annualStatement(
  db: Reader,
  { person, sight }: { readonly person: string; readonly sight: Sight },
  { year, unit }: { readonly year: number; readonly unit: string | null },
): Promise<AnnualStatement> {
  const lines = await annualLines(db, sight, {
    ...{ period: yearOf(year), units: unit === null ? null : await unitsOf(db, unit) },
  })
  const shown = lines.slice(0, LINES_MOST)
  const numbers = await numbersNow(db, [...new Set(shown.map((line) => line.case))])
  return {
    ...{ year, unit, balances: lines.every(({ balances }) => balances), count: lines.length },
    classes: togetherOf(lines).map(shownOf),
    cases: shown.map((line) => ({ ...shownOf(line), number: numbers.of(line.case) })),
    units: await annualUnits(db, { person, sight, year }),
  }
}

function shownOf({ category, opening, came, left, closing, balances }: Omit<AnnualLine, 'case'>): ShownAnnual {
  const sideOf = (side: ReadonlyMap<Account, Amount>) =>
    accountsIn(side).flatMap((account) => {
      const amount = side.get(account)
      return amount === undefined ? [] : [{ account, words: accountWords[account], ...amount }]
    })
  return {
    ...{ category: said(category, categoryWords), opening, closing, balances },
    ...{ came: sideOf(came), left: sideOf(left) },
  }
}
