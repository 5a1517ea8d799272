import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { categories } from '../categories.ts'
import { type CustodyFact, draft, unitRegister } from '../custody.ts'
import { passedTo } from '../items/holdings.ts'
import { type CaseNames, mustNameNobody, noNames } from '../in-clear/in-clear.ts'
import { listsChecked } from '../intake/handover.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import { caseOf, itemOf, mustBeAble, type Scene } from '../scene.ts'
import { retired } from '../seals/seals.ts'
import { financeAmong, mustHandle } from '../separation.ts'
import { afterMove } from '../transitions.ts'
import { mustBeFilmed } from '../videos/filming.ts'
import type { DepositMoney } from './schemas.ts'
import { mustBeSpecial, type WithAccounts } from './special.ts'

/** What paying in looks at besides: by case, whom it names; and those of the receipts that the department has for other money already. */
export interface DepositScene extends Scene, WithAccounts {
  readonly names: ReadonlyMap<string, CaseNames>
  readonly vouchers: ReadonlySet<string>
}

/** 存入专户: where the money of an item lies, and by which receipt. */
export type Deposit = {
  readonly account: string
  readonly voucher: string
  readonly amount_fen: number
  readonly finance: string
  readonly at: string
}

/**
 * 存入专户 (row 8, rules C-13, C-24): money on a hand-over list goes into the special account instead of a store. An officer of the case acts,
 * finance signs; the sum on the bank's receipt is the sum that two people counted, to the fen, or nothing is paid in. A receipt speaks for one
 * item, once.
 * @throws Refusal `custody.twice`, `custody.not-cash`, `custody.deposit-evidence`, `custody.deposit-currency`, `custody.deposit-differs`,
 *   `custody.voucher-twice`, `custody.finance-missing`, `custody.account-unnamed`
 */
export function depositMoney(scene: DepositScene, command: DepositMoney, circumstances: Circumstances): Decision {
  const { account } = command
  const { actor } = circumstances
  linesOf(command.items)
  const vouchers = command.items.map(({ voucher }) => voucher)
  const twice = vouchers.find((one, index) => vouchers.indexOf(one) !== index)
  if (twice !== undefined) throw new Refusal('custody.voucher-twice', { voucher: twice })
  const items: Item[] = []
  const facts = command.items.map(({ item: code, voucher, amount_fen }) => {
    const item = itemOf(scene, code)
    const of = caseOf(scene, item.case)
    mustHandle(actor, of)
    mustBeSpecial(scene, account)
    mustBeMoney(item)
    mustBeAble(item, 'deposit', circumstances)
    const finance = financeAmong(scene, of)
    mustAgree(item, amount_fen)
    if (scene.vouchers.has(voucher)) throw new Refusal('custody.voucher-twice', { voucher })
    mustFitPaper({ 缴款凭证: { en: 'Receipt', text: voucher }, 账户: { en: 'Account', text: account } })
    mustNameNobody(
      [
        { field: 'voucher', name: { zh: '缴款凭证', en: 'receipt' }, text: voucher },
        { field: 'account', name: { zh: '账户', en: 'account' }, text: account },
      ],
      scene.names.get(of.number) ?? noNames,
    )
    if (item.list === null) throw new Error(`${code} is pending without a list`)
    items.push(item)
    return draft(unitRegister(item.unit), 'custody.deposited', `item/${code}`, {
      ...{ list: item.list, account, voucher, amount_fen },
      ...{ finance: finance.person, keeper: finance.unit ?? item.unit },
    })
  })
  mustBeFilmed(items)
  return { facts: [...facts, ...listsChecked(items, 'deposited')] }
}

/** Money in the currency of the account; what is evidence itself stays as it is (rules C-15). */
function mustBeMoney({ code, cash, marks, category }: Item): void {
  if (!categories[category].counted) throw new Refusal('custody.not-cash', { item: code })
  if (marks?.cashUse === 'EVIDENCE') throw new Refusal('custody.deposit-evidence', { item: code })
  const agreed = cash?.agreed.at(-1)
  if (agreed === undefined) throw new Refusal('custody.cash-not-counted', { item: code })
  if (agreed.currency !== 'CNY') throw new Refusal('custody.deposit-currency', { item: code })
}

function mustAgree({ code, cash }: Item, paid_fen: number): void {
  const counted_fen = cash?.agreed.at(-1)?.amount_minor ?? 0
  if (paid_fen === counted_fen) return
  const yuan = (fen: number): string => (fen / 100).toFixed(2)
  throw new Refusal('custody.deposit-differs', { item: code, counted: yuan(counted_fen), paid: yuan(paid_fen) })
}

/** Money that is to go into the account is taken in by no store. */
export function mustGoToStore({ code, marks }: Item): void {
  if (marks?.cashUse === 'DEPOSIT') throw new Refusal('custody.money-to-account', { item: code })
}

/** The money lies in the account; its bag is open and empty, and the department of who signed for finance answers for it. */
export function evolveDeposit(item: Item, fact: Extract<CustodyFact, { type: 'custody.deposited' }>): Item {
  const { account, voucher, amount_fen, finance, keeper } = fact.body
  return {
    ...{ ...item, ...afterMove(item, 'deposit'), ...retired(item, fact.at, 'OPENED') },
    ...{ sealStatus: item.seal === null ? item.sealStatus : 'OPENED', seal: null },
    ...{ list: null, store: null, deposit: { account, voucher, amount_fen, finance, at: fact.at } },
    holdings: passedTo(item.holdings, `unit/${keeper}`, fact.at),
    lastAt: fact.at,
  }
}
