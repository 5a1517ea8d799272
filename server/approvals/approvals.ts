import type { RawBuilder } from 'kysely'
import { createHash } from 'node:crypto'
import type { TSchema } from 'typebox'
import type { Trx } from '../database/connect.ts'
import { canonicalText } from '../ledger/entry.ts'
import type { Actor, Circumstances, Decision, FactDraft, Json, JsonObject, Reader, Sealed } from '../module.ts'
import { Refusal, type Words } from '../refusal.ts'
import { type Bars, mayDecide, partiesOf, principalOf } from './deciding.ts'
import type { ApprovalFacts, Decided } from './evolve.ts'

/** How long a request waits for a decision. The house's own number: no law fixes it. */
export const ASK_DAYS = 7
const MS_PER_DAY = 86_400_000

/** What is asked for, as data: its `command` says which deed it is, the rest are ids, times and enumerated words. */
export type DeedData = JsonObject & { readonly command: string }

/**
 * Something that needs an approver. A module hands one in for each of its commands; asking checks that it is possible, granting runs it
 * in the granting transaction.
 */
export interface Deed<D extends DeedData = DeedData, S = unknown> {
  readonly command: D['command']
  /** What is asked, for the list of who decides. */
  readonly title: Words
  /** The items it is about, or the number of the case or paper; never a person. Empty where none can be named. */
  about(deed: D): readonly string[]
  /** Of the whole deed, its `command` included. */
  readonly schema: TSchema
  /** Registers that asking or granting writes. */
  registers(trx: Trx, deed: D): Promise<readonly string[]>
  /** Loads and locks what `ask` and `grant` look at, by sets. */
  load(trx: Trx, deed: D, circumstances: Circumstances): Promise<S>
  /** Pure: refuses what could not be granted; says whose approver decides and in which register it stands. */
  ask(state: S, deed: D, circumstances: Circumstances): { readonly unit: string; readonly register: string }
  /** Pure: the levels it takes, by the rules of its module; absent or empty where one approver, of whatever level, is enough. */
  levels?(state: S, deed: D): readonly ApprovalLevel[]
  /** Pure: what granting writes. */
  grant(
    state: S,
    deed: D,
    of: { readonly approval: string; readonly requester: string; readonly reason: Sealed },
    circumstances: Circumstances,
  ): readonly FactDraft[]
  /** Pure: what else is written when it comes to nothing. Absent where only the request itself ends. */
  drop?(
    state: S,
    deed: D,
    of: { readonly approval: string; readonly verdict: Dropping },
    circumstances: Circumstances,
  ): readonly FactDraft[]
  /** Who may withdraw it, where that is another than its requester: a step asked in the course of somebody's own proposal. */
  askedFor?(state: S, deed: D): string | null
  /** Of all requests, under the name `a`: those in which a person has no part, whatever post he holds. */
  barred?(person: string): RawBuilder<boolean>
  /** The same, those that he made himself included. */
  apart?(person: string): RawBuilder<boolean>
  /** Of the deeds of these requests, those that a person may see and not decide, whatever post he holds: they are not offered to him. Each with why. */
  notFor?(db: Reader, person: string, deeds: readonly DeedData[]): Promise<ReadonlyMap<DeedData, Refusal>>
  /** Of the deeds of these requests, the term that each is over, as it stands at this moment. Absent where a deed is over none. */
  terms?(db: Reader, deeds: readonly DeedData[], at: string): Promise<ReadonlyMap<DeedData, TermAsked>>
  /** Of these requests, by their ids, those that are a step of one proposal: who made it, and who agreed before. */
  steps?(db: Reader, requests: readonly Pick<Approval, 'id' | 'deed'>[]): Promise<ReadonlyMap<string, StepsBefore>>
  /** Of the deeds of these requests, what was done already that each is about, as far as whoever reads it may know. Absent where a deed says it all. */
  matters?(
    db: Reader,
    deeds: readonly DeedData[],
    of: { readonly actor: Actor; readonly at: string },
  ): Promise<ReadonlyMap<DeedData, readonly MatterFact[]>>
  /** Of any request, under the name `a`: an array of the numbers of the cases that it is about. */
  readonly cases?: RawBuilder<unknown>
  /** What requests about a case may name, `case/…` and whatever is of it, as an array: `cases` says which of those that do are about it now. */
  subjectsOf?(number: string): RawBuilder<unknown>
  /** Of any request, under the name `a`: the article that its kind rests on, as text; null for a request of another kind. */
  readonly basis?: RawBuilder<string | null>
}

/** One thing to know of what a request is about; the terms of one request differ from each other. */
export interface MatterFact {
  readonly term: Words
  readonly value: Words
}

