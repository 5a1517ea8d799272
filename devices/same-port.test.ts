import { expect, it } from 'vitest'
import { mayBeOnePort, plainPort } from './same-port.ts'

it.each([
  ['tcp://127.0.0.1:4001', 'tcp://localhost:4001'],
  ['tcp://127.0.0.1:4001', 'tcp://127.1:4001'],
  ['tcp://127.0.0.1:4001', 'tcp://127.9.9.9:4001'],
  ['tcp://127.0.0.1:4001', 'tcp://0x7f.0.0.1:4001'],
  ['tcp://127.0.0.1:4001', 'tcp://2130706433:4001'],
  ['tcp://127.0.0.1:4001', 'tcp://0.0.0.0:4001'],
  ['tcp://127.0.0.1:4001', 'tcp://[::1]:4001'],
  ['tcp://127.0.0.1:4001', 'tcp://[::ffff:127.0.0.1]:04001'],
  ['tcp://192.168.1.5:4001', 'tcp://0300.0250.1.5:4001'],
  ['tcp://192.168.1.5:4001', 'tcp://192.168.261:4001'],
  ['tcp://192.168.1.5:4001', 'tcp://[::FFFF:c0a8:105]:4001'],
  ['tcp://[fe80::1]:4001', 'tcp://[FE80:0:0:0:0:0:0:1]:4001'],
  ['tcp://Locks.Store.:4001', 'tcp://locks.store:4001'],
  ['serial:/dev/ttyUSB0', 'serial:/dev/ttyUSB0?baud=19200&frame=8E1'],
  ['serial:/dev/ttyUSB0', 'serial://dev/./serial/../ttyUSB0'],
  ['serial:/dev/ttyUSB0', 'file:/dev/ttyUSB0'],
  ['serial:COM3', 'serial:COM03'],
  ['agent:pc/serial:COM3', 'agent:pc/serial:COM003?baud=9600'],
])('spells %s and %s as one', (one, other) => {
  expect(plainPort(other)).toBe(plainPort(one))
  expect(mayBeOnePort(one, other)).toBe(true)
})

it.each([
  ['a name may be any host', 'tcp://192.168.1.5:4001', 'tcp://locks.store:4001'],
  ['the machine itself may have that number', 'tcp://127.0.0.1:4001', 'tcp://192.168.1.5:4001'],
  ['a host is reached from any PC', 'tcp://192.168.1.5:4001', 'agent:pc/tcp://192.168.1.5:4001'],
  ['zeros that may be octal', 'tcp://192.168.1.20:4001', 'tcp://192.168.1.020:4001'],
  ['links of two folders', 'serial:/dev/ttyUSB0', 'serial:/dev/serial/by-id/usb-FTDI-1'],
  ['links that an administrator of the machine made', 'serial:/dev/ttyUSB0', 'serial:/dev/locks'],
  ['a way over a link', 'serial:/dev/ttyUSB1', 'serial:/opt/link/../ttyUSB0'],
])('does not tell apart what may be one: %s', (_why, one, other) => {
  expect(plainPort(other)).not.toBe(plainPort(one))
  expect(mayBeOnePort(one, other)).toBe(true)
  expect(mayBeOnePort(other, one)).toBe(true)
})

it.each([
  ['tcp://192.168.1.5:4001', 'tcp://192.168.1.6:4001'],
  ['tcp://192.168.1.5:4001', 'tcp://192.168.1.5:4002'],
  ['tcp://127.0.0.1:4001', 'tcp://127.0.0.1:4002'],
  ['serial:/dev/ttyUSB0', 'serial:/dev/ttyUSB1'],
  ['serial:/dev/serial/by-id/usb-FTDI-1', 'serial:/dev/serial/by-id/usb-FTDI-2'],
  ['serial:/dev/ttyUSB0', 'agent:pc/serial:/dev/ttyUSB0'],
  ['serial:/dev/ttyUSB0', 'tcp://192.168.1.5:4001'],
])('tells %s and %s apart', (one, other) => {
  expect(mayBeOnePort(one, other)).toBe(false)
})
