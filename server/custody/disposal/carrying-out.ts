import type { Actor, Circumstances, Decision, FactDraft, Mint } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { draft, storeRegister, unitRegister } from '../custody.ts'
import type { Disposal } from './disposal.ts'
import { disposalTypes } from './types.ts'
import type { DisposalAct, Receiver } from './facts.ts'
import { depositing } from './proceeds.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import { type CaseNames, type InClear, mustNameNobody, noNames } from '../in-clear/in-clear.ts'
import { comparedWeight } from '../intake/handover.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { type DisposalScene, mustBeOpenTo, mustBeUndisputed } from './proposing.ts'
import { rules } from '../rules.ts'
import { caseOf, itemOf, mustBeAble, mustBeReachable, presentRegister } from '../scene.ts'
import type { Dispose, GivenReceiver, Release, WriteOff } from './schemas.ts'
import {
  actorIsOfficerOf,
  isOutside,
  keepsApart,
  mustBeApart,
  mustBeEnough,
  mustBeOpen,
  mustDiffer,
  mustHandle,
  mustKeep,
} from '../separation.ts'
import { weighedNow } from '../weighing/weights.ts'

type Line = Exclude<Release['items'][number], string>
type Act = Omit<DisposalAct, 'items'>
/** An act of selling, and the fact by which its money becomes an item. */
type Sold = { readonly act: Act; readonly money: FactDraft }

/** 解除并返还 (row 19): two of the staff and who receives it. */
export function release(scene: DisposalScene, command: Release, circumstances: Circumstances): Decision {
  mustFitPaper({ 通知书号: { en: 'Notice number', text: command.noticeNumber } })
  return carryOut(scene, command, circumstances, ({ way }) => {
    if (way !== 'RETURN') throw wrongCommand(way)
    return {
      ...nothingSaid(command.noticeNumber),
      receiver: receiverOf(command.receiver, circumstances.mint),
    }
  })
}

/** 处置 (rows 21 to 24): what was approved is carried out, with the papers its way asks for. */
export function dispose(scene: DisposalScene, command: Dispose, circumstances: Circumstances): Decision {
  const { transfer, payment, destruction, sale } = command
  mustFitPaper({
    接收机关: { en: 'Organ', text: transfer?.organ },
    回执: { en: 'Receipt', text: transfer?.receipt },
    凭证号: { en: 'Voucher', text: payment?.voucher },
    销毁记录: { en: 'Record', text: destruction?.record },
    方式地点: { en: 'Way and place', text: destruction?.method },
    合同号: { en: 'Contract', text: sale?.contract },
    缴款凭证: { en: 'Deposit voucher', text: sale?.voucher },
    账户: { en: 'Account', text: sale?.account },
  })
  return carryOut(scene, command, circumstances, (disposal, items) => {
    switch (disposal.way) {
      case 'RETURN':
        throw wrongCommand(disposal.way)
      case 'TRANSFER':
        return transferred(command, circumstances)
      case 'DESTROY':
        return destroyed(scene, disposal, command, items, circumstances)
      case 'CONFISCATE':
      case 'RECOVER':
      case 'COLLECT':
      case 'COMPENSATE':
      case 'SURRENDER':
        return paid(scene, disposal, command, circumstances)
      case 'SELL':
        return sold(scene, disposal, command, items, circumstances)
    }
  })
}

/** What every act of disposal has in common: one approved paper, people who had no part in it, and both sides of leaving. */
function carryOut(
  scene: DisposalScene,
  command: Release | Dispose,
  circumstances: Circumstances,
  paperOf: (disposal: Disposal, items: readonly Item[]) => Act | Sold,
): Decision {
  const lines = linesOf<Line>(command.items)
  const items = lines.map((line) => itemOf(scene, line.item))
  const disposal = approvedPaper(scene, items)
  const of = caseOf(scene, disposal.case)
  for (const [index, item] of items.entries()) {
    mustBeAble(item, disposal.way, circumstances)
    mustBeReachable(scene, item)
    mustBeUndisputed(item)
    mustCarryOut(scene, item, circumstances)
    if (item.custodyStatus === 'IN_STORE') {
      mustBeEnough(scene, circumstances, item, of)
      comparedWeight(item, weighedNow(scene.frames, item, lines[index] ?? {}, circumstances))
    }
  }
  for (const person of [circumstances.actor.person, ...circumstances.with]) {
    mustDiffer(person, { requester: disposal.proposer })
    for (const { by } of disposal.agreed) mustDiffer(person, { approver: by })
  }
  const paper = paperOf(disposal, items)
  const { act, money } = 'money' in paper ? paper : { act: paper, money: null }
  if (disposal.way !== 'DESTROY') mustBeStaffed(scene, items, act.finance, circumstances)
  mustNameNobody(inClear(act), namedWith(scene, disposal, command))
  const { facts, result } = leaving(disposal, items, act)
  if (money === null) return { facts, result: { ...result } }
  return { facts: [...facts, money], result: { ...result, proceeds: act.sale?.proceeds ?? '' } }
}

