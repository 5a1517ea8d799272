import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeviceConfig } from '../../devices/reading.ts'
import { AgentBench, SYSTEM_ADMIN } from './testing.ts'
import type { AgentProcess } from './testing-process.ts'

const PC = 'hall-pc'

let bench: AgentBench
let agent: AgentProcess
let folder: string
let adapter: string

const scanner = (id: string, port: string): DeviceConfig => ({ id, kind: 'scanner', protocol: 'line', port })
const ask = (person: string, name = PC) => bench.server.as(person, { method: 'GET', url: `/api/agents/${name}/ports` })

beforeAll(async () => {
  bench = await AgentBench.open()
  folder = join(bench.folder, 'dev-of-hall-pc')
  await mkdir(join(folder, 'serial/by-id'), { recursive: true })
  for (const tty of ['ttyUSB0', 'ttyUSB1']) await writeFile(join(folder, tty), '')
  adapter = join(folder, 'serial/by-id/usb-adapter')
  await symlink(join(folder, 'ttyUSB0'), adapter)
  await symlink(join(folder, 'ttyUSB1'), join(folder, 'serial/by-id/usb-free'))
  await bench.startServer()
  agent = bench.start(PC, await bench.invite(PC), ['--devices', folder])
  await agent.saw('joined')
}, 120_000)

afterAll(() => bench.close(), 60_000)

test('what is plugged into another PC is listed as a station would name it, and what is set up for it', async () => {
  await bench.setUp('bench-1', [
    scanner('scanner-1', `agent:${PC}/serial:${adapter}?baud=9600`),
    // The same name on the server's own machine is another port.
    scanner('scanner-2', `serial:${adapter}`),
  ])
  const free = { claimedBy: [], fought: false }
  const answer = await ask(SYSTEM_ADMIN)
  expect([answer.statusCode, answer.json()]).toEqual([
    200,
    {
      ports: [
        {
          ...{ port: `agent:${PC}/serial:${adapter}`, leadsTo: join(folder, 'ttyUSB0'), fought: false },
          claimedBy: [{ station: 'bench-1', device: 'scanner-1' }],
        },
        { port: `agent:${PC}/serial:${folder}/serial/by-id/usb-free`, leadsTo: join(folder, 'ttyUSB1'), ...free },
      ],
    },
  ])
})

test('a port that two devices have under two names is fought for; what was pulled is gone', async () => {
  await bench.setUp('desk-1', [scanner('scanner-3', `agent:${PC}/serial:${join(folder, 'ttyUSB0')}`)], 'desk')
  await rm(join(folder, 'serial/by-id/usb-free'))
  const { ports } = (await ask(SYSTEM_ADMIN)).json<{ ports: { fought: boolean; claimedBy: object[] }[] }>()
  expect(ports).toMatchObject([{ fought: true, claimedBy: [{ device: 'scanner-1' }, { device: 'scanner-3' }] }])
})

test('only a system administrator sees them; a PC that is away, or that nobody knows, is said to be', async () => {
  expect((await ask('zhang-wei')).statusCode).toBe(403)
  expect((await ask(SYSTEM_ADMIN, 'nobody')).json()).toMatchObject({ code: 'agents.unknown', status: 404 })
  await agent.kill()
  // Until the server has noticed, nobody answers; then nobody is there.
  expect((await ask(SYSTEM_ADMIN)).json()).toMatchObject({ code: 'agents.away', status: 409 })
  await rm(folder, { recursive: true })
})
