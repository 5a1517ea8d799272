import { addDays, addMonths, dayOf } from '../../clock/calendar.ts'
import type { Dropping } from '../../approvals/approvals.ts'
import type { Circumstances, Decision, FactDraft } from '../../module.ts'
import { Refusal, type Words } from '../../refusal.ts'
import type { CustodyStatus, DispositionStatus } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import { draft, unitRegister } from '../custody.ts'
import { mustHaveNoneWaiting } from '../inbound/waiting.ts'
import { type Item, presentHolder } from '../items/item.ts'
import { filmingOf } from '../videos/filming.ts'
import { named, standsUnapproved } from '../measures/unapproved.ts'
import { caseInSight, caseOf, itemOf, type Scene } from '../scene.ts'
import type { CloseCase, KeepOpenDeed, ReopenDeed } from './schemas.ts'
import { rules } from '../rules.ts'
import { handles, mustBeOpen, mustDiffer, mustHandle, mustNotHandle, mustNotKeep } from '../separation.ts'

/** Something about one item that keeps its case from being closed, and whose turn it is. */
export interface Blocker {
  readonly item: string
  readonly name: string
  readonly what: Words
  readonly turn: Words
  /** Who holds it: `unit/…`, `store/…`, `person/…` or `outside/…`. */
  readonly holder: string
}

export type Wanting = readonly [what: Words, turn: Words]

const OFFICER: Words = { zh: '承办人员', en: 'case officer' }
const CUSTODIAN: Words = { zh: '保管人员', en: 'custodian' }
const APPROVER: Words = { zh: '审批人', en: 'approver' }

const NOT_DISPOSED: Wanting = [{ zh: '尚未处置', en: 'not disposed of' }, OFFICER]

/** Before anything is decided about an item, what is in the way is where it is. */
const BY_CUSTODY: Readonly<Record<CustodyStatus, Wanting>> = {
  NOT_RECEIVED: [{ zh: '尚未移交入库', en: 'not handed over' }, OFFICER],
  WITH_CASE_DEPT: [{ zh: '尚未移交入库', en: 'not handed over' }, OFFICER],
  PENDING_HANDOVER: [{ zh: '尚未入库', en: 'not checked in' }, CUSTODIAN],
  IN_TRANSIT: [{ zh: '尚未入库', en: 'not checked in' }, CUSTODIAN],
  BORROWED: [
    { zh: '尚未归还', en: 'not returned' },
    { zh: '调用人', en: 'borrower' },
  ],
  AT_APPRAISAL: [{ zh: '送鉴定未返回', en: 'not back from appraisal' }, OFFICER],
  IN_STORE: NOT_DISPOSED,
  DEPOSITED: NOT_DISPOSED,
  IN_PLACE: NOT_DISPOSED,
  HOLDER_KEEPS: NOT_DISPOSED,
  THIRD_PARTY: NOT_DISPOSED,
  OUT: NOT_DISPOSED,
}

const NOT_STRUCK: Wanting = [{ zh: '已处置，尚未销账', en: 'disposed of, not written off' }, CUSTODIAN]

/** Its proposal came to nothing: the officer's turn again. */
const BY_DROP: Readonly<Record<Dropping, Wanting>> = {
  refused: [{ zh: '处置未获批准，须重新提出', en: 'its disposal was refused, to be proposed anew' }, OFFICER],
  withdrawn: [{ zh: '处置已撤回，须重新提出', en: 'its disposal was taken back, to be proposed anew' }, OFFICER],
}

const UPHELD: Wanting = [
  { zh: '申诉成立，须解除返还或纠正', en: 'a complaint was upheld: to be given back or put right' },
  OFFICER,
]

/** Whatever became of it, how it was taken is still to be proven (rules C-08). */
const NOT_FILMED: Wanting = [{ zh: '录音录像不完整', en: 'not filmed throughout' }, OFFICER]

/** What was not lawfully taken can only be released (rules T-02): before it goes any other way, that is what is in the way. */
const NOT_DISPOSED_UNAPPROVED: Wanting = [
  { zh: '措施未经批准，须补办批准或解除返还', en: 'its measure was never approved: to be approved, or released' },
  OFFICER,
]

