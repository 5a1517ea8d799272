import { describe, expect, test, vi } from 'vitest'
import { type EmulatedSsiScanner, startSsiScanner } from '../emulators/scanner-ssi.ts'
import type { DeviceConfig } from '../reading.ts'
import { ascii } from '../testing.ts'
import { testBench, WIRES, word } from '../testing-bench.ts'

const { bench, keep, pty } = testBench()
const patient = { timeout: 10_000, interval: 10 }

async function ready(scanner: EmulatedSsiScanner, more: Partial<DeviceConfig> = {}) {
  const config: DeviceConfig = { id: 'scanner-1', kind: 'scanner', protocol: 'ssi', port: scanner.address, ...more }
  const desk = bench(config)
  await desk.becomes('scanner-1', 'ready')
  return { ...desk, counts: () => desk.stations.counts()[0]?.counts }
}

/** One that waits for acknowledgements longer than a busy machine takes: what it sends again, it was told to, or is deaf. */
function started(listen: string, commands?: readonly number[]) {
  return startSsiScanner({ listen, response_ms: 10_000, ...(commands === undefined ? {} : { commands }) }).then(keep)
}

describe.each(WIRES)('an SSI scanner on a %s', (wire) => {
  const start = () => started(wire === 'TCP' ? 'tcp:0' : pty('scanner'))

  test('is ready when it has taken its settings, and each code is told once and acknowledged', async () => {
    const scanner = await start()
    const { readings, counts } = await ready(scanner)
    expect(scanner.state()).toMatchObject({ packeted: true, handshake: true })
    expect(await scanner.scan('LIB-000123', { pieces: 4 })).toBe('acknowledged')
    expect(await scanner.scan('6901234567892', { type: 0x0b, slow_ms: 3 })).toBe('acknowledged')
    expect(await scanner.scan('80040614141A-0001\x1d21X9', { type: 0x0f })).toBe('acknowledged')
    expect(await scanner.scan('清管-0001', { type: 0x1c, aim: 'Q1' })).toBe('acknowledged')
    expect(readings.map(({ value }) => value)).toMatchObject([
      { text: 'LIB-000123', symbology: 'C0', repeats: null },
      { text: '6901234567892', symbology: 'E0' },
      { symbology: 'C1', gs1: { sound: true, elements: [{ ai: '8004', value: '0614141A-0001' }, { ai: '21' }] } },
      { text: '清管-0001', symbology: 'Q1' },
    ])
    expect(counts()).toMatchObject({ readings: 4, faults: 0, retransmitted: 0, damaged: 0, noise_bytes: 0 })
  })

  test('tells a code once that was sent again because the acknowledgement was lost', async () => {
    const scanner = await start()
    const { readings, counts } = await ready(scanner)
    expect(await scanner.scan('LIB-000123', { deaf: 2 })).toBe('acknowledged')
    expect(await scanner.scan('LIB-000124', { repeat: 3 })).toBe('acknowledged')
    expect(readings.map(({ value }) => value.kind === 'scan' && value.text)).toEqual(['LIB-000123', 'LIB-000124'])
    expect(counts()).toMatchObject({ readings: 2, retransmitted: 5, repeats: 0 })
  })

  test('has a damaged packet sent again, and nobody scans twice', async () => {
    const scanner = await start()
    const { readings, counts } = await ready(scanner)
    expect(await scanner.scan('LIB-000123', { badSum: 2 })).toBe('acknowledged')
    expect(await scanner.scan('LIB-000124', { cut: 7 })).toBe('acknowledged')
    expect(await scanner.scan('LIB-000125', { garbage: '00 41 FF 13 00 07' })).toBe('acknowledged')
    expect(readings.map(({ value }) => value.kind === 'scan' && value.text)).toEqual([
      'LIB-000123',
      'LIB-000124',
      'LIB-000125',
    ])
    expect(counts()?.damaged).toBeGreaterThanOrEqual(2)
    expect(counts()).toMatchObject({ readings: 3, faults: 0 })
  })

  test('sends a long code in packets that make one reading', async () => {
    const scanner = await start()
    const { readings } = await ready(scanner)
    const long = 'AB'.repeat(600)
    expect(await scanner.scan(long, { type: 0x1c, pieces: 7, deaf: 1 })).toBe('acknowledged')
    expect(readings.map(({ value }) => value)).toMatchObject([{ kind: 'scan', text: long, symbology: 'Q' }])
    expect(readings[0]?.raw.length).toBeGreaterThan(1200)
  })

  test('beeps low for a bad verdict, lights up for a good one, and obeys orders', async () => {
    const scanner = await start()
    const { stations, readings, told } = await ready(scanner)
    expect(await stations.feedback('bench-1', 'scanner-1', 'bad')).toBeNull()
    expect(scanner.state().beeps).toEqual(['1 long low'])
    expect(await stations.feedback('bench-1', 'scanner-1', 'good')).toBeNull()
    expect(scanner.state()).toMatchObject({ leds: 1, beeps: ['1 long low'] })
    await vi.waitFor(() => expect(scanner.state().leds).toBe(0), patient)
    expect(await stations.order('bench-1', 'scanner-1', 'disable')).toBeNull()
    expect(await scanner.scan('LIB-000123')).toBe('disabled')
    expect(await stations.order('bench-1', 'scanner-1', 'enable')).toBeNull()
    expect(await stations.order('bench-1', 'scanner-1', 'aim')).toBeNull()
    expect(scanner.state().aiming).toBe(true)
    scanner.present('LIB-000124')
    expect(await stations.order('bench-1', 'scanner-1', 'trigger')).toBeNull()
    await told(1)
    expect(await stations.order('bench-1', 'scanner-1', 'release')).toBeNull()
    expect(readings[0]?.value).toMatchObject({ text: 'LIB-000124' })
    expect(await stations.feedback('bench-1', 'nobody', 'bad')).toBe('unable')
    await expect(stations.order('bench-1', 'nobody', 'trigger')).rejects.toThrow('no scanner')
  })
})

