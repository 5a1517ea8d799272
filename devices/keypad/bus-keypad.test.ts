import { describe, expect, test, vi } from 'vitest'
import { startKeypadBus } from '../emulators/keypad.ts'
import { captures } from '../testing.ts'
import { testBench, WIRES, word } from '../testing-bench.ts'
import type { KeypadEvent } from './counters.ts'
import { MASKED_FRAME } from './press.ts'

const { bench, keep, pty } = testBench()
const capture = captures(import.meta.url, 'ff68.hex')
const wait = { timeout: 6000, interval: 5 }

/** What an event says in one word. */
function named({ value }: KeypadEvent): string {
  return value.kind === 'not-counted' || value.kind === 'not-rated' ? value.why : value.kind
}

async function busBench(listen: string, windows: readonly number[] = [1]) {
  const bus = keep(await startKeypadBus({ listen }))
  const opened = bench(
    ...windows.map((address) => ({
      id: `keypad-${address}`,
      kind: 'keypad' as const,
      protocol: 'ff68',
      port: bus.address,
      address,
    })),
  )
  for (const address of windows) await opened.becomes(`keypad-${address}`, 'ready')
  const happened = (...names: string[]) => vi.waitFor(() => expect(opened.events.map(named)).toEqual(names), wait)
  return { bus, happened, ...opened }
}

describe.each(WIRES)('keypads of a counter on a %s', (wire) => {
  const listen = () => (wire === 'TCP' ? 'tcp:0' : pty('keypad'))

  test('a clerk asks, the rater presses, and the press is one sealed value', async () => {
    const { bus, events, readings, happened } = await busBench(listen())
    await bus.clerk(1, [0x0b])
    await happened('asked')
    await bus.press(1, 3, { pieces: 4 })
    await happened('asked', 'rated')
    const [, rated] = events
    expect(rated).toMatchObject({ station: 'bench-1', device: 'keypad-1', raw: MASKED_FRAME })
    if (rated?.value.kind !== 'rated' || events[0]?.value.kind !== 'asked') throw new Error('no rating')
    expect(rated.value.round).toBe(events[0].value.round)
    expect(rated.value.press.sealWith((content) => content)).toEqual({
      key: '03',
      level: 5,
      reason: null,
      profile: 'ff68',
      profileVersion: 1,
    })
    expect(readings).toEqual([])
    await vi.waitFor(() => expect(bus.answers(1)).toBe(1), wait)
    expect(bus.echoes(1)).toBe(1)
  })

  test('names what does not count: without an ask, twice, from another pad of the counter', async () => {
    const { bus, stations, happened } = await busBench(listen(), [1, 2])
    await bus.press(1, 0)
    await happened('unasked')
    expect(await stations.ask('bench-1')).toMatchObject({ fault: null })
    await bus.press(2, 1)
    await bus.press(2, 2)
    await bus.press(1, 3)
    await happened('unasked', 'asked', 'rated', 'double', 'other-pad')
    await vi.waitFor(() => expect([bus.answers(1), bus.answers(2)]).toEqual([2, 2]), wait)
  })

  test('a clerk’s keys are told with their digits, and shown what became of them', async () => {
    const { bus, stations, events, happened } = await busBench(listen())
    await bus.clerk(1, [0x0c])
    await bus.clerk(1, [1, 2, 3, 4, 0x0f])
    await bus.clerk(1, [0, 0x0b])
    await happened('clerk-key', 'clerk-key', 'clerk-key')
    expect(events.map(({ value }) => value)).toEqual([
      { kind: 'clerk-key', key: 'call', digits: '' },
      { kind: 'clerk-key', key: 'function', digits: '1234' },
      { kind: 'clerk-key', key: 'wait', digits: '0' },
    ])
    expect(events[1]?.raw).toEqual(capture('caller 1: log-in 1234'))
    expect(await stations.signal('bench-1', 'done')).toBeNull()
    await vi.waitFor(() => expect(bus.shows(1)).toBe('success'), wait)
    expect(await stations.signal('bench-1', 'alarm')).toBeNull()
    await vi.waitFor(() => expect(bus.shows(1)).toBe('alarm'), wait)
    expect(await stations.stars('bench-1', 5)).toBeNull()
    await vi.waitFor(() => expect(bus.stars(1)).toBe(5), wait)
    expect(Buffer.from(bus.received()).includes(Buffer.from(capture('host to caller 1: alarm')))).toBe(true)
    expect(Buffer.from(bus.received()).includes(Buffer.from(capture('host sets 5 stars')))).toBe(true)
  })

  test('pulled out in mid-frame it is a cut line, never a press; plugged in again it goes on', async () => {
    const { bus, stations, readings, becomes, told, happened } = await busBench(listen())
    await stations.ask('bench-1')
    await bus.press(1, 2, { cut: 8, again: false })
    await told(1)
    await bus.unplug()
    await becomes('keypad-1', 'gone')
    expect(readings.map(word)).toEqual(['line-cut'])
    expect(readings[0]?.raw).toEqual(MASKED_FRAME)
    await bus.replug()
    await becomes('keypad-1', 'ready')
    await bus.press(1, 2)
    await happened('asked', 'rated')
  })
})