/** What of an act stands in the register as it was typed. */
export function inClear({ document, organ, sale }: Act): InClear[] {
  return [
    { field: 'document', name: { zh: '文书号', en: 'document' }, text: document },
    { field: 'organ', name: { zh: '接收机关', en: 'organ' }, text: organ ?? undefined },
    { field: 'voucher', name: { zh: '凭证号', en: 'voucher' }, text: sale?.voucher },
    { field: 'account', name: { zh: '账户', en: 'account' }, text: sale?.account },
  ]
}

/** Whom the case names, and whoever the act itself names. */
function namedWith({ names }: DisposalScene, disposal: Disposal, command: Release | Dispose): CaseNames {
  const known = names.get(disposal.case) ?? noNames
  const given = 'receiver' in command ? [command.receiver.name] : []
  const { transfer, payment, sale } = 'receiver' in command ? {} : command
  const received = [...given, transfer?.receiver.name, payment?.receiver?.name, sale?.buyer.name]
  return { ...known, receivers: [...known.receivers, ...received.flatMap((name) => name ?? [])] }
}

/** What an act writes: both sides of leaving a store, and the act itself on its paper. */
export function leaving(disposal: Disposal, items: readonly Item[], act: Act): Decision {
  const codes = items.map((item) => item.code)
  const facts: FactDraft[] = []
  for (const item of items) {
    const giver = facts.length
    const stored = item.custodyStatus === 'IN_STORE' && !act.listOnly && item.store !== null
    if (stored && item.store !== null)
      facts.push(
        draft(storeRegister(item.store), 'custody.left-store', `item/${item.code}`, {
          ...{ disposal: disposal.code, store: item.store },
        }),
      )
    const sold = act.sale === undefined ? {} : { proceeds: act.sale.proceeds }
    const body = { disposal: disposal.code, way: disposal.way, listOnly: act.listOnly, ...sold }
    const subject = `item/${item.code}`
    facts.push(
      stored
        ? draft(unitRegister(item.unit), 'custody.disposed', subject, body, giver)
        : draft(unitRegister(item.unit), 'custody.disposed', subject, body),
    )
  }
  facts.push(
    draft(unitRegister(disposal.unit), 'custody.disposal-carried-out', `disposal/${disposal.code}`, {
      items: codes,
      ...act,
    }),
  )
  return { facts, result: { disposal: disposal.code } }
}

/** The one paper under which all of these items were approved. */
function approvedPaper({ disposals }: DisposalScene, items: readonly Item[]): Disposal {
  const [first] = items
  if (first === undefined) throw new Error('an act names at least one item')
  for (const item of items) {
    const disposal = disposals.get(item.disposal ?? '')
    if (disposal === undefined) throw new Refusal('custody.no-disposal', { item: item.code })
    mustBeOpenTo(item, ['APPROVED'])
    if (item.disposal !== first.disposal) throw new Refusal('custody.mixed', { item: item.code })
  }
  const disposal = disposals.get(first.disposal ?? '')
  if (disposal === undefined) throw new Refusal('custody.no-disposal', { item: first.code })
  return disposal
}

/** Enforcement apart from keeping and disposal (rules X-16): a custodian does it; what no store keeps, another officer than who proposed it. */
function mustCarryOut(scene: DisposalScene, item: Item, circumstances: Circumstances): void {
  const of = caseOf(scene, item.case)
  if (item.store === null) {
    mustHandle(circumstances.actor, of)
    return
  }
  mustKeep(circumstances, item.store)
  mustBeOpen(of)
  mustBeApart(circumstances.actor, of)
}

