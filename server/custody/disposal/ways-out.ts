import { mustBeSpecial } from '../deposit/special.ts'
import type { Circumstances, FactDraft, Mint } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { comparable } from '../in-clear/in-clear.ts'
import type { Item } from '../items/item.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import { rules } from '../rules.ts'
import { caseOf } from '../scene.ts'
import { financeAmong, isOutside, keepsApart } from '../separation.ts'
import type { Disposal } from './disposal.ts'
import type { DisposalAct, Receiver } from './facts.ts'
import { depositing } from './proceeds.ts'
import type { DisposalScene } from './proposing.ts'
import type { Dispose, GivenReceiver } from './schemas.ts'

/** An act of disposal, before it is said of which items. */
export type Act = Omit<DisposalAct, 'items'>
/** An act of selling, and the fact by which its money becomes an item. */
export type Sold = { readonly act: Act; readonly money: FactDraft }

/** An act by its paper alone; each way adds what it asks for. */
export function nothingSaid(document: string): Act {
  return {
    ...{ document, receiver: null, organ: null, listOnly: false, attachments: [], method: null },
    ...{ before: [], after: [], finance: null, supervisor: null },
  }
}

/** Who receives proves who he is and has signed; an agent shows what empowers him. */
export function receiverOf(given: GivenReceiver, mint: Mint): Receiver {
  const { relation, name, identity, authorisation } = given
  const acts = relation === 'agent' || relation === 'relative' || relation === 'organ'
  mustFitPaper({
    领取人: { en: 'Receiver', text: name },
    证件: { en: 'Identity', text: identity },
    授权: { en: 'Authorisation', text: authorisation },
  })
  if (acts && authorisation === undefined) throw new Refusal('custody.authorisation-missing')
  return {
    relation,
    name: mint.seal(name),
    identity: mint.seal(identity),
    authorisation: authorisation === undefined ? null : mint.seal(authorisation),
  }
}

/**
 * Whoever receives as the holder himself bears the holder's name and receives his own things alone (rules X-04): what was taken from others goes
 * back by acts of their own. An agent or a relative shows what empowers him instead. Of a holder whom nobody named there is nothing to compare.
 * @throws Refusal `custody.others-things`, `custody.not-the-holder`
 */
export function mustBeHis(
  { holders, holderNames }: Pick<DisposalScene, 'holders' | 'holderNames'>,
  items: readonly Item[],
  receiver: GivenReceiver | undefined,
): void {
  if (receiver?.relation !== 'holder') return
  const known = items.flatMap(({ code }) => {
    const holder = holders.get(code)
    return holder === undefined ? [] : [{ code, holder }]
  })
  const others = known.filter(({ holder }) => holder !== known[0]?.holder).map(({ code }) => code)
  if (known[0] !== undefined && others.length > 0)
    throw new Refusal('custody.others-things', { item: known[0].code, x: others.join('、'), xEn: others.join(', ') })
  const given = comparable(receiver.name)
  const strange = items.flatMap(({ code }) => {
    const names = holderNames.get(code) ?? []
    return names.length === 0 || names.some((name) => comparable(name) === given) ? [] : [code]
  })
  if (strange.length > 0)
    throw new Refusal('custody.not-the-holder', { x: strange.join('、'), xEn: strange.join(', ') })
}

/**
 * What was approved to go to the owner needs no more than his identity; where the approval names another, whoever comes as the owner shows that it
 * is his (rules X-04): nobody but who approved sets the holder aside.
 * @throws Refusal `custody.authorisation-missing`
 */
export function mustShowTitle({ destination }: Pick<Disposal, 'destination'>, receiver: GivenReceiver): void {
  if (receiver.relation === 'owner' && destination !== 'owner' && receiver.authorisation === undefined)
    throw new Refusal('custody.authorisation-missing')
}

/** 随案移送 (row 21): the other organ signs; where only papers go, all that stands for the thing goes with them (rules X-10). */
export function transferred({ transfer }: Dispose, { mint }: Circumstances): Act {
  if (transfer === undefined) throw new Refusal('custody.transfer-missing')
  const { organ, receipt, receiver, listOnly = false, attachments = [] } = transfer
  const missing = listOnly ? rules.list_only_attachments.value.filter((one) => !attachments.includes(one)) : []
  if (missing.length > 0) throw new Refusal('custody.attachments-missing', { missing: missing.join(', ') })
  return { ...nothingSaid(receipt), organ, receiver: receiverOf(receiver, mint), listOnly, attachments }
}

