import { addDays } from '../../clock/calendar.ts'
import type { Circumstances, Decision, Fact } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { custodyFact, draft, unitRegister } from '../custody.ts'
import { isDay } from '../intake/details.ts'
import { rules } from '../rules.ts'
import { holdsPost } from '../separation.ts'
import type { BookLine, ReconcilingFacts, StatementLine } from './facts.ts'
import type { ReconcileAccount } from './schemas.ts'

/** What became of one statement. */
export type Reconciliation = ReconcilingFacts['custody.account-reconciled'] & {
  readonly id: string
  readonly by: string
  readonly at: string
}

export interface Compared {
  readonly matched: readonly { readonly item: string; readonly row: number }[]
  readonly openAtBank: readonly StatementLine[]
  readonly openInBooks: readonly BookLine[]
}

export function evolveReconciliation(before: Reconciliation | null, raw: Fact): Reconciliation | null {
  const fact = custodyFact(raw)
  if (fact.type !== 'custody.account-reconciled') return before
  const { v: _, n: __, subject, ...body } = fact.body
  return { ...body, id: subject.slice('reconciliation/'.length), by: fact.actor, at: fact.at }
}

/** How many lines stand open on either side. */
export function openOf({ openAtBank, openInBooks }: Compared): number {
  return openAtBank.length + openInBooks.length
}

/**
 * Lays a statement beside the books: the same receipt, the same sum to the fen, and days that are no further apart than a bank takes. Each
 * line finds one match at most.
 */
export function compareStatement(lines: readonly StatementLine[], books: readonly BookLine[]): Compared {
  const days = rules.statement_days_apart.value
  const open = new Map(books.map((book) => [book.item, book]))
  const matched: { item: string; row: number }[] = []
  const openAtBank = lines.filter((line) => {
    const book = [...open.values()].find(
      ({ voucher, amount_fen, day }) =>
        voucher === line.voucher &&
        amount_fen === line.amount_fen &&
        day <= addDays(line.day, days) &&
        line.day <= addDays(day, days),
    )
    if (book === undefined) return true
    open.delete(book.item)
    matched.push({ item: book.item, row: line.row })
    return false
  })
  return { matched, openAtBank, openInBooks: [...open.values()] }
}

/** Who reconciles: the finance of the department that answers for the money. */
export function mustBeFinance(actor: Circumstances['actor'], unit: string): void {
  if (!rules.finance_posts.value.some((post) => holdsPost(actor, post as 'manager', unit)))
    throw new Refusal('custody.not-finance', { unit })
}

/**
 * 专户对账: a statement of the bank against what was paid into the account by the registers, by who signs for finance there.
 * @throws Refusal `custody.not-finance`, `custody.statement-period`
 */
export function reconcileAccount(
  { books }: { readonly books: readonly BookLine[] },
  command: ReconcileAccount,
  { actor, mint }: Circumstances,
): Decision {
  const { unit, account, from, to, sha256, lines, paidOut } = command
  mustBeFinance(actor, unit)
  const within = lines.every(({ day }) => isDay(day) && day >= from && day <= to)
  if (!isDay(from) || !isDay(to) || from > to || !within) throw new Refusal('custody.statement-period', { from, to })
  const id = mint.id()
  const compared = compareStatement(lines, books)
  return {
    facts: [
      draft(unitRegister(unit), 'custody.account-reconciled', `reconciliation/${id}`, {
        ...{ unit, account, from, to, sha256, paidOut, ...compared },
      }),
    ],
    result: { reconciliation: id, open: openOf(compared) },
  }
}
