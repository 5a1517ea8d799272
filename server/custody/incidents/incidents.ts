import type { Actor, Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft } from '../custody.ts'
import { type Item, type ItemIncident, presentHolder } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { tellHeads } from '../disposal/notices.ts'
import { caseOf, itemOf, mustBeAble, presentRegister, type Scene, storeOf } from '../scene.ts'
import type { OpenIncident, ResolveIncident } from '../schemas.ts'
import { isSealed } from '../seals/seals.ts'
import { holdsPost, mustBeApart, mustDiffer, mustHandle, mustKeep, mustNotHandle, mustNotKeep } from '../separation.ts'
import { NOT_WEIGHED } from '../weighing/weights.ts'

/** 异常登记: something is wrong with items; they are frozen and both heads are told. */
export function openIncident(scene: Scene, command: OpenIncident, circumstances: Circumstances): Decision {
  const items = linesOf(command.items).map((line) => {
    const item = itemOf(scene, line.item)
    mustBeAble(item, 'open-incident', circumstances)
    mustAnswerFor(scene, item, circumstances)
    if (command.sealBroken === true && !isSealed(item)) throw new Refusal('custody.not-sealed', { item: item.code })
    return item
  })
  const note = circumstances.mint.seal(command.note)
  const facts = items.map((item) =>
    draft(presentRegister(item), 'custody.incident-opened', `item/${item.code}`, {
      kind: command.kind,
      note,
      points: [],
      found: { ...NOT_WEIGHED, sealBroken: command.sealBroken === true },
      opener: circumstances.actor.person,
    }),
  )
  return { facts: [...facts, ...tellHeads(scene, items, circumstances)] }
}

/** While the case department holds an item its officer reports, a custodian who is about to take it in too; later the custodian alone. */
function mustAnswerFor(scene: Scene, item: Item, circumstances: Circumstances): void {
  const of = caseOf(scene, item.case)
  const withUnit = presentHolder(item) === `unit/${item.unit}`
  if (withUnit && (item.store === null || !holdsPost(circumstances.actor, 'custodian', item.store))) {
    mustHandle(circumstances.actor, of)
    return
  }
  mustKeep(circumstances, storeOf(item))
  mustBeApart(circumstances.actor, of)
}

/**
 * Who concludes the incident of an item: an approver of the case department or above it, who neither opened the incident nor handles the
 * case, keeps or borrowed the item (rules 7.2 row 14).
 */
export function mustConclude(scene: Pick<Scene, 'cases' | 'lineage'>, item: Item, actor: Actor): ItemIncident {
  const { incident } = item
  if (incident === null) throw new Refusal('custody.no-incident', { item: item.code })
  const above = scene.lineage.get(item.unit) ?? [item.unit]
  if (!above.some((unit) => holdsPost(actor, 'approver', unit)))
    throw new Refusal('custody.not-approver', { unit: item.unit })
  mustDiffer(actor.person, {
    opener: incident.opener,
    borrower: item.loan?.borrower ?? null,
    custodian: item.loan?.custodian ?? null,
  })
  mustNotKeep(actor, item)
  mustNotHandle(actor, caseOf(scene, item.case))
  return incident
}

/** 异常处理完毕: words for what it came to, and whether the weight that was found holds from now on. */
export function resolveIncident(scene: Scene, command: ResolveIncident, circumstances: Circumstances): Decision {
  const { actor, mint } = circumstances
  const conclusion = mint.seal(command.conclusion)
  return {
    facts: linesOf(command.items).map((line) => {
      const item = itemOf(scene, line.item)
      const incident = mustConclude(scene, item, actor)
      mustBeAble(item, 'resolve-incident', circumstances)
      if (command.takeAsFound === true && incident.foundWeight_mg === null)
        throw new Refusal('custody.nothing-weighed', { item: item.code })
      return draft(presentRegister(item), 'custody.incident-resolved', `item/${item.code}`, {
        conclusion,
        ...(command.takeAsFound === true
          ? { weight_mg: incident.foundWeight_mg, weighing: incident.foundWeighing }
          : NOT_WEIGHED),
      })
    }),
  }
}
