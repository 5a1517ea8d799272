import { expect, test } from 'vitest'
import type { ShownFollowUp } from '../../../server/rating/protocol.ts'
import { doneKey, scriptKey, stepsFor } from './follow-up.ts'

const one: ShownFollowUp = {
  ...{ id: 'x', hall: 'hall-1', counter: 'counter-1', counterName: '1号窗口' },
  ...{ askedAt: '2026-03-02T01:00:00.000Z', status: 'assigned' },
  ...{ clerk: { id: 'rated', name: '' }, handler: { id: 'handler', name: '' }, reached: null, settlement: null },
  ...{ excluded: false, anonymous: false, batch: null, fixUntil: null, words: null, deadline: null, notes: [] },
}
const clerk = (id: string) => ({ id, posts: [{ post: 'clerk', place: 'hall-1' }] as const })
const head = { id: 'head', posts: [{ post: 'manager', place: 'hall-1' }] as const }
const supervisor = { id: 'watch', posts: [{ post: 'supervisor', place: 'organ' }] as const }

test('whoever handles, was rated, heads or supervises is offered his own steps, and nobody else’s', () => {
  expect(stepsFor(one, clerk('handler'))).toEqual(['contact', 'call'])
  expect(stepsFor(one, clerk('rated'))).toEqual(['appeal'])
  expect(stepsFor(one, clerk('another'))).toEqual([])
  expect(stepsFor({ ...one, status: 'new' }, head)).toEqual(['assign'])
  expect(stepsFor({ ...one, status: 'new' }, { ...head, id: 'rated' })).toEqual([])
  expect(stepsFor({ ...one, status: 'appealed' }, supervisor)).toEqual(['review'])
  expect(stepsFor({ ...one, status: 'appealed' }, head)).toEqual([])
  expect(stepsFor({ ...one, status: 'fed-back' }, head)).toEqual(['ask-fix', 'return', 'close'])
  expect(stepsFor({ ...one, status: 'fed-back', excluded: true }, head)).toEqual(['ask-fix', 'close'])
  expect(stepsFor({ ...one, status: 'fed-back' }, { ...head, id: 'handler' })).toEqual([])
  expect(stepsFor({ ...one, status: 'closed' }, supervisor)).toEqual(['ask-fix'])
  expect(stepsFor({ ...one, status: 'closed' }, clerk('handler'))).toEqual([])
})

test('who is called, and told the result, is told it by a script; every step that leaves a note is named in the history', () => {
  expect((['call', 'feed-back', 'settle'] as const).map(scriptKey)).toEqual([
    'follow-up.script-call',
    'follow-up.script-feed-back',
    null,
  ])
  const noted = ['call', 'verify', 'settle', 'feed-back', 'appeal', 'review', 'return']
  expect(noted.map(doneKey)).not.toContain(null)
  expect(doneKey('toString')).toBeNull()
})

test('more time is asked for by whom the server lets, wherever it stands', () => {
  const deadline = { clock: 'c', dueAt: '', endedAt: null, basis: '', extendable: true, extensions: [] }
  expect(stepsFor({ ...one, deadline }, clerk('handler'))).toEqual(['contact', 'call', 'extend'])
  expect(stepsFor({ ...one, status: 'settled', deadline }, head)).toEqual(['extend'])
  expect(stepsFor({ ...one, deadline: { ...deadline, extendable: false } }, head)).toEqual(['assign'])
})

test('at a counter nobody is called: its handler verifies and settles, and another closes what was settled', () => {
  const counter: ShownFollowUp = { ...one, anonymous: true, batch: { day: '2026-03-02', bad: 2, counted: 12 } }
  expect(stepsFor(counter, clerk('handler'))).toEqual(['verify'])
  expect(stepsFor(counter, clerk('rated'))).toEqual(['appeal'])
  expect(stepsFor(counter, head)).toEqual(['assign'])
  expect(stepsFor({ ...counter, status: 'verified' }, clerk('handler'))).toEqual(['settle'])
  expect(stepsFor({ ...counter, status: 'settled' }, clerk('handler'))).toEqual([])
  expect(stepsFor({ ...counter, status: 'settled' }, head)).toEqual(['return', 'close'])
  expect(stepsFor({ ...counter, status: 'settled' }, { ...head, id: 'handler' })).toEqual([])
  expect(stepsFor({ ...counter, status: 'closed' }, head)).toEqual([])
})
