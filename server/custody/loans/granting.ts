import type { ApprovalLevel } from '../../approvals/approvals.ts'
import type { Circumstances, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft, unitRegister } from '../custody.ts'
import { mustBeUndisputed } from '../disposal/proposing.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { mustBeWhole } from '../keeping/whole-box.ts'
import { rules } from '../rules.ts'
import { caseOf, itemOf, mustBeAble, mustShare, type Scene } from '../scene.ts'
import type { BorrowDeed } from '../schemas.ts'
import { mustDiffer, mustHandle, mustNotHandle, mustNotKeep } from '../separation.ts'

const MS_PER_DAY = 86_400_000

/** What is asked for must be possible now: the asker handles the case, the items lie in one store and nobody else was promised them. */
export function askLoan(
  scene: Scene,
  deed: BorrowDeed,
  circumstances: Circumstances,
): { unit: string; items: readonly Item[] } {
  const { at, actor } = circumstances
  const items = linesOf(deed.items).map((line) => itemOf(scene, line.item))
  for (const item of items) {
    mustHandle(actor, caseOf(scene, item.case))
    mustBeFree(item, circumstances)
  }
  if (deed.container !== undefined) mustBeWhole(scene, deed.container, items)
  mustBeDueInTime(deed.dueAt, at)
  return { unit: mustShare(items).unit, items }
}

/** Who must agree to a loan: the department's approver alone, or the organ's after him where any of its items asks for it. */
export function loanLevels(scene: Scene, deed: BorrowDeed): readonly ApprovalLevel[] {
  const { categories: high, appraisedFrom_fen, levels } = rules.loan_levels.value
  const isHigh = ({ category, appraised }: Item): boolean =>
    high.some((one) => one === category) || (appraised?.at(-1)?.value_fen ?? 0) >= appraisedFrom_fen
  return linesOf(deed.items).some((line) => isHigh(itemOf(scene, line.item))) ? levels : []
}

/** 批准调用: reserves each item for the requester until the grant lapses. Everything asked is asked again, since time has passed. */
export function grantLoan(
  scene: Scene,
  deed: BorrowDeed,
  { approval, requester }: { approval: string; requester: string },
  circumstances: Circumstances,
): FactDraft[] {
  const { actor, at } = circumstances
  mustBeDueInTime(deed.dueAt, at)
  const validUntil = new Date(Date.parse(at) + rules.grant_days.value * MS_PER_DAY).toISOString()
  const { dueAt, purpose, container } = deed
  const items = linesOf(deed.items).map((line) => itemOf(scene, line.item))
  if (container !== undefined) mustBeWhole(scene, container, items)
  return items.map((item) => {
    const of = caseOf(scene, item.case)
    mustBeFree(item, circumstances)
    if (!of.officers.includes(requester)) throw new Refusal('custody.borrower', { person: requester, case: of.number })
    mustDiffer(actor.person, { requester })
    mustNotKeep(actor, item)
    mustNotHandle(actor, of)
    const box = container === undefined ? {} : { container }
    const body = { approval, requester, approver: actor.person, purpose, dueAt, validUntil, ...box }
    return draft(unitRegister(item.unit), 'custody.loan-granted', `item/${item.code}`, body)
  })
}

function mustBeFree(item: Item, circumstances: Circumstances): void {
  mustBeUndisputed(item)
  mustBeAble(item, 'grant-loan', circumstances)
  if (item.reservation !== null && item.reservation.validUntil >= circumstances.at)
    throw new Refusal('custody.reserved', { item: item.code, person: item.reservation.requester })
}

/** @throws Refusal `custody.due-in-past`, `custody.due-too-far` */
export function mustBeDueInTime(dueAt: string, at: string): void {
  if (dueAt <= at) throw new Refusal('custody.due-in-past', { dueAt })
  const days = rules.loan_days_max.value
  if (Date.parse(dueAt) - Date.parse(at) > days * MS_PER_DAY) throw new Refusal('custody.due-too-far', { days })
}