/** It went without leave, by a paper from before that was refused. */
const GONE_UNAPPROVED: Wanting = [
  { zh: '已处置，措施未经批准，须补办批准', en: 'disposed of under a measure that was never approved: to be approved' },
  OFFICER,
]

/** Approvers have been asked for that leave: their turn, as only the requests tell. */
export const LEAVE_ASKED: Wanting = [
  { zh: '措施补办批准，待审批', en: 'approval of its measure is asked for' },
  APPROVER,
]

/** Nobody is asked about its proposal any more: time alone tells, which no fact of the item does. */
export const LAPSED: Wanting = [
  { zh: '处置的申请已失效，须重新提出', en: 'the request for its disposal has lapsed, to be proposed anew' },
  OFFICER,
]

const BY_DISPOSITION: Readonly<Record<DispositionStatus, Wanting | null>> = {
  NONE: null,
  PROPOSED: [{ zh: '处置待审理、审批', en: 'its disposal waits for review or approval' }, APPROVER],
  IN_REVIEW: [{ zh: '处置待审批', en: 'its disposal waits for approval' }, APPROVER],
  APPROVED: [{ zh: '处置已批，尚未执行', en: 'its disposal is approved, not carried out' }, CUSTODIAN],
  EXECUTING: [{ zh: '处置执行中', en: 'its disposal is being carried out' }, CUSTODIAN],
  DONE_RETURN: NOT_STRUCK,
  DONE_TRANSFER: null,
  DONE_CONFISCATED: NOT_STRUCK,
  DONE_RECOVERED: NOT_STRUCK,
  DONE_COMPENSATED: NOT_STRUCK,
  DONE_SURRENDERED: NOT_STRUCK,
  DONE_SOLD: NOT_STRUCK,
  DONE_DESTROYED: NOT_STRUCK,
  CLOSED: null,
  REPLACED: null,
}

/** Whether it is the proposal that is in the way, and not an incident or a complaint before it. */
export function waitsForDecision({ what }: Pick<Blocker, 'what'>): boolean {
  return what === BY_DISPOSITION.PROPOSED?.[0] || what === BY_DISPOSITION.IN_REVIEW?.[0]
}

/** Whether leave for its measure is in the way, for which somebody may have been asked. */
export function waitsForLeave({ what }: Pick<Blocker, 'what'>): boolean {
  return what === NOT_DISPOSED_UNAPPROVED[0] || what === GONE_UNAPPROVED[0]
}

/**
 * All that keeps one item open, what comes first before the rest; nothing when it is closed, transferred with the case, or lawfully kept open (row 26,
 * rules ), and how it was taken is approved (row 2) and on film (C-08).
 */
export function blockersOf(item: Item, of: Pick<Case, 'reopenedAt'>): Blocker[] {
  const leave = leaveWanted(item, of)
  const all = [...wantingsOf(item, of), ...(leave === null ? [] : [leave])]
  return [...all, ...(filmingOf(item) === null ? [] : [NOT_FILMED])].map(([what, turn]) => ({
    ...{ item: item.code, name: item.name, what, holder: presentHolder(item) },
    // What no store keeps, the officers carry out and strike off themselves.
    turn: turn === CUSTODIAN && item.store === null ? OFFICER : turn,
  }))
}

/** The exception under which it stays open; one that was granted before the case was last opened again counts no more. */
export function keptOpenIn({ keptOpen }: Item, { reopenedAt = '' }: Pick<Case, 'reopenedAt'>): Item['keptOpen'] {
  return keptOpen !== undefined && keptOpen.at > reopenedAt ? keptOpen : undefined
}

/** What is gone, or went with the case, under a measure that nobody approved; what lawfully stays open is gone nowhere. */
function leaveWanted(item: Item, of: Pick<Case, 'reopenedAt'>): Wanting | null {
  const isGone = isOver(item) || item.disposed !== undefined
  return isGone && keptOpenIn(item, of) === undefined && standsUnapproved(item) ? GONE_UNAPPROVED : null
}

/** Struck off, replaced by others, or with its case in other hands. */
function isOver({ dispositionStatus: status }: Item): boolean {
  return status === 'CLOSED' || status === 'REPLACED' || status === 'DONE_TRANSFER'
}

