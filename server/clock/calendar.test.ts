import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { addMonths, type Calendars, type Counting, dueAfter, endOfDay } from './calendar.ts'
import { parseCalendar } from './calendar-file.ts'
import { parseSpan } from './span.ts'

const fileOf = (year: number) => readFileSync(new URL(`calendars/${year}.csv`, import.meta.url), 'utf8')
const calendars: Calendars = new Map(
  [2025, 2026].map((year) => {
    const { days, faults } = parseCalendar(year, fileOf(year))
    expect(faults).toEqual([])
    return [year, new Map(days.map(({ date, kind }) => [date, kind]))]
  }),
)

/** The last day, as it is read off a wall calendar, of a span that begins at nine in the morning in Shanghai. */
const lastDay = (from: string, span: string, counting: Counting, known: Calendars = calendars) => {
  const { dueAt, estimatedYears } = dueAfter(`${from}T01:00:00.000Z`, parseSpan(span), counting, known)
  const day = new Date(Date.parse(dueAt) + 8 * 3_600_000 - 1).toISOString().slice(0, 10)
  expect(dueAt).toBe(endOfDay(day))
  return { day, estimatedYears }
}

describe('the two notices', () => {
  const workingDays = (year: number): number => {
    let count = 0
    for (
      let day = new Date(Date.UTC(year, 0, 1));
      day.getUTCFullYear() === year;
      day.setUTCDate(day.getUTCDate() + 1)
    ) {
      const kind = calendars.get(year)?.get(day.toISOString().slice(0, 10))
      const weekend = day.getUTCDay() === 0 || day.getUTCDay() === 6
      if (kind === undefined ? !weekend : kind === 'work') count += 1
    }
    return count
  }

  // 2025 has 261 weekdays: 18 of them off by the notice, 5 weekend days worked; 2026 has 261, 19 and 6.
  it('leave 248 working days each', () => {
    expect(workingDays(2025)).toBe(248)
    expect(workingDays(2026)).toBe(248)
  })
})

