import type { ColumnType } from 'kysely'
import type { Approval, ApprovalStatus } from './approvals.ts'
import type { Delegation } from './delegations.ts'

type Read<T> = ColumnType<T, never, never>

declare module '../database/database.ts' {
  interface Database {
    delegations: {
      id: Read<string>
      n: Read<number>
      state: Read<Delegation>
      principal: Read<string>
      deputy: Read<string>
      place: Read<string>
      from_at: Read<string>
      to_at: Read<string>
    }
    approvals: {
      id: Read<string>
      n: Read<number>
      state: Read<Approval>
      unit: Read<string>
      command: Read<string>
      requester: Read<string>
      status: Read<ApprovalStatus>
      asked_at: Read<string>
      expires_at: Read<string>
      decided_by: Read<string | null>
    }
  }
}
