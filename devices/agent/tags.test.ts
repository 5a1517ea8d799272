import { afterEach, expect, test, vi } from 'vitest'
import type { TagReading } from '../reading.ts'
import { type FarTag, TAGS_A_FRAME } from './protocol.ts'
import { type TagSender, tagSender } from './tags.ts'

/** This machine's clock is an hour behind the server's. */
const HOUR_MS = 3_600_000
const NOW_MS = 1_795_240_000_000
const WAIT = { timeout: 20_000, interval: 5 }

let sender: TagSender | undefined
afterEach(() => sender?.close())

function open(earliest: number | null) {
  const frames: (readonly FarTag[])[] = []
  const made = tagSender({
    clock: { earliest: () => earliest },
    now: () => NOW_MS,
    send: (tags) => void frames.push(tags),
  })
  sender = made
  return { frames, saw: made.saw }
}

function tag(nth: number): TagReading {
  const seen = { epc: `D4${String(nth).padStart(22, '0')}`, tid: null, antenna: 1, rssi_dbm: -50, count: 2 }
  return {
    ...{ id: `tag-${nth}`, station: 'bench-1', device: 'rfid-1', deviceKind: 'rfid', raw: new Uint8Array(16) },
    at: new Date(NOW_MS).toISOString(),
    value: { kind: 'tag', ...seen, first_ms: NOW_MS - 500, last_ms: NOW_MS - 20 },
  }
}

test('tags go up in frames of bounded size, in their order, with the server’s time', async () => {
  const { frames, saw } = open(NOW_MS + HOUR_MS)
  for (let nth = 0; nth < TAGS_A_FRAME + 3; nth += 1) saw(tag(nth))
  await vi.waitFor(() => expect(frames).toHaveLength(2), WAIT)
  expect(frames.map((tags) => tags.length)).toEqual([TAGS_A_FRAME, 3])
  expect(frames.flat().map(({ epc }) => Number(epc.slice(2)))).toEqual(
    Array.from({ length: TAGS_A_FRAME + 3 }, (_, nth) => nth),
  )
  expect(frames[0]?.[0]).toMatchObject({ first_ms: NOW_MS + HOUR_MS - 500, last_ms: NOW_MS + HOUR_MS - 20 })
})

test('before the server has said what time it is, nothing is told; of a flood the oldest are dropped', async () => {
  const none = open(null)
  none.saw(tag(1))
  const { frames, saw } = open(NOW_MS)
  for (let nth = 0; nth < 1_200; nth += 1) saw(tag(nth))
  await vi.waitFor(() => expect(frames.flat()).toHaveLength(1_000), WAIT)
  expect(frames.flat().at(-1)?.epc).toBe(tag(1_199).value.epc)
  expect(none.frames).toEqual([])
})
