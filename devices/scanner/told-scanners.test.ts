import { describe, expect, test, vi } from 'vitest'
import { startHoneywellScanner } from '../emulators/scanner-honeywell.ts'
import { startNewlandScanner } from '../emulators/scanner-newland.ts'
import type { DeviceConfig } from '../reading.ts'
import { ascii } from '../testing.ts'
import { testBench, WIRES, word } from '../testing-bench.ts'

const { bench, keep, pty } = testBench()
const patient = { timeout: 10_000, interval: 10 }

function at(protocol: string, port: string): DeviceConfig {
  return { id: 'scanner-1', kind: 'scanner', protocol, port }
}

describe.each(WIRES)('on a %s', (wire) => {
  const listen = () => (wire === 'TCP' ? 'tcp:0' : pty('scanner'))

  test('a Newland scanner is ready by its answer, reads, is triggered, and beeps for a bad verdict', async () => {
    const scanner = keep(await startNewlandScanner({ listen: listen() }))
    const { stations, readings, becomes, told } = bench(at('newland', scanner.address))
    await becomes('scanner-1', 'ready')
    await scanner.scan('LIB-000123', { aim: 'C0', suffix: '\r\n', pieces: 3 })
    await scanner.sendRaw(ascii('LIB-000124\r'), { slow_ms: 5 })
    await told(2)
    expect(readings.map(({ value }) => value)).toMatchObject([
      { text: 'LIB-000123', symbology: 'C0' },
      { text: 'LIB-000124', symbology: null },
    ])
    expect(await stations.feedback('bench-1', 'scanner-1', 'bad')).toBeNull()
    expect(scanner.state().beeps).toEqual(['800 Hz 400 ms'])
    scanner.present('LIB-000125')
    expect(await stations.order('bench-1', 'scanner-1', 'trigger')).toBeNull()
    await told(3)
    expect(await stations.order('bench-1', 'scanner-1', 'release')).toBeNull()
    expect(scanner.state()).toMatchObject({ triggered: false, hurried: 0 })
    expect(await stations.order('bench-1', 'scanner-1', 'disable')).toBe('unable')
    expect(readings.map(word)).toEqual(['scan', 'scan', 'scan'])
  })

  test('a Honeywell scanner is ready when it sends headers, reads, is triggered, and beeps for a bad verdict', async () => {
    const scanner = keep(await startHoneywellScanner({ listen: listen() }))
    const { stations, readings, becomes, told } = bench(at('honeywell', scanner.address))
    await becomes('scanner-1', 'ready')
    expect(scanner.state().headers).toBe(true)
    await scanner.scan('LIB-000123', { pieces: 5 })
    await scanner.scan('清管\r\n0001', { id: 's', aim: 'Q1', slow_ms: 3 })
    await told(2)
    expect(readings.map(({ value }) => value)).toMatchObject([
      { text: 'LIB-000123', symbology: 'C0' },
      { text: '清管\r\n0001', symbology: 'Q1' },
    ])
    expect(await stations.feedback('bench-1', 'scanner-1', 'bad')).toBeNull()
    await vi.waitFor(() => expect(scanner.state().beeps).toBe(3), patient)
    expect(await stations.feedback('bench-1', 'scanner-1', 'good')).toBe('unable')
    scanner.present('LIB-000124')
    expect(await stations.order('bench-1', 'scanner-1', 'trigger')).toBeNull()
    await told(3)
    expect(await stations.order('bench-1', 'scanner-1', 'release')).toBeNull()
    await vi.waitFor(() => expect(scanner.state().triggered).toBe(false), patient)
  })
})

test('a Newland scanner without a command to beep says so once, and is not asked again', async () => {
  const scanner = keep(await startNewlandScanner({ listen: 'tcp:0', mute: true }))
  const { stations, becomes } = bench(at('newland', scanner.address))
  await becomes('scanner-1', 'ready')
  expect(await stations.feedback('bench-1', 'scanner-1', 'bad')).toBe('unable')
  const received = scanner.received().length
  expect(await stations.feedback('bench-1', 'scanner-1', 'bad')).toBe('unable')
  expect(scanner.received()).toHaveLength(received)
  scanner.refuse(1, 'wrong')
  expect(await stations.order('bench-1', 'scanner-1', 'trigger')).toMatchObject({ code: 'device-error' })
  expect(await stations.order('bench-1', 'scanner-1', 'trigger')).toBeNull()
})

