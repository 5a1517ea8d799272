import { describe, expect, test } from 'vitest'
import { jsonLine, measured, percentile, table } from './report.ts'

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  test.each([
    [0.5, 50],
    [0.95, 95],
    [0.99, 99],
    [1, 100],
    [0, 1],
  ])('%s of one to a hundred is %s', (share, expected) => {
    expect(percentile(hundred, share)).toBe(expected)
  })
  test('leaves the values in their order', () => {
    const values = [3, 1, 2]
    percentile(values, 0.5)
    expect(values).toEqual([3, 1, 2])
  })
  test('orders numbers as numbers', () => expect(percentile([9, 10, 100], 0.5)).toBe(10))
  test('says nothing of no values', () => expect(() => percentile([], 0.5)).toThrow(RangeError))
})

describe('lines', () => {
  const found = measured('check-in', 321.456, 'check-ins/s', { name: 'pgbench', value: 1234.56 })

  test('a program reads one object a line', () => {
    expect(JSON.parse(jsonLine(found))).toEqual({
      bench: 'check-in',
      value: 321.5,
      unit: 'check-ins/s',
      against: 'pgbench: 1235 check-ins/s',
      ratio: 0.2604,
    })
  })
  test('without a peer there is no ratio', () => {
    expect(JSON.parse(jsonLine({ ...found, ratio: null }))).toMatchObject({ ratio: null })
    expect(table([{ ...found, ratio: null }])).toMatch(/ - /)
  })
  test('nothing is measured against nothing', () => {
    expect(() => measured('labels', 1, 'labels/s', { name: 'sharp', value: 0 })).toThrow(RangeError)
  })
  test('people read columns', () => {
    const lines = table([found, { ...found, bench: 'a longer name', value: 7 }]).split('\n')
    expect(lines).toHaveLength(3)
    expect(new Set(lines.map((line) => line.search(/against$|pgbench/))).size).toBe(1)
  })
})
