import { expect, test } from 'vitest'
import { eachOnce } from './each-once.ts'

test('what comes on two pages is one row, as it was read last', () => {
  const moved = [
    { id: 'a', due: 1 },
    { id: 'b', due: 2 },
    { id: 'a', due: 3 },
  ]
  expect(eachOnce(moved, ({ id }) => id)).toEqual([
    { id: 'a', due: 3 },
    { id: 'b', due: 2 },
  ])
})
