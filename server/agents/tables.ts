import type { ColumnType } from 'kysely'
import type { AgentState } from './agents.ts'

type Read<T> = ColumnType<T, never, never>

declare module '../database/database.ts' {
  interface Database {
    agents: {
      id: Read<string>
      n: Read<number>
      state: Read<AgentState>
      key: Read<string | null>
      enrolment: Read<number>
    }
  }
}
