import { expect, test } from 'vitest'
import { daysFor, isWithin } from './days.ts'

/** What the server takes and refuses of these days is tried in server/clock: causes.test.ts, deeds.test.ts. */
const NOW = '2026-11-23T01:00:00.000Z'
const term = {
  ...{ from: '2026-11-18T01:10:00.000Z', dueAt: '2026-12-18T16:00:00.000Z', reviewUntil: null, appraisal: null },
}
const appraised = (endedOn: string | null) => ({
  ...term,
  appraisal: { begins: '2026-11-19', ends: '2026-11-25', endedOn },
})

test('an appraisal began within the term, after any before it, and no later than today', () => {
  expect(daysFor('pause-deadline', term, NOW)).toEqual({ from: '2026-11-18', until: '2026-11-23' })
  expect(daysFor('pause-deadline', appraised('2026-11-21'), NOW)).toEqual({ from: '2026-11-21', until: '2026-11-23' })
})

test('it ended between the day it began and today', () => {
  expect(daysFor('resume-deadline', appraised(null), NOW)).toEqual({ from: '2026-11-19', until: '2026-11-23' })
  expect(daysFor('resume-deadline', term, NOW)).toBeNull()
})

test('a day of review lies beyond the last day, and a shorter term ends before it', () => {
  const byCause = { ...term, reviewUntil: '2027-01-17' }
  expect(daysFor('extend-deadline', byCause, NOW)).toEqual({ from: '2026-12-19', until: '2027-01-17' })
  expect(daysFor('extend-deadline', term, NOW)).toBeNull()
  expect(daysFor('shorten-deadline', term, NOW)).toEqual({ from: '2026-11-23', until: '2026-12-17' })
})

test('both days are counted in', () => {
  const days = { from: '2026-11-18', until: '2026-11-23' }
  for (const [day, is] of [
    ['2026-11-17', false],
    ['2026-11-18', true],
    ['2026-11-23', true],
    ['2026-11-24', false],
  ] as const)
    expect(isWithin(days, day), day).toBe(is)
})
