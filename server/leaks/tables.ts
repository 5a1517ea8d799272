import type { ColumnType } from 'kysely'
import type { Leak } from './leaks.ts'

type Read<T> = ColumnType<T, never, never>

declare module '../database/database.ts' {
  interface Database {
    leaks: {
      id: Read<string>
      n: Read<number>
      state: Read<Leak>
      unit: Read<string>
      person: Read<string>
      open: Read<boolean>
      due_at: Read<string>
    }
  }
}
