import { expect, test } from 'vitest'
import { labelActs } from './label-acts.ts'

test('labels of one template go out together, no more at a time than the server takes, and each once', () => {
  const shelves = Array.from({ length: 1_001 }, (_, nth) => `L${nth}`)
  const acts = labelActs(['W1', ...shelves, 'C1'])
  expect(acts.map(({ template, codes }) => `${template} ${codes.length}`)).toEqual([
    ...['item-card 1', 'location-label 500', 'location-label 500', 'location-label 1', 'container-label 1'],
  ])
  expect(acts.flatMap(({ codes }) => codes)).toEqual(['W1', ...shelves, 'C1'])
  expect(labelActs([])).toEqual([])
})
