import { expect, test } from 'vitest'
import { BadPortAddress, parsePortAddress } from './port-address.ts'

const line = {
  carrier: 'serial',
  path: '/dev/ttyUSB0',
  baud: 9600,
  dataBits: 8,
  parity: 'none',
  stopBits: 1,
  flow: 'none',
}

test.each([
  ['serial:/dev/ttyUSB0', line],
  ['serial:/dev/ttyUSB0?baud=115200', { ...line, baud: 115_200 }],
  ['serial:/dev/ttyUSB0?frame=7E1&baud=2400', { ...line, baud: 2400, dataBits: 7, parity: 'even' }],
  ['serial:/dev/ttyUSB0?frame=8O2&flow=xonxoff', { ...line, parity: 'odd', stopBits: 2, flow: 'xonxoff' }],
  ['serial:/dev/ttyUSB0?flow=rtscts', { ...line, flow: 'rtscts' }],
  ['serial:/dev/serial/by-id/usb-A_B:1-if00', { ...line, path: '/dev/serial/by-id/usb-A_B:1-if00' }],
  ['serial:COM3?baud=9600', { ...line, path: 'COM3' }],
  ['tcp://127.0.0.1:9100', { carrier: 'tcp', host: '127.0.0.1', port: 9100 }],
  ['tcp://scale-1.store.local:1', { carrier: 'tcp', host: 'scale-1.store.local', port: 1 }],
  ['tcp://[fe80::1]:65535', { carrier: 'tcp', host: 'fe80::1', port: 65_535 }],
  ['file:/dev/usb/lp0', { carrier: 'file', path: '/dev/usb/lp0' }],
])('%s is understood', (address, expected) => {
  expect(parsePortAddress(address)).toEqual(expected)
})

test.each([
  '',
  '/dev/ttyUSB0',
  'serial:',
  'serial:ttyUSB0',
  'serial:../dev/ttyUSB0',
  'serial:/dev/ttyUSB0?',
  'serial:/dev/ttyUSB0?baud',
  'serial:/dev/ttyUSB0?baud=',
  'serial:/dev/ttyUSB0?baud=9601',
  'serial:/dev/ttyUSB0?baud=9600&baud=9600',
  'serial:/dev/ttyUSB0?baud=9600=1',
  'serial:/dev/ttyUSB0?BAUD=9600',
  'serial:/dev/ttyUSB0?frame=8N3',
  'serial:/dev/ttyUSB0?frame=8n1',
  'serial:/dev/ttyUSB0?flow=yes',
  'serial:/dev/ttyUSB0?speed=9600',
  'serial:/dev/ttyUSB0?baud=9600?frame=8N1',
  'serial:/dev/tty\0USB0',
  'tcp:127.0.0.1:9100',
  'tcp://127.0.0.1',
  'tcp://127.0.0.1:0',
  'tcp://127.0.0.1:65536',
  'tcp://127.0.0.1:9100/',
  'tcp://user@127.0.0.1:9100',
  'tcp://:9100',
  'tcp://-h:9100',
  'tcp:// 127.0.0.1:9100',
  'TCP://127.0.0.1:9100',
  'file:lp0',
  'file:/',
  'file:/dev/usb/lp0?baud=9600',
  'rfc2217://127.0.0.1:4000',
])('%j is refused by name', (address) => {
  expect(() => parsePortAddress(address)).toThrow(BadPortAddress)
  expect(() => parsePortAddress(address)).toThrow(JSON.stringify(address))
})
