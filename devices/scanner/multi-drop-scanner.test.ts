import { describe, expect, test, vi } from 'vitest'
import { startScannerBus } from '../emulators/scanner-bus.ts'
import type { DeviceConfig, Reading } from '../reading.ts'
import { testBench, WIRES } from '../testing-bench.ts'

const { bench, keep, pty } = testBench()
/** What a busy machine is given. */
const PATIENT = { timeout: 20_000, interval: 5 }

const at = (port: string, address: number, more: Partial<DeviceConfig> = {}): DeviceConfig => ({
  ...{ id: `scanner-${address}`, kind: 'scanner', protocol: 'multi-drop', port, address },
  ...more,
})

const texts = (readings: readonly Reading[]) =>
  readings.flatMap(({ device, value }) => (value.kind === 'scan' ? [`${device} ${value.text}`] : []))

describe.each(WIRES)('scanners that share a line over a %s', (wire) => {
  const listen = (): string => (wire === 'TCP' ? 'tcp:0' : pty('bus'))

  test('are polled by turns, each tells its own codes, and one without power stops no other', async () => {
    const bus = keep(await startScannerBus({ listen: listen(), scanners: 3 }))
    const { becomes, readings, states } = bench(at(bus.address, 1), at(bus.address, 2), at(bus.address, 3))
    for (const id of [1, 2, 3]) await becomes(`scanner-${id}`, 'ready')
    bus.silence(2, true)
    await vi.waitFor(
      () => expect(states.findLast(({ device }) => device === 'scanner-2')?.state.state).toBe('faulty'),
      PATIENT,
    )
    for (const nth of [1, 2, 3, 4]) {
      bus.scan(1, `A${nth}`)
      bus.scan(3, `C${nth}`)
    }
    await vi.waitFor(() => expect(readings).toHaveLength(8), PATIENT)
    expect(texts(readings.filter(({ device }) => device === 'scanner-1'))).toEqual(
      [1, 2, 3, 4].map((nth) => `scanner-1 A${nth}`),
    )
    expect(texts(readings.filter(({ device }) => device === 'scanner-3'))).toEqual(
      [1, 2, 3, 4].map((nth) => `scanner-3 C${nth}`),
    )
    bus.scan(2, 'B1')
    bus.silence(2, false)
    await vi.waitFor(() => expect(texts(readings)).toContain('scanner-2 B1'), PATIENT)
    await vi.waitFor(
      () => expect(states.findLast(({ device }) => device === 'scanner-2')?.state.state).toBe('ready'),
      PATIENT,
    )
  })

  test('a damaged code is asked for again; one that stays damaged is a fault and then gone', async () => {
    const bus = keep(await startScannerBus({ listen: listen(), scanners: 1 }))
    const { becomes, readings, stations } = bench(at(bus.address, 1))
    await becomes('scanner-1', 'ready')
    bus.scan(1, 'TWICE', { badLrc: 2 })
    await vi.waitFor(() => expect(texts(readings)).toEqual(['scanner-1 TWICE']), PATIENT)
    expect(stations.counts()[0]?.counts.damaged).toBe(2)
    bus.scan(1, 'NEVER', { badLrc: 100 })
    bus.scan(1, 'AFTER')
    await vi.waitFor(() => expect(texts(readings)).toContain('scanner-1 AFTER'), PATIENT)
    expect(readings.some(({ value }) => value.kind === 'fault' && value.fault.code === 'line-garbled')).toBe(true)
    expect(bus.discarded()).toBe(1)
    expect(texts(readings)).not.toContain('scanner-1 NEVER')
  })
})

test('an acknowledgement that got lost gives the code a second time, named a repeat', async () => {
  const bus = keep(await startScannerBus({ listen: pty('bus'), scanners: 1 }))
  const { becomes, readings } = bench(at(bus.address, 1, { repeat_ms: 10_000 }))
  await becomes('scanner-1', 'ready')
  bus.loseAcks(1)
  bus.scan(1, 'ONCE')
  await vi.waitFor(() => expect(bus.waiting(1)).toBe(0), PATIENT)
  expect(texts(readings)).toEqual(['scanner-1 ONCE', 'scanner-1 ONCE'])
  expect(readings.map(({ value }) => 'repeats' in value && value.repeats)).toEqual([null, readings[0]?.id])
})

test('a line that hears itself makes no scanner ready that is not there, and hides no code', async () => {
  const bus = keep(await startScannerBus({ listen: pty('bus'), family: 'microscan', scanners: 1 }))
  bus.echo(true)
  const family = { family: 'microscan' } as const
  const { becomes, readings, states } = bench(at(bus.address, 1, family), at(bus.address, 2, family))
  await becomes('scanner-1', 'ready')
  await vi.waitFor(() => expect(states.some(({ state }) => state.state === 'faulty')).toBe(true), PATIENT)
  bus.scan(1, 'HEARD')
  await vi.waitFor(() => expect(texts(readings)).toEqual(['scanner-1 HEARD']), PATIENT)
  expect(states.filter(({ device }) => device === 'scanner-2').map(({ state }) => state.state)).not.toContain('ready')
})

test('a pulled cable is gone for every scanner on it, and each reads again after', async () => {
  const bus = keep(await startScannerBus({ listen: pty('bus'), scanners: 2 }))
  const { becomes, readings } = bench(at(bus.address, 1), at(bus.address, 2))
  for (const id of ['scanner-1', 'scanner-2']) await becomes(id, 'ready')
  await bus.unplug()
  for (const id of ['scanner-1', 'scanner-2']) await becomes(id, 'gone')
  await bus.replug()
  bus.scan(2, 'BACK')
  await vi.waitFor(() => expect(texts(readings)).toEqual(['scanner-2 BACK']), PATIENT)
})

test('one whose address no line has is faulty in words', async () => {
  const { becomes, states } = bench(at('tcp://127.0.0.1:9', 33))
  await becomes('scanner-33', 'faulty')
  expect(states.at(-1)?.state).toMatchObject({ fault: { detail: 'address must be 1 to 32' } })
})
