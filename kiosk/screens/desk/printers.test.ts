import { expect, test } from 'vitest'
import type { DeviceRow } from '../../../server/stations/protocol.ts'
import { printerOf, printingStations } from './printers.ts'

const stations = [
  {
    id: 'bench-1',
    name: '一号入库台',
    devices: [
      { id: 'scanner-1', kind: 'scanner' },
      { id: 'printer-1', kind: 'label-printer', stock: '60x40' },
    ],
  },
  { id: 'desk-1', name: '打印点', devices: [{ id: 'printer-2', kind: 'label-printer' }] },
  { id: 'door-1', name: '库门', devices: [] },
]

test('a station with a label printer prints, on what it is loaded with', () => {
  expect(printingStations(stations)).toEqual([
    { id: 'bench-1', name: '一号入库台', printer: 'printer-1', stock: '60x40' },
    { id: 'desk-1', name: '打印点', printer: 'printer-2', stock: '100x60' },
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