/** Where an item is when it is neither at its place nor handed over: before anything else it comes there. */
const AWAY: readonly CustodyStatus[] = ['BORROWED', 'AT_APPRAISAL', 'PENDING_HANDOVER']

/** What is in the way of one item, beside how it was taken once it is gone. */
function wantingsOf(item: Item, of: Pick<Case, 'reopenedAt'>): Wanting[] {
  const { dispositionStatus, custodyStatus, incident, complaint } = item
  const found: Wanting[] = []
  if (incident !== null) found.push([{ zh: '异常未了结', en: 'incident open' }, APPROVER])
  if (complaint !== undefined)
    found.push([
      { zh: '申诉未处理', en: 'complaint open' },
      { zh: '申诉处理部门', en: 'who decides complaints' },
    ])
  if (isOver(item) || keptOpenIn(item, of) !== undefined) return found
  const place = BY_CUSTODY[custodyStatus]
  if (AWAY.includes(custodyStatus)) found.push(place)
  if (item.upheld !== undefined && dispositionStatus === 'NONE') found.push(UPHELD)
  return [...found, ...undisposed(item, place, found)]
}

/** How far its disposal has come; that it was not disposed of yet is said where nothing else is in the way. */
function undisposed(item: Item, place: Wanting, before: readonly Wanting[]): Wanting[] {
  const decided = BY_DISPOSITION[item.dispositionStatus]
  if (decided !== null) return [decided]
  const unapproved = standsUnapproved(item) ? [NOT_DISPOSED_UNAPPROVED] : []
  const dropped = item.dropped === undefined ? null : BY_DROP[item.dropped.why]
  // What was to be disposed of from where it is is proposed anew, or comes to its place after all.
  if (place !== NOT_DISPOSED) return [...[dropped ?? place].filter((one) => !before.includes(one)), ...unapproved]
  const all = [...unapproved, ...(dropped === null ? [] : [dropped])]
  return all.length + before.length === 0 ? [place] : all
}

/** Every item of the case, as it stands under the locks of the registers that tell of it. */
export interface CloseState extends Pick<Scene, 'cases' | 'sight'> {
  readonly items: readonly Item[]
  /** The accounts that the trial finds wrong now, whatever the day's trial found. */
  readonly wrong: readonly string[]
  /** Numbers of lists of other organs that are not accepted yet (rules C-35). */
  readonly inbounds: readonly string[]
}

/**
 * 案结物清 (row 26): closes the case when nothing is open; the items that lawfully stay open are named in the fact.
 * @throws Refusal `custody.inbound-waits`, `custody.case-not-clean`, `custody.case-unapproved`, `custody.not-filmed`, `custody.account-differs`
 */
export function closeCase(state: CloseState, command: CloseCase, { actor, at }: Circumstances): Decision {
  const of = caseInSight(state, command.case)
  mustHandle(actor, of)
  mustHaveNoneWaiting(of, state.inbounds)
  const blocking = state.items.filter((item) => wantingsOf(item, of).length > 0)
  if (blocking.length > 0) throw new Refusal('custody.case-not-clean', { case: of.number, count: blocking.length })
  const unapproved = state.items.filter((item) => leaveWanted(item, of) !== null)
  if (unapproved.length > 0) throw new Refusal('custody.case-unapproved', { case: of.number, ...named(unapproved) })
  const unfilmed = state.items.filter((item) => filmingOf(item) !== null)
  if (unfilmed.length > 0) throw new Refusal('custody.not-filmed', { case: of.number, count: unfilmed.length })
  if (state.wrong.length > 0)
    throw new Refusal('custody.account-differs', { case: of.number, since: of.imbalance?.since ?? at })
  const grounds = state.items.flatMap((item) => {
    const kept = keptOpenIn(item, of)
    return kept === undefined ? [] : [{ item: item.code, ground: kept.ground, document: kept.document }]
  })
  const exceptions = grounds.map(({ item }) => item)
  const body = { exceptions, ...(grounds.length === 0 ? {} : { grounds }) }
  return {
    facts: [draft(unitRegister(of.unit), 'custody.case-closed', `case/${of.number}`, body)],
    result: { case: of.number, exceptions },
  }
}

