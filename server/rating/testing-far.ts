import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import type { DeviceConfig } from '../../devices/reading.ts'
import { openBallot } from '../../devices/ballot/seal.ts'
import type { StationMessage } from '../stations/protocol.ts'
import { AgentProcess, until } from '../agents/testing-process.ts'
import { type CuttingProxy, openCuttingProxy } from '../agents/testing-proxy.ts'
import type { Words } from '../refusal.ts'
import { seedStations } from '../stations/registry.ts'
import { readPeriodKeys } from './tally-keys.ts'
import { HALL, TestHall } from './testing.ts'

const SYSTEM_ADMIN = 'xu-system'
/** A press counts for as long as a busy machine may take to make it. */
export const LIMITS = { accept_ms: 300_000, silence_ms: 300_000 } as const

/** A hall some of whose pads hang on other PCs, real agent processes behind a line that can be cut. */
export class FarHall {
  readonly hall: TestHall
  readonly proxy: CuttingProxy
  readonly #address: string
  readonly #agents = new Map<string, AgentProcess>()

  private constructor(hall: TestHall, proxy: CuttingProxy, address: string) {
    this.hall = hall
    this.#address = address
    this.proxy = proxy
  }

  static async open(): Promise<FarHall> {
    const hall = await TestHall.open()
    const address = await hall.server.app.listen({ host: '127.0.0.1', port: 0 })
    await hall.tally()
    const proxy = await openCuttingProxy({ host: '127.0.0.1', port: Number(new URL(address).port) })
    return new FarHall(hall, proxy, address)
  }

  /** What the socket of a screen of this station brings, from when it is followed. */
  async screen(station: string): Promise<{ readonly heard: StationMessage[]; close(): void }> {
    const { app } = this.hall.server
    const url = `/api/stations/${station}`
    const { body } = await this.hall.post<{ code: string }>(SYSTEM_ADMIN, `${url}/code`)
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const opened = await app.inject({ method: 'POST', url: `${url}/screen`, payload: { code: body.code }, headers })
    const [cookie] = opened.cookies
    if (cookie === undefined) throw new Error(`no screen: ${opened.body}`)
    const socket = new WebSocket(`${this.#address.replace('http', 'ws')}${url}/live`, {
      headers: { cookie: `${cookie.name}=${cookie.value}` },
    })
    const heard: StationMessage[] = []
    socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString('utf8')) as StationMessage))
    await until(`the screen of ${station} follows`, () => (heard.some(({ type }) => type === 'session') ? true : null))
    return { heard, close: () => socket.terminate() }
  }

  get owner() {
    return this.hall.server.database.ownerDb
  }

  /** Sets up a counter with these pads, each behind its PC. */
  async counter(id: string, pads: readonly DeviceConfig[]): Promise<void> {
    const { db, act } = this.hall.server.deps
    await seedStations(db, act, [{ id, name: id, kind: 'counter', place: HALL, devices: pads }])
  }

  /** Enrols a PC and starts its agent; resolves when it has joined. */
  async join(pc: string): Promise<AgentProcess> {
    const { status, body } = await this.hall.post<{ code: string }>(SYSTEM_ADMIN, '/api/agents', { name: pc })
    if (status !== 201) throw new Error(`no code: ${status}`)
    const agent = this.start(pc, ['--enrol', body.code])
    await agent.saw('joined')
    return agent
  }

  /** Starts the agent of a PC that is enrolled. */
  start(pc: string, more: readonly string[] = []): AgentProcess {
    const agent = new AgentProcess(this.folderOf(pc), ['--server', `http://127.0.0.1:${this.proxy.port}`, ...more])
    this.#agents.set(pc, agent)
    return agent
  }

  agent(pc: string): AgentProcess {
    const agent = this.#agents.get(pc)
    if (agent === undefined) throw new Error(`no agent ${pc}`)
    return agent
  }

  folderOf(pc: string): string {
    return join(this.hall.server.dataDir, pc)
  }

  /** All that the journal of a PC has on its disk. */
  async journal(pc: string): Promise<string> {
    const folder = join(this.folderOf(pc), 'agent')
    const [key = ''] = (await readdir(folder)).filter((name) => name.startsWith('key-'))
    return readFile(join(folder, key, 'journal'), 'latin1')
  }

  /** Pulls the cable; resolves when the PC knows. */
  async cut(pc: string): Promise<void> {
    this.proxy.keepCut()
    await until(`${pc} away`, () => {
      const last = this.agent(pc).events.findLast(({ event }) => event === 'joined' || event === 'away')
      return last?.event === 'away' ? true : null
    })
  }

  /** What the ballots that wait say, opened as the tally would. */
  async ballots() {
    const keys = await readPeriodKeys(this.hall.folder)
    const rows = await this.owner.selectFrom('rating_ballots').selectAll().execute()
    return rows.map(({ sealed, key, form, grp }) => {
      const pair = keys.find(({ id }) => id === key)
      if (pair === undefined) throw new Error(`no key ${key}`)
      return { ...openBallot(sealed, pair), form, counter: grp.split('/')[1] }
    })
  }

  async faults(pc: string): Promise<readonly { code: string; detail: Words }[]> {
    const { body } = await this.hall.get<{ agents: { name: string; faults: { code: string; detail: Words }[] }[] }>(
      SYSTEM_ADMIN,
      '/api/agents',
    )
    return body.agents.find(({ name }) => name === pc)?.faults ?? []
  }

  async close(): Promise<void> {
    for (const { child, kill } of [...this.#agents.values()].map((one) => ({
      child: one.child,
      kill: () => one.kill(),
    })))
      if (child.exitCode === null && child.signalCode === null) await kill()
    await this.proxy.close()
    await this.hall.close()
  }
}
