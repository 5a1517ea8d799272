import { expect, test } from 'vitest'
import { FRAMERS } from '../devices/framers.ts'
import { benchParse } from './parse.ts'
import { slope } from './soak.ts'
import { benchUnplug } from './unplug.ts'

/** Six devices are pulled and put back; a busy machine takes its time. */
const UNPLUG_TEST_MS = 120_000

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

test(
  'every emulated device is seen to be gone and reads again after the re-plug',
  async () => {
    const found = await benchUnplug(1)
    const of = (what: string) => found.filter(({ bench }) => bench.startsWith(what))
    expect(of('unplug seen, ').length).toBeGreaterThanOrEqual(6)
    expect(of('re-plug to reading, ')).toHaveLength(of('unplug seen, ').length)
    for (const { unit, against } of found) {
      expect(unit).toBe('ms')
      expect(against).toMatch(/^limit: /)
    }
  },
  UNPLUG_TEST_MS,
)
