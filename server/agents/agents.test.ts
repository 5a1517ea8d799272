import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmulatedScanner, startScanner } from '../../devices/emulators/scanner.ts'
import { AgentBench } from './testing.ts'
import { type AgentProcess, until } from './testing-process.ts'

let bench: AgentBench
let scanner: EmulatedScanner
let agent: AgentProcess

beforeAll(async () => {
  bench = await AgentBench.open()
  scanner = await startScanner({ listen: `pty:${join(bench.folder, 'scanner')}` })
  await bench.setUp('bench-1', [
    { id: 'scanner-1', kind: 'scanner', protocol: 'line', port: `agent:hall-pc/${scanner.address}` },
  ])
  await bench.startServer()
  agent = bench.start('hall-pc', await bench.invite('hall-pc'))
}, 120_000)

afterAll(async () => {
  await bench.close()
  await scanner.close()
}, 60_000)

test('a scan on another PC has its effect at the station, once', async () => {
  await agent.saw('joined')
  await agent.deviceReady('scanner-1')
  await scanner.scan('HELLO-1')
  await until('its effect', async () => ((await bench.scans())[0]?.effects === 1 ? true : null))
  expect(await bench.scans()).toMatchObject([{ n: 1, text: 'HELLO-1', effects: 1 }])
  expect(await bench.row('hall-pc')).toMatchObject({ state: 'joined', records: 1, faults: [] })
}, 120_000)
