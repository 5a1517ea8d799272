import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type EmulatedPad, startPad } from '../../devices/emulators/keypad-pad.ts'
import { type EmulatedTablet, startTablet } from '../../devices/emulators/keypad-tablet.ts'
import { seedStations } from '../stations/registry.ts'
import type { Counts } from './counts.ts'
import { CLERK, HALL, TestHall } from './testing.ts'
import type { DeviceRow } from '../stations/protocol-devices.ts'

/** Tablets and number pads, from their bytes to a counted vote; the pads of the FF 68 line are in keypads.test.ts. */

const PATIENCE_MS = 30_000
const SOON_MS = 20
/** The same byte sooner than this after the last one is a key that sticks. */
const NOT_STUCK_MS = 900
const VOTES = 10

let hall: TestHall
let tablet: EmulatedTablet
let input: EmulatedPad
let line: EmulatedPad

beforeAll(async () => {
  hall = await TestHall.open()
  ;[tablet, input, line] = await Promise.all([
    startTablet({ port: 0 }),
    startPad({ input: 'evdev', listen: `pty:${join(hall.server.dataDir, 'event3')}` }),
    startPad({ input: 'bytes', listen: `pty:${join(hall.server.dataDir, 'tty3')}` }),
  ])
  const keypad = { id: 'pad', kind: 'keypad' } as const
  await seedStations(hall.server.deps.db, hall.server.deps.act, [
    {
      ...{ id: 'counter-3', name: '3号窗口', kind: 'counter', place: HALL },
      devices: [{ ...keypad, protocol: 'sundyn', port: tablet.address }],
    },
    {
      ...{ id: 'counter-4', name: '4号窗口', kind: 'counter', place: HALL },
      devices: [{ ...keypad, protocol: 'keys', port: input.address }],
    },
    {
      ...{ id: 'counter-5', name: '5号窗口', kind: 'counter', place: HALL },
      devices: [{ ...keypad, protocol: 'keys', profile: 'keys-serial', port: line.address }],
    },
  ])
  await vi.waitFor(
    async () => {
      const answer = await hall.server.as('xu-system', { url: '/api/devices' })
      const states = answer.json<{ devices: { state: string }[] }>().devices.map(({ state }) => state)
      expect(states).toEqual(Array.from({ length: 5 }, () => 'ready'))
    },
    { timeout: 60_000, interval: 50 },
  )
  await hall.tally()
})
afterAll(async () => {
  await hall.close()
  await Promise.all([tablet, input, line].map((pad) => pad.close()))
})

/** Level 4 on each of them: its second key. */
const KINDS = [
  ['a tablet (sundyn)', 'counter-3', () => (tablet.shows() === 'rate' ? void tablet.press('2') : undefined), SOON_MS],
  ['a pad on an input device (keys)', 'counter-4', () => input.press(2), SOON_MS],
  ['a pad on a serial line (keys-serial)', 'counter-5', () => line.press(2), NOT_STUCK_MS],
] as const

it.each(KINDS)(
  '%s: ten presses become ten counted votes',
  { timeout: 120_000 },
  async (_kind, counter, press, every_ms) => {
    await hall.signOn(CLERK, counter)
    let pressed_ms = -Infinity
    for (let nth = 0; nth < VOTES; nth += 1) {
      const before = await hall.used()
      await hall.served(counter)
      // A pad without a screen tells nobody that it was asked: until then a press is none, as a rater's who is too quick.
      await vi.waitFor(
        async () => {
          if (performance.now() - pressed_ms > every_ms) {
            pressed_ms = performance.now()
            await press()
          }
          expect(await hall.used()).toBe(before + 1)
        },
        { timeout: PATIENCE_MS, interval: SOON_MS },
      )
    }
    expect((await hall.tally()).account).toMatchObject({ waiting: 0, balanced: true })
    const found = await hall.server.deps.db
      .selectFrom('rating_batches')
      .selectAll()
      .where('grp', 'like', `${HALL}/${counter}/%`)
      .execute()
    expect(found.map(({ form, n, counts }) => [form, n, (counts as Counts).overall])).toEqual([
      ['short', VOTES, { 1: 0, 2: 0, 3: 0, 4: VOTES, 5: 0 }],
    ])
  },
)

it('that and when somebody pressed is told to no clerk by the list of devices', async () => {
  const seenBy = async (person: string): Promise<DeviceRow | undefined> => {
    const answer = await hall.server.as(person, { url: '/api/devices' })
    return answer.json<{ devices: DeviceRow[] }>().devices.find(({ station }) => station === 'counter-3')
  }
  // Counted with the beat of its process.
  await vi.waitFor(async () => expect((await seenBy('xu-system'))?.readings).toBeGreaterThan(0), {
    timeout: PATIENCE_MS,
  })
  const hidden = { state: 'ready', lastReadingAt: null, lastReading: null, readings: null, repeats: null }
  expect(await seenBy(CLERK)).toMatchObject(hidden)
})
