import { readFile } from 'node:fs/promises'

/** Years whose notice was read in full, and where it stands. */
const SOURCES = [
  { year: 2025, source: '国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号）' },
  { year: 2026, source: '国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）' },
] as const

export interface ShippedCalendar {
  readonly year: number
  readonly source: string
  readonly csv: string
}

/** The calendars that come with the program. They count for nothing until somebody has imported them. */
export function shippedCalendars(): Promise<readonly ShippedCalendar[]> {
  return Promise.all(
    SOURCES.map(async ({ year, source }) => ({
      year,
      source,
      csv: await readFile(new URL(`calendars/${year}.csv`, import.meta.url), 'utf8'),
    })),
  )
}
