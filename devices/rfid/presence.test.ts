import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TagSeen } from '../reading.ts'
import { presenceTracker, TAGS_MAX, USUAL_PRESENCE, type PresenceChange } from './presence.ts'

const ZONES = new Map([
  [1, 'shelf'],
  [2, 'shelf'],
  [3, 'door'],
])
const tracker = () => presenceTracker({ ...USUAL_PRESENCE, zones: ZONES })
const START_MS = 1_000_000

function read(at_ms: number, over: Partial<TagSeen> = {}): TagSeen {
  const seen_ms = START_MS + at_ms
  return {
    kind: 'tag',
    epc: 'D4',
    tid: null,
    antenna: 1,
    rssi_dbm: -50,
    count: 1,
    first_ms: seen_ms,
    last_ms: seen_ms,
    ...over,
  }
}

function said(changes: readonly PresenceChange[]): string[] {
  return changes.map(({ change, presence }) => `${change} ${presence.zone} ${presence.grade}`)
}

describe('grades', () => {
  test('rise with reads, time and strength', () => {
    const presence = tracker()
    const changes = [0, 600, 1200, 1800, 2400].map((at_ms) => said(presence.saw(read(at_ms))))
    expect(changes).toEqual([[], ['arrived shelf weak'], ['graded shelf likely'], [], ['graded shelf sure']])
    expect(presence.present()).toMatchObject([{ epc: 'D4', zone: 'shelf', grade: 'sure', level_dbm: -50 }])
  })

  test('one read is a stray, however loud; so are many that are too faint', () => {
    const presence = tracker()
    expect(presence.saw(read(0, { rssi_dbm: -20 }))).toEqual([])
    for (let at_ms = 0; at_ms < 3000; at_ms += 100)
      expect(presence.saw(read(at_ms, { epc: 'D5', rssi_dbm: -80 }))).toEqual([])
    expect(presence.present()).toEqual([])
    expect(presence.strays().map(({ epc }) => epc)).toEqual(['D4', 'D5'])
    expect(presence.look(START_MS + 60_000)).toEqual([])
    expect(presence.strays()).toEqual([])
  })

  test('a burst in one moment is not sure: it takes time', () => {
    const presence = tracker()
    expect(said(presence.saw(read(0, { count: 50 })))).toEqual(['arrived shelf weak'])
  })

  test('gathered reads count from their first to their last', () => {
    const presence = tracker()
    presence.saw(read(0))
    const gathered = read(1100, { count: 20, first_ms: START_MS + 550 })
    expect(said(presence.saw(gathered))).toEqual(['arrived shelf sure'])
  })

  test('without a measured strength are at most likely', () => {
    const presence = tracker()
    for (let at_ms = 0; at_ms < 5000; at_ms += 200) presence.saw(read(at_ms, { rssi_dbm: null }))
    expect(presence.present()).toMatchObject([{ grade: 'likely', level_dbm: null }])
  })

  test('do not flutter at a threshold, and fall only after a while', () => {
    const presence = tracker()
    const changes: string[] = []
    for (let at_ms = 0; at_ms < 20_000; at_ms += 200)
      changes.push(...said(presence.saw(read(at_ms, { rssi_dbm: -57 - (at_ms % 400 === 0 ? 3 : 0) }))))
    expect(changes).toEqual(['arrived shelf weak', 'graded shelf likely'])
    const loud: string[] = []
    for (let at_ms = 20_000; at_ms < 26_000; at_ms += 200) loud.push(...said(presence.saw(read(at_ms))))
    expect(loud).toEqual(['graded shelf sure'])
    const faint: string[] = []
    for (let at_ms = 26_000; at_ms < 36_000; at_ms += 200)
      faint.push(...said(presence.saw(read(at_ms, { rssi_dbm: -70 }))))
    expect(faint).toEqual(['graded shelf weak'])
  })
})

describe('leaving', () => {
  test('is silence for a while, never one missed round', () => {
    const presence = tracker()
    for (let at_ms = 0; at_ms <= 3000; at_ms += 500) presence.saw(read(at_ms))
    expect(presence.look(START_MS + 5500)).toEqual([])
    expect(presence.look(START_MS + 10_999).filter(({ change }) => change === 'left')).toEqual([])
    expect(presence.present()).toHaveLength(1)
    expect(said(presence.look(START_MS + 11_000))).toMatchObject([expect.stringMatching(/^left shelf/)])
    expect(presence.present()).toEqual([])
    expect(presence.look(START_MS + 20_000)).toEqual([])
  })

  test('and coming back is a new arrival', () => {
    const presence = tracker()
    presence.saw(read(0, { count: 2 }))
    presence.look(START_MS + 9000)
    expect(said(presence.saw(read(9500, { count: 2 })))).toEqual(['arrived shelf weak'])
  })
})

