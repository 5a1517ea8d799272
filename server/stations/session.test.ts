import { expect, it } from 'vitest'
import { refused, verdictOf } from './say.ts'
import {
  afterJoin,
  afterOffline,
  afterStep,
  endShift,
  isIdle,
  LOCK_MS,
  lockWhenIdle,
  newSession,
  withoutWork,
} from './session.ts'

const START = '2026-03-02T01:00:00.000Z'
const work = { module: 'custody', version: 1, state: { step: 1 } }
const heavier = { ...work, state: { step: 2 } }
const moment = { sign: undefined, at: START, by: 'x' }
const text = { kind: 'scan', scanned: { kind: 'text', text: 'a' } } as const
const weight = { kind: 'weight', weight_mg: 7, reading: 'r' } as const

it('what a scale said is part of the scan before it: UNDO takes both back', () => {
  const scanned = afterStep(newSession(START), text, { ...moment, item: null, work })
  const weighed = afterStep(scanned, weight, { ...moment, item: 'W1', work: heavier })
  expect(weighed).toMatchObject({ work: heavier, before: { work: null } })
})

it('remembers what lay on the scale, of which item, until another weight is taken', () => {
  const weighed = afterStep(newSession(START), weight, { ...moment, item: 'W1', work: heavier })
  expect(weighed.load).toEqual({ weight_mg: 7, reading: 'r', item: 'W1' })
  expect(afterStep(weighed, text, { ...moment, item: 'W2', work }).load).toEqual(weighed.load)
})

it('a shift that is over leaves nobody and nothing begun, and its step is no longer asked', () => {
  const shift = { id: 'li', name: 'li', badge: 'B-li', signedAt: START, setUp: '1' }
  const session = { ...newSession(START), custodian: shift, locked: false, work, before: { work: null } }
  expect(endShift(session, START)).toMatchObject({
    ...{ custodian: null, locked: true, work: null, before: null },
    step: session.step + 1,
  })
})

it('what was said where nobody works is forgotten after two minutes, but not that a screen was added', () => {
  const later = (ms: number): string => new Date(Date.parse(START) + ms).toISOString()
  const turnedAway = verdictOf(refused('stations.no-post-here', { name: '张伟', place: '一号库' }), 'r', START)
  const session = { ...newSession(START), verdict: turnedAway }
  expect([isIdle(session, later(LOCK_MS - 1)), lockWhenIdle(session, later(LOCK_MS - 1))]).toEqual([false, session])
  expect([isIdle(session, later(LOCK_MS)), lockWhenIdle(session, later(LOCK_MS))]).toEqual([
    true,
    { ...session, verdict: null },
  ])
  const joined = afterJoin(newSession(START), { screen: 's', others: true, at: START })
  expect([isIdle(joined, later(LOCK_MS)), lockWhenIdle(joined, later(LOCK_MS))]).toEqual([false, joined])
})

it('who is about to sign for a work signs for nothing else: not for what is left of it, nor when it cannot be read', () => {
  const second = { id: 'ou', name: 'ou', badge: 'B-ou', purpose: 'second' as const }
  const session = { ...newSession(START), work, before: { work: null }, signing: second }
  for (const after of [afterOffline(session, heavier, START), withoutWork(session)])
    expect(after).toMatchObject({ signing: null, before: null })
  const shift = { ...second, purpose: 'shift' as const }
  expect(afterOffline({ ...session, signing: shift }, null, START).signing).toEqual(shift)
  expect(withoutWork({ ...session, signing: shift }).signing).toEqual(shift)
})
