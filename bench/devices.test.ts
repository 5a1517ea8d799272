import { expect, test } from 'vitest'
import { FRAMERS } from '../devices/framers.ts'
import { benchParse } from './parse.ts'
import { slope } from './soak.ts'

test('every protocol that streams is parsed to the last frame, against a copy', () => {
  const found = benchParse(4096)
  const protocols = new Set(FRAMERS.map(({ kind, protocol }) => `${kind} ${protocol}`))
  for (const protocol of protocols)
    expect(
      found.some(({ bench }) => bench.startsWith(`parse ${protocol}`)),
      protocol,
    ).toBe(true)
  for (const { value, unit, ratio } of found) {
    expect(unit).toBe('MiB/s')
    expect(value).toBeGreaterThan(0)
    expect(ratio).toBeGreaterThan(0)
  }
})

test('growth is the slope of all samples, not of the last one', () => {
  const at = (held: (at_s: number) => number) =>
    Array.from({ length: 50 }, (_, at_s) => ({ at_s, held_mib: held(at_s) }))
  expect(slope(at(() => 80))).toBe(0)
  expect(slope(at((at_s) => 80 + at_s / 4))).toBeCloseTo(0.25, 10)
  expect(Math.abs(slope(at((at_s) => 80 + (at_s % 2))))).toBeLessThan(0.002)
})
