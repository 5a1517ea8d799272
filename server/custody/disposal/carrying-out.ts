import type { Actor, Circumstances, Decision, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { draft, storeRegister, unitRegister } from '../custody.ts'
import { type CaseNames, type InClear, mustNameNobody, noNames } from '../in-clear/in-clear.ts'
import { comparedWeight } from '../intake/handover.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { mustBeApprovedFor } from '../measures/unapproved.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import { rules } from '../rules.ts'
import { caseOf, itemOf, mustBeAble, mustBeReachable, presentRegister } from '../scene.ts'
import {
  handles,
  keepsApart,
  mayExecute,
  mustBeApart,
  mustBeEnough,
  mustBeOpen,
  mustDiffer,
  mustHandle,
  mustKeep,
} from '../separation.ts'
import { isExecuted, mustKeepRole } from '../tax-roles/roles.ts'
import { NOT_WEIGHED, weighedNow } from '../weighing/weights.ts'
import { mustBeOver, surplusAfter } from '../worth/surplus.ts'
import type { Disposal } from './disposal.ts'
import { handedBack } from './effects.ts'
import { type FoundOnHandingOut, foundOnHandingOut, sealSeen } from './found-on-handing-out.ts'
import { mustBeTheirNotice } from './issued-notices.ts'
import { type DisposalScene, mustBeOpenTo, mustBeUndisputed } from './proposing.ts'
import type { Dispose, GivenReceiver, NotCollect, Release, WriteOff } from './schemas.ts'
import { type DisposalType, disposalTypes, OWED_FIRST } from './types.ts'
import {
  type Act,
  destroyed,
  mustBeHis,
  mustShowTitle,
  nothingSaid,
  paid,
  receiverOf,
  sold,
  type Sold,
  transferred,
} from './ways-out.ts'

type Line = Exclude<Release['items'][number], string>

/** 解除并返还 (row 19): two of the staff and who receives it. */
export function release(scene: DisposalScene, command: Release, circumstances: Circumstances): Decision {
  mustFitPaper({ 通知书号: { en: 'Notice number', text: command.noticeNumber } })
  return carryOut(scene, command, circumstances, (disposal, items) => {
    const { way, ground } = disposal
    if (way !== 'RETURN') throw wrongCommand(way)
    mustBeTheirNotice(scene.notices, items)
    // More may be owed since it was proposed, or other money went back meanwhile.
    if (ground !== null && OWED_FIRST.includes(ground)) mustBeOver(caseOf(scene, disposal.case), scene.sales, items)
    const handed = handedBack(scene, items, command, circumstances)
    return {
      ...nothingSaid(command.noticeNumber),
      receiver: command.receiver === undefined ? null : receiverOf(command.receiver, circumstances.mint),
      ...(handed === null ? {} : { handed }),
    }
  })
}

/**
 * 未领取 (rules X-20): whoever was to fetch it did not come or would not take it. It stays where it is and approved, to be fetched another day.
 */
export function notCollect(scene: DisposalScene, command: NotCollect, circumstances: Circumstances): Decision {
  const items = linesOf(command.items).map((line) => itemOf(scene, line.item))
  const disposal = approvedPaper(scene, items)
  const { way, unit, code } = disposal
  if (way !== 'RETURN') throw wrongCommand(way)
  for (const item of items) mustCarryOut(scene, item, way, circumstances)
  mustKeepApart(scene, disposal, circumstances)
  const body = { items: items.map((item) => item.code), note: circumstances.mint.seal(command.note) }
  return { facts: [draft(unitRegister(unit), 'custody.not-collected', `disposal/${code}`, body)] }
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
  const stays = !('noticeNumber' in command) && command.transfer?.listOnly === true
  const seen = new Map<string, FoundOnHandingOut>()
  for (const [index, item] of items.entries()) {
    mustBeAble(item, disposal.way, circumstances)
    mustBeReachable(scene, item)
    mustBeUndisputed(item)
    mustCarryOut(scene, item, disposal.way, circumstances)
    const isStored = item.custodyStatus === 'IN_STORE'
    if (isStored) mustBeEnough(scene, circumstances, item, of)
    const line = lines[index] ?? {}
    const weighed = isStored ? comparedWeight(item, weighedNow(scene.frames, item, line, circumstances)) : NOT_WEIGHED
    seen.set(item.code, foundOnHandingOut(weighed, sealSeen(item, line, stays)))
  }
  mustBeApprovedFor(disposal.way, items)
  mustHaveNoPart(scene, disposal, circumstances)
  for (const receiver of receiversIn(command)) {
    mustShowTitle(disposal, receiver)
    mustBeHis(scene, items, receiver)
  }
  const paper = paperOf(disposal, items)
  const { act, money } = 'money' in paper ? paper : { act: paper, money: null }
  if (disposal.way !== 'DESTROY') mustBeStaffed(scene, items, { ...disposal, finance: act.finance }, circumstances)
  mustNameNobody(inClear(act), namedWith(scene, disposal, command))
  const { facts, result } = leaving(scene, disposal, items, act, { seen, at: circumstances.at })
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
  const buyer = 'noticeNumber' in command ? undefined : command.sale?.buyer
  const received = [...receiversIn(command), buyer ?? []].flat()
  return { ...known, receivers: [...known.receivers, ...received.map(({ name }) => name)] }
}

/** Who receives what is carried out, and in whose name; a buyer is none of them. */
function receiversIn(command: Release | Dispose): GivenReceiver[] {
  if ('noticeNumber' in command) return [command.receiver ?? []].flat()
  return [command.transfer?.receiver ?? [], command.payment?.receiver ?? []].flat()
}

/** What an act writes: both sides of leaving a store, and the act itself on its paper. */
export function leaving(
  scene: DisposalScene,
  disposal: Disposal,
  items: readonly Item[],
  act: Act,
  { at, seen }: Pick<Circumstances, 'at'> & { readonly seen: ReadonlyMap<string, FoundOnHandingOut> },
): Decision {
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
    const became = (act.handed?.becomes ?? null) === null ? {} : { becomes: act.handed?.becomes ?? '' }
    const found = { ...sold, ...became, ...seen.get(item.code) }
    const body = { disposal: disposal.code, way: disposal.way, listOnly: act.listOnly, ...found }
    const subject = `item/${item.code}`
    facts.push(
      stored
        ? draft(unitRegister(item.unit), 'custody.disposed', subject, body, giver)
        : draft(unitRegister(item.unit), 'custody.disposed', subject, body),
    )
  }
  const disposed = { disposal: disposal.code, way: disposal.way, at, listOnly: act.listOnly }
  const gone = items.map((item) => ({ ...item, disposed }))
  facts.push(
    draft(unitRegister(disposal.unit), 'custody.disposal-carried-out', `disposal/${disposal.code}`, {
      ...{ items: codes, ...act },
      ...surplusAfter(caseOf(scene, disposal.case), scene.sales, gone),
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

/**
 * Enforcement apart from keeping and disposal (rules X-16): a custodian does it; what no store keeps, another officer than who proposed it, and
 * what executes a decision of a tax case, an officer of the department who is none of the case (rules T-17).
 * @throws Refusal `custody.tax-executor`, and what keeping and handling refuse
 */
function mustCarryOut(scene: DisposalScene, item: Item, way: DisposalType, circumstances: Circumstances): void {
  const of = caseOf(scene, item.case)
  if (item.store === null) {
    if (!isExecuted(of, way)) return mustHandle(circumstances.actor, of)
    mustBeOpen(of)
    return mustExecute(scene, of, circumstances.actor)
  }
  mustKeep(circumstances, item.store)
  mustBeOpen(of)
  mustBeApart(circumstances.actor, of)
}

/**
 * What no store keeps of a tax case is carried out by somebody of its department who does not inspect in it.
 * @throws Refusal `custody.tax-role`, `custody.tax-executor`
 */
export function mustExecute(scene: DisposalScene, of: Case, actor: Actor): void {
  mustKeepRole(scene, of.number, actor.person, 'EXECUTE')
  if (!mayExecute(actor, of)) throw new Refusal('custody.tax-executor', { unit: of.unit })
}

/** Nobody who proposed or agreed has a hand in carrying it out, and on a tax case nobody who has another role in it. */
export function mustHaveNoPart(scene: DisposalScene, disposal: Disposal, circumstances: Circumstances): void {
  for (const person of [circumstances.actor.person, ...circumstances.with]) {
    mustDiffer(person, { requester: disposal.proposer })
    for (const { by } of disposal.agreed) mustDiffer(person, { approver: by })
  }
  mustKeepApart(scene, disposal, circumstances)
}

function mustKeepApart(scene: DisposalScene, { case: number, way }: Disposal, { actor, with: others }: Circumstances) {
  for (const person of [actor.person, ...others]) mustKeepRole(scene, number, person, 'EXECUTE', way)
}

/**
 * Two of the staff sign: beside who acts an officer of the case, another custodian apart from it, or finance where money moves. Where a tax case
 * is executed, an officer of the department who is none of the case stands in the place of one who is.
 */
export function mustBeStaffed(
  scene: DisposalScene,
  items: readonly Item[],
  { finance, way }: { readonly finance: string | null; readonly way: DisposalType },
  { actor }: Circumstances,
): void {
  for (const item of items) {
    const of = caseOf(scene, item.case)
    const signs = isExecuted(of, way) ? mayExecute : handles
    const staff = [...scene.signers.values()].filter(
      (signer) =>
        signer.person !== actor.person &&
        (signs(signer, of) || keepsApart(signer, item, of) || signer.person === finance),
    )
    const { value: needed } = rules.staff_per_disposal
    if (staff.length + 1 < needed) throw new Refusal('custody.staff-needed', { item: item.code, needed })
  }
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
