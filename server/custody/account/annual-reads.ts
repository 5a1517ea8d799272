import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import { said } from '../names.ts'
import { categories, CATEGORIES, type Category } from '../categories.ts'
import type { Item } from '../items/item.ts'
import { livesOf } from '../papers/paper-entries.ts'
import { numbersNow } from '../renumbering/numbers.ts'
import { seesItem, type Sight } from '../sight/sees.ts'
import { casesWithin } from '../sight/sight.ts'
import { type Account, accountWords, type Amount } from './accounting.ts'
import { accountsIn, type AnnualLine, annualOf, togetherOf } from './annual.ts'
import type { AnnualStatement, ShownAnnual } from './protocol.ts'
import '../tables.ts'

/** Lines of cases in one answer; a file has all. */
const LINES_MOST = 500
const categoryWords = Object.fromEntries(CATEGORIES.map((one) => [one, categories[one].name])) as Readonly<
  Record<Category, (typeof categories)[Category]['name']>
>

/** Case by case, so that no more than one case's lives are in memory; of its items those that are in sight. */
export async function annualLines(db: Reader, sight: Sight, year: number): Promise<AnnualLine[]> {
  const found = await sql<{ id: string }>`select c.id from cases c where ${casesWithin(sight)} order by c.id`.execute(
    db,
  )
  const visible = new Set(found.rows.map(({ id }) => id))
  const lines: AnnualLine[] = []
  for (const { id } of found.rows) {
    const its = await sql<{ state: Item }>`select state from items where case_number = ${id} order by ordinal`.execute(
      db,
    )
    const codes = its.rows.flatMap(({ state }) => (seesItem(sight, state) ? [state.code] : []))
    lines.push(...annualOf(await livesOf(db, codes), year).filter((line) => visible.has(line.case)))
  }
  return lines
}

/** The year as a supervisor looks at it: by class over all that is in sight, and by case. */
export async function annualStatement(db: Reader, sight: Sight, year: number): Promise<AnnualStatement> {
  const lines = await annualLines(db, sight, year)
  const shown = lines.slice(0, LINES_MOST)
  const numbers = await numbersNow(db, [...new Set(shown.map((line) => line.case))])
  return {
    ...{ year, balances: lines.every(({ balances }) => balances), count: lines.length },
    classes: togetherOf(lines).map(shownOf),
    cases: shown.map((line) => ({ ...shownOf(line), number: numbers.of(line.case) })),
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
