import type { Fact } from '../../module.ts'
import { localDay } from '../../local-time.ts'
import type { Category } from '../categories.ts'
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

/**
 * 年度报告 (rules C-39): what was withheld, kept and disposed of in a year, by case and class, told by the entries of the registers in double entry.
 * @param facts of whole lives, each in its order
 * @param year of the organ's calendar
 */
export function annualOf(facts: readonly Fact[], year: number): AnnualLine[] {
  const [from, to] = [`${year}-01-01`, `${year}-12-31`]
  const items = new Map<string, Item>()
  const lines = new Map<string, Summing>()
  for (const fact of facts) {
    const day = localDay(fact.at)
    if (day > to) continue
    const before = items.get(fact.body.subject) ?? null
    const after = evolveItem(before, fact)
    if (after === null) continue
    items.set(fact.body.subject, after)
    for (const { account, case: of, pieces, fen, mg } of postingsOf(before, after, fact)) {
      const key = `${after.category} ${of}`
      const line = lines.get(key) ?? blank(of, after.category)
      lines.set(key, line)
      const amount = { pieces, fen, mg }
      if (HELD_ACCOUNTS.has(account)) {
        line.closing = combined(line.closing, amount, 1)
        if (day < from) line.opening = combined(line.opening, amount, 1)
      } else if (day >= from) {
        const isSource = SOURCES.has(account)
        const side = isSource ? line.came : line.left
        side.set(account, combined(side.get(account) ?? NOTHING, amount, isSource ? -1 : 1))
      }
    }
  }
  return [...lines.values()].filter(saysAnything).map((line) => ({ ...line, balances: adds(line) }))
}

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
