import { dayOf } from '../../clock/calendar.ts'
import type { Actor, Circumstances, Decision, Fact, FactDraft, Post, Sealed } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { agreed, differing, isOneOf, type Marks } from '../boxes/agreement.ts'
import {
  type Campaign,
  campaignRegister,
  exchangedIn,
  isJudgedIn,
  mayDecide,
  mayRun,
  stageOn,
} from '../campaigns/campaign.ts'
import { ratingFact } from '../rating.ts'
import type { PaperBoxFacts } from './facts.ts'
import type {
  DecidePaperBox,
  EnterPaperBox,
  NumberedPaperSheet,
  OpenPaperBox,
  PaperSheet,
  WithdrawPaperBox,
} from './schemas.ts'

interface Done {
  readonly by: string
  readonly at: string
}

/**
 * Papers of a campaign that voters of one group have filled in by hand. Whoever opens the box counts them and names the two who type them in, neither
 * seeing what the other has; a third looks at those that differ. Then each is a sealed ballot for every department, and what was typed in is gone.
 */
export interface PaperBox {
  readonly id: string
  readonly campaign: string
  readonly unit: string
  readonly group: string
  readonly sheets: number
  readonly typists: readonly string[]
  readonly opened: Done
  readonly entered: readonly Done[]
  /** Numbers of the sheets that two have read differently; null as long as two have not. */
  readonly differ: readonly number[] | null
  readonly decided: Done | null
  readonly sealed: boolean
  /** Absent where it was not. */
  readonly withdrawn?: Done & { readonly reason: Sealed }
}

/** What one more fact makes of a box of papers; as of a hall's box, who typed is kept and what was typed is not. */
export function evolvePaperBox(box: PaperBox | null, raw: Fact): PaperBox | null {
  const fact = ratingFact(raw)
  const done = { by: fact.actor, at: fact.at }
  if (fact.type === 'rating.paper-box-opened') {
    const { subject, campaign, unit, group, sheets, typists } = fact.body
    return {
      ...{ id: subject.slice('paper-box/'.length), campaign, unit, group, sheets, typists },
      ...{ opened: done, entered: [], differ: null, decided: null, sealed: false },
    }
  }
  if (box === null) return null
  switch (fact.type) {
    case 'rating.paper-box-entered':
      return { ...box, entered: [...box.entered, done] }
    case 'rating.paper-box-compared':
      return { ...box, entered: [...box.entered, done], differ: fact.body.differ }
    case 'rating.paper-box-decided':
      return { ...box, decided: done }
    case 'rating.paper-box-withdrawn':
      return { ...box, withdrawn: { ...done, reason: fact.body.reason } }
    case 'rating.paper-box-sealed':
      return { ...box, sealed: true }
    default:
      return box
  }
}

function draft<T extends keyof PaperBoxFacts>(unit: string, type: T, id: string, body: PaperBoxFacts[T]): FactDraft {
  return { register: campaignRegister(unit), type, subject: `paper-box/${id}`, body: { v: 1, ...body } }
}

/** Posts whose holders type sheets in: everybody's but administrators'. */
export const TYPING_POSTS: readonly Post[] = ['officer', 'custodian', 'approver', 'supervisor', 'clerk', 'manager']

/** Somebody who is to type sheets in. */
export type Typist = Pick<Actor, 'person' | 'unit' | 'appointments'>

export interface OpenPaperBoxState {
  readonly campaign: Campaign | null
  /** Of those who were named, who works here now. */
  readonly typists: readonly Typist[]
  readonly hasKey: boolean
  /** How many sheets of the group stand in boxes already. */
  readonly before: number
}

/**
 * A supervisor of the unit says how many sheets of which group were in the box, and who types them in, before anybody does. It is done as long as the
 * campaign was not ended: what comes later is not counted.
 * @throws Refusal `rating.unknown-campaign`, `rating.campaign-not-yours`, `rating.campaign-judged`, `rating.campaign-no-paper`, `rating.campaign-not-open`, `rating.unknown-group`,
 *   `rating.papers-not-exchanged` (of a group that has codes, no more sheets than codes were given up), `rating.codes-voided`,
 *   `rating.paper-typists`, `rating.no-key`
 */
