import type { Circumstances, Decision, Fact, FactDraft, Post, Projection, Reader } from '../module.ts'
import { loadStates } from '../ledger/project.ts'
import { Refusal, type Words } from '../refusal.ts'
import type { Page } from '../schemas.ts'
import type { ErasureGround } from './erasing.ts'
import { ADMINISTRATORS, decide, ORG_REGISTER, type OrgCommand, type OrgState } from './org.ts'
import type { Present } from './presences.ts'
import './tables.ts'

/** How long a proposed change waits for the second administrator. The house's own number. */
const PROPOSAL_MINUTES = 15
const MS_A_MINUTE = 60_000

/**
 * A change that could let one act as another, or with rights that nobody else knows of, or that nobody can take back: two administrators of
 * different roles make it.
 */
export type Change =
  | { readonly command: 'org.deal-secret'; readonly person: string; readonly kind: 'password' | 'pin' }
  | { readonly command: 'org.issue-badge'; readonly person: string; readonly badge: string }
  | { readonly command: 'org.appoint'; readonly person: string; readonly post: Post; readonly place: string }
  /** Posts, badges and secrets of before hold again. */
  | { readonly command: 'org.reactivate'; readonly person: string }
  /** The name of who is inactive is erased for good; the register keeps the ground, the decision, and who proposed and approved it. */
  | {
      readonly command: 'org.erase-name'
      readonly person: string
      readonly ground: ErasureGround
      readonly document: string
    }
  /** What was said of holder or witness when these items were taken is erased for good. */
  | {
      readonly command: 'org.erase-presence'
      readonly items: readonly string[]
      readonly whose: readonly Present[]
      readonly ground: ErasureGround
      readonly document: string
    }
  /** What stands on the papers of these numbers, and on those whose place they took, is erased for good. */
  | {
      readonly command: 'org.erase-papers'
      readonly papers: readonly string[]
      readonly ground: ErasureGround
      readonly document: string
    }

  /** From now on seized money may be paid into this account of the organ. */
  | { readonly command: 'org.name-account'; readonly unit: string; readonly account: string }
  /** From now on the released counts of the halls go to this address, outside the house. */
  | { readonly command: 'org.set-upload'; readonly url: string }

export type ChangeOfPerson = Extract<Change, { readonly person: string }>

/** Whom a change is about; null where it is nobody of the organisation. */
export function personIn(change: Change): string | null {
  return 'person' in change ? change.person : null
}

export type AdministratorPost = (typeof ADMINISTRATORS)[number]

const proposalWords = {
  asked: { zh: '待确认', en: 'waiting' },
  confirmed: { zh: '已确认', en: 'confirmed' },
  declined: { zh: '已否决', en: 'declined' },
} as const satisfies Record<string, Words>
export type ProposalStatus = keyof typeof proposalWords

export interface Proposal {
  readonly id: string
  readonly change: Change
  readonly proposer: string
  /** In which role it was proposed; another one confirms. */
  readonly role: AdministratorPost
  readonly proposedAt: string
  readonly expiresAt: string
  readonly status: ProposalStatus
  readonly decidedBy: string | null
  readonly decidedAt: string | null
}

/**
 * Who may propose what: GB/T 22239-2019 8.1.5 gives the system administrator the accounts and the security administrator the rights. The audit
 * administrator proposes nothing; he confirms where one of the other two is the person concerned or away.
 */
const PROPOSERS: Readonly<Record<Change['command'], readonly AdministratorPost[]>> = {
  'org.deal-secret': ['system-admin', 'security-admin'],
  'org.issue-badge': ['system-admin', 'security-admin'],
  'org.appoint': ['security-admin'],
  'org.reactivate': ['system-admin'],
  'org.erase-name': ['security-admin'],
  'org.erase-presence': ['security-admin'],
  'org.erase-papers': ['security-admin'],
  'org.set-upload': ['system-admin'],
  'org.name-account': ['system-admin'],
}

/** The facts of a proposal, all in the register `org`. */
type ProposalFacts = {
  /** `proposal/<uuid>`: an administrator wants this change. */
  'org.change-proposed': { readonly change: Change; readonly role: AdministratorPost; readonly expiresAt: string }
  /** `proposal/<uuid>`: confirmed by an administrator of another role; what it brought about follows in the same transaction. */
  'org.change-confirmed': { readonly role: AdministratorPost }
  /** `proposal/<uuid>`: declined, or taken back by the proposer. */
  'org.change-declined': Readonly<Record<never, never>>
}

type ProposalFact = {
  [T in keyof ProposalFacts]: Omit<Fact, 'type' | 'body'> & {
    readonly type: T
    readonly body: ProposalFacts[T] & { readonly subject: string }
  }
}[keyof ProposalFacts]

/**
 * Takes down a proposal, after making sure that the change itself would not be refused now.
 * @throws Refusal `org.own-change`, `org.own-appointment`, `access.no-post`, and those of the change
 */
