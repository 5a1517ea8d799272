import type { Words } from '../../refusal.ts'
import type { Category } from '../categories.ts'
import type { Said } from '../items/protocol.ts'
import type { Account, Amount } from './accounting.ts'

/** What came into a class of goods or left it, by the account that it came from or went to. */
export interface ShownMovement extends Amount {
  readonly account: Account
  readonly words: Words
}

/** A year of one class of goods: what was there, came, left and is there. */
export interface ShownAnnual {
  readonly category: Said<Category>
  readonly opening: Amount
  readonly came: readonly ShownMovement[]
  readonly left: readonly ShownMovement[]
  readonly closing: Amount
  readonly balances: boolean
}

/** Of whom there is a statement of a year: a department with cases, or the organ that it belongs to. */
export interface AnnualUnit {
  readonly id: string
  readonly name: string
  /** Who asks is recused from a case that it counts: he neither makes nor reads its paper. */
  readonly apart: boolean
  /** When its paper is to be made, and whether that is open; null where no clock runs or ran. */
  readonly due: { readonly at: string; readonly open: boolean } | null
}

/** 年度报告: the year of all that is in sight by class, and case by case. */
export interface AnnualStatement {
  readonly year: number
  /** Of that department or organ alone; null for all in sight. */
  readonly unit: string | null
  readonly balances: boolean
  readonly classes: readonly ShownAnnual[]
  /** By the number that each case goes by; so many at most, the file has more. */
  readonly cases: readonly (ShownAnnual & { readonly number: string })[]
  /** How many there are of them. */
  readonly count: number
  readonly units: readonly AnnualUnit[]
}
