import type { ToldRefusal, Words } from '../refusal.ts'
import type { ApprovalLevel, ApprovalStatus, DeedData, MatterFact, TermAsked } from './approvals.ts'

export type { TermAsked } from './approvals.ts'

/** A person by id and name. */
export interface Named {
  readonly person: string
  readonly name: string
}

/** One level of a request. */
export interface ShownLevel {
  readonly level: ApprovalLevel
  /** Null while it has not agreed. */
  readonly by: Named | null
  readonly standsFor: Named | null
  readonly at: string | null
  readonly opinion: string | null
}

/** Who decides in whose place, as both of them see it. */
export interface ShownDelegation {
  readonly id: string
  readonly principal: Named
  readonly deputy: Named
  readonly place: string
  readonly from: string
  readonly to: string
  readonly commands: readonly string[] | null
  readonly endedAt: string | null
  readonly mayEnd: boolean
}

/** One request on one page: what, why, whose, until when. */
export interface ShownApproval {
  readonly id: string
  /** `lapsed` when nobody decided in time. */
  readonly state: ApprovalStatus | 'lapsed'
  readonly unit: string
  readonly deed: DeedData
  /** SHA-256 over exactly what is asked, as both facts hold it. */
  readonly digest: string
  readonly reason: string | null
  /** The term that it is over, as that stands now; null where it is over none. */
  readonly term: TermAsked | null
  /** What was done already that it is about, as far as the reader may know; empty where its deed says it all. */
  readonly matter: readonly MatterFact[]
  readonly requester: Named
  /** Who proposed what this is a further step of, and who agreed to it before, with what he said; null where it is no such step. */
  readonly before: {
    readonly proposer: Named
    readonly proposedAt: string
    /** Why he proposed it; null where that was erased. */
    readonly opinion: string | null
    readonly agreed: readonly {
      readonly step: Words
      readonly by: Named
      readonly at: string
      readonly opinion: string | null
    }[]
  } | null
  readonly askedAt: string
  readonly expiresAt: string
  readonly decidedBy: Named | null
  readonly decidedAt: string | null
  readonly opinion: string | null
  readonly withdrawnAt: string | null
  /** For whom the one who decided stood in. */
  readonly decidedFor: Named | null
  /** The levels that it takes, in order, with who agreed; empty where one approver is enough. */
  readonly levels: readonly ShownLevel[]
  /** For whom the asker would stand in if he decided it now; null where he decides in his own right, or may not. */
  readonly yoursFor: Named | null
  /** Whether the one who asks may decide it now. */
  readonly yours: boolean
  /** Why a rule of its subject keeps the asker from deciding it, whatever post he holds; null where none does. */
  readonly barred: ToldRefusal | null
  /** Whether he may take it back now. */
  readonly mayWithdraw: boolean
}

/** One of `GET /api/approvals/granted`. */
export interface GrantedCopy {
  readonly approval: ShownApproval
  /** The numbers by which the cases go now that it is about; none where it is about no case. */
  readonly cases: readonly string[]
  /** The article that its kind rests on; null where none is known. */
  readonly basis: string | null
}
