import { expect, test } from 'vitest'
import type { ItemView, SessionView, Verdict } from '../../../server/stations/protocol.ts'
import { readBackOf, standingOf } from './read-back.ts'

const OWN = new Set(['W02260000001AB', 'W02260000002CD'])

const verdict = (code: string, outcome: Verdict['outcome'] = 'accepted', words = ''): Verdict => ({
  id: 'v',
  outcome,
  code,
  words: { zh: words, en: words },
  rule: null,
  remedy: null,
  tone: 'accepted',
  at: '2026-11-21T01:00:00.000Z',
})

function session(said: Verdict | null, item: Pick<ItemView, 'code' | 'name' | 'case'> | null = null): SessionView {
  const work = item && { item }
  return { verdict: said, work } as unknown as SessionView
}

const shown = verdict('custody.shown')

test('a card of this case is its own, and one of another case is told with that case', () => {
  expect(readBackOf(session(shown, { code: 'W02260000001AB', name: '手机', case: 'A' }), OWN)).toEqual({
    kind: 'own',
    code: 'W02260000001AB',
  })
  expect(readBackOf(session(shown, { code: 'W02260000009XY', name: '金条', case: 'B' }), OWN)).toEqual({
    kind: 'other',
    code: 'W02260000009XY',
    name: '金条',
    case: 'B',
  })
})

test('a card that was read without being seen is own only when this case has it', () => {
  const read = (code: string): Verdict => verdict('custody.label-read', 'accepted', `标签已回扫确认。${code}`)
  expect(readBackOf(session(read('W02260000002CD')), OWN)).toEqual({ kind: 'own', code: 'W02260000002CD' })
  expect(readBackOf(session(read('W02260000009XY')), OWN)).toEqual({ kind: 'unknown' })
})

test('what was refused or is broken is said as it is; signing in says nothing about a card', () => {
  const refused = verdict('stations.nobody', 'refused')
  expect(readBackOf(session(refused), OWN)).toEqual({ kind: 'said', verdict: refused })
  const cut = verdict('scanner.line-cut', 'fault')
  expect(readBackOf(session(cut), OWN)).toEqual({ kind: 'said', verdict: cut })
  expect(readBackOf(session(verdict('stations.signed-in')), OWN)).toBeNull()
  expect(readBackOf(session(null), OWN)).toBeNull()
})

test('an item that was read, by its tag it may be, has its card checked only once that was read back', () => {
  expect(standingOf({ scannedBack: true })).toBe('read-back')
  expect(standingOf({ scannedBack: false })).toBe('not-read-back')
  expect([standingOf(null), standingOf(undefined)]).toEqual(['no-card', 'no-card'])
})
