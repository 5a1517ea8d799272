import { describe, expect, test } from 'vitest'
import type { Levels } from '../counts.ts'
import type { CountedBatch } from '../seeing/figures.ts'
import { compareRanges, sharedDays } from './compare.ts'

const WINTER = { from: '2026-01-05', to: '2026-02-08' }
const SPRING = { from: '2026-03-02', to: '2026-03-20' }
const WORDS = { zh: '总体', en: 'Overall' }
const QUESTIONS = [
  { id: 'overall', words: WORDS },
  { id: 'integrity', words: WORDS },
]

/** `bad` of `n` are very dissatisfied; `answered` of them say the same of integrity, all well. */
function batch(day: string, n: number, bad: number, answered = 0): CountedBatch {
  const overall: Levels = { 1: bad, 2: 0, 3: 0, 4: n - bad, 5: 0 }
  const answers = { integrity: { 1: 0, 2: 0, 3: 0, 4: answered, 5: 0 } }
  return {
    group: { hall: 'hall-1', counter: 'c', clerk: 'a', matter: 'general', questionnaire: 'hall-service@1' },
    ...{ day, counts: { v: 1, overall, answers, reasons: {}, unread: 0 } },
  }
}

describe('two ranges of any days and lengths', () => {
  // Newcombe 1998, table II: 56/70 less 48/80.
  test('differ by Newcombe’s interval', () => {
    const batches = [batch('2026-01-05', 40, 16), batch('2026-02-08', 40, 16), batch('2026-03-02', 70, 14)]
    const [overall] = compareRanges(batches, { first: WINTER, second: SPRING }, QUESTIONS)
    expect(overall).toMatchObject({ first: { good: 48, n: 80 }, second: { good: 56, n: 70 } })
    expect(overall?.change?.by).toBeCloseTo(0.2, 10)
    expect(overall?.change?.low).toBeCloseTo(0.0524, 4)
    expect(overall?.change?.high).toBeCloseTo(0.3339, 4)
    expect(overall?.change?.verdict).toBe('better')
    const [back] = compareRanges(batches, { first: SPRING, second: WINTER }, QUESTIONS)
    expect(back?.change?.verdict).toBe('worse')
  })

  test('are no figure where fewer than ten answered, of that question alone', () => {
    const batches = [batch('2026-01-05', 20, 0, 9), batch('2026-03-02', 20, 0, 20)]
    const [overall, integrity] = compareRanges(batches, { first: WINTER, second: SPRING }, QUESTIONS)
    expect(overall?.change?.verdict).toBe('no-difference')
    expect(integrity).toMatchObject({ first: null, second: { n: 20 }, change: null })
  })

  test('that share days are not held against each other', () => {
    const batches = [batch('2026-01-05', 20, 10), batch('2026-03-02', 400, 0)]
    const year = { from: '2026-01-01', to: '2026-12-31' }
    const [overall] = compareRanges(batches, { first: year, second: SPRING }, QUESTIONS)
    expect(overall).toMatchObject({ first: { n: 420 }, second: { n: 400 }, change: null })
    expect([sharedDays(year, SPRING), sharedDays(SPRING, year), sharedDays(WINTER, SPRING)]).toEqual([19, 19, 0])
  })
})
