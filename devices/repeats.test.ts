import { expect, test } from 'vitest'
import { repeatWindow } from './repeats.ts'

test('a value seen again within the window repeats its first sight, however often', () => {
  const window = repeatWindow(800)
  expect(window.repeated('A', 0)).toBeNull()
  window.saw('A', 'first', 0)
  expect(window.repeated('A', 800)).toBe('first')
  expect(window.repeated('A', 1600)).toBe('first')
})

test('after the window, or after another value, it is new', () => {
  const window = repeatWindow(800)
  window.saw('A', 'first', 0)
  expect(window.repeated('A', 801)).toBeNull()
  window.saw('A', 'second', 801)
  expect(window.repeated('B', 900)).toBeNull()
  window.saw('B', 'third', 900)
  expect(window.repeated('A', 1000)).toBeNull()
})
