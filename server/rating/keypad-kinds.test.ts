import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type EmulatedPad, startPad } from '../../devices/emulators/keypad-pad.ts'
import { type EmulatedTablet, startTablet } from '../../devices/emulators/keypad-tablet.ts'
import { seedStations } from '../stations/registry.ts'
import type { Counts } from './counts.ts'
import { CLERK, HALL, TestHall } from './testing.ts'

/** Tablets and number pads, from their bytes to a counted vote; the pads of the FF 68 line are in keypads.test.ts. */

const patience = { timeout: 30_000, interval: 20 }
const VOTES = 10

let hall: TestHall
let tablet: EmulatedTablet
let input: EmulatedPad

beforeAll(async () => {
  hall = await TestHall.open()
  ;[tablet, input] = await Promise.all([
    startTablet({ port: 0 }),
    startPad({ input: 'evdev', listen: `pty:${join(hall.server.dataDir, 'event3')}` }),
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
  ])
  await vi.waitFor(
    async () => {
      const answer = await hall.server.as('xu-system', { url: '/api/devices' })
      const states = answer.json<{ devices: { state: string }[] }>().devices.map(({ state }) => state)
      expect(states).toEqual(['ready', 'ready', 'ready', 'ready'])
    },
    { timeout: 60_000, interval: 50 },
  )
  await hall.tally()
})
afterAll(async () => {
  await hall.close()
  await Promise.all([tablet, input].map((pad) => pad.close()))
})

/** Level 4 on each of them: its second key. */
const KINDS = [
  ['a tablet (sundyn)', 'counter-3', () => (tablet.shows() === 'rate' ? void tablet.press('2') : undefined)],
  ['a pad on an input device (keys)', 'counter-4', () => input.press(2)],
] as const

it.each(KINDS)('%s: ten presses become ten counted votes', { timeout: 120_000 }, async (_kind, counter, press) => {
  await hall.signOn(CLERK, counter)
  for (let nth = 0; nth < VOTES; nth += 1) {
    const before = await hall.used()
    await hall.served(counter)
    // A pad without a screen tells nobody that it was asked: until then a press is none, as a rater's who is too quick.
    await vi.waitFor(async () => {
      await press()
      expect(await hall.used()).toBe(before + 1)
    }, patience)
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
})
