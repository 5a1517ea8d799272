import { describe, expect, vi } from 'vitest'
import { startLlrpReader } from '../emulators/rfid-llrp.ts'
import { startSerialRfid, type SerialRfidProtocol } from '../emulators/rfid-serial.ts'
import type { DeviceConfig, TagReading } from '../reading.ts'
import { benchTest as test, type TestBench } from '../testing-bench.ts'

const ONE = 'D40000000000000000000001'
const TWO = 'D40000000000000000000002'
const NEW = '3474257BF400000000BC6038'
const WAIT = { timeout: 15_000, interval: 10 }
vi.setConfig({ testTimeout: 40_000 })

const WAYS = [
  ['a0', 'pty'],
  ['a0', 'tcp'],
  ['bb', 'pty'],
  ['bb', 'tcp'],
  ['uhfreader18', 'pty'],
  ['uhfreader18', 'tcp'],
  ['llrp', 'tcp'],
] as const
const PROTOCOLS = ['a0', 'bb', 'uhfreader18', 'llrp'] as const

async function readerOn(
  { bench, keep, pty }: TestBench,
  protocol: SerialRfidProtocol | 'llrp',
  wire: 'pty' | 'tcp',
  over: Partial<DeviceConfig> = {},
) {
  const listen = wire === 'tcp' ? 'tcp:0' : pty('rfid')
  const reader = keep(
    protocol === 'llrp' ? await startLlrpReader({ listen }) : await startSerialRfid({ protocol, listen }),
  )
  const port = wire === 'tcp' ? reader.address : `${reader.address}?baud=115200`
  const opened = bench({ id: 'rfid-1', kind: 'rfid', protocol, port, ...over })
  const write = (epc: string, kept = 'D5') => opened.stations.writeTag('bench-1', 'rfid-1', { epc, kept }, 20_000)
  return { reader, ...opened, write, ready: () => opened.becomes('rfid-1', 'ready') }
}

async function llrpReader(own: TestBench) {
  const { reader, ...opened } = await readerOn(own, 'llrp', 'tcp')
  if (reader.speaks !== 'llrp') throw new Error('not an LLRP reader')
  return { reader, ...opened }
}

function counted(tags: readonly TagReading[], epc?: string): number {
  return tags.reduce((sum, { value }) => sum + (epc === undefined || value.epc === epc ? value.count : 0), 0)
}

describe.concurrent.each(WAYS)('%s over %s', (protocol, wire) => {
  test('tells each tag with its bytes, and every read of it', async ({ own }) => {
    const { reader, tags, ready } = await readerOn(own, protocol, wire)
    reader.field.put({ epc: ONE, heard: { 1: -41 } })
    await ready()
    reader.field.put({ epc: `${TWO}0A0B`, heard: { 1: -63 } })
    await vi.waitFor(() => expect(counted(tags, `${TWO}0A0B`)).toBeGreaterThan(3), WAIT)
    const measured = protocol !== 'uhfreader18'
    const first = tags.find(({ value }) => value.epc === ONE)
    expect(first).toMatchObject({
      station: 'bench-1',
      device: 'rfid-1',
      deviceKind: 'rfid',
      value: { kind: 'tag', epc: ONE, tid: null, antenna: 1, rssi_dbm: measured ? -41 : null, count: 1 },
    })
    expect(
      Buffer.from(first?.raw ?? [])
        .toString('hex')
        .toUpperCase(),
    ).toContain(ONE)
    reader.field.clear()
    await vi.waitFor(() => expect(counted(tags)).toBe(reader.reads()), WAIT)
  })

  test('is gone when it is pulled out, and reads again after the re-plug', async ({ own }) => {
    const { reader, tags, becomes, ready } = await readerOn(own, protocol, wire)
    await ready()
    await reader.unplug()
    await becomes('rfid-1', 'gone')
    await reader.replug()
    await ready()
    reader.field.put({ epc: ONE })
    await vi.waitFor(() => expect(counted(tags, ONE)).toBeGreaterThan(0), WAIT)
  })
})

