import { expect, test } from 'vitest'
import type { DeviceRow } from '../../../server/stations/protocol.ts'
import { type ListedStation, printerOf, printingStations, usualPrinter } from './printers.ts'

const stations = [
  {
    id: 'bench-1',
    name: '一号入库台',
    kind: 'bench',
    place: 'store-1',
    devices: [
      { id: 'scanner-1', kind: 'scanner' },
      { id: 'printer-1', kind: 'label-printer', stock: '60x40' },
    ],
  },
  {
    id: 'desk-1',
    name: '打印点',
    kind: 'desk',
    place: 'dept-1',
    devices: [{ id: 'printer-2', kind: 'label-printer' }],
  },
  { id: 'door-1', name: '库门', kind: 'door', place: 'store-1', devices: [] },
] as const satisfies readonly ListedStation[]

test('a station with a label printer prints, on what it is loaded with', () => {
  expect(printingStations(stations)).toEqual([
    { id: 'bench-1', name: '一号入库台', place: 'store-1', printer: 'printer-1', stock: '60x40' },
    { id: 'desk-1', name: '打印点', place: 'dept-1', printer: 'printer-2', stock: '100x60' },
  ])
})

test('a printer is found at its own station, or nobody drives it', () => {
  const row = (station: string, id: string): DeviceRow => ({
    ...{ station, id, kind: 'label-printer', state: 'ready', fault: null, protocol: 'zpl', port: 'tcp://x' },
    ...{ lastReadingAt: null, readings: 0, faults: 0, repeats: 0, damaged: 0, noise_bytes: 0 },
    ...{ since: null, lastReading: null, heardAt: null },
  })
  const [bench] = printingStations(stations)
  const elsewhere = row('desk-1', 'printer-1')
  const own = row('bench-1', 'printer-1')
  expect(bench && printerOf([elsewhere, own], bench)).toBe(own)
  expect(bench && printerOf([elsewhere], bench)).toBeNull()
})

test('one prints where one works, and at the first printer where one works nowhere near any', () => {
  const places = printingStations(stations)
  const at = (place: string) => ({ posts: [{ post: 'officer' as const, place }] })
  expect(usualPrinter(places, at('dept-1'))?.id).toBe('desk-1')
  expect(usualPrinter(places, at('store-1'))?.id).toBe('bench-1')
  expect(usualPrinter(places, at('dept-9'))?.id).toBe('bench-1')
  expect(usualPrinter([], at('dept-1'))).toBeUndefined()
})
