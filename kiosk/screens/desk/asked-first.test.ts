import { expect, test } from 'vitest'
import { askedFirst } from './asked-first.ts'

const items = ['a', 'b', 'c', 'd'].map((code) => ({ code }))
const codesOf = (asked: readonly string[]): string =>
  askedFirst(items, new Set(asked))
    .map(({ code }) => code)
    .join('')

test('what a page was opened for comes first, each part in the order in which it came', () => {
  expect(codesOf(['d', 'b'])).toBe('bdac')
})

test('a page that was opened for the whole case shows it as it came, and no item that the case lacks', () => {
  expect(codesOf([])).toBe('abcd')
  expect(codesOf(['x', 'c'])).toBe('cabd')
})
