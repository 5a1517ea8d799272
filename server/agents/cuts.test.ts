import { createPrivateKey } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type EmulatedScanner, startScanner } from '../../devices/emulators/scanner.ts'
import { openJournal } from '../../devices/journal.ts'
import type { Reading } from '../../devices/reading.ts'
import { newId } from '../id.ts'
import { AgentBench } from './testing.ts'
import { until } from './testing-process.ts'
import { KILLS_AND_CUTS, NETWORK_MIX, runCuts, SLOW } from './testing-cuts.ts'

const ROUNDS = 20
const SEED = 20261121
/** A release takes ten minutes. */
const MIX_MINUTES = process.env['NETWORK_MIX_MINUTES'] ?? null
const MIX_MS = Number(MIX_MINUTES ?? 1 / 3) * 60_000
const BLACK_OUT_MS = MIX_MINUTES === null ? 6_000 : 30_000

let bench: AgentBench
let scanners: readonly EmulatedScanner[]

beforeAll(async () => {
  bench = await AgentBench.open()
  scanners = [
    await startScanner({ listen: `pty:${join(bench.folder, 'scanner-0')}` }),
    await startScanner({ listen: 'tcp:0' }),
  ]
  await bench.setUp(
    'bench-1',
    scanners.map(({ address }, at) => ({
      ...{ id: `scanner-${at}`, kind: 'scanner', protocol: 'line', port: `agent:hall-pc/${address}` },
    })),
  )
  await bench.startServer()
}, 120_000)

afterAll(async () => {
  await bench.close()
  for (const scanner of scanners) await scanner.close()
}, 60_000)

// What a test that failed has left running, to which a second try is not to listen.
afterEach(async () => {
  await bench.stopAgents()
  bench.proxy.mend()
})

/** A second try is not to find the scans, agents and stations of the first. */
let attempts = 0

test(
  'whatever is killed and cut, no scan that was accepted is lost, doubled or out of order',
  { timeout: 900_000 },
  async () => {
    attempts += 1
    const code = await bench.invite('hall-pc')
    const outcome = await runCuts({
      ...{
        blows: KILLS_AND_CUTS,
        more: (rounds, blows) => rounds < ROUNDS || Object.values(blows).some((count) => count === 0),
        seed: SEED,
        mark: `S${attempts}:`,
        proxy: bench.proxy,
        scanners,
      },
      start: () => bench.start('hall-pc', code),
      scans: () => bench.scans(),
      backlog: async () => (await bench.row('hall-pc')).backlog,
    })
    expect(outcome).toMatchObject({ lost: [], doubled: [], disordered: [], withoutOneEffect: [], missingNumbers: [] })
    expect(outcome.kept).toBeGreaterThan(ROUNDS)
    expect(await bench.row('hall-pc')).toMatchObject({ faults: [] })
  },
)

test(
  'whatever a network does to an agent that runs on, nothing is lost or doubled, its journal empties and no socket is left over',
  { timeout: 300_000 + 3 * MIX_MS },
  async () => {
    attempts += 1
    const name = `mixed-pc-${attempts}`
    const mixed = [
      await startScanner({ listen: `pty:${join(bench.folder, `${name}-0`)}` }),
      await startScanner({ listen: 'tcp:0' }),
    ]
    await bench.setUp(
      `bench-${name}`,
      mixed.map(({ address }, at) => ({
        ...{ id: `${name}-${at}`, kind: 'scanner', protocol: 'line', port: `agent:${name}/${address}` },
      })),
    )
    const before = await bench.connections()
    const code = await bench.invite(name)
    const ends = Date.now() + MIX_MS
    const outcome = await runCuts({
      ...{
        blows: NETWORK_MIX,
        blackOut_ms: BLACK_OUT_MS,
        seed: SEED + 1,
        mark: `M${attempts}:`,
        proxy: bench.proxy,
        scanners: mixed,
      },
      more: (_, blows) => Date.now() < ends || Object.values(blows).some((count) => count === 0),
      start: () => bench.start(name, code),
      scans: () => bench.scans(),
      backlog: async () => (await bench.row(name)).backlog,
    })
    expect(outcome).toMatchObject({ lost: [], doubled: [], disordered: [], withoutOneEffect: [], missingNumbers: [] })
    expect(outcome.kept).toBe(outcome.scanned)
    expect(outcome.sockets.after).toBeLessThanOrEqual(outcome.sockets.before)
    await until('no connection', async () =>
      bench.proxy.open() === 0 && (await bench.connections()) <= before ? true : null,
    )
    expect(await bench.row(name)).toMatchObject({ faults: [] })
    for (const scanner of mixed) await scanner.close()
  },
)