/** Two of the staff sign: beside who acts an officer of the case, another custodian apart from it, or finance where money moves. */
export function mustBeStaffed(
  scene: DisposalScene,
  items: readonly Item[],
  finance: string | null,
  { actor }: Circumstances,
): void {
  for (const item of items) {
    const of = caseOf(scene, item.case)
    const staff = [...scene.signers.values()].filter(
      (signer) =>
        signer.person !== actor.person &&
        ((of.officers.includes(signer.person) && actorIsOfficerOf(signer, of.unit)) ||
          keepsApart(signer, item, of) ||
          signer.person === finance),
    )
    const { value: needed } = rules.staff_per_disposal
    if (staff.length + 1 < needed) throw new Refusal('custody.staff-needed', { item: item.code, needed })
  }
}

function isFinance({ appointments }: Actor, { unit }: Case): boolean {
  const posts: readonly string[] = rules.finance_posts.value
  return appointments.some(({ post, place }) => posts.includes(post) && place !== unit)
}

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

/** 随案移送 (row 21): the other organ signs; where only papers go, all that stands for the thing goes with them (rules X-10). */
function transferred({ transfer }: Dispose, { mint }: Circumstances): Act {
  if (transfer === undefined) throw new Refusal('custody.transfer-missing')
  const { organ, receipt, receiver, listOnly = false, attachments = [] } = transfer
  const missing = listOnly ? rules.list_only_attachments.value.filter((one) => !attachments.includes(one)) : []
  if (missing.length > 0) throw new Refusal('custody.attachments-missing', { missing: missing.join(', ') })
  return { ...nothingSaid(receipt), organ, receiver: receiverOf(receiver, mint), listOnly, attachments }
}

/** 没收、追缴、收缴、退赔、登记上交 (row 22): by voucher, with finance; an owner is named and signs. */
function paid(scene: DisposalScene, disposal: Disposal, { payment }: Dispose, { mint }: Circumstances): Act {
  if (payment === undefined) throw new Refusal('custody.payment-missing')
  const finance = financeFor(scene, disposal)
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
function sold(
  scene: DisposalScene,
  disposal: Disposal,
  { sale }: Dispose,
  items: readonly Item[],
  circumstances: Circumstances,
): Sold {
  if (sale === undefined) throw new Refusal('custody.sold-missing')
  const { mint } = circumstances
  const { contract, price_fen, voucher, account, buyer, belowReason } = sale
  const estimate_fen = disposal.sale?.estimate_fen ?? 0
  if (price_fen < estimate_fen && belowReason === undefined)
    throw new Refusal('custody.price-below', { price: yuanOf(price_fen), estimate: yuanOf(estimate_fen) })
  const finance = financeFor(scene, disposal)
  if (scene.numbers === null) throw new Error('a sale makes an item')
  const paid = { disposal: disposal.code, amount_fen: price_fen, voucher, account }
  const keeper = finance.unit ?? disposal.unit
  const { code: proceeds, fact: money } = depositing(
    scene.numbers,
    items,
    { ...paid, finance: finance.person, keeper },
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

/** Who signs for finance: neither of the case nor of its department (rules X-16). */
function financeFor(scene: DisposalScene, disposal: Disposal): Actor {
  const of = caseOf(scene, disposal.case)
  const finance = [...scene.signers.values()].find((signer) => isFinance(signer, of) && isOutside(signer, of))
  if (finance === undefined) throw new Refusal('custody.finance-missing')
  return finance
}

/** 销毁 (row 24, rules X-15): two carry it out, a supervisor of no part in the case watches, photos show before and after. */
function destroyed(
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
    if (executors.size < needed) throw new Refusal('custody.staff-needed', { item: item.code, needed })
  }
  return { ...nothingSaid(record), method: mint.seal(method), before, after, supervisor: supervisor.person }
}

function wrongCommand(way: Disposal['way']): Refusal {
  const { zh, en } = disposalTypes[way].name
  return new Refusal('custody.disposal-command', { way: zh, wayEn: en })
}

/** 销账 (row 25): what has left custody is struck off, once no complaint is open. */
export function writeOff(scene: DisposalScene, command: WriteOff, circumstances: Circumstances): Decision {
  return {
    facts: linesOf(command.items).map((line) => {
      const item = itemOf(scene, line.item)
      if (item.disposed === undefined) throw new Refusal('custody.no-disposal', { item: item.code })
      mustBeUndisputed(item)
      mustBeAble(item, 'write-off', circumstances)
      if (item.store === null) mustHandle(circumstances.actor, caseOf(scene, item.case))
      else mustKeep(circumstances, item.store)
      return draft(presentRegister(item), 'custody.written-off', `item/${item.code}`, {
        disposal: item.disposed.disposal,
      })
    }),
  }
}
