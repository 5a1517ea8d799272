import { expect, it } from 'vitest'
import { listOf, stockRows, topOf } from './figures.ts'

it.each([
  [[], 1],
  [[0], 1],
  [[1], 1],
  [[3, 2], 5],
  [[10], 10],
  [[11], 20],
  [[48, 51], 100],
  [[25_000], 50_000],
])('nothing of %j is drawn beyond %i', (values, top) => {
  expect(topOf(values)).toBe(top)
})

it('a category has a count for every place, the largest stands first', () => {
  const name = { zh: '库', en: 'Store' }
  const places = [{ place: 'store/store-1', name } as const, { place: 'BORROWED', name } as const]
  const stock = [
    { category: 'cash', place: 'BORROWED', items: 2 },
    { category: 'general', place: 'store/store-1', items: 5 },
    { category: 'general', place: 'BORROWED', items: 1 },
  ] as const
  expect(stockRows({ stock, places })).toEqual([
    { category: 'general', counts: [5, 1], total: 6 },
    { category: 'cash', counts: [0, 2], total: 2 },
  ])
})

it('leads to the list of what it counts', () => {
  expect(listOf({ figure: 'stock', place: 'store/store-1' })).toBe(
    '/supervise/figures?figure=stock&place=store%2Fstore-1',
  )
})
