import { describe, expect, it, test } from 'vitest'
import type { DayKind } from '../../clock/calendar.ts'
import { type OpenSpan, spansOn, standingAt } from './hours.ts'

const DAY: readonly OpenSpan[] = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '17:00' },
]
const MORNING: readonly OpenSpan[] = [{ from: '09:00', to: '12:00' }]
/** Saturday mornings are open, Sundays are not. */
const WEEK = [DAY, DAY, DAY, DAY, DAY, MORNING, []]
const CALENDARS = new Map([
  [
    2026,
    new Map<string, DayKind>([
      ['2026-10-01', 'off'],
      ['2026-10-10', 'work'],
      ['2026-09-20', 'work'],
      ['2026-10-03', 'off'],
    ]),
  ],
])

test.each([
  ['a weekday', '2026-03-02', DAY],
  ['a Saturday with hours of its own', '2026-03-07', MORNING],
  ['a Sunday', '2026-03-08', []],
  ['a holiday on a weekday', '2026-10-01', []],
  ['a holiday on a Saturday', '2026-10-03', []],
  ['a Saturday that is a working day, by its own hours', '2026-10-10', MORNING],
  ['a Sunday that is a working day, as the first weekday', '2026-09-20', DAY],
  ['a day of a year without a calendar', '2031-03-03', DAY],
])('%s', (_what, day, spans) => {
  expect(spansOn(WEEK, day, CALENDARS)).toEqual(spans)
})

describe('a hall at a moment', () => {
  // The organ’s clock is eight hours ahead of UTC.
  it.each([
    ['2026-03-02T00:59:59.000Z', false, { day: '2026-03-02', from: '09:00' }],
    ['2026-03-02T01:00:00.000Z', true, { day: '2026-03-02', from: '13:30' }],
    ['2026-03-02T03:59:59.000Z', true, { day: '2026-03-02', from: '13:30' }],
    ['2026-03-02T04:00:00.000Z', false, { day: '2026-03-02', from: '13:30' }],
    ['2026-03-02T09:00:00.000Z', false, { day: '2026-03-03', from: '09:00' }],
    ['2026-03-07T05:00:00.000Z', false, { day: '2026-03-09', from: '09:00' }],
  ])('%s', (at, open, next) => {
    expect(standingAt(WEEK, at, CALENDARS)).toMatchObject({ open, next })
  })

  it('that gave no hours has none, and one that never opens says so', () => {
    expect(standingAt(null, '2026-03-02T01:00:00.000Z', CALENDARS)).toBeNull()
    expect(
      standingAt(
        WEEK.map(() => []),
        '2026-03-02T01:00:00.000Z',
        CALENDARS,
      ),
    ).toEqual({ open: false, today: [], next: null })
  })
})