export function openPaperBox(
  { campaign, typists, hasKey, before }: OpenPaperBoxState,
  { campaign: id, group, sheets, typists: named }: OpenPaperBox,
  { actor, at, mint }: Circumstances,
): Decision {
  if (campaign === null || !mayDecide(actor, campaign.unit))
    throw new Refusal('rating.unknown-campaign', { campaign: id })
  const { unit, departments, groups } = campaign
  if (!mayRun(actor, unit)) throw new Refusal('rating.campaign-not-yours', { unit })
  if (isJudgedIn(actor, departments)) throw new Refusal('rating.campaign-judged')
  if (campaign.onPaper !== true) throw new Refusal('rating.campaign-no-paper')
  const stage = stageOn(campaign, dayOf(at))
  if (stage !== 'open' && stage !== 'over') throw new Refusal('rating.campaign-not-open')
  if (!groups.some((of) => of.id === group)) throw new Refusal('rating.unknown-group', { group })
  const exchanged = exchangedIn(campaign, group)
  const issued = campaign.issues.filter((of) => of.group === group)
  if (issued.length > 0 && before + sheets > exchanged) {
    // What was voided is given up by nobody any more, and may have voted before.
    const code = issued.every(({ voided }) => voided) ? 'rating.codes-voided' : 'rating.papers-not-exchanged'
    throw new Refusal(code, { exchanged, before })
  }
  const areFit = named.every((person) =>
    typists.some((one) => one.person === person && mayType(one) && !isJudgedIn(one, departments)),
  )
  if (!areFit) throw new Refusal('rating.paper-typists')
  if (!hasKey) throw new Refusal('rating.no-key')
  const box = mint.id()
  const body = { campaign: id, unit, group, sheets, typists: named }
  return { facts: [draft(unit, 'rating.paper-box-opened', box, body)], result: { box } }
}

function mayType({ appointments }: Typist): boolean {
  return appointments.some(({ post }) => TYPING_POSTS.includes(post))
}

export interface PaperBoxState {
  readonly box: PaperBox | null
  /** Whom the sheets judge. */
  readonly departments: readonly string[]
  /** Ids of the questions that they ask of each. */
  readonly questions: readonly string[]
  /** What the first, and the second, has typed in so far. */
  readonly typed: readonly (readonly PaperSheet[])[]
  readonly hasKey: boolean
}

/** Who may see a box: the two who type it in, and who decides about the campaign. */
function maySeePaperBox({ unit, typists }: Pick<PaperBox, 'unit' | 'typists'>, actor: Actor): boolean {
  return typists.includes(actor.person) || mayDecide(actor, unit)
}

/** Who may look at what differs: somebody who decides about the campaign, has not typed it in, and is not judged. */
export function mayLookAt(
  { unit, typists }: Pick<PaperBox, 'unit' | 'typists'>,
  departments: readonly string[],
  actor: Actor,
): boolean {
  return mayDecide(actor, unit) && !typists.includes(actor.person) && !isJudgedIn(actor, departments)
}

/**
 * What one of the two has read off the sheets. The second one's ends it where both agree.
 * @throws Refusal `rating.unknown-box`, `rating.paper-box-withdrawn`, `rating.paper-box-own`, `rating.box-typed`, `rating.box-count`, `rating.box-questions`, `rating.no-key`
 */
export function enterPaperBox(
  state: PaperBoxState,
  { box: id, sheets }: EnterPaperBox,
  { actor }: Circumstances,
): Decision {
  const box = seen(state, id, actor)
  if (box.entered.length >= 2) throw new Refusal('rating.box-typed')
  if (!box.typists.includes(actor.person) || box.entered.some(({ by }) => by === actor.person))
    throw new Refusal('rating.paper-box-own')
  if (sheets.length !== box.sheets)
    throw new Refusal('rating.box-count', { sheets: box.sheets, entered: sheets.length })
  mustBeAsked(state, sheets)
  const [first] = state.typed
  if (first === undefined) return { facts: [draft(box.unit, 'rating.paper-box-entered', id, {})] }
  const differ = differing(first.map(marksOf), sheets.map(marksOf))
  const compared = draft(box.unit, 'rating.paper-box-compared', id, { differ })
  return { facts: differ.length > 0 ? [compared] : [compared, sealing(state, box)] }
}

/**
 * A third person has looked at the sheets that differ: what he reads is what one of the two has read, mark by mark.
 * @throws Refusal `rating.unknown-box`, `rating.paper-box-withdrawn`, `rating.box-nothing-differs`, `rating.paper-box-own`, `rating.box-sheets`, `rating.box-third`, `rating.no-key`
 */
