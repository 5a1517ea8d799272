import type { ApprovalLevel } from '../../approvals/approvals.ts'
import type { Circumstances, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { type CustodyFact, draft, unitRegister } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { type Granting, measureLevels } from '../measures/approving.ts'
import { caseOf, itemOf, type Scene } from '../scene.ts'
import { mustBeOpen, mustDiffer, mustHandle, mustNotHandle, mustNotKeep } from '../separation.ts'
import { filmingOf } from './filming.ts'
import type { UnfilmedDeed } from './schemas.ts'

/** That a taking has no whole recording was agreed to. */
export type Unfilmed = { readonly approval: string; readonly approver: string; readonly at: string }

/**
 * 未全程录音录像的说明 (rules C-08): an officer of the case asks that a taking may stand without a whole recording; why, the request says.
 * @throws Refusal `custody.nothing-unfilmed`, `custody.mixed`, and as `mustHandle`
 */
export function askUnfilmed(scene: Scene, deed: UnfilmedDeed, { actor }: Circumstances) {
  const items = deed.items.map((code) => itemOf(scene, code))
  for (const item of items) {
    mustHandle(actor, caseOf(scene, item.case))
    mustLackFilm(item)
  }
  const unit = items[0]?.unit ?? ''
  const stranger = items.find((item) => item.unit !== unit)
  if (stranger !== undefined) throw new Refusal('custody.mixed', { item: stranger.code })
  return { unit, register: unitRegister(unit) }
}

/** Who must agree: as many as agree to the measure itself. */
export function unfilmedLevels({ items }: Pick<Scene, 'items'>, deed: UnfilmedDeed): readonly ApprovalLevel[] {
  const found = deed.items.flatMap((code) => items.get(code) ?? [])
  return found.map(({ measure }) => measureLevels(null, measure)).find((one) => one.length > 0) ?? []
}

/** Agreed to by who neither asked nor handles the case nor keeps the thing. */
export function allowUnfilmed(
  scene: Scene,
  deed: UnfilmedDeed,
  { approval, requester }: Granting,
  { actor }: Circumstances,
): readonly FactDraft[] {
  return deed.items.map((code) => {
    const item = itemOf(scene, code)
    const of = caseOf(scene, item.case)
    mustBeOpen(of)
    mustLackFilm(item)
    mustDiffer(actor.person, { requester })
    mustNotKeep(actor, item)
    mustNotHandle(actor, of)
    const body = { approval, requester, approver: actor.person }
    return draft(unitRegister(item.unit), 'custody.unfilmed-allowed', `item/${code}`, body)
  })
}

function mustLackFilm(item: Item): void {
  if (filmingOf(item) === null) throw new Refusal('custody.nothing-unfilmed', { item: item.code })
}

/** The item with the leave under which it stands without a whole recording. */
export function evolveUnfilmed(item: Item, fact: Extract<CustodyFact, { type: 'custody.unfilmed-allowed' }>): Item {
  const { approval, approver } = fact.body
  return { ...item, unfilmed: { approval, approver, at: fact.at } }
}