/** Asks that a closed case be opened again: by an officer of it. */
export function askReopening(
  scene: Pick<Scene, 'cases' | 'lineage' | 'sight'>,
  deed: ReopenDeed,
  { actor }: Circumstances,
) {
  const of = caseInSight(scene, deed.case)
  if (!handles(actor, of)) throw new Refusal('custody.not-case-officer', { case: of.number })
  mustBeClosed(of)
  return { unit: scene.lineage.get(of.unit)?.at(-1) ?? of.unit, register: unitRegister(of.unit) }
}

/** Opens it again, by an approver of the organ who does not handle it. */
export function reopen(
  scene: Pick<Scene, 'cases'>,
  deed: ReopenDeed,
  { approval, requester }: { readonly approval: string; readonly requester: string },
  { actor }: Circumstances,
): readonly FactDraft[] {
  const of = mustBeClosed(caseOf(scene, deed.case))
  mustNotHandle(actor, of)
  const exceptions = of.closed?.exceptions ?? []
  const body = { approval, requester, exceptions }
  return [draft(unitRegister(of.unit), 'custody.case-reopened', `case/${of.number}`, body)]
}

function mustBeClosed(of: Case): Case {
  if (of.status !== 'CLOSED') throw new Refusal('custody.case-open', { case: of.number })
  return of
}

/**
 * Asks that items may stay open when their case is closed (rules X-19): where somebody is at large, once he has been wanted for a year.
 * @throws Refusal `custody.nothing-blocks`, `custody.mixed`, `custody.wanted-missing`, `custody.wanted-too-short`
 */
export function askKeepingOpen(scene: Scene, deed: KeepOpenDeed, { actor, at }: Circumstances) {
  mustBeWanted(deed, at)
  const items = deed.items.map((code) => itemOf(scene, code))
  for (const item of items) {
    const of = caseOf(scene, item.case)
    mustHandle(actor, of)
    // A missing recording is no reason to keep the thing: that is excused by itself.
    if (wantingsOf(item, of).length === 0 || keptOpenIn(item, of) !== undefined)
      throw new Refusal('custody.nothing-blocks', { item: item.code })
  }
  const [first] = items
  const stranger = items.find(({ unit }) => unit !== first?.unit)
  if (stranger !== undefined) throw new Refusal('custody.mixed', { item: stranger.code })
  const unit = first?.unit ?? ''
  return { unit: scene.lineage.get(unit)?.at(-1) ?? unit, register: unitRegister(unit) }
}

/**
 * What the grant of {@link askKeepingOpen} writes, one fact an item. Everything is looked at again: between the request and the grant the case
 * may have been closed, and the year begins with `wantedOn`, not with the request.
 *
 * @throws Refusal `custody.wanted-missing`, `custody.wanted-too-short`, `custody.wanted-elsewhere`, that the case is closed, and who may not
 * grant: who handles the case, keeps the item, or asked
 */
export function keepOpen(
  scene: Scene,
  deed: KeepOpenDeed,
  { approval, requester }: { readonly approval: string; readonly requester: string },
  { actor, at }: Circumstances,
): readonly FactDraft[] {
  mustBeWanted(deed, at)
  return deed.items.map((code) => {
    const item = itemOf(scene, code)
    const of = caseOf(scene, item.case)
    mustBeOpen(of)
    mustNotHandle(actor, of)
    mustNotKeep(actor, item)
    mustDiffer(actor.person, { requester })
    const { ground, document, wantedOn } = deed
    return draft(unitRegister(item.unit), 'custody.kept-open', `item/${code}`, {
      ...{ ground, approval, requester, document },
      ...(wantedOn === undefined ? {} : { wantedOn }),
    })
  })
}

/** Who is at large has been wanted long enough; on another ground nobody is. */
function mustBeWanted({ ground, wantedOn }: KeepOpenDeed, at: string): void {
  if (ground !== 'at-large') {
    if (wantedOn !== undefined) throw new Refusal('custody.wanted-elsewhere')
    return
  }
  if (wantedOn === undefined || addDays(wantedOn, 0) !== wantedOn) throw new Refusal('custody.wanted-missing')
  const from = addMonths(wantedOn, rules.wanted_months.value)
  if (dayOf(at) < from) throw new Refusal('custody.wanted-too-short', { months: rules.wanted_months.value, from })
}
