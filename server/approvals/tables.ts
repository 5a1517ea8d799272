import type { ColumnType } from 'kysely'
import type { Approval, ApprovalStatus } from './approvals.ts'

type Read<T> = ColumnType<T, never, never>

declare module '../database/database.ts' {
  interface Database {
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
