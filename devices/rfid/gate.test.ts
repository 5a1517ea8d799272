import { describe, expect, test } from 'vitest'
import type { TagSeen } from '../reading.ts'
import { gate, GATE_TAGS_MAX, USUAL_GATE } from './gate.ts'

const door = () => gate({ ...USUAL_GATE, inner: [1], outer: [2] })

function read(at_ms: number, antenna: number, over: Partial<TagSeen> = {}): TagSeen {
  return {
    kind: 'tag',
    epc: 'D4',
    tid: null,
    antenna,
    rssi_dbm: -55,
    count: 1,
    first_ms: at_ms,
    last_ms: at_ms,
    ...over,
  }
}

describe('a tag', () => {
  test('that goes out is told when it comes, when it heads, and when it is through', () => {
    const it = door()
    expect(it.saw(read(0, 1))).toEqual([{ event: 'seen', epc: 'D4', side: 'inner', at_ms: 0 }])
    expect(it.saw(read(200, 1))).toEqual([])
    expect(it.saw(read(400, 2))).toEqual([{ event: 'heading', epc: 'D4', direction: 'out', at_ms: 400 }])
    expect(it.saw(read(900, 2, { count: 4, first_ms: 450 }))).toEqual([])
    expect(it.look(2899)).toEqual([])
    expect(it.look(2900)).toEqual([
      { event: 'passed', epc: 'D4', direction: 'out', sure: true, first_ms: 0, last_ms: 900, reads: 7 },
    ])
    expect(it.look(9000)).toEqual([])
  })

  test('that comes in is told so', () => {
    const it = door()
    it.saw(read(0, 2))
    expect(it.saw(read(300, 1))).toMatchObject([{ event: 'heading', direction: 'in' }])
    expect(it.look(5000)).toMatchObject([{ event: 'passed', direction: 'in', sure: true }])
  })

  test('that lies near one side turns, and passes nothing', () => {
    const it = door()
    for (let at_ms = 0; at_ms < 1000; at_ms += 100) it.saw(read(at_ms, 1))
    expect(it.look(5000)).toMatchObject([{ event: 'turned', side: 'inner', reads: 10 }])
  })

  test('that goes to the door and back has turned', () => {
    const it = door()
    it.saw(read(0, 1))
    it.saw(read(500, 2))
    it.saw(read(1500, 1))
    expect(it.look(5000)).toMatchObject([{ event: 'turned', side: 'inner' }])
  })

  test('whose first sights fall together is told by its last ones, not surely', () => {
    const it = door()
    it.saw(read(0, 1))
    expect(it.saw(read(30, 2))).toMatchObject([])
    it.saw(read(800, 2))
    expect(it.look(5000)).toMatchObject([{ event: 'passed', direction: 'out', sure: false }])
  })

  test('whose first and last sights fall together is told by where it was loud last, or not at all', () => {
    const it = door()
    for (const [at_ms, antenna, rssi_dbm] of [
      [0, 1, -60],
      [10, 2, -70],
      [300, 1, -45],
      [310, 2, -60],
      [600, 1, -60],
      [610, 2, -45],
      [900, 1, -70],
      [910, 2, -60],
    ] as const)
      it.saw(read(at_ms, antenna, { rssi_dbm }))
    expect(it.look(5000)).toMatchObject([{ event: 'passed', direction: 'out', sure: false }])
    const still = door()
    still.saw(read(0, 1))
    still.saw(read(10, 2))
    expect(still.look(5000)).toMatchObject([{ event: 'turned', side: null }])
  })
})

test('each tag of a trolley is told for itself, whichever way it goes', () => {
  const it = door()
  for (let nth = 0; nth < 200; nth += 1) {
    const epc = String(nth)
    it.saw(read(nth, nth % 2 === 0 ? 1 : 2, { epc }))
    it.saw(read(nth + 500, nth % 2 === 0 ? 2 : 1, { epc }))
  }
  const passed = it.look(10_000)
  expect(passed).toHaveLength(200)
  for (const one of passed)
    expect(one).toMatchObject({ event: 'passed', direction: Number(one.epc) % 2 === 0 ? 'out' : 'in', sure: true })
})

test('holds no more tags than it may, and counts antennas of no side', () => {
  const it = door()
  for (let nth = 0; nth <= GATE_TAGS_MAX; nth += 1) it.saw(read(0, 1, { epc: String(nth) }))
  it.saw(read(0, 3))
  expect(it.ignored()).toBe(2)
  expect(it.look(5000)).toHaveLength(GATE_TAGS_MAX)
})
