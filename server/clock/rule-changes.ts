import type { Circumstances, Decision, Fact, FactDraft, Projection, Reader } from '../module.ts'
import { canonicalText } from '../ledger/entry.ts'
import { ORG_REGISTER } from '../org/org.ts'
import { Refusal, type Words } from '../refusal.ts'
import { type DeadlineRule, deadlineRules, type DeadlineTerms } from './deadline-rules.ts'
import { inForce, type RuleChanged, type RuleHistories } from './rules-in-force.ts'
import './tables.ts'

/** How long a proposed change waits for the supervisor. The house's own number. */
const RULE_PROPOSAL_DAYS = 7
const MS_PER_DAY = 86_400_000

const ruleProposalWords = {
  asked: { zh: '待确认', en: 'waiting' },
  confirmed: { zh: '已确认', en: 'confirmed' },
  declined: { zh: '已否决', en: 'declined' },
} as const satisfies Record<string, Words>
export type RuleProposalStatus = keyof typeof ruleProposalWords

/** Other terms for one rule, which the security administrator wants and a supervisor confirms. */
export interface RuleProposal {
  readonly id: string
  readonly rule: string
  /** The version that it would replace. */
  readonly over: number
  readonly terms: DeadlineTerms
  readonly proposer: string
  readonly proposedAt: string
  readonly expiresAt: string
  readonly status: RuleProposalStatus
  readonly decidedBy: string | null
  readonly decidedAt: string | null
}

/** The facts of a proposal, `rule-proposal/<uuid>`, all in the register `org`. */
type RuleProposalFacts = {
  'clock.rule-proposed': {
    readonly rule: string
    readonly over: number
    readonly terms: DeadlineTerms
    readonly expiresAt: string
  }
  /** `clock.rule-changed` follows in the same transaction. */
  'clock.rule-confirmed': Readonly<Record<never, never>>
  'clock.rule-declined': Readonly<Record<never, never>>
}

type RuleProposalFact = {
  [T in keyof RuleProposalFacts]: Omit<Fact, 'type' | 'body'> & {
    readonly type: T
    readonly body: RuleProposalFacts[T] & { readonly subject: string }
  }
}[keyof RuleProposalFacts]

export interface RuleState {
  readonly histories: RuleHistories
  readonly proposal: RuleProposal | null
}

/** @throws Refusal `clock.rule-unknown`, `clock.rule-due`, `clock.rule-pausable`, `clock.rule-ladder`, `clock.rule-same` */
export function proposeRule(
  { histories }: RuleState,
  { rule: id, terms }: { readonly rule: string; readonly terms: DeadlineTerms },
  { at, mint }: Circumstances,
): Decision {
  const rule = ruleOf(id)
  const present = inForce(rule, histories, at)
  // A moment that the event brings cannot become a span, nor the other way round.
  if ((terms.due === null) !== (rule.terms.due === null)) throw new Refusal('clock.rule-due', { rule: id })
  mustStayCounted(rule, terms)
  // A warning is known by its day: two tiers of one day would be one.
  const days = terms.ladder.map(({ offset_days }) => offset_days)
  if (days.some((day, index) => index > 0 && day <= (days[index - 1] ?? day)))
    throw new Refusal('clock.rule-ladder', { rule: id })
  if (sameTerms(terms, present.terms)) throw new Refusal('clock.rule-same', { rule: id })
  const proposal = mint.id()
  const expiresAt = new Date(Date.parse(at) + RULE_PROPOSAL_DAYS * MS_PER_DAY).toISOString()
  const body = { rule: id, over: present.version, terms, expiresAt }
  return { facts: [draft(proposal, 'clock.rule-proposed', body)], result: { id: proposal, expiresAt } }
}

/**
 * Puts the proposed terms in force for clocks that start from now on; those that run keep theirs.
 * @throws Refusal `clock.proposal-unknown`, `clock.proposal-decided`, `clock.proposal-lapsed`, `clock.proposal-outdated`, `clock.own-proposal`
 */
export function confirmRule(
  { histories, proposal }: RuleState,
  command: { readonly proposal: string },
  { actor, at }: Circumstances,
): Decision {
  const { id, rule, terms, over, proposer } = mustWait(proposal, command.proposal, at)
  if (proposer === actor.person) throw new Refusal('clock.own-proposal')
  mustStayCounted(ruleOf(rule), terms)
  const { version } = inForce(ruleOf(rule), histories, at)
  if (version !== over) throw new Refusal('clock.proposal-outdated', { rule })
  const changed: RuleChanged = { rule, version: version + 1, terms, proposal: id }
  return {
    facts: [
      draft(id, 'clock.rule-confirmed', {}),
      {
        register: ORG_REGISTER,
        type: 'clock.rule-changed',
        subject: `deadline-rule/${rule}`,
        body: { v: 1, ...changed },
      },
    ],
    result: { rule, version: version + 1 },
  }
}

