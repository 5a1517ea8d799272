import { expect, test } from 'vitest'
import type { ChainEntry } from '../../../server/custody/protocol.ts'
import { bandOf, eventsOf, incidentOf, isWithoutGap, photosOf, saidBy } from './life.ts'

let seq = 0
function entry(type: string, at: string, body: object = {}, more: Partial<ChainEntry> = {}): ChainEntry {
  seq += 1
  const time = `2026-11-${at}:00.000Z`
  return {
    ...{ register: 'unit.dept-1', seq, at: time, recordedAt: time, type: `custody.${type}`, actor: 'li-na' },
    ...{ with: [], station: null, body, hash: String(seq).padStart(64, '0') },
    ...more,
  }
}

test('both sides of a passing are one event that says what both say', () => {
  const given = entry('released-to-store', '19T07:02', { list: 'D1', submittedBy: 'li-na' })
  const taken = entry('checked-in', '19T07:02', { list: 'D1', location: 'L1', weight_mg: 5 }, { register: 'store.s' })
  const [event, ...others] = eventsOf([given, taken])
  expect(others).toEqual([])
  expect(event).toMatchObject({ kind: 'handed-in', entries: [given, taken] })
  expect(event && saidBy(event)).toEqual({ list: 'D1', submittedBy: 'li-na', location: 'L1', weight_mg: 5 })
})

test('a loan and its return are one event each, and a half alone stays what it is', () => {
  const kinds = (entries: ChainEntry[]): string[] => eventsOf(entries).map(({ kind }) => kind)
  expect(
    kinds([
      entry('registered', '18T01:00'),
      entry('lent', '19T01:00'),
      entry('received-on-loan', '19T01:00'),
      entry('handed-back', '20T01:00'),
      entry('returned', '20T01:00'),
    ]),
  ).toEqual(['registered', 'lent-out', 'brought-back'])
  expect(kinds([entry('lent', '19T01:00'), entry('returned', '19T01:00')])).toEqual(['lent', 'returned'])
  expect(kinds([entry('lent', '19T01:00'), entry('received-on-loan', '19T01:01')])).toEqual([
    'lent',
    'received-on-loan',
  ])
})

test('photos of one person in one go are one event, in their order', () => {
  const events = eventsOf([
    entry('photo-added', '18T01:00', { photo: 'a' }),
    entry('photo-added', '18T01:05', { photo: 'b' }),
    entry('photo-added', '18T01:06', { photo: 'c' }, { actor: 'chen-jing' }),
    entry('photo-added', '18T02:00', { photo: 'd' }, { actor: 'chen-jing' }),
    entry('moved', '18T02:01'),
  ])
  expect(events.map((event) => photosOf(event))).toEqual([['a', 'b'], ['c'], ['d'], []])
})

test('photos of an incident are an event of their own, also when they are taken in the same go', () => {
  const events = eventsOf([
    entry('photo-added', '18T01:00', { photo: 'a' }),
    entry('photo-added', '18T01:01', { photo: 'b', incident: 1 }),
    entry('photo-added', '18T01:02', { photo: 'c', incident: 1 }),
    entry('photo-added', '18T01:03', { photo: 'd', incident: 2 }),
  ])
  expect(events.map((event) => [photosOf(event), incidentOf(event.entries[0])])).toEqual([
    [['a'], null],
    [['b', 'c'], 1],
    [['d'], 2],
  ])
})

test('what a later version of the registers may say is shown, not hidden', () => {
  expect(eventsOf([entry('dissolved', '18T01:00')]).map(({ kind }) => kind)).toEqual(['other'])
})

test('every entry stands in exactly one event', () => {
  const types = ['registered', 'photo-added', 'photo-added', 'released-to-store', 'checked-in', 'lent', 'checked-in']
  const all = types.map((type, day) => entry(type, `${10 + Math.floor(day / 2)}T01:00`))
  expect(eventsOf(all).flatMap(({ entries }) => entries)).toEqual(all)
})

const day = (n: number): string => `2026-11-${n}T00:00:00.000Z`
const holder = (who: string, from: string, to: string | null) => ({ who, name: who, from, to })

test('holders without a gap, with one, and with an overlap', () => {
  expect(isWithoutGap([holder('a', day(10), day(12)), holder('b', day(12), null)])).toBe(true)
  expect(isWithoutGap([holder('a', day(10), day(12)), holder('b', day(13), null)])).toBe(false)
  expect(isWithoutGap([holder('a', day(10), day(12)), holder('b', day(11), null)])).toBe(false)
  expect(isWithoutGap([holder('a', day(10), day(12))])).toBe(false)
  expect(isWithoutGap([])).toBe(false)
})

test('the band is as long as the times, whole, and shows the shortest', () => {
  const band = bandOf(
    [holder('a', day(10), day(11)), holder('b', day(11), '2026-11-11T00:01:00.000Z'), holder('c', day(11), null)],
    Date.parse(day(20)),
  )
  expect(band.map(({ span_ms }) => span_ms)).toEqual([86_400_000, 60_000, 9 * 86_400_000])
  expect(band.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  expect(band[1]?.share).toBeGreaterThan(0.05)
  expect((band[2]?.share ?? 0) / (band[0]?.share ?? 1)).toBeCloseTo(9, 0)
})
