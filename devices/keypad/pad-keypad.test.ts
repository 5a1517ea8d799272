import { describe, expect, test, vi } from 'vitest'
import { startPad } from '../emulators/keypad-pad.ts'
import { testBench, WIRES } from '../testing-bench.ts'
import { padKeypad } from './pad-keypad.ts'
import { MASKED_FRAME } from './press.ts'
import { readProfile } from './profile.ts'

const { bench, keep, pty } = testBench()
const wait = { timeout: 6000, interval: 5 }

async function padBench(input: 'evdev' | 'bytes', listen: string) {
  const pad = keep(await startPad({ input, listen }))
  const profile = input === 'evdev' ? 'keys' : 'keys-serial'
  const opened = bench({ id: 'pad-1', kind: 'keypad', protocol: 'keys', profile, port: pad.address })
  await opened.becomes('pad-1', 'ready')
  const happened = (...names: string[]) =>
    vi.waitFor(
      () => expect(opened.events.map(({ value }) => ('why' in value ? value.why : value.kind))).toEqual(names),
      wait,
    )
  return { pad, happened, ...opened }
}

test('a pad on an input device gives a press for a key, one however long it is held', async () => {
  const { pad, stations, events, happened } = await padBench('evdev', pty('event3'))
  await stations.ask('bench-1')
  await pad.press(2, { enter: true, held: 9 })
  await happened('asked', 'rated')
  const rated = events[1]?.value
  if (rated?.kind !== 'rated') throw new Error('no rating')
  expect(rated.press.sealWith(({ key, level }) => [key, level])).toEqual(['03', 4])
  await vi.waitFor(() => expect(stations.counts()[0]?.counts.repeats).toBe(9), wait)
  await pad.press(9)
  await pad.press(1)
  await happened('asked', 'rated', 'double')
})

test('a pad that is pulled inside a report has pressed nothing', () => {
  const told: string[] = []
  const profile = readProfile('keys')
  if (profile.protocol !== 'keys') throw new Error('no pad')
  const pad = padKeypad(
    {
      write: () => Promise.resolve(),
      reading: (raw, value) => String(told.push(`${value.kind === 'fault' ? value.fault.code : value.kind} ${raw}`)),
      count: () => undefined,
      health: () => undefined,
      turn: (deed) => deed(),
      giveUp: () => undefined,
    },
    {
      clerk: () => undefined,
      clerkAsks: () => undefined,
      pressed: () => told.push('pressed'),
      saidNone: () => undefined,
    },
    profile,
  )
  const event = new Uint8Array(24)
  event.set([1, 0, 2, 0, 1, 0, 0, 0], 16)
  pad.bytes(event)
  pad.closed({ code: 'port-gone', detail: 'pulled' })
  expect(told).toEqual([`line-cut ${MASKED_FRAME}`])
})

describe.each(WIRES)('a pad that sends digits on a %s', (wire) => {
  test('gives a press for a key; a key that sticks is one', async () => {
    const { pad, stations, happened } = await padBench('bytes', wire === 'TCP' ? 'tcp:0' : pty('pad'))
    await stations.ask('bench-1')
    await pad.press(3, { held: 4, enter: true })
    await happened('asked', 'rated')
    await vi.waitFor(() => expect(stations.counts()[0]?.counts.repeats).toBe(4), wait)
    await pad.sendRaw(Uint8Array.of(0x00, 0xff))
    await vi.waitFor(() => expect(stations.counts()[0]?.counts.noise_bytes).toBe(2), wait)
    await happened('asked', 'rated')
  })
})
