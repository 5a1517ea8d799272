import type { Decision, Fact, Projection, Reader } from '../module.ts'
import { ORG_REGISTER } from '../org/org.ts'
import { Refusal } from '../refusal.ts'
import type { Calendars } from './calendar.ts'
import { type CalendarDay, parseCalendar } from './calendar-file.ts'
import './tables.ts'

/** The calendar of a year as it was imported last. */
export type ImportedCalendar = {
  readonly year: number
  /** The notice it was taken from. */
  readonly source: string
  readonly days: readonly CalendarDay[]
  readonly importedAt: string
  readonly importedBy: string
  /** How often this year was imported: a correction is a new import. */
  readonly version: number
}

/** `org`, `calendar/<year>`: the days of a year that differ from plain weeks, and the notice that says so. */
type CalendarImported = {
  readonly year: number
  readonly source: string
  readonly days: readonly CalendarDay[]
}

/** What importing says. */
export interface ImportCalendar {
  readonly type: 'clock.import-calendar'
  readonly year: number
  readonly source: string
  readonly csv: string
}

/**
 * Takes down the calendar of a year, all of it or nothing. Clocks that run keep the day they have.
 * @throws Refusal `clock.calendar-faults`
 */
export function importCalendar({ year, source, csv }: ImportCalendar): Decision {
  const { days, faults } = parseCalendar(year, csv)
  const [first] = faults
  if (first !== undefined) {
    const { line, what } = first
    throw new Refusal('clock.calendar-faults', { faults: faults.length, line, what: what.zh, whatEn: what.en })
  }
  const body: CalendarImported = { year, source, days }
  return {
    facts: [
      {
        register: ORG_REGISTER,
        type: 'clock.calendar-imported',
        subject: `calendar/${year}`,
        body: { v: 1, ...body },
      },
    ],
    result: { year, days: days.length },
  }
}

function evolveCalendar(before: ImportedCalendar | null, fact: Fact): ImportedCalendar | null {
  if (fact.type !== 'clock.calendar-imported') return before
  const { year, source, days } = fact.body as unknown as CalendarImported
  return { year, source, days, importedAt: fact.at, importedBy: fact.actor, version: (before?.version ?? 0) + 1 }
}

export const calendars: Projection<ImportedCalendar | null> = {
  kind: 'calendar',
  table: 'calendars',
  initial: null,
  evolve: evolveCalendar,
  columns: (_id, calendar) => {
    if (calendar === null) throw new Error('a calendar begins with its import')
    return { year: calendar.year, imported_at: calendar.importedAt }
  },
}

/** Every year that was imported, the latest first. */
export async function readCalendars(db: Reader): Promise<readonly ImportedCalendar[]> {
  const rows = await db.selectFrom('calendars').select('state').orderBy('year', 'desc').execute()
  return rows.map(({ state }) => state)
}

/** For counting days. */
export async function loadCalendars(db: Reader): Promise<Calendars> {
  const imported = await readCalendars(db)
  return new Map(imported.map(({ year, days }) => [year, new Map(days.map(({ date, kind }) => [date, kind]))]))
}
