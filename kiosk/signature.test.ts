import { expect, test } from 'vitest'
import { BOX, drawnTo, pathOf, pointIn, pointsIn, strokesOfScan } from './signature.ts'

const pad = { left: 100, top: 50, width: 600, height: 200 }

test('a pointer is where it is in the box, and on its edge where it left it', () => {
  expect(pointIn(pad, { clientX: 400, clientY: 150 })).toEqual([600, 200])
  expect(pointIn(pad, { clientX: 0, clientY: 900 })).toEqual([0, BOX.height])
})

test('a stroke grows by steps, not by trembling', () => {
  const stroke = drawnTo([10, 10], [12, 11])
  expect(stroke).toEqual([10, 10])
  expect(drawnTo(stroke, [20, 10])).toEqual([10, 10, 20, 10])
  expect(
    pointsIn([
      [10, 10, 20, 10],
      [5, 5],
    ]),
  ).toBe(3)
})

test('a stroke is a line, a touch a dot', () => {
  expect(
    pathOf([
      [1, 2, 3, 4, 5, 6],
      [7, 8],
    ]),
  ).toBe('M1 2L3 4 5 6M7 8L7 8')
})

/** Rows of # on paper. */
function scan(...rows: readonly string[]) {
  const width = rows[0]?.length ?? 0
  const values = Uint8ClampedArray.from(rows.join(''), (one) => (one === '#' ? 20 : 235))
  return { width, height: rows.length, values }
}

test('a scan becomes the runs of its ink, as large as the box', () => {
  expect(strokesOfScan(scan('......', '.####.', '......', '.#..#.', '......'))).toEqual([
    [0, 0, 600, 0],
    [0, 400, 0, 400],
    [600, 400, 600, 400],
  ])
})

test.each([
  ['blank paper', scan('......', '......')],
  ['paper that is nothing but dots', scan(...Array.from({ length: 100 }, () => '#.'.repeat(150)))],
])('%s is no signature', (_, grey) => {
  expect(strokesOfScan(grey)).toBeNull()
})
