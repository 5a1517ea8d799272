import type { Circumstances, Decision, Fact } from '../module.ts'
import { ORG_REGISTER } from '../org/org.ts'
import { Refusal } from '../refusal.ts'

/** How long an enrolment code is good. The house's own number. */
export const CODE_MINUTES = 10
const MS_A_MINUTE = 60_000

/** What the register knows of another PC whose devices are the server's. */
export interface AgentState {
  /** Its Ed25519 key, base64url; null before the first enrolment and after a revocation. */
  readonly key: string | null
  /** How often it was enrolled: every key numbers its records from 1. */
  readonly enrolment: number
  /** Keys that it had: none of them is ever taken again. */
  readonly formerKeys: readonly string[]
  readonly invitation: Invitation | null
}

export interface Invitation {
  readonly id: string
  readonly endsAt: string
  readonly used: boolean
}

export const noAgent: AgentState = { key: null, enrolment: 0, formerKeys: [], invitation: null }

/** The facts of an agent, all in the register `org`. */
type AgentFacts = {
  /** `agent/<name>`: a system administrator lets a PC enrol under this name until `endsAt`; its code follows from the invitation. */
  'agents.invited': { readonly invitation: string; readonly endsAt: string }
  /** `agent/<name>`: a PC came with the code and this key. A key that it had before is worth nothing from now on. */
  'agents.enrolled': { readonly invitation: string; readonly key: string }
  /** `agent/<name>`: its key is worth nothing from now on. */
  'agents.revoked': Readonly<Record<never, never>>
}

type AgentFact = {
  [T in keyof AgentFacts]: Omit<Fact, 'type' | 'body'> & {
    readonly type: T
    readonly body: Fact['body'] & AgentFacts[T]
  }
}[keyof AgentFacts]

export type InviteAgent = { readonly type: 'agents.invite'; readonly agent: string }
export type EnrolAgent = {
  readonly type: 'agents.enrol'
  readonly agent: string
  readonly invitation: string
  readonly key: string
}
export type RevokeAgent = { readonly type: 'agents.revoke'; readonly agent: string }
export type AgentCommand = InviteAgent | EnrolAgent | RevokeAgent

export interface AgentsState {
  readonly agent: AgentState
  /** Some agent has or had this key. */
  readonly keyKnown: boolean
}

/**
 * Who may join. An invitation replaces the one before; a code is for one key, once, in its time.
 * @throws Refusal `agents.wrong-code`, `agents.code-used`, `agents.code-expired`, `agents.key-known`, `agents.unknown`
 */
export function decideAgent(
  { agent, keyKnown }: AgentsState,
  command: AgentCommand,
  { at, mint }: Circumstances,
): Decision {
  switch (command.type) {
    case 'agents.invite': {
      const invitation = mint.id()
      const endsAt = new Date(Date.parse(at) + CODE_MINUTES * MS_A_MINUTE).toISOString()
      return { ...fact(command.agent, 'agents.invited', { invitation, endsAt }), result: { invitation, endsAt } }
    }
    case 'agents.enrol': {
      const { invitation, key } = command
      if (agent.invitation?.id !== invitation) throw new Refusal('agents.wrong-code')
      if (agent.invitation.used) throw new Refusal('agents.code-used')
      if (at >= agent.invitation.endsAt) throw new Refusal('agents.code-expired', { minutes: CODE_MINUTES })
      if (keyKnown) throw new Refusal('agents.key-known')
      return fact(command.agent, 'agents.enrolled', { invitation, key })
    }
    case 'agents.revoke':
      if (agent.key === null && (agent.invitation === null || agent.invitation.used))
        throw new Refusal('agents.unknown', { agent: command.agent })
      return fact(command.agent, 'agents.revoked', {})
  }
}

function fact<T extends keyof AgentFacts>(agent: string, type: T, body: AgentFacts[T]): Decision {
  return { facts: [{ register: ORG_REGISTER, type, subject: `agent/${agent}`, body: { v: 1, ...body } }] }
}

/** An agent after one more of its facts; knows every version ever written. */
export function evolveAgent(state: AgentState, of: Fact): AgentState {
  const one = of as AgentFact
  const former = state.key === null ? state.formerKeys : [...state.formerKeys, state.key]
  switch (one.type) {
    case 'agents.invited':
      return { ...state, invitation: { id: one.body.invitation, endsAt: one.body.endsAt, used: false } }
    case 'agents.enrolled':
      return {
        key: one.body.key,
        enrolment: state.enrolment + 1,
        formerKeys: former,
        invitation: state.invitation === null ? null : { ...state.invitation, used: true },
      }
    case 'agents.revoked':
      return { ...state, key: null, formerKeys: former, invitation: null }
  }
}