export function propose(state: OrgState, change: Change, circumstances: Circumstances): Decision {
  const { at, mint } = circumstances
  const role = roleOf(circumstances, PROPOSERS[change.command])
  refuseOwn(change, circumstances)
  decide(state, commandOf(change), circumstances)
  const id = mint.id()
  const expiresAt = new Date(Date.parse(at) + PROPOSAL_MINUTES * MS_A_MINUTE).toISOString()
  return {
    facts: [draft(id, 'org.change-proposed', { change, role, expiresAt })],
    result: { id, expiresAt },
  }
}

/**
 * Confirms a proposal: by another person, in another role, while it waits, and not about himself. The change is decided anew on what is true now.
 * @throws Refusal `org.proposal-unknown`, `org.proposal-decided`, `org.proposal-lapsed`, `org.same-role`, and those of `propose`
 */
export function confirm(
  state: OrgState & { readonly proposal: Proposal | null },
  command: { readonly proposal: string },
  circumstances: Circumstances,
): Decision {
  const { proposal } = state
  const waiting = mustWait(proposal, command.proposal, circumstances.at)
  const role = roleOf(circumstances, ADMINISTRATORS)
  refuseOwn(waiting.change, circumstances)
  if (waiting.proposer === circumstances.actor.person || waiting.role === role) throw new Refusal('org.same-role')
  const { facts } = decide(state, commandOf(waiting.change), circumstances)
  return { facts: [draft(waiting.id, 'org.change-confirmed', { role }), ...facts], result: { id: waiting.id } }
}

/**
 * Declines a proposal, or takes back one's own.
 * @throws Refusal `org.proposal-unknown`, `org.proposal-decided`, `org.proposal-lapsed`
 */
export function decline(
  { proposal }: { readonly proposal: Proposal | null },
  command: { readonly proposal: string },
  { at }: Circumstances,
): Decision {
  const { id } = mustWait(proposal, command.proposal, at)
  return { facts: [draft(id, 'org.change-declined', {})], result: { id } }
}

/** The change as the command that it becomes. */
export function commandOf({ command, ...body }: Change): OrgCommand {
  return { type: command, ...body } as OrgCommand
}

function mustWait(proposal: Proposal | null, id: string, at: string): Proposal {
  if (proposal === null) throw new Refusal('org.proposal-unknown', { proposal: id })
  if (proposal.status !== 'asked') {
    const { zh, en } = proposalWords[proposal.status]
    throw new Refusal('org.proposal-decided', { state: zh, stateEn: en })
  }
  if (at > proposal.expiresAt) throw new Refusal('org.proposal-lapsed', { expiresAt: proposal.expiresAt })
  return proposal
}

/** Administrators hold one role each, so the first is the only one. */
function roleOf({ actor }: Circumstances, allowed: readonly AdministratorPost[]): AdministratorPost {
  const role = allowed.find((one) => actor.appointments.some(({ post }) => post === one))
  if (role === undefined) throw new Refusal('access.no-post', { posts: allowed.join(', ') })
  return role
}

function refuseOwn(change: Change, { actor }: Circumstances): void {
  if (actor.person !== personIn(change)) return
  throw new Refusal(change.command === 'org.appoint' ? 'org.own-appointment' : 'org.own-change')
}

function draft<T extends keyof ProposalFacts>(id: string, type: T, body: ProposalFacts[T]): FactDraft {
  return { register: ORG_REGISTER, type, subject: `proposal/${id}`, body: { v: 1, ...body } }
}

function evolveProposal(proposal: Proposal | null, raw: Fact): Proposal | null {
  const fact = raw as unknown as ProposalFact
  switch (fact.type) {
    case 'org.change-proposed': {
      const { subject, change, role, expiresAt } = fact.body
      return {
        id: subject.slice('proposal/'.length),
        ...{ change, role, expiresAt },
        proposer: fact.actor,
        proposedAt: fact.at,
        status: 'asked',
        decidedBy: null,
        decidedAt: null,
      }
    }
    case 'org.change-confirmed':
    case 'org.change-declined': {
      if (proposal === null) return null
      const status = fact.type === 'org.change-confirmed' ? 'confirmed' : 'declined'
      return { ...proposal, status, decidedBy: fact.actor, decidedAt: fact.at }
    }
    default:
      return proposal
  }
}

export const proposals: Projection<Proposal | null> = {
  kind: 'proposal',
  table: 'proposals',
  initial: null,
  evolve: evolveProposal,
  columns: (_id, proposal) => {
    if (proposal === null) throw new Error('a proposal begins with its being proposed')
    const { change, status, expiresAt } = proposal
    // Nobody of the organisation is nobody's id.
    return { command: change.command, person: personIn(change) ?? '', status, expires_at: expiresAt }
  },
}

/** @returns null when there is no such proposal. */
export async function findProposal(db: Reader, id: string): Promise<Proposal | null> {
  return (await loadStates(db, proposals, [id])).get(id) ?? null
}

/** Proposals that can still be confirmed, the newest first: a page of them. */
export async function waitingProposals(db: Reader, now: string, { limit, after }: Page): Promise<Proposal[]> {
  const rows = await db
    .selectFrom('proposals')
    .select('state')
    .where('status', '=', 'asked')
    .where('expires_at', '>=', now)
    .$if(after !== null, (query) => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ state }) => state)
}
