import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmulatedScanner, startScanner } from '../../devices/emulators/scanner.ts'
import { AgentBench } from './testing.ts'
import { runCuts } from './testing-cuts.ts'

const ROUNDS = 40
const SEED = 20261121

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

test(
  'whatever is killed and cut, no scan that was accepted is lost, doubled or out of order',
  { timeout: 900_000 },
  async () => {
    const code = await bench.invite('hall-pc')
    const outcome = await runCuts({
      ...{ rounds: ROUNDS, seed: SEED, proxy: bench.proxy, scanners },
      start: () => bench.start('hall-pc', code),
      scans: () => bench.scans(),
    })
    expect(outcome).toMatchObject({ lost: [], doubled: [], disordered: [], withoutOneEffect: [], missingNumbers: [] })
    expect(outcome.kept).toBeGreaterThan(ROUNDS)
    expect(Object.values(outcome.blows).every((count) => count > 0)).toBe(true)
    expect(await bench.row('hall-pc')).toMatchObject({ faults: [] })
  },
)
