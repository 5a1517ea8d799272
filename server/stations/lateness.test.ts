import { describe, expect, it } from 'vitest'
import { isAnswered, isRepeat, STALE_MS, tooLate } from './lateness.ts'
import { newSession } from './session.ts'

const START = '2026-03-02T01:00:00.000Z'
const later = (ms: number): string => new Date(Date.parse(START) + ms).toISOString()
const idle = newSession(START)

describe('what comes too late', () => {
  const arrival = (at: string, step: number | null = null, by = 'scanner-1') => ({ by, at, step, now: later(10_000) })
  it('is refused with its age', () => {
    expect(tooLate(idle, arrival(later(10_000 - STALE_MS)))).toBeNull()
    expect(tooLate(idle, arrival(later(10_000 - STALE_MS - 1)))?.code).toBe('stations.stale')
    expect(tooLate(idle, arrival(later(20_000)))?.code).toBe('stations.stale')
  })
  it('is refused when another device moved the step on after it was made, not when the same one did', () => {
    const session = { ...idle, stepAt: later(9_000), stepBy: 'scanner-1' }
    expect(tooLate(session, arrival(later(8_000)))).toBeNull()
    expect(tooLate(session, arrival(later(8_000), null, 'scanner-2'))?.code).toBe('stations.step-over')
    expect(tooLate(session, arrival(later(9_000), null, 'scanner-2'))).toBeNull()
  })
  it('is refused when a screen answers a step that is over', () => {
    expect(tooLate(idle, arrival(later(10_000), idle.step))).toBeNull()
    expect(tooLate(idle, arrival(later(10_000), idle.step - 1))?.code).toBe('stations.step-over')
  })
  it('is no answer to the step that is still asked, however long it took', () => {
    expect(tooLate(idle, arrival(START, idle.step))).toBeNull()
  })
  it('names a scan that is the last one again', () => {
    const session = { ...idle, lastShown: { text: 'A', at: START, step: 1 } }
    expect(isRepeat(session, 'A', later(1_000))).toBe(true)
    expect(isRepeat(session, 'A', later(1_001))).toBe(false)
    expect(isRepeat(session, 'B', later(10))).toBe(false)
  })
  it('means what it says after the clock was put back: neither too early for its step nor the last scan again', () => {
    const session = { ...idle, stepAt: later(3_600_000), stepBy: 'scanner-1' }
    expect(tooLate(session, arrival(later(10_000), null, 'scanner-2'))).toBeNull()
    expect(isRepeat({ ...idle, lastShown: { text: 'A', at: later(3_600_000), step: 1 } }, 'A', START)).toBe(false)
  })
  it('knows whether a badge has had its answer: not any more when the step has moved or something else was shown', () => {
    const session = { ...idle, step: 4, lastShown: { text: 'B-li', at: START, step: 4 } }
    expect(isAnswered(session, 'B-li')).toBe(true)
    expect(isAnswered({ ...session, step: 5 }, 'B-li')).toBe(false)
    expect(isAnswered(session, 'B-ou')).toBe(false)
    expect(isAnswered(newSession(START), 'B-li')).toBe(false)
  })
})
