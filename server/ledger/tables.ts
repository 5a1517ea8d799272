import type { ColumnType } from 'kysely'

type Read<T> = ColumnType<T, never, never>

declare module '../database/database.ts' {
  interface Database {
    /** Read-only for everybody: `append` writes it, in plain SQL. */
    entries: {
      register: Read<string>
      seq: Read<number>
      type: Read<string>
      subject: Read<string>
      n: Read<number>
      at: Read<string>
      recorded_at: Read<string>
      actor: Read<string>
      cause: Read<string>
      text: Read<string>
      prev: Read<Buffer>
      hash: Read<Buffer>
    }
  }
}