export function decidePaperBox(
  state: PaperBoxState,
  { box: id, sheets }: DecidePaperBox,
  { actor }: Circumstances,
): Decision {
  const box = seen(state, id, actor)
  const { differ } = box
  if (differ === null || differ.length === 0 || box.sealed) throw new Refusal('rating.box-nothing-differs')
  if (!mayLookAt(box, state.departments, actor)) throw new Refusal('rating.paper-box-own')
  const looked = new Set(sheets.map(({ sheet }) => sheet))
  if (looked.size !== sheets.length || looked.size !== differ.length || !differ.every((one) => looked.has(one)))
    throw new Refusal('rating.box-sheets', { sheets: differ.join(', ') })
  mustBeAsked(state, sheets)
  const [first = [], second = []] = state.typed
  const odd = sheets.filter((one) => {
    const [a, b] = [first[one.sheet - 1], second[one.sheet - 1]]
    return a === undefined || b === undefined || !isOneOf(marksOf(one), marksOf(a), marksOf(b))
  })
  if (odd.length > 0) throw new Refusal('rating.box-third', { sheets: odd.map(({ sheet }) => sheet).join(', ') })
  return { facts: [draft(box.unit, 'rating.paper-box-decided', id, {}), sealing(state, box)] }
}

/**
 * A box that can be typed in no further is taken back, with what was typed: sheets were counted wrong, or one of the two is not here any more. Its
 * sheets can then be in another box. What was sealed is votes, and stays.
 * @throws Refusal `rating.unknown-box`, `rating.campaign-not-yours`, `rating.campaign-judged`, `rating.paper-box-sealed`, `rating.paper-box-withdrawn`
 */
export function withdrawPaperBox(
  state: PaperBoxState,
  { box: id, reason }: WithdrawPaperBox,
  { actor, mint }: Circumstances,
): Decision {
  const { box } = state
  if (box === null || !maySeePaperBox(box, actor)) throw new Refusal('rating.unknown-box', { box: id })
  if (!mayRun(actor, box.unit)) throw new Refusal('rating.campaign-not-yours', { unit: box.unit })
  if (isJudgedIn(actor, state.departments)) throw new Refusal('rating.campaign-judged')
  if (box.sealed) throw new Refusal('rating.paper-box-sealed')
  if (box.withdrawn !== undefined) throw new Refusal('rating.paper-box-withdrawn')
  return { facts: [draft(box.unit, 'rating.paper-box-withdrawn', id, { reason: mint.seal(reason) })] }
}

/** Where two agree what they have read, where not what the third has. */
export function papersAgreedOn(
  typed: PaperBoxState['typed'],
  third: readonly NumberedPaperSheet[],
): readonly PaperSheet[] {
  return agreed<PaperSheet>(typed, new Map(third.map(({ sheet, votes }) => [sheet, { votes }])), marksOf)
}

function seen({ box }: PaperBoxState, id: string, actor: Actor): PaperBox {
  if (box === null || !maySeePaperBox(box, actor)) throw new Refusal('rating.unknown-box', { box: id })
  if (box.withdrawn !== undefined) throw new Refusal('rating.paper-box-withdrawn')
  return box
}

function sealing({ hasKey }: PaperBoxState, { id, unit }: PaperBox): FactDraft {
  if (!hasKey) throw new Refusal('rating.no-key')
  return draft(unit, 'rating.paper-box-sealed', id, {})
}

function mustBeAsked({ departments, questions }: PaperBoxState, sheets: readonly PaperSheet[]): void {
  const known = sheets.every(({ votes }) =>
    Object.entries(votes).every(
      ([department, { answers }]) =>
        departments.includes(department) && Object.keys(answers).every((question) => questions.includes(question)),
    ),
  )
  if (!known) throw new Refusal('rating.box-questions')
}

/** A department that says nothing is one that was passed over. */
function marksOf({ votes }: Pick<PaperSheet, 'votes'>): Marks {
  return new Map(
    Object.entries(votes).flatMap(([department, { level, answers }]): [string, string][] => [
      ...(level === null ? [] : [[department, String(level)] satisfies [string, string]]),
      ...Object.entries(answers).map(([question, given]): [string, string] => [
        `${department} ${question}`,
        String(given),
      ]),
    ]),
  )
}
