import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { inClear, leaving, mustBeStaffed, mustExecute, mustHaveNoPart } from './carrying-out.ts'
import { nothingSaid, receiverOf } from './ways-out.ts'
import type { Disposal } from './disposal.ts'
import { type FoundOnHandingOut, foundOnHandingOut, sealSeen } from './found-on-handing-out.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import { comparedWeight } from '../intake/handover.ts'
import { mustNameNobody, noNames } from '../in-clear/in-clear.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { type DisposalScene, mustBeUndisputed } from './proposing.ts'
import { caseOf, itemOf, mustBeAble, mustBeReachable } from '../scene.ts'
import type { Deliver } from './schemas.ts'
import { handles, mustBeApart, mustBeEnough, mustKeep } from '../separation.ts'
import { isExecuted } from '../tax-roles/roles.ts'
import { NOT_WEIGHED, weighedNow } from '../weighing/weights.ts'

type Line = Exclude<Deliver['items'][number], string>

/**
 * 移送后实物交出 (row 21, rules X-11): what went to another organ on paper alone leaves its shelf for it, against a receipt. It may be fetched
 * when the case is closed already: it was in the other organ's responsibility then.
 * @throws Refusal `custody.not-transferred` for what was not transferred on paper, and as `carryOut`
 */
export function deliver(scene: DisposalScene, command: Deliver, circumstances: Circumstances): Decision {
  mustFitPaper({ 回执: { en: 'Receipt', text: command.receipt } })
  const lines = linesOf<Line>(command.items)
  const items = lines.map((line) => itemOf(scene, line.item))
  const disposal = transferPaper(scene, items)
  const seen = new Map<string, FoundOnHandingOut>()
  for (const [index, item] of items.entries()) {
    const of = caseOf(scene, item.case)
    mustBeAble(item, 'deliver', circumstances)
    mustBeUndisputed(item)
    mustBeReachable(scene, item)
    if (item.store === null) {
      if (isExecuted(of, disposal.way)) mustExecute(scene, of, circumstances.actor)
      else if (!handles(circumstances.actor, of)) throw new Refusal('custody.not-case-officer', { case: of.number })
    } else {
      mustKeep(circumstances, item.store)
      mustBeApart(circumstances.actor, of)
    }
    const line = lines[index] ?? {}
    const isStored = item.custodyStatus === 'IN_STORE'
    if (isStored) mustBeEnough(scene, circumstances, item, of)
    const weighed = isStored ? comparedWeight(item, weighedNow(scene.frames, item, line, circumstances)) : NOT_WEIGHED
    seen.set(item.code, foundOnHandingOut(weighed, sealSeen(item, line, false)))
  }
  mustHaveNoPart(scene, disposal, circumstances)
  mustBeStaffed(scene, items, { ...disposal, finance: null }, circumstances)
  const organ = disposal.acts.find(({ listOnly }) => listOnly)?.organ ?? null
  const receiver = receiverOf(command.receiver, circumstances.mint)
  const act = { ...nothingSaid(command.receipt), organ, receiver }
  const known = scene.names.get(disposal.case) ?? noNames
  mustNameNobody(inClear(act), { ...known, receivers: [...known.receivers, command.receiver.name] })
  return leaving(scene, disposal, items, act, { seen, at: circumstances.at })
}

/** The one paper under which all of these items were transferred on paper alone. */
function transferPaper({ disposals }: DisposalScene, items: readonly Item[]): Disposal {
  const [first] = items
  for (const item of items) {
    if (item.disposed?.listOnly !== true) throw new Refusal('custody.not-transferred', { item: item.code })
    if (item.disposal !== first?.disposal) throw new Refusal('custody.mixed', { item: item.code })
  }
  const paper = disposals.get(first?.disposal ?? '')
  if (paper === undefined) throw new Error('what was disposed of has a paper')
  return paper
}
