import { expect, test } from 'vitest'
import { codeIn } from './codes.ts'

test.each([
  ['W02260000027YH', 'W02260000027YH', 'item'],
  [' w02260000027yh\r\n', 'W02260000027YH', 'item'],
  ['W02260000027YH-2K7', 'W02260000027YH', 'item'],
  ['D02260000005XE', 'D02260000005XE', 'list'],
  ['L01260000003AB', 'L01260000003AB', 'location'],
  ['C01260000003AB', 'C01260000003AB', 'container'],
])('%j is a code', (text, code, kind) => {
  expect(codeIn(text)).toEqual({ code, kind })
})

test.each(['', '手表', 'X-CONFIRM4Z', 'B100101', 'W0226000002', 'W02260000027YH7', '云监立〔2026〕2号'])(
  '%j has not the shape of one',
  (text) => {
    expect(codeIn(text)).toBeNull()
  },
)
