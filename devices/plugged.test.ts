import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listPlugged } from './plugged.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearhold-plugged-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a machine without serial adapters has none', async () => {
  expect(await listPlugged(folder)).toEqual([])
})

test('an adapter is named by its own number, its twin without one by its socket, a printer by its file', async () => {
  for (const where of ['serial/by-id', 'serial/by-path', 'usb']) await mkdir(join(folder, where), { recursive: true })
  for (const file of ['ttyUSB0', 'ttyUSB1', 'usb/lp0', 'usb/hiddev0']) await writeFile(join(folder, file), '')
  await symlink(join(folder, 'ttyUSB0'), join(folder, 'serial/by-id/usb-1a86_USB_Serial-if00-port0'))
  await symlink(join(folder, 'ttyUSB0'), join(folder, 'serial/by-path/pci-0:1.2'))
  await symlink(join(folder, 'ttyUSB1'), join(folder, 'serial/by-path/pci-0:1.3'))
  await symlink(join(folder, 'ttyUSB9'), join(folder, 'serial/by-id/usb-pulled'))
  expect(await listPlugged(folder)).toEqual([
    {
      port: `serial:${folder}/serial/by-id/usb-1a86_USB_Serial-if00-port0`,
      leadsTo: `${folder}/ttyUSB0`,
    },
    { port: `serial:${folder}/serial/by-path/pci-0:1.3`, leadsTo: `${folder}/ttyUSB1` },
    { port: `file:${folder}/usb/lp0`, leadsTo: `${folder}/usb/lp0` },
  ])
})