test('a bad sum is a fault and no press, and the rater’s second try counts', async () => {
  const { bus, stations, readings, told, happened } = await busBench('tcp:0')
  await stations.ask('bench-1')
  await bus.press(1, 1, { badSum: true, again: false })
  await told(1)
  expect(readings.map(word)).toEqual(['line-garbled'])
  await bus.press(1, 1, { noise: 7 })
  await happened('asked', 'rated')
  expect(stations.counts()[0]?.counts).toMatchObject({ noise_bytes: 7, faults: 1, readings: 0 })
})

test('two windows that press at once lose both, counted and no press; each can press again', async () => {
  const { bus, stations, events, happened } = await busBench('tcp:0', [1, 2])
  await stations.ask('bench-1')
  await bus.collide({ window: 1, key: 3 }, { window: 2, key: 1 })
  await bus.press(1, 3)
  await happened('asked', 'rated')
  expect(stations.counts().map(({ counts }) => counts.damaged)).toEqual([1, 1])
  expect(events[1]?.device).toBe('keypad-1')
})

test('several counters hang on one line, and each hears its own alone', async () => {
  const { bus, stations, events, happened } = await busBench('tcp:0', [1, 2])
  await stations.ask('bench-1')
  await bus.press(7, 3)
  await bus.press(2, 3)
  await happened('asked', 'rated')
  expect(events[1]?.device).toBe('keypad-2')
  await stations.configure([])
  const again = bench(
    { id: 'one', kind: 'keypad', protocol: 'ff68', port: bus.address, address: 1 },
    { id: 'same', kind: 'keypad', protocol: 'ff68', port: bus.address, address: 1 },
  )
  await again.becomes('one', 'ready')
  await again.becomes('same', 'faulty')
})

test('on a line that hears itself our own bytes are no keys', async () => {
  const { bus, stations, happened } = await busBench('tcp:0')
  bus.echo(true)
  await bus.clerk(1, [0x0c])
  await bus.clerk(1, [0x0b])
  await bus.press(1, 2)
  await happened('clerk-key', 'asked', 'rated')
  expect(stations.counts()[0]?.counts.faults).toBe(0)
})

test('a rating whose answer was lost comes again, and counts once', async () => {
  const { bus, stations, happened } = await busBench('tcp:0')
  await stations.ask('bench-1')
  await bus.press(1, 2)
  await bus.press(1, 2)
  await happened('asked', 'rated', 'double')
  await vi.waitFor(() => expect(bus.answers(1)).toBe(2), wait)
})

test('nobody who presses is not rated, after the time the counter sets', async () => {
  const { stations, events, happened } = await busBench('tcp:0')
  await stations.ask('bench-1', { accept_ms: 20, silence_ms: 40 })
  await happened('asked', 'silence')
  expect(events[1]).toMatchObject({ device: null, value: { kind: 'not-rated', why: 'silence' } })
})

test.each([
  [{ profile: 'toaster' }, 'toaster'],
  [{ profile: 'keys' }, 'keys'],
  [{ address: 200 }, 'address'],
  [{ accept_ms: 5000, silence_ms: 1000 }, 'silence_ms'],
])('a keypad set up with %j is faulty and says why', async (settings, words) => {
  const { states, becomes } = bench({
    id: 'keypad-1',
    kind: 'keypad',
    protocol: 'ff68',
    port: 'tcp://127.0.0.1:9',
    ...settings,
  })
  await becomes('keypad-1', 'faulty')
  expect(JSON.stringify(states)).toContain(words)
})
