import { expect, test } from 'vitest'
import { falseRedsOf } from './false-reds.ts'

test.each([
  ['1', 1],
  [' 12 ', 12],
  ['100', 100],
  ['0', null],
  ['101', null],
  ['2.5', null],
  ['', null],
  ['many', null],
])('“%s” is %s false reds a year', (typed, reds) => expect(falseRedsOf(typed)).toBe(reds))
