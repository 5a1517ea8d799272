import { expect, test } from 'vitest'
import { choiceOfKey, numbersOf, sentAs, type TypedBox } from './typing-in.ts'

const box: TypedBox = {
  ...{ id: 'b', sheets: 3, stage: 'first', openedBy: '冯岩', openedAt: '2026-03-02T01:00:00.000Z' },
  ...{ enteredBy: [], decidedBy: null, differ: [], next: 'enter' },
}

test('every sheet is typed in; a third person gets those that differ, and says which they are', () => {
  expect(numbersOf(box)).toEqual([1, 2, 3])
  expect(sentAs(box, [{ a: 1 }])).toEqual({ path: 'entries', sheets: [{ a: 1 }] })
  const third: TypedBox = { ...box, stage: 'differs', differ: [2, 3], next: 'decide' }
  expect(numbersOf(third)).toEqual([2, 3])
  expect(sentAs(third, [{ a: 1 }, { a: 2 }])).toEqual({
    path: 'decide',
    sheets: [
      { sheet: 2, a: 1 },
      { sheet: 3, a: 2 },
    ],
  })
})

test('a figure stands for the choice at its place, nought for blank, and nothing else for any', () => {
  expect(['1', '5', '0', '6', '7', 'Enter', 'a', ''].map((key) => choiceOfKey(key, 6))).toEqual([
    0,
    4,
    5,
    null,
    null,
    null,
    null,
    null,
  ])
})
