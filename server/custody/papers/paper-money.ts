import { onPaper } from '../../../labels/documents/form.ts'
import { sheet } from '../../../labels/documents/sheets.ts'
import type { Fact, Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { type Account, accountWords, HELD_ACCOUNTS, postingsOf } from '../account/accounting.ts'
import { evolveItem } from '../items/items.ts'
import type { Item } from '../items/item.ts'
import type { PaperContent } from './paper-contents.ts'
import { livesOf } from './paper-entries.ts'
import { localDay, organOf, registerNames, staffNames } from './paper-words.ts'
import { readCase } from '../reads.ts'
import '../tables.ts'

/** One line of the account of money: what came, what left, and where it went. */
interface Line {
  readonly fact: Fact
  readonly name: string
  /** Above zero what came into the organ's hands, below what left them, zero for what only changed places. */
  readonly change_fen: number
  readonly summary: string
  /** The special account that it went to or lay in; empty for money in hand. */
  readonly account: string
  /** Of the bank, for what went into the special account; empty where there is none. */
  readonly voucher: string
}

/** F-10: the account of a case's counted money, act by act as the registers tell it. */
export async function moneyLedger(db: Reader, number: string): Promise<PaperContent | null> {
  const of = await readCase(db, number)
  if (of === null) return null
  const rows = await db
    .selectFrom('items')
    .select('id')
    .where('case_number', '=', number)
    .where('category', '=', 'cash')
    .orderBy('ordinal')
    .execute()
  const codes = rows.map(({ id }) => id)
  const lines = linesOf(await livesOf(db, codes))
  if (lines.length === 0) throw new Refusal('custody.nothing-for-paper')
  const actors = [...new Set(lines.map(({ fact }) => fact.actor))]
  const names = new Map((await staffNames(db, actors)).map((name, index) => [actors[index] ?? '', name]))
  const organisation = await organOf(db, of.unit)
  const named = await registerNames(
    db,
    lines.map(({ fact }) => fact.register),
  )
  const entryOf = ({ register, seq }: Fact): string => `${named(register)}第 ${seq} 号`
  let balance_fen = 0
  const drawn = lines.map(({ fact, name, change_fen, summary, account, voucher }) => {
    balance_fen += change_fen
    return [
      localDay(fact.at),
      voucher === '' ? entryOf(fact) : `${voucher}；${entryOf(fact)}`,
      `${name} ${summary}`,
      account,
      change_fen > 0 ? yuan(change_fen) : '',
      change_fen < 0 ? yuan(-change_fen) : '',
      yuan(balance_fen),
      names.get(fact.actor) ?? '',
    ]
  })
  return {
    items: codes,
    form: (copy) =>
      sheet({
        ...{ kind: 'money-ledger', organisation, code: null, copy, rows: drawn },
        facts: [
          { name: '案号', value: number },
          { name: '期末结存', value: `人民币 ${yuan(balance_fen)} 元` },
        ],
        statement: '本账由台账逐笔导出，只计人民币现金；凭证为银行凭证号，及所登记的台账和序号。',
        signatures: [
          { role: '经办人', name: null, absence: null },
          { role: '复核人', name: null, absence: null },
        ],
      }),
  }
}

const yuan = (fen: number): string => (fen / 100).toFixed(2)

function linesOf(facts: readonly Fact[]): Line[] {
  const items = new Map<string, Item>()
  return facts.flatMap((fact): Line[] => {
    const before = items.get(fact.body.subject) ?? null
    const after = evolveItem(before, fact)
    if (after === null) return []
    items.set(fact.body.subject, after)
    const postings = postingsOf(before, after, fact).filter(({ fen }) => fen !== 0)
    if (postings.length === 0) return []
    const change_fen = postings
      .filter(({ account }) => HELD_ACCOUNTS.has(account))
      .reduce((sum, { fen }) => sum + fen, 0)
    const named = (account: Account | undefined): string => (account === undefined ? '' : accountWords[account].zh)
    const from = postings.find(({ fen }) => fen < 0)?.account
    const to = postings.find(({ fen }) => fen > 0)?.account
    // What was counted was there before: it comes from nowhere, and is set right against nothing.
    const summary = fact.type === 'custody.cash-agreed' ? '清点' : `${named(from)} → ${named(to)}`
    const inAccount = postings.some(({ account }) => account === 'deposited')
    const paid = after.deposit ?? after.proceeds
    const account = inAccount ? onPaper(paid?.account ?? '') : ''
    const voucher = to === 'deposited' ? onPaper(paid?.voucher ?? '') : ''
    return [{ fact, name: after.name, change_fen, summary, account, voucher }]
  })
}
