import { inspect } from 'node:util'
import { expect, test, vi } from 'vitest'
import { startTablet } from '../emulators/keypad-tablet.ts'
import { startKeypadBus } from '../emulators/keypad.ts'
import { startPad } from '../emulators/keypad-pad.ts'
import type { DeviceConfig } from '../reading.ts'
import { testBench } from '../testing-bench.ts'

const { bench, keep } = testBench()
const wait = { timeout: 20_000, interval: 10 }

interface Played {
  readonly config: DeviceConfig
  /** Presses, in this order: one that nobody asked for, one that counts, one too many, and (where it has frames) a damaged one and a cut one. */
  play(
    key: number,
    steps: { ask(): Promise<void>; seen(count: number): Promise<void>; faulted(count: number): Promise<void> },
  ): Promise<void>
  /** Everything that the host sent to the pad. */
  sent(): Uint8Array
  readonly keys: readonly number[]
}

const PADS: Readonly<Record<string, () => Promise<Played>>> = {
  async ff68() {
    const bus = keep(await startKeypadBus({ listen: 'tcp:0' }))
    return {
      config: { id: 'pad', kind: 'keypad', protocol: 'ff68', port: bus.address, address: 1 },
      keys: [0, 1, 2, 3, 4],
      sent: bus.received,
      async play(key, { ask, seen, faulted }) {
        await bus.press(1, key, { again: false })
        await seen(1)
        await ask()
        await bus.press(1, key, { again: false, noise: 3 })
        await bus.press(1, key, { again: false })
        await seen(4)
        await bus.press(1, key, { again: false, badSum: true })
        await faulted(1)
        await bus.press(1, key, { again: false, cut: 9 })
        await faulted(2)
      },
    }
  },
  async sundyn() {
    const tablet = keep(await startTablet({ port: 0 }))
    return {
      config: { id: 'pad', kind: 'keypad', protocol: 'sundyn', port: tablet.address },
      keys: [1, 4],
      sent: () => new Uint8Array(0),
      async play(key, { ask, seen, faulted }) {
        // Bad ratings come with reasons, and so are longer.
        const tags = key === 4 ? '[{"id":15,"name":"态度差"}]' : ''
        tablet.press(String(key), { tags })
        await seen(1)
        await ask()
        tablet.press(String(key), { tags })
        await seen(3)
        tablet.press(String(key), { tags })
        // Longer than any answer but a result: a look at the tablet must not use it up.
        tablet.cutNext(key === 4 ? 60 : 45)
        await ask()
        await faulted(1)
      },
    }
  },
  async keys() {
    const pad = keep(await startPad({ input: 'bytes', listen: 'tcp:0' }))
    return {
      config: { id: 'pad', kind: 'keypad', protocol: 'keys', profile: 'keys-serial', port: pad.address },
      keys: [1, 2, 3, 4, 5],
      sent: pad.received,
      async play(key, { ask, seen }) {
        await pad.press(key)
        await seen(1)
        await ask()
        await pad.press(key === 5 ? 1 : key + 1)
        await seen(3)
      },
    }
  },
}

/** Ids and moments differ from run to run whatever was pressed. */
function withoutMoments(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/127\.0\.0\.1:\d+/g, 'HOST')
}

/** Everything that the devices give to anybody, as a careless program would write it down: logs, byte views, states, counters, sent bytes. */
async function everythingShown(pad: Played, key: number, careless: boolean): Promise<string> {
  const { stations, events, readings, states, becomes } = bench(pad.config)
  await becomes('pad', 'ready')
  await pad.play(key, {
    ask: async () => void (await stations.ask('bench-1')),
    seen: (count) => vi.waitFor(() => expect(events.length).toBeGreaterThanOrEqual(count), wait),
    faulted: (count) => vi.waitFor(() => expect(readings.length).toBeGreaterThanOrEqual(count), wait),
  })
  const counts = stations.counts()
  await stations.close()
  const shown = [events, readings, states, counts].map((one) => [
    JSON.stringify(one),
    inspect(one, { depth: 9, showHidden: true }),
  ])
  const bytes = [...events, ...readings].map(({ raw }) => `${raw.length}:${Buffer.from(raw).toString('hex')}`)
  if (careless)
    for (const { value } of events)
      if (value.kind === 'rated') bytes.push(value.press.sealWith((content) => content.key))
  return withoutMoments([shown.flat(), bytes, Buffer.from(pad.sent()).toString('hex')].flat().join('\n'))
}

/** What can be told apart, of all keys of one kind of keypad. */
async function distinct(name: string, careless: boolean): Promise<{ readonly shown: string[]; readonly keys: number }> {
  const shown = new Set<string>()
  let keys = 1
  for (let nth = 0; nth < keys; nth += 1) {
    const pad = await PADS[name]?.()
    if (pad === undefined) throw new Error(`no keypad ${name}`)
    keys = pad.keys.length
    shown.add(await everythingShown(pad, pad.keys[nth] ?? 0, careless))
  }
  return { shown: [...shown], keys }
}

test.each(Object.keys(PADS))(
  'a naive reader of everything that %s keypads give cannot tell the keys apart',
  { timeout: 120_000 },
  async (name) => {
    const { shown } = await distinct(name, false)
    expect(shown).toHaveLength(1)
    expect(shown[0]).toContain('rated')
  },
)

test('the same reader tells every key where one press is written down', { timeout: 120_000 }, async () => {
  const { shown, keys } = await distinct('ff68', true)
  expect(shown).toHaveLength(keys)
})
