import { expect, test } from 'vitest'
import type { Unit } from '../../org/org.ts'
import { spansUnder, type Units } from './spans.ts'

const DAYS = { from: '2026-03-01', to: '2026-03-31' }
const unit = (kind: Unit['kind'], parent: string | null, moves?: Unit['moves']): Unit => ({
  ...{ name: '', kind, parent },
  ...(moves === undefined ? {} : { moves }),
})
/** Noon in the zone of the house. */
const on = (day: string) => `${day}T04:00:00.000Z`

const units: Units = new Map([
  ['province', unit('organ', null)],
  ['city-a', unit('organ', 'province')],
  ['city-b', unit('organ', 'province')],
  // Went from one city to the other, and a hall of it to the other city's own county before.
  ['county-1', unit('organ', 'city-b', [{ from: 'city-a', at: on('2026-03-11') }])],
  ['county-2', unit('organ', 'city-b')],
  ['hall-1', unit('hall', 'county-1')],
  ['hall-2', unit('hall', 'county-2', [{ from: 'county-1', at: on('2026-03-06') }])],
  ['hall-3', unit('hall', 'city-a')],
])
const under = (root: string) =>
  spansUnder(units, root, DAYS).map(
    ({ hall, under: below, from, to }) => `${hall} ${below} ${from.slice(8)}-${to.slice(8)}`,
  )

test('a hall counts where it stood on each day, through whatever moved', () => {
  expect(under('province')).toEqual([
    ...[
      'hall-1 city-a 01-10',
      'hall-1 city-b 11-31',
      'hall-2 city-a 01-05',
      'hall-2 city-b 06-31',
      'hall-3 city-a 01-31',
    ],
  ])
  expect(under('city-b')).toEqual(['hall-1 county-1 11-31', 'hall-2 county-2 06-31'])
  expect(under('city-a')).toEqual(['hall-1 county-1 01-10', 'hall-2 county-1 01-05', 'hall-3 hall-3 01-31'])
  expect(under('county-1')).toEqual(['hall-1 hall-1 01-31', 'hall-2 hall-2 01-05'])
  expect(under('hall-2')).toEqual(['hall-2 hall-2 01-31'])
})

test('no day of a hall is under two units of one level, and none is lost', () => {
  const days = (root: string) =>
    spansUnder(units, root, DAYS).reduce(
      (sum, { from, to }) => sum + Number(to.slice(8)) - Number(from.slice(8)) + 1,
      0,
    )
  expect(days('province')).toBe(3 * 31)
  expect(days('city-a') + days('city-b')).toBe(3 * 31)
})
