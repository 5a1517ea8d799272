import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeviceConfig, StationConfig } from '../../devices/reading.ts'
import { openDoor } from '../act.ts'
import { custodyLabels } from '../custody/papers/label-jobs.ts'
import { custodyDoor } from '../custody/door/watch.ts'
import { custodyLocks } from '../custody/locks/reads.ts'
import { scaleNotes } from '../custody/scales/reads.ts'
import { itemOfTag } from '../custody/papers/tags.ts'
import { custodyProcedures } from '../custody/bench/procedures.ts'
import { quietLog } from '../database/testing.ts'
import { ratingCounters } from '../rating/keypads.ts'
import { type Hub, openHub } from '../hub.ts'
import { type Desk, openDesk } from '../stations/desk.ts'
import { seedStations } from '../stations/registry.ts'
import { testServer, type TestServer } from '../testing.ts'
import { type Agents, openAgents } from './open.ts'
import type { AgentRow } from './protocol.ts'
import { agentRoutes } from './routes.ts'
import { AgentProcess } from './testing-process.ts'
import { type ArrivedScan, readScans } from './testing-cuts.ts'
import { type CuttingProxy, openCuttingProxy } from './testing-proxy.ts'

export const SYSTEM_ADMIN = 'xu-system'

/** One process of a server: a desk and its agents. */
interface ServerProcess {
  readonly agents: Agents
  readonly desk: Desk
}

/** A real server on a real database with one bench, agents that are real processes, and a line between them that can be cut. */
export class AgentBench {
  readonly server: TestServer
  readonly hub: Hub
  readonly address: string
  readonly proxy: CuttingProxy
  readonly folder: string
  readonly #serving: { process: ServerProcess | null }
  #processes: AgentProcess[] = []
  #desks: ServerProcess[] = []
  #offset_ms = 0

  private constructor(made: {
    server: TestServer
    hub: Hub
    address: string
    proxy: CuttingProxy
    folder: string
    serving: { process: ServerProcess | null }
  }) {
    this.server = made.server
    this.hub = made.hub
    this.address = made.address
    this.proxy = made.proxy
    this.folder = made.folder
    this.#serving = made.serving
  }

  static async open(): Promise<AgentBench> {
    const serving: { process: ServerProcess | null } = { process: null }
    const server = await testServer({
      at: new Date().toISOString(),
      extend: async (app, deps) => {
        await app.register(agentRoutes, {
          ...deps,
          // The routes speak to whichever process serves now.
          agents: {
            serve: (socket, from) => {
              if (serving.process === null) socket.close(1001)
              else serving.process.agents.serve(socket, from)
            },
            ports: async (agent) => (await serving.process?.agents.ports(agent)) ?? null,
          },
        })
      },
    })
    const address = await server.app.listen({ host: '127.0.0.1', port: 0 })
    const bench = new AgentBench({
      server,
      hub: await openHub({ db: server.database.db, config: server.database.appConfig, log: quietLog }),
      address,
      proxy: await openCuttingProxy({ host: '127.0.0.1', port: Number(new URL(address).port) }),
      folder: await mkdtemp(join(tmpdir(), 'clearhold-agents-')),
      serving,
    })
    return bench
  }

  get db() {
    return this.server.database.db
  }

  /** The server's clock: real, and ahead by what was passed over. */
  readonly now = (): string => new Date(Date.now() + this.#offset_ms).toISOString()

  pass(ms: number): void {
    this.#offset_ms += ms
    this.server.setNow(this.now())
  }

  /** Another process of the server, which serves agents from now on unless it is told not to. */
  async startServer({ serves = true }: { readonly serves?: boolean } = {}): Promise<ServerProcess> {
    const { db, activity, signIn } = this.server.deps
    const deps = {
      ...{ db, activity, signIn, hub: this.hub, now: this.now, log: quietLog },
      ...openDoor({
        db,
        modules: this.server.modules,
        causeKey: this.server.keys.pepper,
        hash: 'sha256',
        now: this.now,
      }),
      config: this.server.database.appConfig,
    }
    const agents = await openAgents({
      ...deps,
      ...{ installation: this.server.keys.installation, pepper: this.server.keys.pepper },
    })
    const desk = await openDesk({
      ...deps,
      offers: [custodyProcedures],
      labels: custodyLabels,
      itemOfTag,
      doorWatch: custodyDoor(deps),
      lockOrders: custodyLocks(deps),
      deviceNotes: scaleNotes,
      counterWatch: ratingCounters({
        ...deps,
        pepper: this.server.keys.pepper,
        folder: join(this.server.dataDir, 'ballots'),
      }),
      remote: agents.devices,
    })
    const started = { agents, desk }
    this.#desks.push(started)
    if (serves) this.#serving.process = started
    return started
  }

  async stopServer(stopped: ServerProcess): Promise<void> {
    this.#desks = this.#desks.filter((one) => one !== stopped)
    if (this.#serving.process === stopped) this.#serving.process = null
    await stopped.desk.close()
    await stopped.agents.close()
  }

  async setUp(station: string, devices: readonly DeviceConfig[], kind: StationConfig['kind'] = 'bench'): Promise<void> {
    await seedStations(this.db, this.server.deps.act, [{ id: station, name: station, kind, place: 'store-1', devices }])
  }

  /** How many the server holds open. */
  connections(): Promise<number> {
    return new Promise((resolve, reject) =>
      this.server.app.server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
    )
  }

  /** The one-time code for an agent of this name. */
  async invite(name: string): Promise<string> {
    const answer = await this.server.as(SYSTEM_ADMIN, { method: 'POST', url: '/api/agents', payload: { name } })
    if (answer.statusCode !== 201) throw new Error(answer.body)
    return answer.json<{ code: string }>().code
  }

  /** Where an agent keeps its key and journal. */
  dataDir(name: string): string {
    return join(this.folder, name)
  }

  /** Starts an agent's process; with a code it enrols first. Through the line that can be cut. */
  start(name: string, code: string | null = null, more: readonly string[] = []): AgentProcess {
    const server = ['--server', `http://127.0.0.1:${this.proxy.port}`, ...more]
    const started = new AgentProcess(this.dataDir(name), code === null ? server : [...server, '--enrol', code])
    this.#processes.push(started)
    return started
  }

  /** As a system administrator is shown it: with what waits and what came. */
  async row(name: string): Promise<AgentRow & { readonly backlog: number; readonly records: number }> {
    const answer = await this.server.as(SYSTEM_ADMIN, { method: 'GET', url: '/api/agents' })
    const found = answer.json<{ agents: AgentRow[] }>().agents.find((one) => one.name === name)
    if (found === undefined) throw new Error(`no agent ${name}: ${answer.body}`)
    const { backlog, records } = found
    if (backlog === null || records === null) throw new Error(`an administrator is not shown all of ${name}`)
    return { ...found, backlog, records }
  }

  /** What scanners behind agents have scanned, in the order of each agent's numbers, and what the desk made of it. */
  scans(): Promise<readonly ArrivedScan[]> {
    return readScans(this.db)
  }

  async stopAgents(): Promise<void> {
    for (const one of this.#processes)
      if (one.child.exitCode === null && one.child.signalCode === null) await one.kill()
  }

  async close(): Promise<void> {
    await this.stopAgents()
    await this.proxy.close()
    for (const one of [...this.#desks]) await this.stopServer(one)
    await this.hub.close()
    await this.server.close()
    await rm(this.folder, { recursive: true })
  }
}
