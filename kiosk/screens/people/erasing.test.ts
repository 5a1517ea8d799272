import { expect, test } from 'vitest'
import { isDocument, itemsIn, papersIn } from './erasing.ts'

test.each([
  ['W02260000027YH', ['W02260000027YH']],
  [' w02260000027yh，W02260000028AB\nW02260000027YH ', ['W02260000027YH', 'W02260000028AB']],
  ['Ｗ０２２６００００027YH', ['W02260000027YH']],
])('%j names items', (text, codes) => {
  expect(itemsIn(text)).toEqual(codes)
})

test.each(['', ' ', 'W0226', 'L02260000027YH', 'W02260000027YH 手机'])('%j does not', (text) => {
  expect(itemsIn(text)).toBeNull()
})

test.each([
  ['问〔2026〕02-0001号', ['问〔2026〕02-0001号']],
  ['呈[2026]0a-0012 问(2026)02-0001号，问〔2026〕02-0001号', ['呈〔2026〕0A-0012号', '问〔2026〕02-0001号']],
  ['问〔2026〕02-1号', null],
  ['W02260000027YH', null],
  ['', null],
])('%j as numbers of papers: %j', (text, numbers) => {
  expect(papersIn(text)).toEqual(numbers)
})

test.each([
  ['云纪办〔2026〕12号', true],
  ['12', false],
  ['冯岩同意', false],
  ['云纪办 2026 12号', false],
])('%j is the number of a decision: %j', (text, is) => {
  expect(isDocument(text)).toBe(is)
})
