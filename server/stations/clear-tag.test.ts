import { describe, expect, test } from 'vitest'
import type { TagReading } from '../../devices/reading.ts'
import { clearTags, type TagSight } from './clear-tag.ts'

const [OURS, OTHER, FOREIGN] = [`D4${'1'.repeat(22)}`, `D4${'2'.repeat(22)}`, `E28${'3'.repeat(21)}`] as const
const LOUD_DBM = -50
const FAINT_DBM = -80
const TELL_MS = 500

function reading(epc: string, at_ms: number, { rssi_dbm = LOUD_DBM, count = 10, antenna = 1 } = {}): TagReading {
  return {
    ...{ id: `r-${at_ms}`, station: 'bench-1', device: 'rfid-1', deviceKind: 'rfid', raw: new Uint8Array() },
    at: new Date(at_ms).toISOString(),
    value: { kind: 'tag', epc, tid: null, antenna, rssi_dbm, count, first_ms: at_ms, last_ms: at_ms },
  }
}

/** A reader that says twice a second what lies before it: from when to when each tag lies there. */
function desk(tags: readonly { epc: string; from: number; to: number; rssi_dbm?: number; count?: number }[]) {
  const see = clearTags([1], (epc) => epc.startsWith('D4'))
  const said: (TagSight & { at_ms: number })[] = []
  for (let at_ms = 0; at_ms <= 20_000; at_ms += TELL_MS)
    for (const { epc, from, to, ...how } of tags) {
      if (at_ms < from || at_ms > to) continue
      const sight = see(reading(epc, 1_000_000 + at_ms, how))
      if (sight !== null) said.push({ ...sight, at_ms })
    }
  return said
}

const sights = (said: readonly TagSight[]) => said.map((one) => (one.sight === 'one' ? one.epc : 'several'))

describe('before a reader on the desk', () => {
  test('a tag that lies there is one scan, however long it lies, and soon', () => {
    const said = desk([{ epc: OURS, from: 0, to: 15_000 }])
    expect(sights(said)).toEqual([OURS])
    expect(said[0]?.at_ms).toBeLessThanOrEqual(1_000)
  })

  test('one after the other, each is a scan; nothing is said of several', () => {
    const said = desk([
      { epc: OURS, from: 0, to: 3_000 },
      { epc: OTHER, from: 3_500, to: 8_000 },
    ])
    expect(sights(said)).toEqual([OURS, OTHER])
  })

  test('of which the last read of the one and the first of the next bear the same time, too', () => {
    const said = desk([
      { epc: OURS, from: 0, to: 3_000 },
      { epc: OTHER, from: 3_000, to: 8_000 },
    ])
    expect(sights(said)).toEqual([OURS, OTHER])
  })

  test('taken away and put there again, it is a scan again', () => {
    const said = desk([
      { epc: OURS, from: 0, to: 3_000 },
      { epc: OURS, from: 7_000, to: 9_000 },
    ])
    expect(sights(said)).toEqual([OURS, OURS])
  })

  test('several at once are no scan of any; they are said once, and the one that is left counts', () => {
    const said = desk([
      { epc: OURS, from: 0, to: 5_000 },
      { epc: OTHER, from: 0, to: 12_000 },
    ])
    expect(sights(said)).toEqual(['several', OTHER])
  })

  test('a second one beside a tag that counted is said, and does not count', () => {
    const said = desk([
      { epc: OURS, from: 0, to: 12_000 },
      { epc: OTHER, from: 4_000, to: 12_000 },
    ])
    expect(sights(said)).toEqual([OURS, 'several'])
  })

  test('a faint tag in reach keeps a loud one from counting: nobody can say which was meant', () => {
    const said = desk([
      { epc: OURS, from: 0, to: 6_000 },
      { epc: OTHER, from: 0, to: 6_000, rssi_dbm: -70 },
    ])
    expect(sights(said)).toEqual(['several'])
  })

  test.each([
    ['read once', [{ epc: OURS, from: 0, to: 0, count: 1 }]],
    ['too faint', [{ epc: OURS, from: 0, to: 9_000, rssi_dbm: FAINT_DBM }]],
    ['of others', [{ epc: FOREIGN, from: 0, to: 9_000 }]],
  ])('a tag %s is no scan', (_name, tags) => expect(desk(tags)).toEqual([]))

  test('tags of others beside ours do not disturb', () => {
    const said = desk([
      { epc: FOREIGN, from: 0, to: 9_000 },
      { epc: OURS, from: 2_000, to: 9_000 },
    ])
    expect(sights(said)).toEqual([OURS])
  })

  test('an antenna that is not in use says nothing', () => {
    const see = clearTags([1], () => true)
    for (let at_ms = 0; at_ms < 5_000; at_ms += TELL_MS) expect(see(reading(OURS, at_ms, { antenna: 2 }))).toBeNull()
  })
})