test(
  'a line that takes two seconds there and back, in pieces of ten bytes, keeps the agent joined; no connection is left over',
  { timeout: 180_000 },
  async () => {
    attempts += 1
    const name = 'slow-pc'
    const mark = `SLOW-${attempts}`
    await bench.setUp('bench-3', [
      { id: 'scanner-8', kind: 'scanner', protocol: 'line', port: `agent:${name}/${scanners[1]?.address}` },
    ])
    const agent = bench.start(name, await bench.invite(name))
    await agent.saw('joined')
    await agent.deviceReady('scanner-8')
    bench.proxy.slow(SLOW)
    bench.proxy.cut()
    await agent.saw('joined', 2)
    const aways = agent.of('away').length
    for (let n = 1; n <= 3; n += 1) {
      await scanners[1]?.scan(`${mark}-${n}`)
      await until(`${mark}-${n} at the server`, async () =>
        (await bench.scans()).some(({ text, effects }) => text === `${mark}-${n}` && effects === 1) ? true : null,
      )
    }
    expect(agent.of('away')).toHaveLength(aways)
    expect(agent.of('joined')).toHaveLength(2)
    await until('one connection', () => (bench.proxy.open() === 1 ? true : null))
    bench.proxy.mend()
    await agent.kill('SIGTERM')
    await until('no connection', () => (bench.proxy.open() === 0 ? true : null))
  },
)

const READINGS = 1_000
const AWAY_MS = 72 * 3_600_000
const KILLS = 20

test(
  '72 hours without a server, then 20 kills while 1,000 readings are drained: all arrive once, in order',
  { timeout: 900_000 },
  async () => {
    const name = 'far-pc'
    await bench.setUp('bench-2', [
      { id: 'scanner-9', kind: 'scanner', protocol: 'line', port: `agent:${name}/tcp://127.0.0.1:9` },
    ])
    let agent = bench.start(name, await bench.invite(name))
    await agent.saw('joined')
    await agent.kill('SIGTERM')
    await fillJournal(join(bench.dataDir(name), 'agent'))
    agent = bench.start(name)
    let before = 0
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const wanted = Math.floor((READINGS * kill) / (KILLS + 1))
      before = await until('more of the readings', async () => {
        const { records } = await bench.row(name)
        return records >= Math.max(wanted, before + 1) ? records : null
      })
      await agent.kill()
      agent = bench.start(name)
    }
    await until(
      'all of the readings',
      async () => ((await bench.row(name)).records === READINGS ? true : null),
      600_000,
    )
    const arrived = (await bench.scans()).filter(({ text }) => text.startsWith('FAR-'))
    expect(arrived.map(({ text }) => text)).toEqual(Array.from({ length: READINGS }, (_, one) => `FAR-${one}`))
    expect(arrived.filter(({ effects, outcome }) => effects !== 1 || outcome !== 'stations.stale')).toEqual([])
    await until('an empty journal', async () => ((await bench.row(name)).backlog === 0 ? true : null))
    expect((await bench.row(name)).faults).toEqual([])
  },
)

/** What an agent saw in three days without a server: its own key, a clock that runs fast. */
async function fillJournal(folder: string): Promise<void> {
  const own = (await readdir(folder)).find((entry) => entry.startsWith('key-')) ?? ''
  const { privateKey } = JSON.parse(await readFile(join(folder, 'identity.json'), 'utf8')) as { privateKey: string }
  let clock_ms = Date.now() - AWAY_MS
  const journal = await openJournal({
    ...{ folder: join(folder, own), key: createPrivateKey(privateKey), now: () => clock_ms },
    ...{ monotonic: () => clock_ms, run: '0'.repeat(16) },
  })
  const kept: Promise<unknown>[] = []
  for (let one = 0; one < READINGS; one += 1) {
    // The last was seen a minute ago: all of them are stale.
    clock_ms += (AWAY_MS - 60_000) / READINGS
    const reading: Reading = {
      ...{ id: newId(Math.floor(clock_ms)), station: 'bench-2', device: 'scanner-9', deviceKind: 'scanner' },
      at: new Date(clock_ms).toISOString(),
      raw: Buffer.from(`FAR-${one}\r`),
      value: { kind: 'scan', text: `FAR-${one}`, symbology: null },
    }
    kept.push(journal.append(reading))
    if (one % 100 === 99) await Promise.all(kept.splice(0))
  }
  await journal.close()
}