describe('a span', () => {
  const answers: [from: string, span: string, counting: Counting, last: string][] = [
    // Natural days: the first one does not count, holidays do.
    ['2026-02-10', '15d', 'natural', '2026-02-25'],
    ['2026-02-10', '30d', 'natural', '2026-03-12'],
    ['2025-12-20', '30d', 'natural', '2026-01-19'],
    // Months end on the same day, or on the month's last.
    ['2026-01-31', '1M', 'natural', '2026-02-28'],
    ['2024-01-31', '1M', 'natural', '2024-02-29'],
    ['2026-08-31', '6M', 'natural', '2027-02-28'],
    ['2026-03-15', '2M', 'natural', '2026-05-15'],
    // Working days: over the Spring Festival of 2026 with both its make-up days, over that of 2025, over a plain weekend.
    ['2026-02-12', '3wd', 'natural', '2026-02-24'],
    ['2026-02-13', '1wd', 'working', '2026-02-14'],
    ['2026-02-14', '1d', 'working', '2026-02-24'],
    ['2026-02-25', '3wd', 'working', '2026-02-28'],
    ['2025-01-24', '5wd', 'working', '2025-02-07'],
    ['2025-09-26', '5wd', 'working', '2025-10-10'],
    ['2025-09-26', '6wd', 'working', '2025-10-11'],
    ['2026-03-06', '1wd', 'working', '2026-03-09'],
    ['2025-12-31', '2wd', 'working', '2026-01-05'],
    // Tax: the last day rolls off a weekend and off a single holiday.
    ['2026-03-06', '1d', 'tax', '2026-03-09'],
    ['2024-12-31', '1d', 'tax', '2025-01-02'],
    // A row of three days off within the period stretches it: 清明 2025, 春节 2026 (nine), 国庆 2025 (eight).
    ['2025-03-31', '15d', 'tax', '2025-04-18'],
    ['2026-01-31', '15d', 'tax', '2026-02-24'],
    ['2026-02-10', '15d', 'tax', '2026-03-06'],
    ['2025-09-29', '15d', 'tax', '2025-10-22'],
    // An ordinary weekend stretches nothing.
    ['2026-03-02', '10d', 'tax', '2026-03-12'],
  ]
  for (const [from, span, counting, last] of answers) {
    it(`of ${span} (${counting}) from ${from} ends on ${last}`, () => {
      expect(lastDay(from, span, counting)).toEqual({ day: last, estimatedYears: [] })
    })
  }

  it('of hours runs from the moment itself, whatever the day', () => {
    expect(dueAfter('2026-02-14T15:30:00.000Z', parseSpan('24h'), 'working', calendars).dueAt).toBe(
      '2026-02-15T15:30:00.000Z',
    )
  })

  it('begins on the day that it is in Shanghai', () => {
    // 23:59 and 00:01 there.
    expect(dueAfter('2026-03-02T15:59:00.000Z', parseSpan('3d'), 'natural', calendars).dueAt).toBe(
      endOfDay('2026-03-05'),
    )
    expect(dueAfter('2026-03-02T16:01:00.000Z', parseSpan('3d'), 'natural', calendars).dueAt).toBe(
      endOfDay('2026-03-06'),
    )
  })

  it('says for which years it had plain weekends only', () => {
    expect(lastDay('2026-12-31', '2wd', 'working')).toEqual({ day: '2027-01-04', estimatedYears: [2027] })
    expect(lastDay('2025-09-26', '5wd', 'working', new Map())).toEqual({ day: '2025-10-03', estimatedYears: [2025] })
    // Natural days ask no calendar.
    expect(lastDay('2026-12-31', '30d', 'natural')).toEqual({ day: '2027-01-30', estimatedYears: [] })
  })

  it('is written in one way', () => {
    for (const text of ['', '0d', '3', 'd', '3 d', '1000d', '3w', '3m'])
      expect(() => parseSpan(text)).toThrow(RangeError)
    expect(parseSpan('15wd')).toEqual({ count: 15, unit: 'working-days' })
  })

  it('of months never lands in the month after', () => {
    for (let month = 0; month < 24; month += 1)
      expect(addMonths('2026-01-31', month).slice(0, 7)).toBe(
        new Date(Date.UTC(2026, month, 1)).toISOString().slice(0, 7),
      )
  })
})

describe('the file of a calendar', () => {
  const faultsOf = (...lines: string[]) =>
    parseCalendar(2026, ['date,kind,name', ...lines].join('\n')).faults.map(({ line, what }) => `${line} ${what.en}`)

  it('may come from a spreadsheet: byte order mark, CRLF, quotes, Chinese words, any order, no heading', () => {
    const { days, faults } = parseCalendar(2026, '\ufeff"2026-01-04",班,元旦\r\n2026-01-01,休,"元旦"\r\n\r\n')
    expect(faults).toEqual([])
    expect(days).toEqual([
      { date: '2026-01-01', kind: 'off', name: '元旦' },
      { date: '2026-01-04', kind: 'work', name: '元旦' },
    ])
  })

  const wrong: [what: string, lines: string[], says: RegExp][] = [
    ['a date that is none', ['2026-02-30,off,春节'], /^2 .*2026-02-30/],
    ['another year', ['2027-01-01,off,元旦'], /^2 2027-01-01 is not in 2026/],
    ['an unknown kind', ['2026-01-01,holiday,元旦'], /^2 .*"holiday"/],
    ['a kind that every object has', ['2026-01-01,constructor,元旦'], /^2 .*"constructor"/],
    ['no name', ['2026-01-01,off,'], /^2 The name/],
    ['a cell too many', ['2026-01-01,off,元旦,x'], /^2 .* has 4/],
    ['a make-up day that is worked anyway', ['2026-01-05,work,元旦'], /^2 2026-01-05 is no weekend/],
    ['a day twice', ['2026-01-01,off,元旦', '2026-01-01,off,元旦'], /^3 .*twice/],
    ['no day off at all', ['2026-01-04,work,元旦'], /^0 2026/],
  ]
  for (const [what, lines, says] of wrong)
    it(`is refused for ${what}`, () => expect(faultsOf(...lines)[0]).toMatch(says))
})