describe('several antennas', () => {
  test('of one zone together make a tag sure that each reads rarely', () => {
    const presence = tracker()
    for (let nth = 0; nth < 5; nth += 1) presence.saw(read(nth * 550, { antenna: 1 + (nth % 2) }))
    expect(presence.present()).toMatchObject([{ grade: 'sure', crossReads: 0 }])
  })

  test('of another zone hear it fainter: cross reads, and it stays where it is', () => {
    const presence = tracker()
    const changes: PresenceChange[] = []
    for (let at_ms = 0; at_ms < 10_000; at_ms += 250) {
      changes.push(...presence.saw(read(at_ms)))
      changes.push(...presence.saw(read(at_ms + 20, { antenna: 3, rssi_dbm: -54 })))
    }
    expect(changes.filter(({ change }) => change === 'moved')).toEqual([])
    expect(presence.present()).toMatchObject([{ zone: 'shelf', grade: 'sure', crossReads: 40 }])
  })

  test('of another zone hear it much louder for long enough: it has moved', () => {
    const presence = tracker()
    for (let at_ms = 0; at_ms < 4000; at_ms += 250) presence.saw(read(at_ms, { rssi_dbm: -62 }))
    const changes: string[] = []
    for (let at_ms = 4000; at_ms < 8000; at_ms += 250) {
      changes.push(...said(presence.saw(read(at_ms, { antenna: 3, rssi_dbm: -45 }))))
      presence.saw(read(at_ms + 20, { rssi_dbm: -70 }))
    }
    expect(changes.filter((one) => one.startsWith('moved'))).toEqual(['moved door sure'])
    expect(presence.present()).toMatchObject([{ zone: 'door' }])
  })

  test('one loud flash at the door moves nothing', () => {
    const presence = tracker()
    for (let at_ms = 0; at_ms < 3000; at_ms += 250) presence.saw(read(at_ms))
    expect(presence.saw(read(3000, { antenna: 3, rssi_dbm: -20, count: 3 }))).toEqual([])
    for (let at_ms = 3250; at_ms < 9000; at_ms += 250)
      expect(said(presence.saw(read(at_ms))).filter((one) => one.startsWith('moved'))).toEqual([])
  })

  test('that watch no zone are left out and counted', () => {
    const presence = tracker()
    expect(presence.saw(read(0, { antenna: 9 }))).toEqual([])
    expect(presence.ignored()).toBe(1)
  })
})

test('follows no more tags than it may, and counts the rest', () => {
  const presence = tracker()
  for (let nth = 0; nth < TAGS_MAX + 3; nth += 1) presence.saw(read(0, { epc: nth.toString(16), count: 2 }))
  expect(presence.present()).toHaveLength(TAGS_MAX)
  expect(presence.ignored()).toBe(3)
})

test('any readings in any order: who is present arrived before and has not left, and times never throw', () => {
  const event = fc.record({
    epc: fc.nat(3),
    antenna: fc.integer({ min: 1, max: 4 }),
    rssi_dbm: fc.option(fc.integer({ min: -90, max: -30 })),
    count: fc.integer({ min: 1, max: 30 }),
    step_ms: fc.integer({ min: -500, max: 4000 }),
    look: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const presence = tracker()
      const here = new Map<string, string>()
      let at_ms = START_MS
      for (const { step_ms, look, epc, ...one } of events) {
        at_ms += step_ms
        const seen: TagSeen = {
          kind: 'tag',
          tid: null,
          epc: String(epc),
          ...one,
          first_ms: at_ms - 300,
          last_ms: at_ms,
        }
        for (const change of look ? presence.look(at_ms) : presence.saw(seen)) {
          const { epc: who, zone } = change.presence
          if (change.change === 'arrived') expect(here.has(who)).toBe(false)
          else expect(here.get(who)).toBe(change.change === 'moved' ? change.from : zone)
          if (change.change === 'left') here.delete(who)
          else here.set(who, zone)
        }
        expect(new Map(presence.present().map((tag) => [tag.epc, tag.zone]))).toEqual(here)
      }
    }),
    { numRuns: 1000, seed: 20_261_121 },
  )
})