test('a Honeywell scanner that does not know headers is faulty and says why', async () => {
  const scanner = keep(await startHoneywellScanner({ listen: 'tcp:0' }))
  scanner.refuse(1000, 'unknown')
  const { states, becomes } = bench(at('honeywell', scanner.address))
  await becomes('scanner-1', 'faulty')
  expect(states.at(-1)?.state).toMatchObject({
    fault: { code: 'protocol', detail: expect.stringContaining('DECHDR1') },
  })
  scanner.refuse(0, 'unknown')
  await becomes('scanner-1', 'ready')
})

test(
  'a Honeywell scanner that lost its settings has its codes told as faults until it is set again',
  { timeout: 20_000 },
  async () => {
    const scanner = keep(await startHoneywellScanner({ listen: 'tcp:0' }))
    const { readings, becomes, told } = bench(at('honeywell', scanner.address))
    await becomes('scanner-1', 'ready')
    scanner.restart()
    await scanner.scan('LIB-000123')
    await told(1)
    expect(readings[0]).toMatchObject({
      value: { kind: 'fault', fault: { code: 'protocol' } },
      raw: ascii('LIB-000123\r'),
    })
    await vi.waitFor(() => expect(scanner.state().headers).toBe(true), patient)
    await scanner.scan('LIB-000123')
    await told(2)
    expect(readings[1]?.value).toMatchObject({ kind: 'scan', text: 'LIB-000123' })
  },
)

test('a Honeywell code whose header lies, or that is cut, is a fault; the next is read', async () => {
  const scanner = keep(await startHoneywellScanner({ listen: 'tcp:0' }))
  const { readings, stations, becomes } = bench(at('honeywell', scanner.address))
  await becomes('scanner-1', 'ready')
  await scanner.scan('LIB-000123', { badLength: true })
  await scanner.scan('LIB-000124', { cut: 26 })
  await vi.waitFor(() => expect(readings).toHaveLength(2), patient)
  await scanner.scan('LIB-000125', { garbage: '00 06 16 0D 00' })
  await vi.waitFor(() => expect(readings.at(-1)?.value).toMatchObject({ text: 'LIB-000125' }), patient)
  expect(readings.map(word)).toEqual(['line-garbled', 'line-cut', 'scan'])
  expect(stations.counts()[0]?.counts).toMatchObject({ readings: 1, faults: 2, noise_bytes: 5 })
})

test('a scanner with settings that are not its protocol’s is faulty and says which', async () => {
  const { states, becomes } = bench(
    { ...at('ssi', 'tcp://127.0.0.1:9'), id: 'a', lrc: true },
    { ...at('line', 'tcp://127.0.0.1:9'), id: 'b', lrc: true, terminator: 'cr' },
    { ...at('honeywell', 'tcp://127.0.0.1:9'), id: 'c', terminator: 'cr' },
    { ...at('line', 'tcp://127.0.0.1:9'), id: 'd', gap_ms: 5 },
    { ...at('line', 'tcp://127.0.0.1:9'), id: 'e', payload_offset: 4 },
    { ...at('line', 'tcp://127.0.0.1:9'), id: 'f', gap_ms: 40, terminator: 'cr' },
    { ...at('line', 'tcp://127.0.0.1:9'), id: 'g', repeat_ms: -1 },
  )
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await becomes(id, 'faulty')
  expect(states.map(({ device, state }) => [device, state.state === 'faulty' && state.fault.detail])).toEqual([
    ['a', 'lrc is not for ssi'],
    ['b', 'lrc needs the terminator etx'],
    ['c', 'terminator is not for honeywell'],
    ['d', 'gap_ms must be 10 to 1000'],
    ['e', 'payload_offset is not for line'],
    ['f', 'gap_ms needs the terminator none'],
    ['g', 'repeat_ms must be 0 to 10000'],
  ])
})
