import { addMonths, dayOf, endOfDay } from '../../clock/calendar.ts'
import type { Actor, Circumstances, Decision, Post } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { draft, unitRegister } from '../custody.ts'
import { mustNameNobody, noNames } from '../in-clear/in-clear.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import type { ComplaintAct } from '../protocol.ts'
import { type DisposalScene, mustBeUndisputed } from './proposing.ts'
import { rules } from '../rules.ts'
import { caseOf, itemOf, type Scene } from '../scene.ts'
import type { Complain, DecideComplaint, ServeComplaintDecision } from './schemas.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import { minuteOf, receiptOf } from '../service/service.ts'
import { isRecused, mustDiffer, mustNotHandle } from '../separation.ts'

/**
 * Who accepts complaints, and writes down how the superior organ decided a review. 案件监督管理部门 is the one that does (监察法实施条例(2025)
 * 308): all that a supervisor, who otherwise reads items and writes nothing of them, does to an item by himself (rules W-01).
 */
export const COMPLAINT_POSTS: readonly Post[] = ['supervisor', 'approver', 'manager']

/** Who decides a first one: what supervisors found becomes a decision by approval alone (监察法实施条例(2025) 309). */
const DECIDING_POSTS: readonly Post[] = ['approver', 'manager']

/** Whether somebody's posts let him decide it: a review was decided above, and is only written down. */
function maySettle({ appointments }: Actor, { review }: NonNullable<Item['complaint']>): boolean {
  const posts = review === true ? COMPLAINT_POSTS : DECIDING_POSTS
  return appointments.some(({ post }) => posts.includes(post))
}

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

/** Who may not settle it: of a first one who accepted it, of a review, which was decided above, who decided the first. */
function apartFrom({ by, decider, review }: NonNullable<Item['complaint']>) {
  return { accepter: review === true ? null : by, decider: decider ?? null }
}

/**
 * 申诉处理决定: by another than who accepted it, and by nobody who handles the case. A review is the superior organ's to decide: that organ and
 * the number of its document are written down with it, and never by who decided first. What is upheld waits on the list of the officers until
 * the item is given back; an upheld complaint that it is unrelated starts their three days (rules ).
 * @throws Refusal `custody.no-complaint`, `custody.supervisor-decides`, `custody.superior-missing`, `custody.not-a-review`,
 *   `custody.names-person`
 */
export function decideComplaint(
  scene: Pick<DisposalScene, 'items' | 'cases' | 'sight' | 'names'>,
  command: DecideComplaint,
  { actor, at, mint }: Circumstances,
): Decision {
  const conclusion = mint.seal(command.conclusion)
  const { superior } = command
  return {
    facts: linesOf(command.items).map((line) => {
      const item = itemOf(scene, line.item)
      if (item.complaint === undefined) throw new Refusal('custody.no-complaint', { item: item.code })
      const of = caseOf(scene, item.case)
      mustNotHandle(actor, of)
      mustDiffer(actor.person, apartFrom(item.complaint))
      if (!maySettle(actor, item.complaint)) throw new Refusal('custody.supervisor-decides', { item: item.code })
      mustBeTheSuperiors(item, superior)
      mustNameNobody(
        [
          { field: 'organ', name: { zh: '上级机关', en: 'superior organ' }, text: superior?.organ },
          { field: 'number', name: { zh: '复查决定书文号', en: 'number of its decision' }, text: superior?.number },
        ],
        scene.names.get(of.number) ?? noNames,
      )
      const isFinding = command.upheld && item.complaint.ground === 'unrelated' && item.foundUnrelatedAt === undefined
      const { officers } = of
      return draft(unitRegister(item.unit), 'custody.complaint-decided', `item/${item.code}`, {
        ...{ upheld: command.upheld, conclusion },
        ...(superior === undefined ? {} : { superior }),
        ...(item.complaint.review === true ? {} : { reviewable: true as const, toServe: item.case }),
        found: isFinding ? { at, measure: item.measure.kind, case: item.case, officers } : null,
      })
    }),
  }
}

/**
 * 送达申诉处理决定书 (监察法实施条例(2025) 310): that the decision on a first complaint reached who complained, by those who deal with complaints
 * and do not handle the case. He may refuse to sign: then it is left behind, with the reason and a witness.
 * @throws Refusal `custody.nothing-to-serve`, `custody.names-person`, `custody.service-time`, `custody.service-early`, `custody.service-field`
 */
export function serveComplaintDecision(
  scene: Pick<DisposalScene, 'items' | 'cases' | 'sight' | 'names'>,
  command: ServeComplaintDecision,
  { actor, at, mint }: Circumstances,
): Decision {
  const { number, way, servedAt } = command
  mustFitPaper({ 申诉处理决定书文号: { en: 'Number of the decision', text: number } })
  const { countsFrom, told } = receiptOf(command, at)
  const sealed = mint.seal(told)
  return {
    facts: linesOf(command.items).map((line) => {
      const item = itemOf(scene, line.item)
      const of = caseOf(scene, item.case)
      mustNotHandle(actor, of)
      const { decisionToServe: decided } = item
      if (decided === undefined) throw new Refusal('custody.nothing-to-serve', { item: item.code })
      mustNameNobody(
        [{ field: 'number', name: { zh: '申诉处理决定书文号', en: 'number of the decision' }, text: number }],
        scene.names.get(of.number) ?? noNames,
      )
      if (servedAt > at || servedAt < minuteOf(decided.at))
        throw new Refusal('custody.service-time', { issuedAt: decided.at, number })
      return draft(unitRegister(item.unit), 'custody.complaint-decision-served', `item/${item.code}`, {
        ...{ number, way, servedAt, countsFrom, told: sealed },
      })
    }),
  }
}

/** Whether it is for somebody to serve the decision on a complaint over this item. */
export function mayServeDecision({ decisionToServe }: Item, of: Case, { appointments, person }: Actor): boolean {
  if (decisionToServe === undefined || of.officers.includes(person) || isRecused(person, of)) return false
  return appointments.some(({ post }) => COMPLAINT_POSTS.includes(post))
}

/** A review, and nothing else, is decided by a document of the superior organ. */
function mustBeTheSuperiors({ code, complaint }: Item, superior: DecideComplaint['superior']): void {
  const isReview = complaint?.review === true
  if (isReview && superior === undefined) throw new Refusal('custody.superior-missing', { item: code })
  if (!isReview && superior !== undefined) throw new Refusal('custody.not-a-review', { item: code })
}

/** What somebody may do about a complaint over an item at its page, as it stands; null where it is not for him. */
export function complaintActOf(item: Item, of: Case, actor: Actor): ComplaintAct | null {
  const { appointments, person } = actor
  if (!appointments.some(({ post }) => COMPLAINT_POSTS.includes(post))) return null
  if (of.officers.includes(person) || isRecused(person, of)) return null
  if (item.complaint === undefined) return item.custodyStatus === 'OUT' ? null : 'complain'
  if (!maySettle(actor, item.complaint)) return null
  return Object.values(apartFrom(item.complaint)).includes(person) ? null : 'decide-complaint'
}
