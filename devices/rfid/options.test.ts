import { expect, test } from 'vitest'
import type { DeviceConfig } from '../reading.ts'
import { rfidOptions } from './options.ts'

const config = (over: Partial<DeviceConfig>): DeviceConfig => ({
  id: 'rfid-1',
  kind: 'rfid',
  protocol: 'llrp',
  port: 'tcp://127.0.0.1:5084',
  ...over,
})

test('a reader is at a desk with one antenna and its own power when nothing else is said', () => {
  expect(rfidOptions(config({}))).toEqual({
    protocol: 'llrp',
    settings: { antennas: [1], power_dbm: null, role: 'desk', records: 'epc' },
    wrong: null,
  })
})

test.each<[string, Partial<DeviceConfig>]>([
  ['a gate with four antennas', { role: 'gate', antennas: [1, 2, 3, 4], power_dbm: 30.25 }],
  ['an A0 module', { protocol: 'a0', antennas: [1, 8], power_dbm: 33 }],
  ['a BB module', { protocol: 'bb', power_dbm: 18.5 }],
  ['a UHFReader18 that tells RSSI', { protocol: 'uhfreader18', records: 'epc-rssi', power_dbm: 0 }],
])('%s is well configured', (_name, over) => {
  expect(rfidOptions(config(over))).toMatchObject({
    wrong: null,
    settings: over.role === undefined ? {} : { role: over.role },
  })
})

test.each<[string, Partial<DeviceConfig>]>([
  ['protocol', { protocol: 'sw' }],
  ['antennas', { antennas: [] }],
  ['antennas', { antennas: [1, 1] }],
  ['antennas', { antennas: [0] }],
  ['antennas', { antennas: [1.5] }],
  ['antennas', { protocol: 'bb', antennas: [2] }],
  ['antennas', { protocol: 'a0', antennas: [9] }],
  ['antennas', { role: 'gate' }],
  ['power_dbm', { power_dbm: 37 }],
  ['power_dbm', { power_dbm: Number.NaN }],
  ['power_dbm', { protocol: 'bb', power_dbm: 4 }],
  ['power_dbm', { protocol: 'a0', power_dbm: 20.5 }],
  ['records', { records: 'epc' }],
])('a wrong %s is named: %o', (name, over) => {
  const { wrong } = rfidOptions(config(over))
  expect(wrong).toMatch(new RegExp(`^${name}: `))
})
