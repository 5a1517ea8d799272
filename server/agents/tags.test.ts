import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmulatedRfid, startSerialRfid } from '../../devices/emulators/rfid-serial.ts'
import { makeEpc } from '../../labels/epc.ts'
import type { DeviceConfig } from '../../devices/reading.ts'
import { readDevices } from '../stations/device-states.ts'
import { readStations } from '../stations/registry.ts'
import { AgentBench } from './testing.ts'
import { type AgentProcess, until } from './testing-process.ts'

/** A tag before a reader on another PC is what it would be before one here. */

const PC = 'tag-pc'
const epcOf = (n: number): string => makeEpc(new Uint8Array(11).fill(n))
const TEST_MS = 120_000

let bench: AgentBench
let far: EmulatedRfid
let here: EmulatedRfid
let agent: AgentProcess
let server: Awaited<ReturnType<AgentBench['startServer']>>

const reader = (port: string): DeviceConfig => ({ id: 'rfid-1', kind: 'rfid', protocol: 'a0', port })

beforeAll(async () => {
  bench = await AgentBench.open()
  far = await startSerialRfid({ protocol: 'a0', listen: 'tcp:0' })
  here = await startSerialRfid({ protocol: 'a0', listen: 'tcp:0' })
  await bench.setUp('bench-1', [reader(`agent:${PC}/${far.address}`)])
  await bench.setUp('bench-2', [reader(here.address)])
  server = await bench.startServer()
  agent = bench.start(PC, await bench.invite(PC))
  await agent.saw('joined')
  await agent.deviceReady('rfid-1')
}, TEST_MS)

afterAll(async () => {
  await bench.close()
  await far.close()
  await here.close()
}, TEST_MS)

async function verdict(station: string): Promise<{ readonly id: string; readonly code: string } | null> {
  const { session } = await server.desk.session(station)
  return session.verdict === null ? null : { id: session.verdict.id, code: session.verdict.code }
}

/** What the station says after something was done that it has not said before. */
async function saidAfter(station: string, deed: () => void): Promise<string> {
  const before = await verdict(station)
  deed()
  return until(`a word of ${station}`, async () => {
    const now = await verdict(station)
    return now === null || now.id === before?.id ? null : now.code
  })
}

test(
  'one clear tag is a scan, two are said to be several, as before a reader of the server’s own',
  async () => {
    const codes = []
    for (const [station, { field }] of [
      ['bench-2', here],
      ['bench-1', far],
    ] as const) {
      const one = await saidAfter(station, () => void field.put({ epc: epcOf(1) }))
      const two = await saidAfter(station, () => void field.put({ epc: epcOf(2) }))
      codes.push([one, two])
    }
    expect(codes[0]?.[1]).toBe('stations.several-tags')
    expect(codes[1]).toEqual(codes[0])
    await until('the reads are counted', async () => {
      const rows = await readDevices(bench.db, await readStations(bench.db), bench.now())
      const row = rows.find(({ station }) => station === 'bench-1')
      return row !== undefined && (row.readings ?? 0) > 2 && row.lastReadingAt !== null ? true : null
    })
  },
  TEST_MS,
)

test(
  'a tag that came to lie there while the line was down is a scan when it is back',
  async () => {
    far.field.clear()
    bench.proxy.keepCut()
    await agent.saw('away')
    const before = await verdict('bench-1')
    far.field.put({ epc: epcOf(3) })
    bench.proxy.mend()
    const said = await until('a word of bench-1', async () => {
      const now = await verdict('bench-1')
      return now === null || now.id === before?.id ? null : now
    })
    expect(said.code).toBe('stations.unknown-tag')
    far.field.clear()
    const again = await saidAfter('bench-1', () => void far.field.put({ epc: epcOf(4) }))
    expect(again).toBe('stations.unknown-tag')
  },
  TEST_MS,
)
