import type { ColumnType } from 'kysely'
import type { Urging, UrgingState } from './urging.ts'

type Read<T> = ColumnType<T, never, never>

declare module '../database/database.ts' {
  interface Database {
    urgings: {
      id: Read<string>
      n: Read<number>
      state: Read<Urging>
      register: Read<string>
      year: Read<number>
      serial: Read<number>
      unit: Read<string>
      person: Read<string | null>
      status: Read<UrgingState>
      due_at: Read<string>
    }
  }
}
