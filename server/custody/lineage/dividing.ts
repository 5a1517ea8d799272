import type { Actor, Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { draft, unitRegister } from '../custody.ts'
import type { Proceeds } from '../disposal/proceeds.ts'
import { mustBeUndisputed } from '../disposal/proposing.ts'
import { type Item, presentHolder } from '../items/item.ts'
import { caseOf, itemOf, mustBeAble } from '../scene.ts'
import { financeAmong, handles, mustHandle } from '../separation.ts'
import { mayMove } from '../transitions.ts'
import { NOT_WEIGHED } from '../weighing/weights.ts'
import { leftToDivide, type Sales, surplusAfter, yuanOf } from '../worth/surplus.ts'
import type { Share } from './lineage.ts'
import { ending, Forming, type RegroupScene } from './regrouping.ts'
import type { DivideMoney } from './schemas.ts'

/** What dividing money looks at besides: the money of the case's sales. */
export type DivideScene = RegroupScene & { readonly sales: Sales }

/** What each part is called on its card. */
const NAMES = { covered: '变价款（抵缴部分）', surplus: '变价款（余款）' } as const satisfies Readonly<
  Record<Share, string>
>

/**
 * 变价款拆分 (rules X-17): the money of a sale becomes what pays and what goes back, to the fen, so that either can go its own way. An officer of the
 * case acts, finance signs; no money moves: the account and the bank's receipt stay. No more is set aside to go back than the sales leave over
 * and has not been set aside before.
 * @throws Refusal `custody.not-sale-money`, `custody.surplus-unknown`, `custody.surplus-over`, `custody.surplus-whole`, `custody.finance-missing`,
 *   `custody.complaint-open`, and those of who may act on an item
 */
export function divideMoney(scene: DivideScene, command: DivideMoney, circumstances: Circumstances): Decision {
  const { actor, at, with: signers, mint } = circumstances
  const [line] = command.items
  if (line === undefined) throw new Error('an act names at least one item')
  const item = itemOf(scene, line.item)
  const of = caseOf(scene, item.case)
  const { proceeds } = item
  if (proceeds === undefined) throw new Refusal('custody.not-sale-money', { item: item.code })
  mustHandle(actor, of)
  mustBeUndisputed(item)
  mustBeAble(item, 'divide', circumstances)
  financeAmong(scene, of)
  mustBeLeft(of, scene.sales, { item, proceeds, surplus_fen: line.surplus_fen })
  const forming = new Forming(scene, 'split', [item], circumstances)
  const keeper = presentHolder(item).slice('unit/'.length)
  const shares = sharesOf(proceeds, line.surplus_fen)
  const born = shares.map((of_it) =>
    forming.form(item, {
      ...{ name: NAMES[of_it.share], quantity: item.quantity, features: null, weighed: NOT_WEIGHED, cash: null },
      money: { ...of_it, keeper },
    }),
  )
  const parts = forming.given.map(({ code }) => code)
  const reason = mint.seal(command.reason)
  const { passed: _, ...whole } = item
  const after: readonly Item[] = [
    { ...item, succeeded: { how: 'split', into: parts, reason, at, by: actor.person, with: signers } },
    ...shares.map((of_it, index) => ({ ...whole, ...of_it, code: parts[index] ?? '' })),
  ]
  const body = { parts, ...NOT_WEIGHED, reason, ...surplusAfter(of, scene.sales, after) }
  const end = (giver: number | undefined) =>
    draft(unitRegister(item.unit), 'custody.split', `item/${item.code}`, body, giver)
  return { facts: [...ending(scene, item, parts, end, 0, 'split'), ...born], result: { items: forming.given } }
}

/** What somebody may set aside of an item to go back, in fen; null where he may not divide it, or nobody has said what is owed. */
export function divisibleBy(item: Item, of: Case, sales: Sales, actor: Actor): number | null {
  const isFree = of.status === 'OPEN' && item.incident === null && item.complaint === undefined
  if (item.proceeds === undefined || !isFree || !handles(actor, of) || !mayMove(item, 'divide')) return null
  const left = leftToDivide(of, sales.get(of.number) ?? [], item)
  return left === null || left === 0 || left >= item.proceeds.amount_fen ? null : left
}

function sharesOf(
  proceeds: Proceeds,
  surplus_fen: number,
): readonly { readonly share: Share; readonly proceeds: Proceeds }[] {
  return [
    { share: 'covered', proceeds: { ...proceeds, amount_fen: proceeds.amount_fen - surplus_fen } },
    { share: 'surplus', proceeds: { ...proceeds, amount_fen: surplus_fen } },
  ]
}

function mustBeLeft(
  of: Case,
  sales: Sales,
  { item, proceeds, surplus_fen }: { readonly item: Item; readonly proceeds: Proceeds; readonly surplus_fen: number },
): void {
  const left = leftToDivide(of, sales.get(of.number) ?? [], item)
  if (left === null) throw new Refusal('custody.surplus-unknown', { case: of.number })
  if (surplus_fen > left)
    throw new Refusal('custody.surplus-over', { asked: yuanOf(surplus_fen), left: yuanOf(left), field: 'surplus_fen' })
  if (surplus_fen >= proceeds.amount_fen)
    throw new Refusal('custody.surplus-whole', { item: item.code, amount: yuanOf(proceeds.amount_fen) })
}