/**
 * The time of an appraisal is left out of the term of a seizure alone (行政强制法 25(3)): no house gives that to another term. So what a lawful
 * exception holds is never paused for an appraisal when the exception comes, and what is paused so stands under no exception.
 * @throws Refusal `clock.rule-pausable`
 */
function mustStayCounted(rule: DeadlineRule, terms: DeadlineTerms): void {
  if (terms.pausable && !rule.terms.pausable) throw new Refusal('clock.rule-pausable', { rule: rule.id })
}

/** @throws Refusal as `confirmRule`; the proposer takes back by declining */
export function declineRule(
  { proposal }: RuleState,
  command: { readonly proposal: string },
  { at }: Circumstances,
): Decision {
  const { id } = mustWait(proposal, command.proposal, at)
  return { facts: [draft(id, 'clock.rule-declined', {})] }
}

function mustWait(proposal: RuleProposal | null, id: string, at: string): RuleProposal {
  if (proposal === null) throw new Refusal('clock.proposal-unknown', { proposal: id })
  if (proposal.status !== 'asked') {
    const { zh, en } = ruleProposalWords[proposal.status]
    throw new Refusal('clock.proposal-decided', { state: zh, stateEn: en })
  }
  if (at > proposal.expiresAt) throw new Refusal('clock.proposal-lapsed', { expiresAt: proposal.expiresAt })
  return proposal
}

/**
 * The rule as the program ships it, whatever was changed since.
 *
 * @throws Refusal `clock.rule-unknown`
 */
export function ruleOf(id: string): DeadlineRule {
  const rule = deadlineRules.find((one) => one.id === id)
  if (rule === undefined) throw new Refusal('clock.rule-unknown', { rule: id })
  return rule
}

function sameTerms(one: DeadlineTerms, other: DeadlineTerms): boolean {
  const keys = Object.keys(other) as (keyof DeadlineTerms)[]
  return keys.every((key) => canonicalText(one[key] ?? null) === canonicalText(other[key] ?? null))
}

function draft<T extends keyof RuleProposalFacts>(id: string, type: T, body: RuleProposalFacts[T]): FactDraft {
  return { register: ORG_REGISTER, type, subject: `rule-proposal/${id}`, body: { v: 1, ...body } }
}

function evolveRuleProposal(proposal: RuleProposal | null, raw: Fact): RuleProposal | null {
  const fact = raw as unknown as RuleProposalFact
  switch (fact.type) {
    case 'clock.rule-proposed': {
      const { subject, rule, over, terms, expiresAt } = fact.body
      return {
        id: subject.slice('rule-proposal/'.length),
        ...{ rule, over, terms, expiresAt },
        proposer: fact.actor,
        proposedAt: fact.at,
        status: 'asked',
        decidedBy: null,
        decidedAt: null,
      }
    }
    case 'clock.rule-confirmed':
    case 'clock.rule-declined': {
      if (proposal === null) return null
      const status = fact.type === 'clock.rule-confirmed' ? 'confirmed' : 'declined'
      return { ...proposal, status, decidedBy: fact.actor, decidedAt: fact.at }
    }
    default:
      return proposal
  }
}

export const ruleProposals: Projection<RuleProposal | null> = {
  kind: 'rule-proposal',
  table: 'rule_proposals',
  initial: null,
  evolve: evolveRuleProposal,
  columns: (_id, proposal) => {
    if (proposal === null) throw new Error('a proposal begins with its being proposed')
    return { rule: proposal.rule, status: proposal.status, proposed_at: proposal.proposedAt }
  },
}

const PROPOSALS_SHOWN = 100

/** Proposals that can still be confirmed, the newest first. */
export async function waitingRuleProposals(db: Reader, now: string): Promise<RuleProposal[]> {
  const rows = await db
    .selectFrom('rule_proposals')
    .select('state')
    .where('status', '=', 'asked')
    .orderBy('proposed_at', 'desc')
    .limit(PROPOSALS_SHOWN)
    .execute()
  return rows.map(({ state }) => state).filter(({ expiresAt }) => expiresAt >= now)
}
