import type { Words } from '../refusal.ts'
import { type Day, type DayKind, isWeekend } from './calendar.ts'

/** One row of a calendar as it stands in the register. */
export type CalendarDay = { readonly date: Day; readonly kind: DayKind; readonly name: string }

/** What is wrong with one line, counted from one as an editor shows it; 0 is the file as a whole. */
export interface RowFault {
  readonly line: number
  readonly what: Words
}

export interface ParsedCalendar {
  readonly days: readonly CalendarDay[]
  readonly faults: readonly RowFault[]
}

export const CALENDAR_FILE_CHARACTERS_MAX = 20_000
const NAME_CHARACTERS_MAX = 20
const FAULTS_TOLD_MAX = 50

const KINDS: Readonly<Record<string, DayKind>> = {
  off: 'off',
  休: 'off',
  放假: 'off',
  work: 'work',
  班: 'work',
  上班: 'work',
}
const HEADERS: readonly string[] = ['date,kind,name', '日期,类型,名称']
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/**
 * Reads the calendar of one year: lines `date,kind,name` with `off` (休) or `work` (班), a heading or none, in any order of dates. Nothing is
 * guessed: every line that is not wholly understood is a fault.
 */
export function parseCalendar(year: number, csv: string): ParsedCalendar {
  const days = new Map<Day, CalendarDay>()
  const faults: RowFault[] = []
  const lines = csv.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  for (const [index, text] of lines.entries()) {
    const cells = text.split(',').map(unquoted)
    if (text.trim() === '' || (index === 0 && HEADERS.includes(cells.join(',').toLowerCase()))) continue
    const row = readRow(year, cells)
    if ('zh' in row) faults.push({ line: index + 1, what: row })
    else if (days.has(row.date)) faults.push({ line: index + 1, what: words.twice(row.date) })
    else days.set(row.date, row)
  }
  if (faults.length === 0 && ![...days.values()].some(({ kind }) => kind === 'off'))
    faults.push({ line: 0, what: words.nothing(year) })
  return {
    days: [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1)),
    faults: faults.slice(0, FAULTS_TOLD_MAX),
  }
}

function readRow(year: number, cells: readonly string[]): CalendarDay | Words {
  const [date = '', kindText = '', name = ''] = cells
  if (cells.length !== 3) return words.cells(cells.length)
  if (!isDate(date)) return words.date(date)
  if (Number(date.slice(0, 4)) !== year) return words.year(date, year)
  const kind = Object.hasOwn(KINDS, kindText.toLowerCase()) ? KINDS[kindText.toLowerCase()] : undefined
  if (kind === undefined) return words.kind(kindText)
  if (name === '' || name.length > NAME_CHARACTERS_MAX) return words.name(NAME_CHARACTERS_MAX)
  if (kind === 'work' && !isWeekend(date)) return words.weekday(date)
  return { date, kind, name }
}

function isDate(text: string): boolean {
  const day = new Date(`${text}T00:00:00.000Z`)
  return DATE.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

function unquoted(cell: string): string {
  const trimmed = cell.trim()
  return /^".*"$/.test(trimmed) ? trimmed.slice(1, -1) : trimmed
}

const words = {
  cells: (count: number): Words => ({
    zh: `应有三栏：日期,类型,名称；此行有 ${count} 栏`,
    en: `Three cells are wanted: date,kind,name; this line has ${count}`,
  }),
  date: (date: string): Words => ({
    zh: `日期应写作 2026-02-14，不是“${date}”`,
    en: `A date is written 2026-02-14, not "${date}"`,
  }),
  year: (date: string, year: number): Words => ({
    zh: `${date} 不在 ${year} 年`,
    en: `${date} is not in ${year}`,
  }),
  kind: (kind: string): Words => ({
    zh: `类型应为 off（休）或 work（班），不是“${kind}”`,
    en: `The kind is off or work, not "${kind}"`,
  }),
  name: (most: number): Words => ({
    zh: `请写明节日名称，最多 ${most} 字`,
    en: `The name of the holiday is wanted, ${most} characters at most`,
  }),
  weekday: (date: string): Words => ({
    zh: `${date} 不是周末，本来就上班`,
    en: `${date} is no weekend: it is worked anyway`,
  }),
  twice: (date: string): Words => ({ zh: `${date} 重复`, en: `${date} stands there twice` }),
  nothing: (year: number): Words => ({
    zh: `${year} 年没有一个放假日`,
    en: `${year} has not a single day off`,
  }),
}
