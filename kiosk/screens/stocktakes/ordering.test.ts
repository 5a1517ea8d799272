import { expect, it } from 'vitest'
import { newOrder, orderOf } from './ordering.ts'

const DUE = '2026-03-09T01:00:00.000Z'
const form = (more: Partial<ReturnType<typeof newOrder>> = {}) => ({
  ...{ ...newOrder('store-1', '2026-03-09T09:00'), counters: ['chen-jing'] },
  ...more,
})

it('orders the whole store by somebody, within a term', () => {
  expect(orderOf(form(), DUE)).toEqual({
    ...{ store: 'store-1', scope: { kind: 'store' }, counters: ['chen-jing'], dueAt: DUE },
  })
  expect(orderOf(form(), null)).toBeNull()
  expect(orderOf(form({ counters: [] }), DUE)).toBeNull()
})

it('orders nothing of which nothing is chosen', () => {
  for (const kind of ['locations', 'classes', 'categories', 'case'] as const)
    expect(orderOf(form({ kind }), DUE)).toBeNull()
  expect(orderOf(form({ kind: 'case', case: ' 一案 ' }), DUE)).toMatchObject({ scope: { kind: 'case', case: '一案' } })
  expect(orderOf(form({ kind: 'classes', classes: ['cold'] }), DUE)).toMatchObject({ scope: { classes: ['cold'] } })
})

it('draws a sample by two figures, typed in full width too', () => {
  const sample = { missing: 2, confidence_percent: 97.5 }
  expect(orderOf(form({ isSample: true, missing: '２', confidence: '97.5' }), DUE)).toMatchObject({ sample })
  for (const wrong of [{ missing: '0' }, { missing: '1.5' }, { confidence: '100' }, { confidence: '' }])
    expect(orderOf(form({ isSample: true, ...wrong }), DUE)).toBeNull()
})
