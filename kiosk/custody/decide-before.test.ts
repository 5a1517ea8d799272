import { expect, test } from 'vitest'
import type { TermAsked } from '../../server/approvals/protocol.ts'
import { decideBefore } from './decide-before.ts'

const expiresAt = '2026-11-30T04:48:00.000Z'
const term: TermAsked = {
  rule: 'DL-04',
  title: { zh: '物品移交保管部门', en: 'Goods to the keeping department' },
  basis: '监察法实施条例(2021) 130',
  matter: { kind: 'case', id: '云监立〔2026〕5号' },
  items: [],
  dueAt: '2026-11-29T16:00:00.000Z',
  wouldBeDueAt: null,
}

test('a term is made longer or shorter before it is over, though the request would stand on', () => {
  for (const command of ['extend-deadline', 'shorten-deadline'])
    expect(decideBefore({ deed: { command }, term, expiresAt })).toBe(term.dueAt)
})

test('a request over a later term, over none, or of another kind may be decided as long as it stands', () => {
  const later = { ...term, dueAt: '2026-12-29T16:00:00.000Z' }
  expect(decideBefore({ deed: { command: 'extend-deadline' }, term: later, expiresAt })).toBe(expiresAt)
  expect(decideBefore({ deed: { command: 'borrow' }, term: null, expiresAt })).toBe(expiresAt)
  expect(decideBefore({ deed: { command: 'end-deadline' }, term, expiresAt })).toBe(expiresAt)
})
