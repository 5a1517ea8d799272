import type { Actor } from '../module.ts'
import type { Refusal } from '../refusal.ts'
import type { Approval, ApprovalLevel } from './approvals.ts'

/** A unit and those above it, the organ at the top last; and which of them are organs of a city or above. */
export interface Above {
  readonly lineage: readonly string[]
  readonly cityOrgans: readonly string[]
}

/** Whose approvers decide at a level; null where any of them may. */
export function placesOf({ lineage, cityOrgans }: Above, level: ApprovalLevel | null): readonly string[] {
  switch (level) {
    case null:
      return lineage
    case 'department':
      return lineage.slice(0, 1)
    case 'organ':
      return lineage.slice(-1)
    case 'city':
      return cityOrgans
  }
}

/**
 * Whether somebody is an approver for a unit, given the unit and those above it.
 * @param level the one that decides; null where any of them may
 */
export function mayDecide(actor: Actor, above: Above, level: ApprovalLevel | null): boolean {
  const places = placesOf(above, level)
  return actor.appointments.some(({ post, place }) => post === 'approver' && places.includes(place))
}

/** Why a rule of its subject keeps somebody from deciding a request; null where none does. */
export type Bars = (principal: Actor) => Refusal | null

/** Who has had a part in a request already: whoever asked, who decided an earlier level, and for whom. */
export function partiesOf({ requester, passed = [] }: Approval): readonly string[] {
  return [requester, ...passed.flatMap(({ by, standsFor }) => [by, standsFor ?? []].flat())]
}

/**
 * For whom somebody stands in who has no right of his own to decide this: as it is offered to him and as he decides it. Of several, the first who
 * could decide it himself; where none could, the first who is kept from it, so that it can be said why; undefined where he stands in for nobody here.
 */
export function principalOf(approval: Approval, absent: readonly Actor[], above: Above, bars: Bars): Actor | undefined {
  const may = absent.filter((one) => mayDecide(one, above, approval.awaits ?? null))
  const had = partiesOf(approval)
  const apart = may.filter(({ person }) => !had.includes(person))
  return apart.find((one) => bars(one) === null) ?? apart[0] ?? may[0]
}
