import { join } from 'node:path'
import { startKeypadBus } from '../devices/emulators/keypad.ts'
import { enrolmentCode } from '../server/agents/code.ts'
import { AgentProcess } from '../server/agents/testing-process.ts'
import { openCuttingProxy } from '../server/agents/testing-proxy.ts'
import type { Command } from '../server/module.ts'
import { SYSTEM } from '../server/module.ts'
import { type Blow, runVoteCuts, type VoteCuts } from '../server/rating/testing-vote-cuts.ts'
import type { Ground } from './ground.ts'

const AGENT = 'bench-hall-pc'
const HALL = 'hall-pads'
const COUNTER = 'counter-pads'
const ADMIN = 'bench-pads-admin'
const CLERK = 'bench-pads-clerk'
const LIMITS = { accept_ms: 300_000, silence_ms: 300_000 } as const

/**
 * Raters press at the pad of a counter whose PC's program is killed, whose line is cut and whose pad loses its power, one blow a press, one after
 * the other. Throws when the PC does not come back.
 */
export async function benchPads(
  ground: Ground,
  folder: string,
  blows: readonly Blow[],
  random: () => number,
): Promise<VoteCuts> {
  const { db, act } = ground.server.deps
  const bus = await startKeypadBus({ listen: 'tcp:0' })
  const proxy = await openCuttingProxy({ host: '127.0.0.1', port: Number(new URL(ground.server.url).port) })
  const agents: AgentProcess[] = []
  let step = 0
  const does = async (person: string, command: Command) =>
    (await act({ person }, command, { cause: `bench pads ${(step += 1)}` })).result
  const settled = async (person: string, post: string, place: string): Promise<void> => {
    await does(SYSTEM, { type: 'org.add-person', person, login: person, name: person, unit: 'organ' } as Command)
    await does(SYSTEM, { type: 'org.appoint', person, post, place } as Command)
  }
  try {
    await does(SYSTEM, {
      type: 'org.add-unit',
      unit: HALL,
      name: '办税服务厅',
      kind: 'hall',
      parent: 'organ',
    } as Command)
    await settled(ADMIN, 'system-admin', 'organ')
    await settled(CLERK, 'clerk', HALL)
    const port = `agent:${AGENT}/${bus.address}`
    const devices = [{ id: 'pad', kind: 'keypad', protocol: 'ff68', port, address: 1, ...LIMITS }]
    const station = { station: COUNTER, name: COUNTER, kind: 'counter', place: HALL, devices }
    await does(SYSTEM, { type: 'stations.configure', ...station } as Command)
    await does(CLERK, { type: 'rating.sign-on', counter: COUNTER } as Command)
    const { invitation } = await does(ADMIN, { type: 'agents.invite', agent: AGENT } as Command)
    const code = enrolmentCode(ground.server.keys.pepper, AGENT, String(invitation))
    return await runVoteCuts({
      ...{ blows, random, counter: COUNTER, window: 1, bus, proxy },
      start() {
        const args = ['--server', `http://127.0.0.1:${proxy.port}`, '--enrol', code]
        const started = new AgentProcess(join(folder, AGENT), args)
        agents.push(started)
        return started
      },
      offer: async () => {
        const { service } = await does(SYSTEM, {
          type: 'rating.open-service',
          counter: COUNTER,
          by: 'program',
        } as Command)
        await does(SYSTEM, { type: 'rating.offer-vote', service, by: 'program' } as Command)
        return String(service)
      },
      used: async (services) => {
        const rows = await db.selectFrom('rating_used').select('service').where('service', 'in', services).execute()
        return new Set(rows.map(({ service }) => service))
      },
    })
  } finally {
    for (const { child } of agents) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await proxy.close()
    await bus.close()
  }
}
