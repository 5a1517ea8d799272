import { type Day, dayOf } from '../../clock/calendar.ts'
import type { Actor, Circumstances, Decision, Fact, FactDraft, Sealed } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { groupName, ratingFact } from '../rating.ts'
import { mustBeDays } from '../seeing/days.ts'
import type { CampaignCount, CampaignFacts, VoterGroup } from './facts.ts'
import type { DecideCampaign, DraftCampaign, IssuePapers, VoidPapers } from './schemas.ts'
import { mustFitSlips } from './slips.ts'

interface Done {
  readonly by: string
  readonly at: string
}

/** Codes that were made together. */
export interface Issue extends Done {
  readonly id: string
  readonly group: string
  readonly count: number
  readonly voided: boolean
  /** How many were given up for a paper that is filled in by hand; absent where none was. */
  readonly exchanged?: number
}

/** Voters of a group who are to be given a code or a paper, and which of them were: a tick, and never which code. */
export interface Addressees extends Done {
  readonly id: string
  readonly group: string
  readonly count: number
  readonly names: Sealed
  /** Numbers of the lines that were ticked, in order. */
  readonly given: readonly number[]
}

/** 行风评议: departments are judged by groups of voters, each voter by one paper that names them all. */
export interface Campaign {
  readonly id: string
  /** Who holds it. */
  readonly unit: string
  readonly title: string
  readonly from: Day
  readonly to: Day
  readonly questionnaire: string
  readonly departments: readonly string[]
  readonly groups: readonly VoterGroup[]
  /** Papers filled in by hand are taken too: it is counted once it was ended. Absent where they are not. */
  readonly onPaper?: true
  /** Everybody who wrote on it; none of them opens or publishes it. */
  readonly drafters: readonly string[]
  readonly draftedAt: string
  readonly status: 'draft' | 'open' | 'closed' | 'published' | 'dropped'
  readonly opened: Done | null
  readonly closed: Done | null
  readonly issues: readonly Issue[]
  /** Absent as long as there is none. */
  readonly addressees?: readonly Addressees[]
  readonly published: (Done & { readonly counts: readonly CampaignCount[] }) | null
}

/** A campaign is kept by the unit that holds it, in that unit's register and not in a hall's. */
export function campaignRegister(unit: string): string {
  return `unit.${unit}`
}

/** What one more fact makes of a campaign. A draft is written anew as a whole, and whoever ever wrote on it stays among `drafters`. */
export function evolveCampaign(one: Campaign | null, raw: Fact): Campaign | null {
  const fact = ratingFact(raw)
  const done = { by: fact.actor, at: fact.at }
  if (fact.type === 'rating.campaign-drafted') {
    const { subject, unit, title, from, to, questionnaire, departments, groups, onPaper } = fact.body
    return {
      ...{ id: subject.slice('campaign/'.length), unit, title, from, to, questionnaire, departments, groups },
      ...(onPaper === true ? { onPaper } : {}),
      ...{ status: 'draft', draftedAt: fact.at, opened: null, closed: null, issues: [], published: null },
      drafters: [...new Set([...(one?.drafters ?? []), fact.actor])],
    }
  }
  if (one === null) return null
  switch (fact.type) {
    case 'rating.campaign-opened':
      return { ...one, status: 'open', opened: done }
    case 'rating.campaign-dropped':
      return { ...one, status: 'dropped' }
    case 'rating.papers-issued': {
      const { issue: id, group, count } = fact.body
      return { ...one, issues: [...one.issues, { ...done, id, group, count, voided: false }] }
    }
    case 'rating.papers-voided': {
      const { issue } = fact.body
      return { ...one, issues: one.issues.map((of) => (of.id === issue ? { ...of, voided: true } : of)) }
    }
    case 'rating.papers-exchanged': {
      const counts = new Map(fact.body.issues.map(({ issue, count }) => [issue, count]))
      const issues = one.issues.map((of) => {
        const count = counts.get(of.id)
        return count === undefined ? of : { ...of, exchanged: (of.exchanged ?? 0) + count }
      })
      return { ...one, issues }
    }
    case 'rating.addressees-listed': {
      const { list: id, group, count, names } = fact.body
      return { ...one, addressees: [...(one.addressees ?? []), { ...done, id, group, count, names, given: [] }] }
    }
    case 'rating.addressees-marked': {
      const { list, lines, given } = fact.body
      const marked = (before: readonly number[]): number[] =>
        given
          ? [...new Set([...before, ...lines])].toSorted((a, b) => a - b)
          : before.filter((line) => !lines.includes(line))
      return {
        ...one,
        addressees: (one.addressees ?? []).map((of) => (of.id === list ? { ...of, given: marked(of.given) } : of)),
      }
    }
    case 'rating.campaign-closed':
      return { ...one, status: 'closed', closed: done }
    case 'rating.campaign-published':
      return { ...one, status: 'published', published: { ...done, counts: fact.body.counts } }
    default:
      return one
  }
}

