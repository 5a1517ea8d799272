import type { ApprovalStatus, DeedData } from './approvals.ts'

/** A person by id and name. */
export interface Named {
  readonly person: string
  readonly name: string
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
  readonly requester: Named
  readonly askedAt: string
  readonly expiresAt: string
  readonly decidedBy: Named | null
  readonly decidedAt: string | null
  readonly opinion: string | null
  readonly withdrawnAt: string | null
  /** Whether the one who asks may decide it now. */
  readonly yours: boolean
  /** Whether he may take it back now. */
  readonly mayWithdraw: boolean
}
