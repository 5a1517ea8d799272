import { addMonths, dayOf, endOfDay } from '../../clock/calendar.ts'
import type { Actor, Circumstances, Decision, Post } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { draft, unitRegister } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import type { ComplaintAct } from '../protocol.ts'
import { mustBeUndisputed } from './proposing.ts'
import { rules } from '../rules.ts'
import { caseOf, itemOf, type Scene } from '../scene.ts'
import type { Complain, DecideComplaint } from './schemas.ts'
import { isRecused, mustDiffer, mustNotHandle } from '../separation.ts'

/** Who accepts and decides complaints. */
export const COMPLAINT_POSTS: readonly Post[] = ['supervisor', 'approver', 'manager']

/**
 * 受理申诉 (rules X-18): a complaint about the measure over an item is accepted by who does not handle the case. From then on the item is
 * neither lent nor disposed of, and the month for deciding runs. A review of how one was decided is asked for within a month and accepted by
 * another than who decided; its two months run.
 * @throws Refusal `custody.nothing-to-review`, `custody.review-too-late`
 */
export function acceptComplaint(scene: Scene, command: Complain, { actor, at, mint }: Circumstances): Decision {
  const note = mint.seal(command.note)
  return {
    facts: linesOf(command.items).map((line) => {
      const item = itemOf(scene, line.item)
      mustNotHandle(actor, caseOf(scene, item.case))
      mustBeUndisputed(item)
      const review = command.review === true ? { review: true as const, decider: reviewed(item, actor.person, at) } : {}
      if (item.custodyStatus === 'OUT') throw new Refusal('custody.item-gone', { item: item.code })
      return draft(unitRegister(item.unit), 'custody.complaint-accepted', `item/${item.code}`, {
        ...{ case: item.case, unit: item.unit, ground: command.ground, note, ...review },
      })
    }),
  }
}

/** Until when a review may be asked for (rules X-18). */
function reviewableUntil(decidedAt: string): string {
  return endOfDay(addMonths(dayOf(decidedAt), rules.review_asked_months.value))
}

/** Who decided what is to be reviewed, in time and by another. */
function reviewed({ code, reviewable }: Item, person: string, at: string): string {
  if (reviewable === undefined) throw new Refusal('custody.nothing-to-review', { item: code })
  mustDiffer(person, { decider: reviewable.by })
  if (at > reviewableUntil(reviewable.at))
    throw new Refusal('custody.review-too-late', { item: code, decidedAt: reviewable.at })
  return reviewable.by
}

/**
 * 申诉处理决定: by another than who accepted it, and by nobody who handles the case; a review never by who decided first. What is upheld waits on the list of the officers until
 * the item is given back; an upheld complaint that it is unrelated starts their three days (rules ).
 */
export function decideComplaint(scene: Scene, command: DecideComplaint, { actor, at, mint }: Circumstances): Decision {
  const conclusion = mint.seal(command.conclusion)
  return {
    facts: linesOf(command.items).map((line) => {
      const item = itemOf(scene, line.item)
      if (item.complaint === undefined) throw new Refusal('custody.no-complaint', { item: item.code })
      const of = caseOf(scene, item.case)
      mustNotHandle(actor, of)
      mustDiffer(actor.person, { accepter: item.complaint.by, decider: item.complaint.decider ?? null })
      const isFinding = command.upheld && item.complaint.ground === 'unrelated' && item.foundUnrelatedAt === undefined
      const { officers } = of
      return draft(unitRegister(item.unit), 'custody.complaint-decided', `item/${item.code}`, {
        ...{ upheld: command.upheld, conclusion },
        ...(item.complaint.review === true ? {} : { reviewable: true as const }),
        found: isFinding ? { at, measure: item.measure.kind, case: item.case, officers } : null,
      })
    }),
  }
}

/** What somebody may do about a complaint over an item at its page, as it stands; null where it is not for him. */
export function complaintActOf(item: Item, of: Case, actor: Actor): ComplaintAct | null {
  const decides = actor.appointments.some(({ post }) => COMPLAINT_POSTS.includes(post))
  if (!decides || of.officers.includes(actor.person) || isRecused(actor.person, of)) return null
  if (item.complaint === undefined) return item.custodyStatus === 'OUT' ? null : 'complain'
  const { by, decider } = item.complaint
  return by === actor.person || decider === actor.person ? null : 'decide-complaint'
}