describe.concurrent.each(PROTOCOLS)('%s', (protocol) => {
  test('that falls silent is faulty or gone within seconds, and ready again when it speaks', async ({ own }) => {
    const { reader, states, ready } = await readerOn(own, protocol, 'tcp')
    await ready()
    reader.faults.silent = true
    await vi.waitFor(
      () => expect(states.at(-1)?.state).toMatchObject({ state: 'faulty', fault: { code: 'no-answer' } }),
      WAIT,
    )
    reader.faults.silent = false
    await vi.waitFor(() => expect(states.at(-1)?.state.state).toBe('ready'), { timeout: 35_000, interval: 20 })
  })

  describe('writing', () => {
    test('the one tag in the field: written, read back, and its chip named', async ({ own }) => {
      const { reader, write, ready } = await readerOn(own, protocol, 'tcp')
      const tid = reader.field.put({ epc: ONE })
      await ready()
      expect(await write(NEW)).toEqual({ outcome: 'written', epc: NEW, tid: tid.toUpperCase() })
      expect(reader.field.contents()).toEqual({ [tid]: NEW })
      expect(await write(NEW)).toMatchObject({ outcome: 'written', epc: NEW })
    })

    test('an EPC of another length, where the chip has room', async ({ own }) => {
      const { reader, write, ready } = await readerOn(own, protocol, 'tcp')
      const long = '380E92272C082B593064D17B060C188000000000000000000000'
      const tid = reader.field.put({ epc: ONE, room: 13 })
      await ready()
      expect(await write(long)).toMatchObject({ outcome: 'written', epc: long })
      expect(reader.field.contents()).toEqual({ [tid]: long })
    })

    test('refuses an empty field, several tags, two chips with one EPC, and what is no EPC', async ({ own }) => {
      const { reader, write, ready } = await readerOn(own, protocol, 'tcp')
      await ready()
      expect(await write(NEW)).toMatchObject({ outcome: 'failed', why: 'no-tag', words: { zh: expect.any(String) } })
      reader.field.put({ epc: ONE })
      const second = reader.field.put({ epc: TWO })
      expect(await write(NEW)).toMatchObject({ outcome: 'failed', why: 'several-tags' })
      reader.field.take(second)
      reader.field.put({ epc: ONE })
      expect(await write(NEW)).toMatchObject({ outcome: 'failed' })
      expect(await write('清管')).toMatchObject({ outcome: 'failed', why: 'wrong-epc' })
      expect(new Set(Object.values(reader.field.contents()))).toEqual(new Set([ONE]))
    })

    test('leaves a tag as it is that begins as those do which are kept, whatever is to be written', async ({ own }) => {
      const { reader, write, ready } = await readerOn(own, protocol, 'tcp')
      const tid = reader.field.put({ epc: ONE })
      await ready()
      expect(await write(NEW, 'D4')).toMatchObject({ outcome: 'failed', why: 'tag-in-use' })
      expect(reader.field.contents()).toEqual({ [tid]: ONE })
    })

    test('a locked tag, or one without room, is as it was and says why', async ({ own }) => {
      const { reader, write, ready } = await readerOn(own, protocol, 'tcp')
      const locked = reader.field.put({ epc: ONE, locked: true })
      await ready()
      const outcome = await write(NEW)
      expect(outcome).toMatchObject({ outcome: 'failed', why: 'tag-refused' })
      expect(outcome.outcome === 'failed' && outcome.words.zh).toMatch(/（.+）$/)
      reader.field.take(locked)
      reader.field.put({ epc: ONE, room: 6 })
      expect(await write(`${NEW}0001`)).toMatchObject({ outcome: 'failed', why: 'tag-refused' })
    })

    test('whose answer is lost is decided by what is read back', async ({ own }) => {
      const { reader, write, ready } = await readerOn(own, protocol, 'tcp')
      reader.field.put({ epc: ONE })
      await ready()
      reader.faults.lostAnswer = true
      expect(await write(NEW)).toMatchObject({ outcome: 'written', epc: NEW })
    })

    test('that is torn off half way is unknown, and not tried again', async ({ own }) => {
      const { reader, write, ready } = await readerOn(own, protocol, 'tcp')
      const tid = reader.field.put({ epc: ONE })
      await ready()
      reader.faults.halfWrite = 2
      const outcome = await write(NEW)
      expect(outcome).toMatchObject({ outcome: 'unknown', words: { zh: expect.stringContaining('不能确定') } })
      const half = reader.field.contents()[tid]
      expect(half).toBe(NEW.slice(0, 8) + ONE.slice(8))
      expect(outcome.outcome === 'unknown' && outcome.detail).toContain(half)
    })

    test('is not for a reader that is away', async ({ own }) => {
      const { reader, becomes, write, ready } = await readerOn(own, protocol, 'tcp')
      await ready()
      await reader.unplug()
      await becomes('rfid-1', 'gone')
      expect(await write(NEW)).toMatchObject({ outcome: 'failed', why: 'reader-fault' })
    })
  })
})

describe.each(['a0', 'bb', 'uhfreader18'] as const)('%s on a bad line', (protocol) => {
  test('reads every whole frame and no false one, and counts the rest', async ({ own }) => {
    const { reader, tags, stations, ready } = await readerOn(own, protocol, 'tcp')
    await ready()
    Object.assign(reader.faults, { badCheck: 0.05, cutFrame: 0.05, noise: 0.1 })
    const epcs = Array.from({ length: 40 }, (_, nth) => `D4${nth.toString(16).padStart(22, '0')}`.toUpperCase())
    for (const epc of epcs) reader.field.put({ epc })
    await vi.waitFor(() => expect(reader.reads()).toBeGreaterThan(800), { timeout: 30_000, interval: 20 })
    Object.assign(reader.faults, { badCheck: 0, cutFrame: 0, noise: 0 })
    reader.field.clear()
    await vi.waitFor(() => expect(counted(tags)).toBe(reader.reads()), WAIT)
    expect(new Set(tags.map(({ value }) => value.epc))).toEqual(new Set(epcs))
    expect(stations.counts()[0]?.counts.noise_bytes).toBeGreaterThan(0)
    expect(stations.counts()[0]?.counts.damaged).toBeGreaterThan(0)
  })
})