/** A fact of a campaign, in the register of the unit that holds it. */
export function campaignFact<T extends keyof CampaignFacts>(
  unit: string,
  type: T,
  id: string,
  body: CampaignFacts[T],
): FactDraft {
  return { register: campaignRegister(unit), type, subject: `campaign/${id}`, body: { v: 1, ...body } }
}

/** How many codes of a group of voters were given up for a paper. */
export function exchangedIn({ issues }: Pick<Campaign, 'issues'>, group: string): number {
  return issues.filter((of) => of.group === group).reduce((sum, { exchanged = 0 }) => sum + exchanged, 0)
}

/** What the votes of a group of voters on a department are counted in. */
export function groupOfVotes({ id, questionnaire }: Campaign, department: string, group: string): string {
  return groupName({ hall: id, counter: group, clerk: department, matter: 'campaign', questionnaire })
}

/** Where it stands on this day: opened ahead of its first day it waits, and its last day ends it. */
export type CampaignStage = Campaign['status'] | 'waiting' | 'over'

/** First and last day both belong to it. Days are the organisation's own. */
export function stageOn({ status, from, to }: Pick<Campaign, 'status' | 'from' | 'to'>, day: Day): CampaignStage {
  if (status !== 'open') return status
  if (day < from) return 'waiting'
  return day > to ? 'over' : 'open'
}

/** Whether no vote on it can come any more. Where papers are taken, somebody has said so by ending it. */
export function isOver(one: Pick<Campaign, 'status' | 'from' | 'to' | 'onPaper'>, day: Day): boolean {
  const stage = stageOn(one, day)
  return stage === 'closed' || stage === 'published' || (stage === 'over' && one.onPaper !== true)
}

/** Supervisors of the unit write and run it. */
export function mayRun({ appointments }: Actor, unit: string): boolean {
  return appointments.some(({ post, place }) => post === 'supervisor' && place === unit)
}

/** Its leaders too see it, open it and publish it. */
export function mayDecide({ appointments }: Actor, unit: string): boolean {
  return appointments.some(({ post, place }) => (post === 'supervisor' || post === 'approver') && place === unit)
}

export interface DraftState {
  /** What is written anew; null for a new one, or where there is none. */
  readonly campaign: Campaign | null
  /** Of the departments that were named, those that are units. */
  readonly units: readonly string[]
  readonly questionnaireKnown: boolean
}

/**
 * Writes a campaign, or writes it anew until it is opened.
 * @throws Refusal `rating.campaign-not-yours`, `rating.unknown-campaign`, `rating.campaign-fixed`, `rating.wrong-days`, `rating.campaign-past`,
 *   `rating.unknown-questionnaire`, `rating.unknown-department`, `rating.campaign-twice`, `rating.campaign-weights`, `rating.campaign-judged`, `rating.cannot-draw`
 */
