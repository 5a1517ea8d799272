import { describe, expect, test, vi } from 'vitest'
import { startLabelPrinter } from './emulators/label-printer.ts'
import { startReceiptPrinter } from './emulators/receipt-printer.ts'
import { startScanner } from './emulators/scanner.ts'
import { openPort } from './port.ts'
import type { Bitmap, DeviceConfig } from './reading.ts'
import { UnknownDevice } from './station.ts'
import { stationOf, testBench } from './testing-bench.ts'

/** What a busy machine is given. */
const PATIENT = { timeout: 20_000 }

const { bench, keep, pty } = testBench()

describe('stations', () => {
  test('one failing device stops no other; a protocol without a driver says so', async () => {
    const scanner = keep(await startScanner({ listen: pty('scanner') }))
    const { states, becomes, stations, told } = bench(
      { ...scannerAt('serial:/dev/not-here'), id: 'missing' },
      { ...scannerAt('tcp://127.0.0.1:1'), id: 'refused' },
      { ...scannerAt('lpt1'), id: 'nonsense' },
      { id: 'gate', kind: 'rfid', protocol: 'sw', port: 'tcp://127.0.0.1:5084' },
      scannerAt(scanner.address),
      { ...scannerAt(scanner.address), id: 'second' },
    )
    await becomes('scanner-1', 'ready')
    await becomes('missing', 'gone')
    for (const id of ['refused', 'nonsense', 'gate', 'second']) await becomes(id, 'faulty')
    const codes = states.map(({ device, state }) => (state.state === 'faulty' ? [device, state.fault.code] : []))
    expect(codes).toContainEqual(['refused', 'port-refused'])
    expect(codes).toContainEqual(['nonsense', 'port-refused'])
    expect(codes).toContainEqual(['gate', 'protocol'])
    expect(codes).toContainEqual(['second', 'port-busy'])
    await scanner.scan('LIB-000123')
    await told(1)
    expect(stations.states().map(({ device, state }) => [device, state.state])).toEqual([
      ['missing', 'gone'],
      ['refused', 'faulty'],
      ['nonsense', 'faulty'],
      ['gate', 'faulty'],
      ['scanner-1', 'ready'],
      ['second', 'faulty'],
    ])
  })

  test('a new configuration leaves unchanged devices alone, moves changed ones and drops the rest', async () => {
    const kept = keep(await startScanner({ listen: 'tcp:0' }))
    const moved = keep(await startScanner({ listen: pty('moved') }))
    const dropped = keep(await startScanner({ listen: pty('dropped') }))
    const { stations, readings, states, becomes, told } = bench(
      { ...scannerAt(kept.address), id: 'kept' },
      { ...scannerAt(moved.address), id: 'moved' },
      { ...scannerAt(dropped.address), id: 'dropped' },
    )
    for (const id of ['kept', 'moved', 'dropped']) await becomes(id, 'ready')
    const seen = states.length
    await stations.configure([
      stationOf('bench-1', { ...scannerAt(kept.address), id: 'kept' }),
      stationOf('bench-2', { ...scannerAt(moved.address), id: 'moved' }),
    ])
    await vi.waitFor(
      () =>
        expect(states.slice(seen).map(({ station, device, state }) => [station, device, state.state])).toEqual([
          ['bench-2', 'moved', 'opening'],
          ['bench-2', 'moved', 'ready'],
        ]),
      PATIENT,
    )
    await kept.scan('K')
    await moved.scan('M')
    await told(2)
    expect(readings.map(({ station, device }) => [station, device]).sort()).toEqual([
      ['bench-1', 'kept'],
      ['bench-2', 'moved'],
    ])
    expect(stations.states()).toHaveLength(2)
    const free = await openPort(dropped.address, { onBytes: () => undefined, onClose: () => undefined })
    await free.close()
  })

  test('prints over a station’s printer, and knows no other', async () => {
    const printer = keep(
      await startLabelPrinter({ protocol: 'zpl', dpi: 203, widthMm: 60, heightMm: 40, listen: 'tcp:0' }),
    )
    const { stations, becomes } = bench({
      id: 'printer-1',
      kind: 'label-printer',
      protocol: 'zpl',
      port: printer.address,
      dpi: 203,
    })
    await becomes('printer-1', 'ready')
    const page: Bitmap = { width: 480, height: 320, rowBytes: 60, bits: new Uint8Array(60 * 320).fill(0xaa) }
    expect(await stations.print('bench-1', 'printer-1', page, 10_000)).toEqual({ outcome: 'printed' })
    expect(printer.pages()).toHaveLength(1)
    await expect(stations.print('bench-1', 'printer-2', page, 10_000)).rejects.toThrow(UnknownDevice)
    await expect(stations.print('bench-2', 'printer-1', page, 10_000)).rejects.toThrow(UnknownDevice)
    await expect(stations.weigh('bench-1', 'printer-1', 1000)).rejects.toThrow(UnknownDevice)
  })

  test.each([
    ['full', '1d5600'],
    ['partial', '1d5601'],
    ['none', null],
  ] as const)('a receipt printer’s knife does what its station says: %s', async (cut, order) => {
    const printer = keep(await startReceiptPrinter({ listen: 'tcp:0' }))
    const { stations, becomes } = bench({
      ...{ id: 'printer-1', kind: 'receipt-printer', protocol: 'escpos', port: printer.address, cut },
    })
    await becomes('printer-1', 'ready')
    const page: Bitmap = { width: 576, height: 40, rowBytes: 72, bits: new Uint8Array(72 * 40).fill(0xaa) }
    expect(await stations.print('bench-1', 'printer-1', page, 10_000)).toEqual({ outcome: 'printed' })
    const cuts = Buffer.from(printer.received())
      .toString('hex')
      .match(/1d56../g)
    expect(cuts).toEqual(order === null ? null : [order])
  })

  test('a printer whose paper runs out is faulty before anyone prints', async () => {
    const printer = keep(
      await startLabelPrinter({ protocol: 'zpl', dpi: 203, widthMm: 60, heightMm: 40, listen: 'tcp:0' }),
    )
    const { becomes } = bench({
      id: 'printer-1',
      kind: 'label-printer',
      protocol: 'zpl',
      port: printer.address,
      dpi: 203,
    })
    await becomes('printer-1', 'ready')
    printer.set({ paperOut: true })
    await becomes('printer-1', 'faulty')
  })

  test('closed, they tell nothing more and let the ports go', async () => {
    const scanner = keep(await startScanner({ listen: pty('scanner') }))
    const first = bench(scannerAt(scanner.address))
    await first.becomes('scanner-1', 'ready')
    await scanner.scan('LIB-000123', { cut: 5 })
    await first.stations.close()
    expect(first.readings).toEqual([])
    expect(first.states.map(({ state }) => state.state)).toEqual(['opening', 'ready'])
    const second = bench(scannerAt(scanner.address))
    await second.becomes('scanner-1', 'ready')
  })
})

function scannerAt(port: string): DeviceConfig {
  return { id: 'scanner-1', kind: 'scanner', protocol: 'line', port }
}
