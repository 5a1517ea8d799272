import { expect, test } from 'vitest'
import { halfWidth, plainFigures } from './digits.ts'
import { overBy } from './length.ts'

test.each([
  ['１２．５', '12.5'],
  ['１２。５', '12.5'],
  [' 3 ', '3'],
  ['０．００１', '0.001'],
  ['十二', '十二'],
  ['1,000', '1,000'],
])('%j is read as %j', (typed, plain) => {
  expect(plainFigures(typed)).toBe(plain)
})

test.each([
  ['Ｂ－１００１０１', 'B-100101'],
  ['B100101', 'B100101'],
  ['工牌１', '工牌1'],
])('%j in half width is %j', (typed, plain) => {
  expect(halfWidth(typed)).toBe(plain)
})

test('a limit counts characters, not the halves of rare ones, and no space around', () => {
  expect(overBy('  一二三  ', 3)).toBe(0)
  expect(overBy('一二三四', 3)).toBe(1)
  expect(overBy('𠮷𠮷𠮷', 3)).toBe(0)
})
