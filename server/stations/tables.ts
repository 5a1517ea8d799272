import type { ColumnType } from 'kysely'
import type { StationState } from './configuration.ts'

type Read<T> = ColumnType<T, never, never>

declare module '../database/database.ts' {
  interface Database {
    stations: {
      id: Read<string>
      n: Read<number>
      state: Read<StationState>
      name: Read<string>
      kind: Read<StationState['kind']>
      place: Read<string>
    }
  }
}