export function draftCampaign(
  { campaign, units, questionnaireKnown }: DraftState,
  { unit, campaign: anew, content }: DraftCampaign,
  { actor, at, mint }: Circumstances,
): Decision {
  if (!mayRun(actor, unit)) throw new Refusal('rating.campaign-not-yours', { unit })
  if (anew !== undefined && (campaign === null || campaign.unit !== unit))
    throw new Refusal('rating.unknown-campaign', { campaign: anew })
  if (campaign !== null && campaign.status !== 'draft') throw new Refusal('rating.campaign-fixed')
  const { title, from, to, questionnaire, departments } = content
  mustBeDays({ from, to })
  if (to < dayOf(at)) throw new Refusal('rating.campaign-past', { to })
  if (!questionnaireKnown) throw new Refusal('rating.unknown-questionnaire', { questionnaire })
  const stranger = departments.find((one) => !units.includes(one))
  if (stranger !== undefined) throw new Refusal('rating.unknown-department', { department: stranger })
  mustNotBeJudged(actor, departments)
  const groups = content.groups.map(({ name, target, weight }, nth) => ({ id: `g${nth + 1}`, name, target, weight }))
  const names = groups.map(({ name }) => name)
  const twice = names.find((name, nth) => names.indexOf(name) !== nth)
  if (twice !== undefined) throw new Refusal('rating.campaign-twice', { name: twice })
  mustWeigh(groups)
  mustFitSlips(title, groups)
  const id = campaign?.id ?? mint.id()
  const body = {
    ...{ unit, title, from, to, questionnaire, departments, groups },
    ...(content.onPaper === true ? { onPaper: true as const } : {}),
  }
  return { facts: [campaignFact(unit, 'rating.campaign-drafted', id, body)], result: { campaign: id } }
}

const WHOLE_PERCENT = 100

/** All groups weigh something and together the whole, or none weighs anything. */
function mustWeigh(groups: readonly VoterGroup[]): void {
  const weights = groups.flatMap(({ weight }) => weight ?? [])
  if (weights.length === 0) return
  const sum = weights.reduce((all, one) => all + one, 0)
  if (weights.length !== groups.length || sum !== WHOLE_PERCENT)
    throw new Refusal('rating.campaign-weights', { sum: String(sum) })
}

/** Whether somebody works in, or holds a post of, a department that is judged. */
export function isJudgedIn(
  { unit, appointments }: Pick<Actor, 'unit' | 'appointments'>,
  departments: readonly string[],
): boolean {
  return departments.some((one) => one === unit || appointments.some(({ place }) => place === one))
}

function mustNotBeJudged(actor: Actor, departments: readonly string[]): void {
  if (isJudgedIn(actor, departments)) throw new Refusal('rating.campaign-judged')
}

export interface DecideState {
  readonly campaign: Campaign | null
  readonly hasKey: boolean
  /** What was counted by now. */
  readonly counts: readonly CampaignCount[]
  /** Some of it may be counted and some not: the tally is at work, or was cut off. */
  readonly counting: boolean
  /** Boxes of papers that are not typed in yet. */
  readonly unsealed: number
}

/**
 * What becomes of it: opened, by somebody who wrote nothing of it and is not judged; dropped before that; closed ahead of its last day; published
 * once it is over, by somebody who wrote nothing of it. What was opened is never changed.
 * @throws Refusal `rating.unknown-campaign`, `rating.campaign-fixed`, `rating.campaign-own`, `rating.campaign-judged`, `rating.campaign-past`,
 *   `rating.no-key`, `rating.campaign-not-open`, `rating.paper-boxes-open`, `rating.campaign-runs`, `rating.campaign-papers-come`,
 *   `rating.nothing-counted`, `rating.campaign-counting`
 */
