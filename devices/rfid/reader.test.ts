import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { TagSeen } from '../reading.ts'
import { tagTeller, TELL_MS } from './reader.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('tags are gathered while there are any, and a reader that never opened leaves no clock running', async () => {
  const told: TagSeen[] = []
  const teller = tagTeller({
    write: () => Promise.resolve(),
    turn: (deed) => deed(),
    reading: () => 'reading',
    count: () => undefined,
    health: () => undefined,
    giveUp: () => undefined,
    tag: (_raw, seen) => told.push(seen),
    now: Date.now,
  })
  expect(vi.getTimerCount()).toBe(0)
  const sighting = { epc: 'E2801160', tid: null, antenna: 1, rssi_dbm: -60, count: 1 }
  for (let reads = 0; reads < 3; reads += 1) teller.saw([sighting], new Uint8Array(0))
  expect(vi.getTimerCount()).toBe(1)
  await vi.advanceTimersByTimeAsync(TELL_MS)
  expect(told.map(({ count }) => count)).toEqual([1, 2])
  teller.saw([sighting], new Uint8Array(0))
  teller.stop()
  expect(told.map(({ count }) => count)).toEqual([1, 2, 1])
  expect(vi.getTimerCount()).toBe(0)
})
