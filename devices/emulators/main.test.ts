import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import type { DeviceConfig } from '../reading.ts'
import { testBench, word } from '../testing-bench.ts'

/** What a busy machine is given. */
const PATIENT = { timeout: 20_000 }

const { bench, keep } = testBench()

/** The program as a shell starts it, and what it says. */
function emulate(...args: string[]) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url)), ...args])
  const said = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const errors: string[] = []
  child.stderr.on('data', (bytes: Buffer) => errors.push(bytes.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  return {
    ended,
    errors,
    next: async () => String((await said.next()).value),
    order: (order: object) => child.stdin.write(`${JSON.stringify(order)}\n`),
    async close() {
      child.stdin.end()
      await ended
    },
  }
}

test('a scanner started from a shell is a scanner to a station', async () => {
  const program = keep(emulate('scanner', '--port', 'tcp:0'))
  const config: DeviceConfig = { id: 'scanner-1', kind: 'scanner', protocol: 'line', port: await program.next() }
  const { readings, becomes, told } = bench(config)
  await becomes('scanner-1', 'ready')
  program.order({ scan: 'LIB-000123', aim: 'C0', pieces: 3 })
  expect(await program.next()).toBe('"done"')
  await told(1)
  expect(readings[0]?.value).toMatchObject({ text: 'LIB-000123', symbology: 'C0' })
  program.order({ scan: 'LIB-000124', cut: 4 })
  program.order({ unplug: true })
  await becomes('scanner-1', 'gone')
  expect(readings.map(word)).toEqual(['scan', 'line-cut'])
})

test('a scanner of every protocol is started by its name and misbehaves on order', async () => {
  for (const protocol of ['ssi', 'newland', 'honeywell']) {
    const program = keep(emulate('scanner', '--port', 'tcp:0', '--protocol', protocol))
    const config: DeviceConfig = { id: protocol, kind: 'scanner', protocol, port: await program.next() }
    const { readings, becomes, told } = bench(config)
    await becomes(protocol, 'ready')
    program.order({ scan: 'LIB-000123', garbage: '00 00', pieces: 2 })
    expect(await program.next()).toMatch(/done|acknowledged/)
    await told(1)
    expect(readings[0]?.value).toMatchObject({ kind: 'scan', text: 'LIB-000123' })
    program.order({ refuse: 1, how: 2 })
    expect(await program.next()).toBe('"done"')
    program.order({ state: true })
    expect(JSON.parse(await program.next())).toHaveProperty('triggered', false)
  }
})

test('a scale, a badge reader and a printer take their orders and refuse others', async () => {
  const scale = keep(emulate('scale', '--port', 'tcp:0'))
  const badge = keep(emulate('badge', '--port', 'tcp:0', '--protocol', 'frame'))
  const printer = keep(emulate('label-printer', '--port', 'tcp:0', '--protocol', 'tspl', '--stock', '60x40'))
  const { stations, readings, becomes, told } = bench(
    { id: 'scale-1', kind: 'scale', protocol: 'mt-sics', port: await scale.next() },
    { id: 'badge-1', kind: 'badge', protocol: 'frame', port: await badge.next() },
    { id: 'printer-1', kind: 'label-printer', protocol: 'tspl', port: await printer.next(), dpi: 203 },
  )
  for (const id of ['scale-1', 'badge-1', 'printer-1']) await becomes(id, 'ready')
  scale.order({ weigh_mg: 100_000 })
  expect(await scale.next()).toBe('"done"')
  expect((await stations.weigh('bench-1', null, 3000)).value).toMatchObject({ weight_mg: 100_000 })
  badge.order({ badge: '0A00B1C2D3' })
  await told(1)
  expect(readings[0]?.value).toEqual({ kind: 'badge', badge: '0A00B1C2D3', repeats: null })
  printer.order({ headOpen: true })
  await becomes('printer-1', 'faulty')
  scale.order({ scan: 'A' })
  scale.order({ silent: true })
  expect(await scale.next()).toBe('"done"')
  await scale.close()
  expect(scale.errors.join('')).toContain('no such order')
})

test('a keypad, a lock board and a plain scale take their orders', async () => {
  const keypad = keep(emulate('keypad', '--port', 'tcp:0'))
  const locks = keep(emulate('relay', '--port', 'tcp:0'))
  const scale = keep(emulate('scale', '--port', 'tcp:0', '--protocol', 'indicator', '--streams'))
  const { stations, events, becomes } = bench(
    { id: 'keypad-1', kind: 'keypad', protocol: 'ff68', port: await keypad.next(), address: 1 },
    { id: 'locks', kind: 'relay', protocol: 'lock', port: await locks.next(), locked: '11' },
    { id: 'scale-1', kind: 'scale', protocol: 'and', port: await scale.next(), streams: true },
  )
  for (const id of ['keypad-1', 'locks', 'scale-1']) await becomes(id, 'ready')
  keypad.order({ clerk: '0B' })
  expect(await keypad.next()).toBe('"done"')
  keypad.order({ press: 3 })
  await vi.waitFor(() => expect(events.map(({ value }) => value.kind)).toEqual(['asked', 'rated']), { timeout: 6000 })
  expect(await stations.unlock('bench-1', 'locks', 1, 5000)).toEqual({ outcome: 'unlocked' })
  locks.order({ state: 1 })
  expect(JSON.parse(await locks.next())).toEqual({ shut: false, draws: 1 })
  scale.order({ weigh_mg: 12_500 })
  expect((await stations.weigh('bench-1', null, 5000)).value).toMatchObject({ weight_mg: 12_500 })
})

test('an RFID reader takes tags, writes and faults', async () => {
  const reader = keep(emulate('rfid', '--port', 'tcp:0', '--protocol', 'a0'))
  const { stations, tags, becomes } = bench({ id: 'rfid-1', kind: 'rfid', protocol: 'a0', port: await reader.next() })
  await becomes('rfid-1', 'ready')
  reader.order({ tag: 'E28011606000020000000001', tid: 'E28011600000000000000001' })
  expect(await reader.next()).toBe('"E28011600000000000000001"')
  await vi.waitFor(() => expect(tags[0]?.value.epc).toBe('E28011606000020000000001'), PATIENT)
  const epc = 'D40000000000000000000002'
  expect(await stations.writeTag('bench-1', 'rfid-1', { epc, kept: 'D4' }, 10_000)).toMatchObject({
    outcome: 'written',
    epc,
  })
  reader.order({ contents: true })
  expect(await reader.next()).toBe(JSON.stringify({ E28011600000000000000001: epc }))
  reader.order({ faults: { toast: 1 } })
  reader.order({ faults: { unplugged: [1] } })
  expect(await reader.next()).toBe('"done"')
  await becomes('rfid-1', 'faulty')
  expect(reader.errors.join('')).toContain('no such fault')
})

test.each([
  ['nothing', ['toaster', '--port', 'tcp:0']],
  ['help', ['keypad', '--port', 'tcp:0', '--help']],
])('says how it is used when it is asked for %s', async (_what, args) => {
  const program = emulate(...args)
  expect(await program.ended).toBe(2)
  expect(program.errors.join('')).toContain('npm run emulate')
})