/** What came before a step: the request of each stands in the name of who took the step before it, and he is not who wants it. */
export interface StepsBefore {
  readonly proposer: string
  readonly proposedAt: string
  /** Why it was proposed: the reason of a further step says no more than what it is a step of. */
  readonly opinion: Sealed
  readonly agreed: readonly {
    readonly step: Words
    readonly by: string
    readonly at: string
    /** The request that he granted, with his opinion. */
    readonly approval: string
  }[]
}

/** What a term may run over. */
export const TERM_MATTERS = ['case', 'loan', 'urging', 'stocktake', 'store', 'follow-up', 'action', 'annual'] as const
export type TermMatter = (typeof TERM_MATTERS)[number]

/** The term that a request is over: whoever signs it reads what he signs. */
export interface TermAsked {
  readonly rule: string
  readonly title: Words
  readonly basis: string
  /** What it runs over: a case by the number it goes by now, a loan, a notice. */
  readonly matter: { readonly kind: TermMatter; readonly id: string }
  /** Codes of the items that are not done yet; of all of them where the term is over. */
  readonly items: readonly string[]
  /** RFC 3339: when it is due now. */
  readonly dueAt: string
  /** RFC 3339: when it would be due once this were granted at this moment; null where that does not move it, or cannot be told yet. */
  readonly wouldBeDueAt: string | null
}

/**
 * Who must agree, one after the other: an approver of the department itself, one of the organ at the top, one of an organ of a city or above
 * (设区的市级以上).
 */
export const APPROVAL_LEVELS = ['department', 'organ', 'city'] as const
export type ApprovalLevel = (typeof APPROVAL_LEVELS)[number]

/** How a request comes to nothing: its approver says no, or whoever asked takes it back. */
export type Dropping = 'refused' | 'withdrawn'

/** For the list of deeds: keeps a deed's own types inside and hides them outside. */
export function deed<D extends DeedData, S>(of: Deed<D, S>): Deed {
  return of as unknown as Deed
}

