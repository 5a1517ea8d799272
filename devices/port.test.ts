import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openWire, type Wire } from './emulators/wire.ts'
import { openPort, PortClosed, type Port } from './port.ts'
import type { Fault } from './reading.ts'

/** What a busy machine is given. */
const PATIENT = { timeout: 20_000 }

let directory: string
const opened: { close(): Promise<void> }[] = []

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'clearhold-port-'))
})
afterEach(async () => {
  for (const end of opened.splice(0).reverse()) await end.close()
  await rm(directory, { recursive: true })
})

const carriers = [
  { name: 'serial line', where: () => `pty:${directory}/line`, address: (wire: Wire) => wire.address },
  { name: 'TCP', where: () => 'tcp:0', address: (wire: Wire) => wire.address },
  {
    name: 'device file',
    where: () => `pty:${directory}/lp0`,
    address: (wire: Wire) => wire.address.replace('serial:', 'file:'),
  },
]

describe.each(carriers)('a port over a $name', ({ where, address }) => {
  test('carries every byte value both ways', async () => {
    const all = Uint8Array.from({ length: 256 }, (_, value) => value)
    const { wire, port, heard, sent } = await connect(where(), address)
    await wire.send(all)
    await vi.waitFor(() => expect(Buffer.concat(heard)).toEqual(Buffer.from(all)), PATIENT)
    await port.write(all)
    await vi.waitFor(() => expect(Buffer.concat(sent)).toEqual(Buffer.from(all)), PATIENT)
  })

  test('keeps the order of writes that do not wait for each other', async () => {
    const { port, sent } = await connect(where(), address)
    const lines = Array.from({ length: 8 }, (_, line) => Buffer.alloc(3000, line))
    await Promise.all(lines.map((line) => port.write(line)))
    await vi.waitFor(() => expect(Buffer.concat(sent).equals(Buffer.concat(lines))).toBe(true), PATIENT)
  })

  test('closes once, without a fault, and takes no write after', async () => {
    const { port, closings } = await connect(where(), address)
    await Promise.all([port.close(), port.close()])
    expect(closings).toEqual([null])
    await expect(port.write(Buffer.from('late'))).rejects.toThrow(PortClosed)
  })

  test('sees the plug pulled, rejects the next write at once, and opens again after the re-plug', async () => {
    const { wire, port, closings } = await connect(where(), address)
    await wire.unplug()
    await vi.waitFor(
      () => expect(closings).toEqual([{ code: 'port-gone', detail: expect.any(String) as string }]),
      PATIENT,
    )
    await expect(port.write(Buffer.from('open the door'))).rejects.toMatchObject({ fault: { code: 'port-gone' } })
    await expect(openPort(address(wire), { onBytes: () => undefined, onClose: () => undefined })).rejects.toThrow(
      PortClosed,
    )

    await wire.replug()
    const heard: Uint8Array[] = []
    const again = await openPort(address(wire), { onBytes: (bytes) => heard.push(bytes), onClose: () => undefined })
    opened.push(again)
    await wire.send(Buffer.from('back'))
    await vi.waitFor(() => expect(Buffer.concat(heard).toString()).toBe('back'), PATIENT)
  })
})

describe.each(carriers)('a device on a $name that takes no bytes', ({ where, address }) => {
  // More than is held on the way: a pseudo terminal holds some 20 KB, a loopback socket some MB.
  const job = Buffer.alloc(32 * 1024 * 1024, 0x41)

  test('closes the port at the deadline and discards the rest', async () => {
    const { wire, port, closings } = await connect(where(), address)
    await wire.send(Buffer.from('?'))
    wire.hold()
    const started = performance.now()
    await expect(port.write(job, 300)).rejects.toMatchObject({ fault: { code: 'no-answer' } })
    expect(performance.now() - started).toBeLessThan(2000)
    await vi.waitFor(() => expect(closings).toMatchObject([{ code: 'no-answer' }]), PATIENT)
    await expect(port.write(Buffer.from('more'))).rejects.toThrow(PortClosed)
  })
})

test('what was sent on a serial line before it was opened is nobody’s', async () => {
  const wire = await openWire(`pty:${directory}/early`, () => undefined)
  opened.push(wire)
  await wire.send(Buffer.from('OLD\r'))
  const { heard } = await open(wire.address)
  await wire.send(Buffer.from('NEW\r'))
  await vi.waitFor(() => expect(Buffer.concat(heard).toString()).toBe('NEW\r'), PATIENT)
})

describe('an address that cannot be opened', () => {
  const none = { onBytes: () => undefined, onClose: () => undefined }

  test.each([
    ['serial:/dev/serial/by-id/not-here', 'port-gone'],
    ['file:/dev/usb/not-here', 'port-gone'],
    ['file:/etc/hostname', 'port-refused'],
    ['file:/dev', 'port-refused'],
    ['tcp://127.0.0.1:1', 'port-refused'],
    ['usb:1', 'port-refused'],
  ])('%s is %s', async (address, code) => {
    await expect(openPort(address, none)).rejects.toMatchObject({ fault: { code } })
  })

  test('a line that another program has is busy', async () => {
    const { wire } = await connect(`pty:${directory}/busy`, (line) => line.address)
    await expect(openPort(wire.address, none)).rejects.toMatchObject({ fault: { code: 'port-busy' } })
  })
})

async function connect(where: string, address: (wire: Wire) => string) {
  const sent: Uint8Array[] = []
  const wire = await openWire(where, (bytes) => sent.push(bytes))
  opened.push(wire)
  return { wire, sent, ...(await open(address(wire))) }
}

async function open(address: string) {
  const heard: Uint8Array[] = []
  const closings: (Fault | null)[] = []
  const port: Port = await openPort(address, {
    onBytes: (bytes) => heard.push(bytes),
    onClose: (fault) => closings.push(fault),
  })
  opened.push(port)
  return { port, heard, closings }
}
