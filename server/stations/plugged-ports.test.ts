import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeviceConfig, StationConfig } from '../../devices/reading.ts'
import { readPluggedPorts } from './plugged-ports.ts'

let folder: string
let name: string
let tty: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearhold-ports-'))
  await mkdir(join(folder, 'serial/by-id'), { recursive: true })
  tty = join(folder, 'ttyUSB0')
  name = join(folder, 'serial/by-id/usb-adapter')
  await writeFile(tty, '')
  await symlink(tty, name)
})
afterAll(() => rm(folder, { recursive: true }))

const scanner = (id: string, port: string): DeviceConfig => ({ id, kind: 'scanner', protocol: 'line', port })
const at = (id: string, ...devices: DeviceConfig[]): StationConfig => ({
  ...{ id, name: id, kind: 'bench', place: 'store-1' },
  devices,
})
const read = async (...stations: StationConfig[]) => (await readPluggedPorts(stations, folder))[0]

test('a port that nothing is set up for is free, under the name that stays', async () => {
  const elsewhere = at(
    'bench-1',
    scanner('pulled', `serial:${folder}/serial/by-id/usb-pulled`),
    scanner('far', `agent:store-pc/serial:${tty}`),
    scanner('network', 'tcp://127.0.0.1:4001'),
  )
  expect(await read(elsewhere)).toEqual({ port: `serial:${name}`, leadsTo: tty, claimedBy: [], fought: false })
})

test('it is taken under whatever name; two devices under two names of it fight for it', async () => {
  const one = at('bench-1', scanner('scanner-1', `serial:${name}?baud=9600`))
  const claim = { station: 'bench-1', device: 'scanner-1' }
  expect(await read(one)).toMatchObject({ claimedBy: [claim], fought: false })
  const other = at('desk-1', scanner('scanner-2', `serial:${tty}`))
  expect(await read(one, other)).toMatchObject({
    claimedBy: [claim, { station: 'desk-1', device: 'scanner-2' }],
    fought: true,
  })
})

test('keypads with numbers of their own share it in peace', async () => {
  const keypad = (address: number): DeviceConfig => ({
    ...{ id: `keypad-${address}`, kind: 'keypad', protocol: 'ff68', port: `serial:${name}`, address },
  })
  expect(await read(at('counter-1', keypad(1)), at('counter-2', keypad(2)))).toMatchObject({
    claimedBy: [{ device: 'keypad-1' }, { device: 'keypad-2' }],
    fought: false,
  })
})