/** 没收、追缴、收缴、退赔、登记上交 (row 22): by voucher, with finance; an owner is named and signs. */
export function paid(scene: DisposalScene, disposal: Disposal, { payment }: Dispose, { mint }: Circumstances): Act {
  if (payment === undefined) throw new Refusal('custody.payment-missing')
  const finance = financeAmong(scene, caseOf(scene, disposal.case))
  const needsReceiver = disposal.destination !== 'treasury'
  if (needsReceiver && payment.receiver === undefined) throw new Refusal('custody.receiver-missing')
  return {
    ...nothingSaid(payment.voucher),
    receiver: payment.receiver === undefined ? null : receiverOf(payment.receiver, mint),
    finance: finance.person,
  }
}

/**
 * 先行变卖、拍卖 (row 23, rules C-16): the price is in the special account before anything leaves, finance signs for it, and it is an item of the
 * case in the place of what was sold.
 */
export function sold(
  scene: DisposalScene,
  disposal: Disposal,
  { sale }: Dispose,
  items: readonly Item[],
  circumstances: Circumstances,
): Sold {
  if (sale === undefined) throw new Refusal('custody.sold-missing')
  const { mint } = circumstances
  const { contract, price_fen, voucher, account, buyer, belowReason } = sale
  mustBeSpecial(scene, account)
  const estimate_fen = disposal.sale?.estimate_fen ?? 0
  if (price_fen < estimate_fen && belowReason === undefined)
    throw new Refusal('custody.price-below', { price: yuanOf(price_fen), estimate: yuanOf(estimate_fen) })
  const of = caseOf(scene, disposal.case)
  const finance = financeAmong(scene, of)
  if (scene.numbers === null) throw new Error('a sale makes an item')
  const paid = { disposal: disposal.code, amount_fen: price_fen, voucher, account }
  const keeper = finance.unit ?? disposal.unit
  const { code: proceeds, fact: money } = depositing(
    scene.numbers,
    items,
    { ...paid, finance: finance.person, keeper },
    { of, sales: scene.sales },
    circumstances,
  )
  const below = belowReason === undefined ? null : mint.seal(belowReason)
  return {
    act: {
      ...nothingSaid(contract),
      receiver: {
        relation: 'buyer',
        name: mint.seal(buyer.name),
        identity: mint.seal(buyer.identity),
        authorisation: null,
      },
      finance: finance.person,
      sale: { price_fen, voucher, account, belowReason: below, proceeds },
    },
    money,
  }
}

function yuanOf(fen: number): string {
  return (fen / 100).toFixed(2)
}

/** 销毁 (row 24, rules X-15): two carry it out, a supervisor of no part in the case watches, photos show before and after. */
export function destroyed(
  scene: DisposalScene,
  disposal: Disposal,
  { destruction }: Dispose,
  items: readonly Item[],
  { actor, mint }: Circumstances,
): Act {
  if (destruction === undefined) throw new Refusal('custody.destruction-missing')
  const { record, method, before, after } = destruction
  const taken = new Map(items.flatMap(({ photos }) => photos.map(({ photo, at }) => [photo, at] as const)))
  const shown = [...before, ...after]
  if (!shown.every((photo) => taken.has(photo)) || new Set(shown).size < shown.length)
    throw new Refusal('custody.media-missing')
  // What shows it destroyed cannot be older than the leave to destroy it.
  const since = disposal.agreed.at(-1)?.at ?? disposal.proposedAt
  if (after.some((photo) => (taken.get(photo) ?? '') < since)) throw new Refusal('custody.media-old', { since })
  const signers = [...scene.signers.values()]
  const of = caseOf(scene, disposal.case)
  const supervisor = signers.find(
    (signer) => signer.appointments.some(({ post }) => post === 'supervisor') && isOutside(signer, of),
  )
  if (supervisor === undefined) throw new Refusal('custody.supervisor-missing')
  const { value: needed } = rules.staff_per_disposal
  for (const item of items) {
    const executors = new Set(
      [actor, ...signers].filter((one) => keepsApart(one, item, of)).map(({ person }) => person),
    )
    executors.delete(supervisor.person)
    if (executors.size < needed) throw new Refusal('custody.destroyers-needed', { item: item.code, needed })
  }
  return { ...nothingSaid(record), method: mint.seal(method), before, after, supervisor: supervisor.person }
}