export const statusWords = {
  asked: { zh: '待审批', en: 'asked' },
  granted: { zh: '已批准', en: 'granted' },
  refused: { zh: '未批准', en: 'refused' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
} as const satisfies Record<string, Words>
export type ApprovalStatus = keyof typeof statusWords

export type Approval = {
  readonly id: string
  /** The register its facts stand in. */
  readonly register: string
  /** Whose approver decides. */
  readonly unit: string
  readonly deed: DeedData
  /** SHA-256 of the deed's canonical text and the reason's commitment: exactly what is approved. */
  readonly digest: string
  readonly reason: Sealed
  readonly requester: string
  readonly askedAt: string
  readonly expiresAt: string
  readonly status: ApprovalStatus
  readonly decidedBy: string | null
  readonly decidedAt: string | null
  readonly opinion: Sealed | null
  /** Absent unless it was taken back. */
  readonly withdrawnAt?: string
  /** Absent where one approver is enough. */
  readonly levels?: readonly ApprovalLevel[]
  /** Levels that agreed so far; absent before the first. */
  readonly passed?: readonly Passed[]
  /** The level that is to decide next; absent where any may, and once it is decided. */
  readonly awaits?: ApprovalLevel
  /** For whom the one who decided stood in; absent where he decided in his own right. */
  readonly decidedFor?: string
}

/** One level agreed. */
export type Passed = {
  readonly level: ApprovalLevel
  readonly by: string
  /** For whom he stood in. */
  readonly standsFor?: string
  readonly at: string
  readonly opinion: Sealed | null
}

/**
 * Takes down a request; answers with its id.
 * @param levels who must agree, in order; none where one approver is enough
 */
export function ask(
  where: { readonly unit: string; readonly register: string },
  command: { readonly deed: DeedData; readonly reason: string },
  { mint, at }: Circumstances,
  levels: readonly ApprovalLevel[] = [],
): Decision {
  const id = mint.id()
  const reason = mint.seal(command.reason)
  const expiresAt = new Date(Date.parse(at) + ASK_DAYS * MS_PER_DAY).toISOString()
  const digest = digestOf(command.deed, reason)
  const body: ApprovalFacts['approvals.asked'] = {
    ...{ unit: where.unit, deed: command.deed, digest, reason, expiresAt },
    ...(levels.length === 0 ? {} : { levels }),
  }
  return {
    facts: [{ register: where.register, type: 'approvals.asked', subject: `approval/${id}`, body: { v: 1, ...body } }],
    result: { id, state: 'asked', expiresAt },
  }
}

/**
 * One person asks the same for one thing once at a time.
 * @param open what this person has asked for and is not decided
 * @throws Refusal `approvals.asked-already`
 */
export function mustBeNew(open: readonly DeedData[], asked: DeedData): void {
  const waiting = new Set(open.filter(({ command }) => command === asked.command).flatMap(itemsOf))
  const item = itemsOf(asked).find((one) => waiting.has(one))
  if (item !== undefined) throw new Refusal('approvals.asked-already', { item })
}

/** The things that a deed names, each by its code or by a line that holds it; none where it is about something else. */
function itemsOf({ items }: DeedData): string[] {
  if (!Array.isArray(items)) return []
  return items.flatMap((line: Json) => {
    if (typeof line === 'string') return [line]
    const item = typeof line === 'object' && line !== null && 'item' in line ? line.item : null
    return typeof item === 'string' ? [item] : []
  })
}

/** What deciding a request looks at. */
export interface DecideState {
  readonly approval: Approval | undefined
  /** The unit of the request and every unit above it. */
  readonly lineage: readonly string[]
  /** Those of them that are organs of a city or above. */
  readonly cityOrgans: readonly string[]
  /** Approvers for whom the one who decides stands in at this moment, with their posts. */
  readonly absent: readonly Actor[]
}

/** What deciding comes to. */
export interface Concluded {
  readonly approval: Approval
  readonly fact: FactDraft
  /** Nobody is asked after this one. */
  readonly isLast: boolean
  /** For whom the one who decides stands in; null where he decides in his own right. */
  readonly standsFor: Actor | null
}

/**
 * Grants or refuses, by an approver of the unit or of one above it, or by who stands in for one; never by the requester, nor for him, and of
 * several levels each by somebody else. The fact repeats the digest of what was shown, so that nobody can say he approved something else.
 */
export function conclude(
  state: DecideState,
  command: { readonly approval: string; readonly opinion?: string },
  verdict: 'granted' | 'refused',
  { actor, at, mint }: Circumstances,
  bars: Bars = () => null,
): Concluded {
  const { approval, lineage, cityOrgans, absent } = state
  if (approval === undefined) throw new Refusal('approvals.unknown', { approval: command.approval })
  if (actor.person === approval.requester) throw new Refusal('approvals.same-person')
  const level = approval.awaits ?? null
  const standsFor = mayDecide(actor, { lineage, cityOrgans }, level)
    ? null
    : principalOf(approval, absent, { lineage, cityOrgans }, bars)
  if (standsFor === undefined) throw new Refusal('approvals.not-approver', { unit: approval.unit })
  if (standsFor !== null && standsFor.person === approval.requester) throw new Refusal('approvals.same-person')
  mustStillWait(approval, at)
  if (at > approval.expiresAt) throw new Refusal('approvals.lapsed', { expiresAt: approval.expiresAt })
  const had = partiesOf(approval)
  if (had.includes(actor.person) || (standsFor !== null && had.includes(standsFor.person)))
    throw new Refusal('approvals.same-level')
  const opinion = command.opinion === undefined ? null : mint.seal(command.opinion)
  const isLast = verdict === 'refused' || level === null || level === approval.levels?.at(-1)
  const body: Decided = {
    ...{ digest: digestOf(approval.deed, approval.reason), opinion },
    ...(standsFor === null ? {} : { standsFor: standsFor.person }),
  }
  const where = { register: approval.register, subject: `approval/${approval.id}` }
  const fact = isLast
    ? { ...where, type: `approvals.${verdict}`, body: { v: 1, ...body } }
    : { ...where, type: 'approvals.passed', body: { v: 1, ...body, level } }
  return { approval, fact, isLast, standsFor }
}

/**
 * 撤回: whoever asked takes it back while nobody has decided, also when it has lapsed meanwhile.
 * @param asker who may: the requester, or whose proposal the step belongs to
 * @throws Refusal `approvals.not-asker`, `approvals.decided`, `approvals.before-asked`
 */
export function withdraw(
  approval: Approval | undefined,
  command: { readonly approval: string },
  asker: string | null,
  { actor, at }: Circumstances,
): { readonly approval: Approval; readonly fact: FactDraft } {
  if (approval === undefined || actor.person !== (asker ?? approval.requester))
    throw new Refusal('approvals.not-asker', { approval: command.approval })
  mustStillWait(approval, at)
  const body: ApprovalFacts['approvals.withdrawn'] = { digest: digestOf(approval.deed, approval.reason) }
  const subject = `approval/${approval.id}`
  return {
    approval,
    fact: { register: approval.register, type: 'approvals.withdrawn', subject, body: { v: 1, ...body } },
  }
}

/** @throws Refusal `approvals.decided`, `approvals.before-asked` */
function mustStillWait({ status, askedAt }: Approval, at: string): void {
  if (status !== 'asked') {
    const { zh, en } = statusWords[status]
    throw new Refusal('approvals.decided', { state: zh, stateEn: en })
  }
  if (at < askedAt) throw new Refusal('approvals.before-asked', { at, askedAt })
}

function digestOf(asked: DeedData, reason: Sealed): string {
  return createHash('sha256')
    .update(canonicalText({ deed: asked, reason: reason.commitment }), 'utf8')
    .digest('hex')
}
