import { describe, expect, test, vi } from 'vitest'
import { startScanner } from '../emulators/scanner.ts'
import type { DeviceConfig } from '../reading.ts'
import { ascii } from '../testing.ts'
import { testBench, WIRES, word } from '../testing-bench.ts'

/** What a busy machine is given. */
const PATIENT = { timeout: 20_000 }

const { bench, keep, pty } = testBench()

describe.each(WIRES)('a scanner on a %s', (wire) => {
  test('gives readings with raw bytes, symbology, id and time', async () => {
    const scanner = keep(await startScanner({ listen: wire === 'TCP' ? 'tcp:0' : pty('scanner') }))
    const before = Date.now()
    const { readings, becomes, told } = bench(scannerAt(scanner.address))
    await becomes('scanner-1', 'ready')
    await scanner.scan('80040614141A-0001\x1d21X9', { aim: 'C1', suffix: '\r\n', pieces: 5 })
    await scanner.scan('清管-0001')
    await told(2)
    expect(readings[0]).toMatchObject({
      station: 'bench-1',
      device: 'scanner-1',
      deviceKind: 'scanner',
      raw: ascii(']C180040614141A-0001\x1d21X9\r'),
      value: { kind: 'scan', text: '80040614141A-0001\x1d21X9', symbology: 'C1', repeats: null },
    })
    expect(readings[1]?.value).toEqual({ kind: 'scan', text: '清管-0001', symbology: null, repeats: null })
    expect(readings[0]?.id).not.toBe(readings[1]?.id)
    expect(Date.parse(readings[0]?.at ?? '')).toBeGreaterThanOrEqual(before)
    expect(readings[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })

  test('names a repeat and keeps it; another code between makes it new', async () => {
    const scanner = keep(await startScanner({ listen: wire === 'TCP' ? 'tcp:0' : pty('scanner') }))
    const { readings, becomes, told } = bench(scannerAt(scanner.address))
    await becomes('scanner-1', 'ready')
    for (const text of ['A', 'A', 'B', 'A']) await scanner.scan(text)
    await told(4)
    const first = readings[0]?.id
    expect(readings.map(({ value }) => (value.kind === 'scan' ? [value.text, value.repeats] : value))).toEqual([
      ['A', null],
      ['A', first],
      ['B', null],
      ['A', null],
    ])
  })

  test('makes a cut line a fault, never a code, is gone, and resumes within 3 s of the re-plug', async () => {
    const scanner = keep(await startScanner({ listen: wire === 'TCP' ? 'tcp:0' : pty('scanner') }))
    const { readings, states, becomes, told } = bench(scannerAt(scanner.address))
    await becomes('scanner-1', 'ready')
    await scanner.sendRaw(ascii('LIB-000123\rLIB-0001'))
    await told(1)
    await scanner.unplug()
    await becomes('scanner-1', 'gone')
    expect(readings.map(word)).toEqual(['scan', 'line-cut'])
    expect(readings[1]?.raw).toEqual(ascii('LIB-0001'))

    await scanner.replug()
    const replugged = performance.now()
    await becomes('scanner-1', 'ready')
    expect(performance.now() - replugged).toBeLessThan(3000)
    await scanner.scan('LIB-000124')
    await vi.waitFor(() => expect(readings.at(-1)?.value).toMatchObject({ kind: 'scan', text: 'LIB-000124' }), PATIENT)
    expect(states.map(({ state }) => state.state)).toEqual(['opening', 'ready', 'gone', 'ready'])
  })

  test('tells noise, a garbled line and an endless one, and reads on', async () => {
    const scanner = keep(await startScanner({ listen: wire === 'TCP' ? 'tcp:0' : pty('scanner') }))
    const { readings, becomes, told } = bench(scannerAt(scanner.address))
    await becomes('scanner-1', 'ready')
    await scanner.sendRaw(Uint8Array.of(0x00, 0xff, 0x41, 0x0d))
    await scanner.sendRaw(new Uint8Array(5000).fill(0x41))
    await scanner.scan('', { suffix: '\r' })
    await scanner.scan('LIB-000123')
    await told(3)
    expect(readings.map(word)).toEqual(['line-garbled', 'line-too-long', 'scan'])
  })

  test('without a suffix is read by the silence after each code', async () => {
    const scanner = keep(await startScanner({ listen: wire === 'TCP' ? 'tcp:0' : pty('scanner') }))
    const { readings, becomes, told } = bench({ ...scannerAt(scanner.address), gap_ms: 40 })
    await becomes('scanner-1', 'ready')
    await scanner.scan('LIB-000123', { suffix: '' })
    await told(1)
    await scanner.scan('LIB-000124', { suffix: '' })
    await told(2)
    expect(readings.map(({ value }) => value.kind === 'scan' && value.text)).toEqual(['LIB-000123', 'LIB-000124'])
  })

  test('with an LRC is read only when it fits', async () => {
    const scanner = keep(await startScanner({ listen: wire === 'TCP' ? 'tcp:0' : pty('scanner') }))
    const { readings, becomes, told } = bench({ ...scannerAt(scanner.address), lrc: true })
    await becomes('scanner-1', 'ready')
    await scanner.scan('A1', { lrc: true })
    await scanner.sendRaw(ascii('\x02A1\x03\x72'))
    await told(2)
    expect(readings.map(({ value }) => value.kind)).toEqual(['scan', 'fault'])
  })
})

test(
  'a scanner that goes silent inside a line has it cut, and the next code is whole',
  { timeout: 10_000 },
  async () => {
    const scanner = keep(await startScanner({ listen: 'tcp:0' }))
    const { readings, becomes, told } = bench(scannerAt(scanner.address))
    await becomes('scanner-1', 'ready')
    await scanner.scan('LIB-000123', { cut: 6 })
    await told(1)
    expect(readings.map(word)).toEqual(['line-cut'])
    await scanner.scan('LIB-000124')
    await vi.waitFor(() => expect(readings[1]?.value).toMatchObject({ kind: 'scan', text: 'LIB-000124' }), PATIENT)
  },
)

test('what is no reading is counted: noise, and of the readings those that repeat', async () => {
  const scanner = keep(await startScanner({ listen: 'tcp:0' }))
  const { stations, becomes, told } = bench({ ...scannerAt(scanner.address), repeat_ms: 10_000 })
  await becomes('scanner-1', 'ready')
  await scanner.sendRaw(Uint8Array.of(0x00, 0x00, 0x0d))
  await scanner.scan('A', { times: 4 })
  await told(4)
  await vi.waitFor(
    () =>
      expect(stations.counts()).toEqual([
        {
          station: 'bench-1',
          device: 'scanner-1',
          counts: { readings: 4, faults: 0, repeats: 3, retransmitted: 0, damaged: 0, noise_bytes: 2 },
        },
      ]),
    PATIENT,
  )
})

test('codes are taken apart by GS1 where their identifier, or the configuration, says so', async () => {
  const scanner = keep(await startScanner({ listen: 'tcp:0' }))
  const { readings, becomes, told } = bench({ ...scannerAt(scanner.address), gs1: true })
  await becomes('scanner-1', 'ready')
  await scanner.scan('0106901234567892', { aim: 'C0' })
  await scanner.scan('0106901234567892')
  await scanner.scan('W01260000123K7')
  await scanner.scan('0106901234567890', { aim: 'C1' })
  await told(4)
  const gs1 = { sound: true, elements: [{ ai: '01', value: '06901234567892' }] }
  expect(readings.map(({ value }) => value.kind === 'scan' && value.gs1)).toEqual([
    undefined,
    gs1,
    undefined,
    { sound: false, wrong: 'at character 1: (01) has a wrong check digit' },
  ])
})

test.each([
  ['datalogic', { bad: 'FE', enable: 'E', disable: 'D', trigger: 'T', release: 'X' }],
  ['cipherlab', { bad: '#@////\r', enable: 'E', disable: 'D' }],
] as const)('a %s scanner hears its family’s commands, and what it lacks is said', async (commands, expected) => {
  const scanner = keep(await startScanner({ listen: 'tcp:0' }))
  const { stations, becomes } = bench({ ...scannerAt(scanner.address), commands })
  await becomes('scanner-1', 'ready')
  expect(await stations.feedback('bench-1', 'scanner-1', 'good')).toBe('unable')
  expect(await stations.feedback('bench-1', 'scanner-1', 'bad')).toBeNull()
  let heard: string = expected.bad
  for (const order of ['enable', 'disable', 'trigger', 'release', 'aim'] as const) {
    const wanted = order in expected ? (expected as Record<string, string>)[order] : undefined
    expect(await stations.order('bench-1', 'scanner-1', order)).toBe(wanted === undefined ? 'unable' : null)
    heard += wanted ?? ''
  }
  await vi.waitFor(() => expect(Buffer.from(scanner.received()).toString('latin1')).toBe(heard), PATIENT)
})

test('a scanner in line mode without commands says that it can be told nothing', async () => {
  const scanner = keep(await startScanner({ listen: 'tcp:0' }))
  const { stations, becomes } = bench(scannerAt(scanner.address))
  await becomes('scanner-1', 'ready')
  expect(await stations.feedback('bench-1', 'scanner-1', 'bad')).toBe('unable')
  expect(await stations.order('bench-1', 'scanner-1', 'trigger')).toBe('unable')
  await scanner.unplug()
  await becomes('scanner-1', 'gone')
  expect(await stations.feedback('bench-1', 'scanner-1', 'bad')).toMatchObject({ code: 'port-gone' })
})

function scannerAt(port: string): DeviceConfig {
  return { id: 'scanner-1', kind: 'scanner', protocol: 'line', port }
}
