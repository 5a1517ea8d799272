import { endOfDay } from '../../clock/calendar.ts'
import type { Fact } from '../../module.ts'
import { CATEGORIES, type Category } from '../categories.ts'
import { evolveItem } from '../items/items.ts'
import type { Item } from '../items/item.ts'
import {
  type Account,
  ACCOUNTS,
  type Amount,
  combined,
  HELD_ACCOUNTS,
  NOTHING,
  postingsOf,
  SOURCES,
} from './accounting.ts'

/** What one case held of one class over a year: at its beginning, what came and left by account, and at its end. */
export type AnnualLine = {
  /** As the case was registered. */
  readonly case: string
  readonly category: Category
  readonly opening: Amount
  readonly came: ReadonlyMap<Account, Amount>
  readonly left: ReadonlyMap<Account, Amount>
  readonly closing: Amount
  /** What was there and came is what left and is there. */
  readonly balances: boolean
}

interface Summing {
  readonly case: string
  readonly category: Category
  opening: Amount
  closing: Amount
  readonly came: Map<Account, Amount>
  readonly left: Map<Account, Amount>
}

/** What lies between two moments, the first included. RFC 3339 in UTC with milliseconds. */
export interface Period {
  readonly from: string
  readonly to: string
}

/** @param year of the organ's calendar */
export function yearOf(year: number): Period {
  return { from: endOfDay(`${year - 1}-12-31`), to: endOfDay(`${year}-12-31`) }
}

/** What was held of one class in one case since before the year began, and still was when it ended. */
export interface HeldThroughout {
  readonly case: string
  readonly category: Category
  readonly amount: Amount
}

/**
 * 年度报告 (rules C-39): what was withheld, kept and disposed of in a year, by case and class, told by the entries of the registers in double
 * entry. Any period has such a statement. It is summed bit by bit, so that the lives of all items need not be in memory at once.
 */
export class AnnualSums {
  readonly #period: Period
  readonly #lines = new Map<string, Summing>()

  constructor(period: Period) {
    this.#period = period
  }

  /** Things to which nothing happened in the year or after it. */
  stand(held: readonly HeldThroughout[]): void {
    for (const { case: of, category, amount } of held) {
      const line = this.#lineOf(of, category)
      line.opening = combined(line.opening, amount, 1)
      line.closing = combined(line.closing, amount, 1)
    }
  }

  /** @param facts of whole lives, each in its order */
  live(facts: readonly Fact[]): void {
    const { from, to } = this.#period
    const items = new Map<string, Item>()
    for (const fact of facts) {
      if (fact.at >= to) continue
      const before = items.get(fact.body.subject) ?? null
      const after = evolveItem(before, fact)
      if (after === null) continue
      items.set(fact.body.subject, after)
      for (const { account, case: of, pieces, fen, mg } of postingsOf(before, after, fact)) {
        const line = this.#lineOf(of, after.category)
        const amount = { pieces, fen, mg }
        if (HELD_ACCOUNTS.has(account)) {
          line.closing = combined(line.closing, amount, 1)
          if (fact.at < from) line.opening = combined(line.opening, amount, 1)
        } else if (fact.at >= from) {
          const isSource = SOURCES.has(account)
          const side = isSource ? line.came : line.left
          side.set(account, combined(side.get(account) ?? NOTHING, amount, isSource ? -1 : 1))
        }
      }
    }
  }

  /** Each class of each case once, by the numbers of the cases. */
  lines(): AnnualLine[] {
    return [...this.#lines.values()]
      .filter(saysAnything)
      .map((line) => ({ ...line, balances: adds(line) }))
      .toSorted((one, other) => compare(one.case, other.case) || placeOf(one) - placeOf(other))
  }

  #lineOf(of: string, category: Category): Summing {
    const key = `${category} ${of}`
    const line = this.#lines.get(key) ?? blank(of, category)
    this.#lines.set(key, line)
    return line
  }
}

/** The same of these lives alone. */
export function annualOf(facts: readonly Fact[], period: Period): AnnualLine[] {
  const sums = new AnnualSums(period)
  sums.live(facts)
  return sums.lines()
}

const placeOf = ({ category }: AnnualLine): number => CATEGORIES.indexOf(category)
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

const blank = (of: string, category: Category): Summing => ({
  ...{ case: of, category, opening: NOTHING, closing: NOTHING, came: new Map(), left: new Map() },
})

function adds({ opening, closing, came, left }: Summing): boolean {
  const should = combined(combined(opening, sumOf([...came.values()]), 1), sumOf([...left.values()]), -1)
  return isSame(should, closing)
}

/** What had gone before the year began says nothing of it. */
function saysAnything({ opening, closing, came, left }: Summing): boolean {
  return [opening, closing, ...came.values(), ...left.values()].some((one) => !isSame(one, NOTHING))
}

function isSame(one: Amount, other: Amount): boolean {
  return one.pieces === other.pieces && one.fen === other.fen && one.mg === other.mg
}

/** The same of all cases together, by class. */
export function togetherOf(lines: readonly AnnualLine[]): Omit<AnnualLine, 'case'>[] {
  return [...Map.groupBy(lines, ({ category }) => category)].map(([category, its]) => ({
    category,
    opening: sumOf(its.map(({ opening }) => opening)),
    came: summed(its.map(({ came }) => came)),
    left: summed(its.map(({ left }) => left)),
    closing: sumOf(its.map(({ closing }) => closing)),
    balances: its.every(({ balances }) => balances),
  }))
}

function summed(sides: readonly ReadonlyMap<Account, Amount>[]): ReadonlyMap<Account, Amount> {
  const all = sides.flatMap((side) => [...side])
  const byAccount = Map.groupBy(all, ([account]) => account)
  return new Map([...byAccount].map(([account, its]) => [account, sumOf(its.map(([, amount]) => amount))]))
}

function sumOf(amounts: readonly Amount[]): Amount {
  return amounts.reduce((total, one) => combined(total, one, 1), NOTHING)
}

/** The accounts that a side of a line has anything in, in the order of the account of a case. */
export function accountsIn(side: ReadonlyMap<Account, Amount>): Account[] {
  return ACCOUNTS.filter((account) => !isSame(side.get(account) ?? NOTHING, NOTHING))
}
