import type { Fact } from '../../module.ts'
import type { Purpose } from '../axes.ts'
import { custodyFact } from '../custody.ts'

/** 调用单: what went out together, to whom, until when, and what is still out. */
export type Loan = {
  readonly id: string
  readonly unit: string
  readonly cases: readonly string[]
  readonly store: string
  readonly borrower: string
  readonly custodian: string
  readonly purpose: Purpose
  readonly lentAt: string
  readonly dueAt: string
  readonly lines: readonly { readonly item: string; readonly returnedAt: string | null }[]
}

/** What one more fact makes of a loan: lines come back one by one, and an extension is a later due time of all of them. */
export function evolveLoan(loan: Loan | null, raw: Fact): Loan | null {
  const fact = custodyFact(raw)
  switch (fact.type) {
    case 'custody.loan-opened': {
      const { subject, unit, cases, store, items, borrower, purpose, dueAt } = fact.body
      const lines = items.map((item) => ({ item, returnedAt: null }))
      const id = subject.slice('loan/'.length)
      return { id, unit, cases, store, borrower, custodian: fact.actor, purpose, lentAt: fact.at, dueAt, lines }
    }
    case 'custody.loan-checked': {
      if (loan === null) return null
      const returned = new Set(fact.body.returned)
      const lines = loan.lines.map((line) =>
        returned.has(line.item) ? { item: line.item, returnedAt: fact.at } : line,
      )
      return { ...loan, lines }
    }
    case 'custody.loan-extended':
      return loan === null ? null : { ...loan, dueAt: fact.body.dueAt }
    default:
      return loan
  }
}

/** Items of the loan that are still out. */
export function outstanding(loan: Loan): number {
  return loan.lines.filter(({ returnedAt }) => returnedAt === null).length
}