export function decideCampaign(
  { campaign, hasKey, counts, counting, unsealed }: DecideState,
  { campaign: id, what }: DecideCampaign,
  { actor, at }: Circumstances,
): Decision {
  const one = mustSee(campaign, id, actor)
  const { unit, status, departments } = one
  const day = dayOf(at)
  switch (what) {
    case 'drop':
      if (status !== 'draft') throw new Refusal('rating.campaign-fixed')
      return { facts: [campaignFact(unit, 'rating.campaign-dropped', id, {})] }
    case 'open':
      if (status !== 'draft') throw new Refusal('rating.campaign-fixed')
      mustBeAnother(one, actor)
      mustNotBeJudged(actor, departments)
      if (one.to < day) throw new Refusal('rating.campaign-past', { to: one.to })
      if (!hasKey) throw new Refusal('rating.no-key')
      return { facts: [campaignFact(unit, 'rating.campaign-opened', id, {})] }
    case 'close':
      if (status !== 'open') throw new Refusal('rating.campaign-not-open')
      mustNotBeJudged(actor, departments)
      if (unsealed > 0) throw new Refusal('rating.paper-boxes-open', { boxes: unsealed })
      return { facts: [campaignFact(unit, 'rating.campaign-closed', id, {})] }
    case 'publish': {
      const stage = stageOn(one, day)
      if (stage !== 'over' && stage !== 'closed') throw new Refusal('rating.campaign-runs')
      if (!isOver(one, day)) throw new Refusal('rating.campaign-papers-come')
      mustBeAnother(one, actor)
      mustNotBeJudged(actor, departments)
      if (counts.length === 0) throw new Refusal('rating.nothing-counted')
      if (counting) throw new Refusal('rating.campaign-counting')
      return { facts: [campaignFact(unit, 'rating.campaign-published', id, { counts })] }
    }
  }
}

/**
 * Makes so many codes for a group of voters, while it is open or waits for its first day.
 * @param sheets how many papers filled in by hand stand in boxes of the group
 * @throws Refusal `rating.unknown-campaign`, `rating.campaign-not-yours`, `rating.campaign-judged`, `rating.campaign-not-open`, `rating.unknown-group`,
 *   `rating.group-on-paper`
 */
export function issuePapers(
  { campaign, sheets }: Pick<DecideState, 'campaign'> & { readonly sheets: number },
  { campaign: id, group, count }: IssuePapers,
  { actor, at, mint }: Circumstances,
): Decision {
  const one = mustRun(campaign, id, actor, at)
  if (!one.groups.some((of) => of.id === group)) throw new Refusal('rating.unknown-group', { group })
  if (sheets > exchangedIn(one, group)) throw new Refusal('rating.group-on-paper')
  const issue = mint.id()
  return { facts: [campaignFact(one.unit, 'rating.papers-issued', id, { issue, group, count })], result: { issue } }
}

/**
 * A lost or stolen issue: what of it was not used is of no more use. What was used stays a vote.
 * @throws Refusal `rating.unknown-campaign`, `rating.campaign-not-yours`, `rating.campaign-judged`, `rating.campaign-not-open`, `rating.unknown-issue`
 */
export function voidPapers(
  { campaign }: Pick<DecideState, 'campaign'>,
  { campaign: id, issue }: VoidPapers,
  { actor, at }: Circumstances,
): Decision {
  const one = mustRun(campaign, id, actor, at)
  if (!one.issues.some((of) => of.id === issue && !of.voided)) throw new Refusal('rating.unknown-issue')
  return { facts: [campaignFact(one.unit, 'rating.papers-voided', id, { issue })] }
}

function mustSee(campaign: Campaign | null, id: string, actor: Actor): Campaign {
  if (campaign === null || !mayDecide(actor, campaign.unit))
    throw new Refusal('rating.unknown-campaign', { campaign: id })
  return campaign
}

/** @throws Refusal as `issuePapers`, but for the group */
export function mustRun(campaign: Campaign | null, id: string, actor: Actor, at: string): Campaign {
  const one = mustSee(campaign, id, actor)
  if (!mayRun(actor, one.unit)) throw new Refusal('rating.campaign-not-yours', { unit: one.unit })
  // Who has the codes could vote in any voter's place.
  mustNotBeJudged(actor, one.departments)
  if (one.status !== 'open' || one.to < dayOf(at)) throw new Refusal('rating.campaign-not-open')
  return one
}

function mustBeAnother({ drafters }: Campaign, { person }: Actor): void {
  if (drafters.includes(person)) throw new Refusal('rating.campaign-own')
}
