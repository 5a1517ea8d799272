import type { Actor, Circumstances, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { amountOf } from '../account/accounting.ts'
import type { CustodyStatus } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import { draft, unitRegister } from '../custody.ts'
import { type CaseNames, mustNameNobody } from '../in-clear/in-clear.ts'
import { mustHaveNoneWaiting } from '../inbound/waiting.ts'
import type { Item } from '../items/item.ts'
import { caseInSight, caseOf, type Scene } from '../scene.ts'
import { mustBeOpen, mustDiffer, mustHandle, mustNotHandle, mustNotKeep } from '../separation.ts'
import type { CaseJoin } from './facts.ts'
import { mustKeepRole, type WithRoles } from '../tax-roles/roles.ts'
import { type Sales, surplusAfter } from '../worth/surplus.ts'
import type { MergeCasesDeed, SplitCaseDeed } from './schemas.ts'

/** What 并案 and 分案 look at: both cases, and every item of the first. */
export interface PassingScene extends Pick<Scene, 'cases' | 'lineage' | 'sight'>, WithRoles {
  /** Items of the case that gives, in the order of their numbers. */
  readonly items: readonly Item[]
  /** The first number that is free in the case that takes. */
  readonly nextOrdinal: number
  /** Whom the case that gives names. */
  readonly names: CaseNames
  /** Numbers of lists of other organs to it that are not accepted yet (rules C-35). */
  readonly inbounds: readonly string[]
  readonly sales: Sales
}

type PassDeed = MergeCasesDeed | SplitCaseDeed
type Granting = { readonly approval: string; readonly requester: string }

const DOCUMENT = { zh: '决定文号', en: 'number of the decision' }
/** Named in a refusal; the page of the case has them all. */
const NAMED_MOST = 10

/** Where a thing is at rest: nobody has begun anything with it that would have to end in this case. */
const AT_REST: ReadonlySet<CustodyStatus> = new Set([
  ...(['WITH_CASE_DEPT', 'IN_STORE', 'DEPOSITED', 'IN_PLACE', 'HOLDER_KEEPS', 'THIRD_PARTY'] as const),
])

/**
 * Asks for 并案 or 分案: by an officer of the case that gives, about one that he may see, of the same department and track. An approver of the
 * organ decides.
 * @throws Refusal `custody.unknown-case`, `custody.case-closed`, `custody.case-merged`, `custody.not-case-officer`, `custody.same-case`,
 * `custody.cases-apart`, `custody.not-of-case`, `custody.inbound-waits`, `custody.case-on-its-way`, `custody.nothing-to-pass`,
 * `custody.names-person`, `custody.tax-role`
 */
export function askPassing(scene: PassingScene, deed: PassDeed, { actor, at }: Circumstances) {
  const of = caseInSight(scene, deed.case)
  const into = caseInSight(scene, deed.into)
  mustHandle(actor, of)
  mustFitTogether(of, into)
  mustNameNobody([{ field: 'document', name: DOCUMENT, text: deed.document }], scene.names)
  mustHandleOnly(scene, of, into)
  passingOf(scene, of, deed, at)
  return { unit: scene.lineage.get(of.unit)?.at(-1) ?? of.unit, register: unitRegister(of.unit) }
}

/** Carries it out, as things stand when it is granted; whoever grants it handles neither case and keeps none of the items. */
export function passItems(
  scene: PassingScene,
  deed: PassDeed,
  { approval, requester }: Granting,
  { actor, at }: Pick<Circumstances, 'actor' | 'at'>,
): readonly FactDraft[] {
  const [of, into] = [caseOf(scene, deed.case), caseOf(scene, deed.into)]
  mustFitTogether(of, into)
  if (!of.officers.includes(requester)) throw new Refusal('custody.not-case-officer', { case: of.number })
  const passing = passingOf(scene, of, deed, at)
  mustHandleOnly(scene, of, into)
  mustDecide(actor, requester, [of, into], passing)
  const how: CaseJoin = deed.command === 'merge-cases' ? 'merge' : 'split'
  const decided = { how, document: deed.document, approval, requester }
  const [from, to] = [of.number, into.number]
  const register = unitRegister(of.unit)
  const items = passing.map((item, index) => ({
    ...{ item: item.code, was: item.ordinal, ordinal: scene.nextOrdinal + index },
  }))
  const gone = passing.map((item) => {
    const passage = { how, from, to, was: item.ordinal, document: deed.document, amount: amountOf(item), at }
    return { ...item, case: to, passed: [...(item.passed ?? []), passage] }
  })
  return [
    ...passing.map((item, index) =>
      draft(register, 'custody.passed-to-case', `item/${item.code}`, {
        ...{ ...decided, from, to, was: item.ordinal, ordinal: scene.nextOrdinal + index, amount: amountOf(item) },
      }),
    ),
    draft(register, 'custody.case-passed-on', `case/${from}`, {
      ...{ ...decided, to, items },
      ...surplusAfter(of, scene.sales, gone),
    }),
    draft(register, 'custody.case-took-over', `case/${to}`, {
      ...{ ...decided, from, items },
      ...surplusAfter(into, scene.sales, gone),
    }),
  ]
}

function mustFitTogether(of: Case, into: Case): void {
  mustBeOpen(of)
  mustBeOpen(into)
  if (of.number === into.number) throw new Refusal('custody.same-case', { case: of.number })
  if (of.unit !== into.unit || of.track !== into.track)
    throw new Refusal('custody.cases-apart', { case: of.number, into: into.number })
}

/**
 * Who handles a tax case from now on with what comes from another has neither reviewed nor executed there.
 * @throws Refusal `custody.tax-role`
 */
function mustHandleOnly(scene: WithRoles, of: Case, into: Case): void {
  for (const person of into.officers) mustKeepRole(scene, of.number, person, 'INSPECT')
}

function mustDecide(actor: Actor, requester: string, cases: readonly Case[], items: readonly Item[]): void {
  mustDiffer(actor.person, { requester })
  for (const of of cases) mustNotHandle(actor, of)
  for (const item of items) mustNotKeep(actor, item)
}

/** What goes into the other case. What is over and done with stays where it was done, and so does its papers' case. */
function passingOf(scene: PassingScene, of: Case, deed: PassDeed, at: string): readonly Item[] {
  // Nothing is accepted in a case that is merged: what waits there would wait for ever.
  if (deed.command === 'merge-cases') mustHaveNoneWaiting(of, scene.inbounds)
  const wanted =
    deed.command === 'split-case' ? chosen(scene, of, deed.items) : scene.items.filter((item) => !isOver(item))
  const underWay = wanted.filter((item) => !isAtRest(item, at))
  if (underWay.length > 0) {
    const items = underWay.slice(0, NAMED_MOST).map(({ code }) => code)
    throw new Refusal('custody.case-on-its-way', { case: of.number, count: underWay.length, items: items.join('、') })
  }
  if (wanted.length === 0) throw new Refusal('custody.nothing-to-pass', { case: of.number })
  return wanted
}

function chosen({ items }: PassingScene, of: Case, codes: readonly string[]): Item[] {
  const byCode = new Map(items.map((item) => [item.code, item]))
  return codes.map((code) => {
    const item = byCode.get(code)
    if (item === undefined) throw new Refusal('custody.not-of-case', { item: code, case: of.number })
    return item
  })
}

/** Written off, replaced by others, or given to another organ: its life in this case has ended. */
function isOver({ dispositionStatus, custodyStatus }: Item): boolean {
  const isGone = dispositionStatus === 'DONE_TRANSFER' && custodyStatus === 'OUT'
  return dispositionStatus === 'CLOSED' || dispositionStatus === 'REPLACED' || isGone
}

function isAtRest(item: Item, at: string): boolean {
  const { custodyStatus, dispositionStatus, incident, complaint, reservation } = item
  const isReserved = reservation !== null && reservation.validUntil >= at
  const isFree = incident === null && complaint === undefined && !isReserved
  return isFree && dispositionStatus === 'NONE' && AT_REST.has(custodyStatus)
}
