import { expect, test } from 'vitest'
import type { ShownLocation } from '../../../server/custody/protocol.ts'
import { fillingOf, stateOfShelf } from './filling.ts'

const shelf = (occupied: number, capacity: number, frozen = 0): ShownLocation => ({
  ...{ code: 'L', store: 'store-1', name: '架', storageClass: 'ordinary', at: null, containers: 0 },
  ...{ occupied, capacity, frozen },
})

test.each([
  [shelf(0, 10), 'quiet'],
  [shelf(8, 10), 'ok'],
  [shelf(9, 10), 'attention'],
  [shelf(10, 10), 'fault'],
  [shelf(1, 10, 1), 'refused'],
  [shelf(10, 10, 1), 'refused'],
] as const)('%j is %s', (location, state) => {
  expect(stateOfShelf(location)).toBe(state)
})

test('a store is the sum of its shelves', () => {
  expect(fillingOf([shelf(10, 10, 2), shelf(3, 20)])).toEqual({
    ...{ shelves: 2, full: 1, occupied: 13, capacity: 30, frozen: 2 },
  })
})
