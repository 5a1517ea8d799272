import { addDays } from '../../clock/calendar.ts'
import type { Circumstances, Decision, Fact } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { custodyFact, draft, unitRegister } from '../custody.ts'
import { isDay } from '../intake/details.ts'
import { rules } from '../rules.ts'
import { holdsPost } from '../separation.ts'
import type { BookLine, ComparedLines, ReconcilingFacts, StatementLine } from './facts.ts'
import type { ReconcileAccount } from './schemas.ts'

/** What became of one statement. */
export type Reconciliation = ReconcilingFacts['custody.account-reconciled'] & {
  readonly id: string
  readonly by: string
  readonly at: string
}

/** Money in the books as it is compared: items of one `act` are paid as one where their receipt is one. */
export type BookEntry = BookLine & { readonly act: string }

/** What came into an account by the books, and what went out of it. */
export interface Books {
  readonly paidIn: readonly BookEntry[]
  readonly paidOut: readonly BookEntry[]
}

/** Kept as it was written down: a comparison with a statement is never changed, only followed by the next one. */
export function evolveReconciliation(before: Reconciliation | null, raw: Fact): Reconciliation | null {
  const fact = custodyFact(raw)
  if (fact.type !== 'custody.account-reconciled') return before
  const { v: _, n: __, subject, ...body } = fact.body
  return { ...body, id: subject.slice('reconciliation/'.length), by: fact.actor, at: fact.at }
}

/** How many lines stand open, at the bank and in the books. */
export function openOf({ openAtBank, openInBooks, out }: ComparedLines & { readonly out?: ComparedLines }): number {
  return openAtBank.length + openInBooks.length + (out === undefined ? 0 : openOf(out))
}

/**
 * Lays lines of a statement beside the books: the same receipt, the same sum to the fen, and days that are no further apart than a bank takes.
 * A line finds an item, or all items of one act that share its receipt. What went out by a paper that is none of the bank, as a return does, is
 * found by sum and day alone, where one line and one act of that sum are the only ones. Each finds one match at most.
 */
export function compareStatement(lines: readonly StatementLine[], books: readonly BookEntry[]): ComparedLines {
  const open = new Map(books.map((book) => [book.item, book]))
  const matched: { item: string; row: number }[] = []
  const ofSum = Map.groupBy(paymentsOf(books), ({ amount_fen }) => amount_fen)
  const fitting = (line: StatementLine, voucher: string | null): Payment[] =>
    (ofSum.get(line.amount_fen) ?? []).filter(
      (payment) =>
        payment.voucher === voucher && areNear(payment.day, line.day) && payment.items.every((item) => open.has(item)),
    )
  const take = ({ row }: StatementLine, { items }: Payment): void => {
    for (const item of items) {
      open.delete(item)
      matched.push({ item, row })
    }
  }
  const unnumbered = lines.filter((line) => {
    const [found] = line.voucher === null ? [] : fitting(line, numberOf(line.voucher))
    if (found !== undefined) take(line, found)
    return found === undefined
  })
  const openAtBank = unnumbered.filter((line) => {
    const [found, ...others] = fitting(line, null)
    if (found === undefined || others.length > 0) return true
    const rivals = unnumbered.filter(({ amount_fen, day }) => amount_fen === line.amount_fen && areNear(day, found.day))
    if (rivals.length > 1) return true
    take(line, found)
    return false
  })
  return { matched, openAtBank, openInBooks: [...open.values()].map(({ act: _, ...book }) => book) }
}

/** What the bank may have paid as one: each item alone, and all of one act that share a receipt. */
interface Payment {
  readonly items: readonly string[]
  readonly day: string
  readonly amount_fen: number
  readonly voucher: string | null
}

function paymentsOf(books: readonly BookEntry[]): Payment[] {
  const together = [...Map.groupBy(books, ({ act, voucher, day }) => JSON.stringify([act, voucher, day])).values()]
  return [...books.map((book) => [book]), ...together.filter(({ length }) => length > 1)].flatMap((all) => {
    const [first] = all
    if (first === undefined) return []
    const amount_fen = all.reduce((sum, book) => sum + book.amount_fen, 0)
    const voucher = first.voucher === null ? null : numberOf(first.voucher)
    return [{ items: all.map(({ item }) => item), day: first.day, amount_fen, voucher }]
  })
}

/** People write a receipt's number with spaces, and a bank without. */
function numberOf(voucher: string): string {
  return voucher.replaceAll(/\s/g, '')
}

function areNear(a: string, b: string): boolean {
  const days = rules.statement_days_apart.value
  return a <= addDays(b, days) && b <= addDays(a, days)
}

/** Who reconciles: the finance of the department that answers for the money. */
export function mustBeFinance(actor: Circumstances['actor'], unit: string): void {
  if (!rules.finance_posts.value.some((post) => holdsPost(actor, post as 'manager', unit)))
    throw new Refusal('custody.not-finance', { unit })
}

/**
 * 专户对账: a statement of the bank against what came into the account and went out of it by the registers, by who signs for finance there.
 * @throws Refusal `custody.not-finance`, `custody.statement-period`
 */
export function reconcileAccount(
  { books }: { readonly books: Books },
  command: ReconcileAccount,
  { actor, mint }: Circumstances,
): Decision {
  const { unit, account, from, to, sha256, lines, paidOut } = command
  mustBeFinance(actor, unit)
  const within = [...lines, ...paidOut].every(({ day }) => isDay(day) && day >= from && day <= to)
  if (!isDay(from) || !isDay(to) || from > to || !within) throw new Refusal('custody.statement-period', { from, to })
  const id = mint.id()
  const compared = compareBoth({ lines, paidOut }, books)
  return {
    facts: [
      draft(unitRegister(unit), 'custody.account-reconciled', `reconciliation/${id}`, {
        ...{ unit, account, from, to, sha256, paidOut: paidOut.length, ...compared },
      }),
    ],
    result: { reconciliation: id, open: openOf(compared) },
  }
}

/** Both sides of a statement: what came in, and under `out` what went out. */
export function compareBoth(
  { lines, paidOut }: Record<'lines' | 'paidOut', readonly StatementLine[]>,
  books: Books,
): ComparedLines & { readonly out: ComparedLines } {
  return { ...compareStatement(lines, books.paidIn), out: compareStatement(paidOut, books.paidOut) }
}
