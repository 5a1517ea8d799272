import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startScanner } from '../devices/emulators/scanner.ts'
import { enrolmentCode } from '../server/agents/code.ts'
import { KILLS_AND_CUTS, readScans, runCuts } from '../server/agents/testing-cuts.ts'
import { AgentProcess } from '../server/agents/testing-process.ts'
import { openCuttingProxy } from '../server/agents/testing-proxy.ts'
import { type Command, SYSTEM } from '../server/module.ts'
import { openGround } from './ground.ts'
import { KEEPING_UNIT, places } from './organisation.ts'
import type { Measured } from './report.ts'

const AGENT = 'bench-pc'
const STATION = 'bench-far'
const ADMIN = 'bench-admin'
const SEED = 20261121
const SMALL = { casesInStore: 4, movesAnItem: 1, waiting: [1] }

/**
 * An agent in a process of its own is killed (`kill -9`) and its line cut at random, so many times, while its two scanners scan: readings that it
 * had accepted and that are lost, doubled, out of order, or without exactly one effect. Throws when the agent does not start.
 */
export async function benchAgentCuts(rounds: number, tell: (progress: string) => void): Promise<Measured[]> {
  const ground = await openGround(SMALL, tell)
  const folder = await mkdtemp(join(tmpdir(), 'clearhold-bench-agent-'))
  const { db, act } = ground.server.deps
  const proxy = await openCuttingProxy({ host: '127.0.0.1', port: Number(new URL(ground.server.url).port) })
  const scanners = [
    await startScanner({ listen: `pty:${join(folder, 'scanner-0')}` }),
    await startScanner({ listen: 'tcp:0' }),
  ]
  const agents: AgentProcess[] = []
  try {
    const bySystem = <C extends Command>(command: C) => act({ person: SYSTEM }, command, { cause: command.type })
    const person = { person: ADMIN }
    await bySystem({ type: 'org.add-person', ...person, login: ADMIN, name: '管理员', unit: KEEPING_UNIT })
    await bySystem({ type: 'org.appoint', ...person, post: 'system-admin', place: 'organ' })
    const devices = scanners.map(({ address }, at) => ({
      ...{ id: `scanner-${at}`, kind: 'scanner', protocol: 'line', port: `agent:${AGENT}/${address}` },
    }))
    const station = { station: STATION, name: STATION, kind: 'bench', place: places[0]?.store ?? '', devices }
    await bySystem({ type: 'stations.configure', ...station })
    const invite = { type: 'agents.invite', agent: AGENT }
    const { result } = await act({ person: ADMIN }, invite, { cause: 'invite' })
    const code = enrolmentCode(ground.server.keys.pepper, AGENT, String(result['invitation']))
    const began = performance.now()
    const outcome = await runCuts({
      ...{ blows: KILLS_AND_CUTS, more: (done) => done < rounds, seed: SEED, mark: 'S', proxy, scanners },
      start() {
        const started = new AgentProcess(folder, ['--server', `http://127.0.0.1:${proxy.port}`, '--enrol', code])
        agents.push(started)
        return started
      },
      scans: () => readScans(db),
    })
    const { scanned, kept, arrived, lost, doubled, disordered, withoutOneEffect, missingNumbers, blows } = outcome
    tell(`${scanned} scanned, ${kept} accepted, ${arrived} arrived; ${JSON.stringify(blows)}`)
    const against = `${kept} accepted over ${rounds} cuts and kills in ${Math.round((performance.now() - began) / 1_000)} s`
    const found = {
      lost,
      doubled,
      disordered,
      'without one effect': withoutOneEffect,
      'missing numbers': missingNumbers,
    }
    return Object.entries(found).map(([what, those]) => ({
      ...{ bench: `agent-cuts ${what}`, value: those.length, unit: 'readings', against, ratio: null },
    }))
  } finally {
    for (const { child } of agents) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await proxy.close()
    for (const scanner of scanners) await scanner.close()
    await ground.close()
    await rm(folder, { recursive: true })
  }
}
