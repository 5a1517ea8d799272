import { expect, test } from 'vitest'
import { arranged, turned } from './sorting.ts'

const rows = [
  { row: 'a', texts: { n: '10', name: '手机', code: 'W01' } },
  { row: 'b', texts: { n: '9', name: '金条', code: 'W02' } },
  { row: 'c', texts: { n: '100', name: '手机壳', code: 'W03' } },
]

test('figures are ordered as figures, both ways', () => {
  expect(arranged(rows, '', { id: 'n', down: false })).toEqual(['b', 'a', 'c'])
  expect(arranged(rows, '', { id: 'n', down: true })).toEqual(['c', 'a', 'b'])
})

test('equal rows keep their order', () => {
  const equal = rows.map((one) => ({ ...one, texts: { ...one.texts, state: '在库' } }))
  expect(arranged(equal, '', { id: 'state', down: false })).toEqual(['a', 'b', 'c'])
  expect(arranged(equal, '', { id: 'state', down: true })).toEqual(['a', 'b', 'c'])
})

test('every word of the filter has to be found, in any column and case', () => {
  const by = { id: 'n', down: false }
  expect(arranged(rows, '手机', by)).toEqual(['a', 'c'])
  expect(arranged(rows, ' 手机  w03 ', by)).toEqual(['c'])
  expect(arranged(rows, '手机 金条', by)).toEqual([])
})

test('a head pressed again turns its order round', () => {
  expect(turned({ id: 'n', down: false }, 'n')).toEqual({ id: 'n', down: true })
  expect(turned({ id: 'n', down: true }, 'n')).toEqual({ id: 'n', down: false })
  expect(turned({ id: 'n', down: true }, 'name')).toEqual({ id: 'name', down: false })
})