describe.concurrent('several antennas', () => {
  test.for(['a0', 'llrp'] as const)(
    'of %s are read by turns, and one that is unplugged is named',
    async (protocol, { own }) => {
      const { reader, tags, states, ready } = await readerOn(own, protocol, 'tcp', { antennas: [1, 3], power_dbm: 25 })
      reader.field.put({ epc: ONE, heard: { 1: -50, 2: -30, 3: -60 } })
      await ready()
      await vi.waitFor(() => expect(new Set(tags.map(({ value }) => value.antenna))).toEqual(new Set([1, 3])), WAIT)
      if (reader.speaks === 'llrp') reader.antenna(3, false)
      else reader.faults.unplugged = [3]
      const faulty = { state: 'faulty', fault: { code: 'device-error', words: { zh: '3 号天线未连接' } } }
      await vi.waitFor(() => expect(states.at(-1)?.state).toMatchObject(faulty), WAIT)
      const before = counted(tags)
      await vi.waitFor(() => expect(counted(tags)).toBeGreaterThan(before), WAIT)
      if (reader.speaks === 'llrp') reader.antenna(3, true)
      else reader.faults.unplugged = []
      await ready()
    },
  )

  test('a gate reads, and writes nothing', async ({ own }) => {
    const { reader, write, ready } = await readerOn(own, 'llrp', 'tcp', { antennas: [1, 2], role: 'gate' })
    reader.field.put({ epc: ONE })
    await ready()
    expect(await write(NEW)).toMatchObject({ outcome: 'failed', why: 'wrong-role' })
  })
})

describe.concurrent('LLRP', () => {
  test('waits for the greeting, clears what an earlier connection left, and says good-bye', async ({ own }) => {
    const { reader, stations, ready } = await llrpReader(own)
    await ready()
    expect(reader.heard().slice(0, 7)).toEqual([
      'GET_READER_CAPABILITIES',
      'SET_READER_CONFIG',
      'DELETE_ROSPEC',
      'DELETE_ACCESSSPEC',
      'ADD_ROSPEC',
      'ENABLE_ROSPEC',
      'START_ROSPEC',
    ])
    await vi.waitFor(() => expect(reader.heard()).toContain('KEEPALIVE_ACK'), WAIT)
    await stations.close()
    expect(reader.heard().slice(-3)).toEqual(['STOP_ROSPEC', 'DELETE_ROSPEC', 'CLOSE_CONNECTION'])
  })

  test('a second program is told that the reader is taken', async ({ own }) => {
    const { reader, ready } = await llrpReader(own)
    await ready()
    const second = own.bench({ id: 'second', kind: 'rfid', protocol: 'llrp', port: reader.address })
    await second.becomes('second', 'faulty')
    expect(second.states.find(({ state }) => state.state === 'faulty')?.state).toMatchObject({
      fault: { code: 'port-busy', words: { zh: '读写器正被其他程序使用' } },
    })
  })

  test('life signs that stop end the connection, and a new one is made', async ({ own }) => {
    const { reader, states, ready } = await llrpReader(own)
    await ready()
    reader.faults.noKeepalive = true
    await vi.waitFor(() => expect(states.at(-1)?.state).toMatchObject({ fault: { code: 'no-answer' } }), WAIT)
    reader.faults.noKeepalive = false
    await vi.waitFor(() => expect(states.at(-1)?.state.state).toBe('ready'), WAIT)
  })

  test('reports and life signs bundled before an answer are each told', async ({ own }) => {
    const { reader, tags, write, ready } = await llrpReader(own)
    reader.bundle(true)
    reader.field.put({ epc: ONE })
    await ready()
    expect(await write(NEW)).toMatchObject({ outcome: 'written' })
    reader.bundle(false)
    reader.field.clear()
    await vi.waitFor(() => expect(counted(tags)).toBe(reader.reads()), WAIT)
  })

  test('bytes that are no LLRP end the connection; messages of unknown types do not', async ({ own }) => {
    const { reader, states, ready } = await llrpReader(own)
    await ready()
    await reader.sendRaw(Uint8Array.from([0x07, 0xff, 0, 0, 0, 12, 0, 0, 0, 1, 0xaa, 0xbb]))
    reader.antenna(1, false)
    await vi.waitFor(() => expect(states.at(-1)?.state).toMatchObject({ fault: { code: 'device-error' } }), WAIT)
    await reader.sendRaw(new Uint8Array(40).fill(0xff))
    await vi.waitFor(() => expect(states.at(-1)?.state).toMatchObject({ fault: { code: 'protocol' } }), WAIT)
    await ready()
  })

  test('ten seconds of 1,500 reads a second, as fast as they go: none is lost, few are told', async ({ own }) => {
    const { reader, tags, ready } = await llrpReader(own)
    await ready()
    expect(await reader.flood(15_000, 300)).toBe(15_000)
    await vi.waitFor(() => expect(counted(tags)).toBe(15_000), WAIT)
    expect(new Set(tags.map(({ value }) => `${value.epc} ${value.antenna}`)).size).toBe(300)
    expect(tags.length).toBeLessThan(15_000)
  })
})
