import type { Fact, Sealed } from '../module.ts'
import type { Approval, ApprovalLevel, DeedData, Passed } from './approvals.ts'

/** What every decision says. */
export type Decided = {
  readonly digest: string
  readonly opinion: Sealed | null
  /** For whom the one who decides stands in; absent where he decides in his own right. */
  readonly standsFor?: string
}

/** The facts of approvals; all of one request stand in the same register. */
export type ApprovalFacts = {
  /** `approval/<uuid>`: a deed was asked for. */
  'approvals.asked': {
    readonly unit: string
    readonly deed: DeedData
    readonly digest: string
    readonly reason: Sealed
    readonly expiresAt: string
    /** Absent where one approver is enough. */
    readonly levels?: readonly ApprovalLevel[]
  }
  /** `approval/<uuid>`: one level agreed, and the next is asked. */
  'approvals.passed': Decided & { readonly level: ApprovalLevel }
  /** `approval/<uuid>`: granted; what it brought about follows in the same transaction. */
  'approvals.granted': Decided
  /** `approval/<uuid>`: refused. */
  'approvals.refused': Decided
  /** `approval/<uuid>`: taken back by whoever asked, before anybody decided. */
  'approvals.withdrawn': { readonly digest: string }
}

type ApprovalFact = {
  [T in keyof ApprovalFacts]: Omit<Fact, 'type' | 'body'> & {
    readonly type: T
    readonly body: ApprovalFacts[T] & { readonly subject: string }
  }
}[keyof ApprovalFacts]

/** A request after one more of its facts; null as long as nobody asked. */
export function evolveApproval(approval: Approval | null, raw: Fact): Approval | null {
  const fact = raw as unknown as ApprovalFact
  switch (fact.type) {
    case 'approvals.asked': {
      const { subject, unit, deed: asked, digest, reason, expiresAt, levels } = fact.body
      return {
        id: subject.slice('approval/'.length),
        register: fact.register,
        ...{ unit, deed: asked, digest, reason, expiresAt },
        requester: fact.actor,
        askedAt: fact.at,
        status: 'asked',
        decidedBy: null,
        decidedAt: null,
        opinion: null,
        ...(levels?.[0] === undefined ? {} : { levels, awaits: levels[0] }),
      }
    }
    case 'approvals.passed': {
      if (approval === null) return null
      const { level, opinion, standsFor } = fact.body
      const one: Passed = {
        level,
        by: fact.actor,
        at: fact.at,
        opinion,
        ...(standsFor === undefined ? {} : { standsFor }),
      }
      const passed = [...(approval.passed ?? []), one]
      const awaits = approval.levels?.[passed.length]
      return { ...approval, passed, ...(awaits === undefined ? {} : { awaits }) }
    }
    case 'approvals.granted':
    case 'approvals.refused': {
      if (approval === null) return null
      const { awaits: _, ...rest } = approval
      const status = fact.type === 'approvals.granted' ? 'granted' : 'refused'
      const { opinion, standsFor } = fact.body
      const decided = { ...rest, status, decidedBy: fact.actor, decidedAt: fact.at, opinion } as const
      return standsFor === undefined ? decided : { ...decided, decidedFor: standsFor }
    }
    case 'approvals.withdrawn': {
      if (approval === null) return null
      const { awaits: _, ...rest } = approval
      return { ...rest, status: 'withdrawn', withdrawnAt: fact.at }
    }
    default:
      return approval
  }
}