describe('an SSI scanner', () => {
  test('names a code that was scanned twice, and tells it', async () => {
    const scanner = await started('tcp:0')
    const { readings, counts } = await ready(scanner, { repeat_ms: 10_000 })
    await scanner.scan('LIB-000123')
    await scanner.scan('LIB-000123')
    expect(readings.map(({ value }) => value.kind === 'scan' && value.repeats)).toEqual([null, readings[0]?.id])
    expect(counts()).toMatchObject({ readings: 2, repeats: 1, retransmitted: 0 })
  })

  test('whose packet never comes sound is a fault that a person hears of', async () => {
    const scanner = await started('tcp:0')
    const { readings, told, counts } = await ready(scanner)
    expect(await scanner.scan('LIB-000123', { badSum: 9 })).toBe('not acknowledged')
    await vi.waitFor(() => expect(readings).toHaveLength(1), patient)
    expect(readings.map(word)).toEqual(['line-garbled'])
    expect(counts()?.faults).toBe(1)
    expect(counts()?.damaged).toBeGreaterThanOrEqual(1)
    await scanner.scan('LIB-000124')
    await told(2)
  })

  test('that loses its cable inside a code cuts it', async () => {
    const scanner = await started('tcp:0')
    const { readings, becomes } = await ready(scanner)
    await scanner.sendRaw(Buffer.from('0FF30000034C49', 'hex'))
    await scanner.unplug()
    await becomes('scanner-1', 'gone')
    // Damaged already when the silence came first, and cut when the cable did.
    expect(readings.map(word)).toEqual(['line-cut'])
  })

  test(
    'is not ready while it does not answer, and is set up again when it comes back',
    { timeout: 20_000 },
    async () => {
      const scanner = await started('tcp:0')
      const { stations, becomes } = await ready(scanner)
      scanner.silence(true)
      scanner.restart()
      expect(await stations.order('bench-1', 'scanner-1', 'enable')).toMatchObject({ code: 'no-answer' })
      await becomes('scanner-1', 'faulty')
      expect(scanner.state().packeted).toBe(false)
      scanner.silence(false)
      await becomes('scanner-1', 'ready')
      expect(scanner.state().packeted).toBe(true)
    },
  )

  test('that asks for everything again and again is an error of its own, not a hang', async () => {
    const scanner = await started('tcp:0')
    const { stations } = await ready(scanner)
    scanner.refuse(2, 1)
    expect(await stations.order('bench-1', 'scanner-1', 'aim')).toBeNull()
    expect(scanner.state().aiming).toBe(true)
    scanner.refuse(1000, 1)
    expect(await stations.order('bench-1', 'scanner-1', 'aim-off')).toMatchObject({ code: 'device-error' })
    scanner.refuse(1, 6)
    expect(await stations.order('bench-1', 'scanner-1', 'aim-off')).toMatchObject({ code: 'device-error' })
    scanner.refuse(0, 0)
    expect(await stations.order('bench-1', 'scanner-1', 'aim-off')).toBeNull()
  })

  test('without a beeper says so', async () => {
    const scanner = await started('tcp:0', [0xa3, 0xc6, 0xd0, 0xd1, 0xd3])
    const { stations } = await ready(scanner)
    expect(await stations.feedback('bench-1', 'scanner-1', 'bad')).toBe('unable')
    expect(await stations.order('bench-1', 'scanner-1', 'trigger')).toBe('unable')
  })

  test('that floods the line with noise is heard all the same, and the noise is counted', async () => {
    const scanner = await started('tcp:0')
    const { readings, counts } = await ready(scanner)
    await scanner.sendRaw(ascii('AT+GMM\r'.repeat(2000)))
    expect(await scanner.scan('LIB-000123')).toBe('acknowledged')
    expect(readings.at(-1)?.value).toMatchObject({ kind: 'scan', text: 'LIB-000123' })
    expect(counts()?.noise_bytes).toBeGreaterThanOrEqual(13_990)
  })

  test('that puts three bytes before the code is read by its setting', async () => {
    const scanner = await started('tcp:0')
    const { readings } = await ready(scanner, { payload_offset: 4 })
    await scanner.scan('\x01\x02\x03LIB-000123')
    expect(readings[0]?.value).toMatchObject({ text: 'LIB-000123' })
  })
})
