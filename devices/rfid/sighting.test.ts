import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PAIRS_MAX, tagWindow, type Sighting } from './sighting.ts'

const RAW = Uint8Array.of(1)
const sighting = (over: Partial<Sighting> = {}): Sighting => ({
  epc: 'D400',
  tid: null,
  antenna: 1,
  rssi_dbm: -60,
  count: 1,
  ...over,
})

test('tells the first read of a tag by an antenna at once, and the further ones together', () => {
  const window = tagWindow()
  expect(window.saw(sighting(), RAW, 1000)?.seen).toEqual({
    kind: 'tag',
    epc: 'D400',
    tid: null,
    antenna: 1,
    rssi_dbm: -60,
    count: 1,
    first_ms: 1000,
    last_ms: 1000,
  })
  expect(window.saw(sighting({ rssi_dbm: -50, tid: 'E280' }), RAW, 1100)).toBeNull()
  expect(window.saw(sighting({ rssi_dbm: null, count: 3 }), Uint8Array.of(2), 1200)).toBeNull()
  expect(window.saw(sighting({ antenna: 2 }), RAW, 1200)).not.toBeNull()
  expect(window.tick()).toMatchObject([
    { raw: Uint8Array.of(2), seen: { tid: 'E280', rssi_dbm: -50, count: 4, first_ms: 1100, last_ms: 1200 } },
  ])
  expect(window.tick()).toEqual([])
})

test('forgets a tag that stays away, and tells its return at once', () => {
  const window = tagWindow()
  window.saw(sighting(), RAW, 0)
  for (let tick = 0; tick < 4; tick += 1) window.tick()
  expect(window.size()).toBe(0)
  expect(window.saw(sighting(), RAW, 5000)).not.toBeNull()
})

test('more tags than it remembers are told one by one, and none is lost', () => {
  const window = tagWindow(2)
  const epcs = ['D401', 'D402', 'D403', 'D403', 'D401']
  const told = epcs.flatMap((epc) => window.saw(sighting({ epc }), RAW, 0) ?? [])
  expect(told.map(({ seen }) => seen.epc)).toEqual(['D401', 'D402', 'D403', 'D403'])
  expect(window.tick().map(({ seen }) => seen.epc)).toEqual(['D401'])
  expect(window.size()).toBe(2)
})

test('counts come out as they went in, whatever the order of reads and ticks', () => {
  const event = fc.oneof(
    { weight: 5, arbitrary: fc.record({ epc: fc.nat(30), antenna: fc.integer({ min: 1, max: 4 }), count: fc.nat(9) }) },
    { weight: 1, arbitrary: fc.constant('tick' as const) },
  )
  fc.assert(
    fc.property(fc.array(event, { maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (events, pairs) => {
      const window = tagWindow(pairs)
      const wanted = new Map<string, number>()
      const got = new Map<string, number>()
      const add = (to: Map<string, number>, { epc, antenna, count }: Sighting): void => {
        to.set(`${epc} ${antenna}`, (to.get(`${epc} ${antenna}`) ?? 0) + count)
      }
      for (const one of events) {
        if (one === 'tick') {
          for (const { seen } of window.tick()) add(got, seen)
          continue
        }
        const seen = sighting({ ...one, epc: one.epc.toString(16).padStart(4, '0') })
        add(wanted, seen)
        const told = window.saw(seen, RAW, 0)
        if (told !== null) add(got, told.seen)
      }
      for (const { seen } of window.tick()) add(got, seen)
      expect(got).toEqual(wanted)
      expect(window.size()).toBeLessThanOrEqual(pairs)
    }),
    { numRuns: 1000, seed: 20_261_121 },
  )
})

test('ten seconds of 1,500 reads a second of 3,000 tags: each is counted, few are told', () => {
  const window = tagWindow()
  let reads = 0
  let told = 0
  for (let nth = 0; nth < 15_000; nth += 1) {
    const one = window.saw(
      sighting({ epc: (nth % 3000).toString(16).padStart(24, '0'), antenna: 1 + (nth % 4) }),
      RAW,
      nth,
    )
    for (const { seen } of [...(one === null ? [] : [one]), ...(nth % 750 === 749 ? window.tick() : [])]) {
      reads += seen.count
      told += 1
    }
  }
  for (const { seen } of window.tick()) reads += seen.count
  expect(reads).toBe(15_000)
  expect(told).toBeLessThanOrEqual(15_000)
  expect(window.size()).toBeLessThan(PAIRS_MAX)
})
