import { join } from 'node:path'
import { type EmulatedScale, startScale } from '../../devices/emulators/scale.ts'
import { type EmulatedScanner, startScanner } from '../../devices/emulators/scanner.ts'
import type { DeviceConfig } from '../../devices/reading.ts'
import { makeCommandCode } from '../../labels/item-code.ts'
import type { Answer } from '../act.ts'
import { gold, PHOTO, taking } from '../custody/testing.ts'
import { demoPerson } from '../demo/organisation.ts'
import { newId } from '../id.ts'
import type { Command } from '../module.ts'
import type { Arriving } from '../stations/arriving.ts'
import type { SessionAnswer } from '../stations/protocol.ts'
import type { Session } from '../stations/session.ts'
import { readSession } from '../stations/store.ts'
import { type Conflict } from '../custody/conflicts/conflicts.ts'
import type { Item } from '../custody/items/item.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { AgentBench, SYSTEM_ADMIN } from './testing.ts'
import { type AgentProcess, until } from './testing-process.ts'
import { onFilm } from '../custody/testing-film.ts'

export const CUSTODIAN = demoPerson('chen-jing')
export const OTHER = demoPerson('liu-yang')
export const OFFICER = demoPerson('zhang-wei')
export const GOLD_MG = 100_000
const CASE = '云纪立〔2026〕9号'
export const CONFIRM = makeCommandCode('CONFIRM')
export const CANCEL = makeCommandCode('CANCEL')

/** What a bench says, one word a reading, while one bar is checked in. */
export const DONE = ['item-in-hand', 'weighed', 'shelf-chosen', 'recorded']

/** A house with its server behind a line that can be cut, the things of one case, and a safe for them. */
export async function openHouse(): Promise<{
  readonly bench: AgentBench
  readonly goods: OfflineGoods
  readonly safe: string
  readonly server: Awaited<ReturnType<AgentBench['startServer']>>
}> {
  const bench = await AgentBench.open()
  const goods = await OfflineGoods.open(bench)
  return { bench, goods, safe: await goods.shelf('保险柜', 99), server: await bench.startServer() }
}

/**
 * A store with a safe, and one bench whose scanner and scale hang on another PC. What a test does at the bench goes through the wires; what
 * somebody types on its screen is given to the desk.
 */
export class OfflineStation {
  readonly bench: AgentBench
  readonly id: string
  readonly pc: string
  readonly scanner: EmulatedScanner
  readonly scale: EmulatedScale
  /** Its scanner and scale as the station has them. */
  readonly devices: readonly DeviceConfig[]
  agent: AgentProcess
  readonly #desk: () => Awaited<ReturnType<AgentBench['startServer']>>['desk']

  private constructor(made: {
    bench: AgentBench
    id: string
    pc: string
    scanner: EmulatedScanner
    scale: EmulatedScale
    devices: readonly DeviceConfig[]
    agent: AgentProcess
    desk: () => Awaited<ReturnType<AgentBench['startServer']>>['desk']
  }) {
    this.bench = made.bench
    this.id = made.id
    this.pc = made.pc
    this.scanner = made.scanner
    this.scale = made.scale
    this.devices = made.devices
    this.agent = made.agent
    this.#desk = made.desk
  }

  /** @param beside stands at the same bench with devices of its own, on another PC */
  static async open(
    bench: AgentBench,
    id: string,
    desk: () => Awaited<ReturnType<AgentBench['startServer']>>['desk'],
    beside: OfflineStation | null = null,
  ): Promise<OfflineStation> {
    const nth = beside === null ? 1 : 2
    const pc = beside === null ? `${id}-pc` : `${id}-pc-${nth}`
    const scanner = await startScanner({ listen: `pty:${join(bench.folder, `scanner-${pc}`)}` })
    const scale = await startScale({ listen: `pty:${join(bench.folder, `scale-${pc}`)}` })
    const devices: DeviceConfig[] = [
      { id: `scanner-${nth}`, kind: 'scanner', protocol: 'line', port: `agent:${pc}/${scanner.address}` },
      { id: `scale-${nth}`, kind: 'scale', protocol: 'mt-sics', port: `agent:${pc}/${scale.address}` },
    ]
    await setUpAnew(bench, id, [...(beside?.devices ?? []), ...devices])
    const agent = bench.start(pc, await bench.invite(pc))
    const station = new OfflineStation({ bench, id, pc, scanner, scale, devices, agent, desk })
    await station.ready()
    return station
  }

  async ready(): Promise<void> {
    for (const { id } of this.devices) await this.agent.deviceReady(id)
  }

  /** Types on the bench's screen. */
  async screen(content: Arriving['content']): Promise<SessionAnswer> {
    const { session } = await this.#desk().session(this.id)
    return this.#desk().input(this.id, {
      ...{ id: newId(), by: 'screen:1', at: this.bench.now(), step: session.step },
      ...{ fingerprint: null, content },
    })
  }

  async session(): Promise<SessionAnswer['session']> {
    return (await this.#desk().session(this.id)).session
  }

  /** Signs on, opens a list and has its officer sign, all with the server there; resolves when the PC holds it. */
  async openList(list: string, custodian = CUSTODIAN): Promise<void> {
    const before = this.agent.of('held').length
    await this.screen({ kind: 'badge', badge: custodian.badge, sight: 'first' })
    await this.screen({ kind: 'pin', pin: custodian.pin })
    await this.screen({ kind: 'scan', text: list, sight: 'first' })
    await this.screen({ kind: 'badge', badge: OFFICER.badge, sight: 'first' })
    const { session } = await this.screen({ kind: 'pin', pin: OFFICER.pin })
    if (session.work?.second?.id !== OFFICER.id) throw new Error(JSON.stringify(session.verdict))
    await until(`${list} held`, () =>
      this.agent
        .of('held')
        .slice(before)
        .some((one) => one.list === list)
        ? true
        : null,
    )
  }

  /** Pulls the cable; resolves when the PC knows. It may have been away already: a machine that is busy for seconds drops the line by itself. */
  async cut(): Promise<void> {
    this.bench.proxy.keepCut()
    await until(`${this.pc} away; ${this.agent.errors}`, () => {
      const last = this.agent.events.findLast(({ event }) => event === 'joined' || event === 'away')
      return last?.event === 'away' ? true : null
    })
  }

  /** Sets the station up anew, with its scanner under this name. */
  async nameScanner(name: string): Promise<void> {
    const named = this.devices.map((one) => (one.kind === 'scanner' ? { ...one, id: name } : one))
    await setUpAnew(this.bench, this.id, named)
  }

  /** Puts its scanner at another station, as an administrator does who moves it. */
  async giveScannerTo(station: string): Promise<void> {
    const [scanner] = this.devices
    const command = { type: 'stations.move-device', station: this.id, device: scanner?.id, to: station }
    await this.bench.server.deps.act({ person: SYSTEM_ADMIN }, command, { cause: newId(), at: this.bench.now() })
  }

  /** Kills the PC's program and starts it again. */
  async restart(): Promise<void> {
    await this.agent.kill()
    this.agent = this.bench.start(this.pc)
    await this.ready()
  }

  /** Scans while the line is down, and says what the bench said of it. */
  async scan(text: string): Promise<string> {
    const before = this.said().length
    await this.scanner.scan(text)
    return until(`a word about ${text}`, () => this.said()[before]?.code ?? null)
  }

  /** What the bench has said, but that its scale was slow to answer: it is asked again, and a busy machine makes it so. */
  said() {
    return this.agent.of('offline').filter(({ station, code }) => station === this.id && code !== 'device-fault')
  }

  /** One bar after the other: scan, weigh, shelf, confirm. */
  async checkIn(item: string, shelf: string, weight_mg = GOLD_MG): Promise<readonly string[]> {
    const inHand = await this.scan(item)
    let weighed = await this.#weigh(weight_mg)
    // What lay there before was not seen to leave, as on a busy machine: whoever stands there takes it off and puts it on again.
    if (weighed === 'pan-occupied') weighed = await this.#weigh(weight_mg)
    return [inHand, weighed, await this.scan(shelf), await this.scan(CONFIRM)]
  }

  /** Puts it on the scale, waits for what is said of it, and takes it off. */
  async #weigh(weight_mg: number): Promise<string> {
    const left = this.agent.of('pan-left').length
    const before = this.said().length
    this.scale.load(weight_mg)
    const said = await until('a weight', () => this.said()[before]?.code ?? null)
    this.scale.load(0)
    await this.agent.saw('pan-left', left + 1)
    return said
  }

  async close(): Promise<void> {
    await this.scanner.close()
    await this.scale.close()
  }
}

/** Sets a bench up with these devices, whatever it had before. */
export async function setUpAnew(bench: AgentBench, station: string, devices: readonly DeviceConfig[]): Promise<void> {
  const command = { type: 'stations.configure', station, name: station, kind: 'bench', place: 'store-1', devices }
  await bench.server.deps.act({ person: SYSTEM_ADMIN }, command, { cause: newId(), at: bench.now() })
}

/** The things of one case, and what became of them. */
export class OfflineGoods {
  readonly #bench: AgentBench
  #cause = 0
  #sealed = 0

  private constructor(bench: AgentBench) {
    this.#bench = bench
  }

  static async open(bench: AgentBench): Promise<OfflineGoods> {
    const goods = new OfflineGoods(bench)
    await goods.act(OFFICER.id, {
      ...{ type: 'custody.open-case', number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1' },
      officers: [OFFICER.id, 'li-na'],
    } as Command)
    return goods
  }

  act(person: string, command: Command, signers: readonly string[] = []): Promise<Answer> {
    this.#cause += 1
    const options = { cause: `test ${this.#cause}`, at: this.#bench.now() }
    return this.#bench.server.deps.act({ person, with: signers }, command, options)
  }

  async shelf(name: string, capacity: number): Promise<string> {
    const command = { type: 'custody.add-location', store: 'store-1', storageClass: 'precious', name, capacity }
    return String((await this.act(CUSTODIAN.id, command as Command)).result['code'])
  }

  async box(name: string, location: string, capacity: number): Promise<string> {
    const command = { type: 'custody.add-container', store: 'store-1', name, location, capacity }
    return String((await this.act(CUSTODIAN.id, command as Command)).result['code'])
  }

  /** So many sealed gold bars on one list to the store. */
  async list(count: number): Promise<{
    readonly list: string
    readonly items: readonly string[]
    /** Numbers of the seals, item by item. */
    readonly seals: readonly string[]
  }> {
    const signers = [OFFICER.id, 'li-na']
    const seals = Array.from({ length: count }, () => `F-${(this.#sealed += 1)}`)
    const lines = seals.map((number) => ({ ...gold, seal: { number, signers } }))
    const registered = await this.act(OFFICER.id, {
      ...{ type: 'custody.register', case: CASE, items: lines, ...taking },
    } as Command)
    const items = (registered.result as unknown as { items: { code: string }[] }).items.map(({ code }) => code)
    for (const item of items)
      await this.act(OFFICER.id, { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] } as Command)
    await onFilm(this.#bench.server.deps, items)
    const submitted = await this.act(OFFICER.id, { type: 'custody.hand-over', items, store: 'store-1' } as Command)
    return { list: String(submitted.result['list']), items, seals }
  }

  async item(code: string): Promise<Item> {
    const row = await this.#bench.db
      .selectFrom('items')
      .select('state')
      .where('id', '=', code)
      .executeTakeFirstOrThrow()
    return row.state
  }

  /** As it is kept. */
  async session(station: string): Promise<Session> {
    return (await readSession(this.#bench.db, station, this.#bench.now())).session
  }

  async inStore(items: readonly string[]): Promise<void> {
    await until(`${items.length} items in store`, async () =>
      (await Promise.all(items.map((one) => this.item(one)))).every(({ custodyStatus }) => custodyStatus === 'IN_STORE')
        ? true
        : null,
    )
  }

  async conflicts(list: string): Promise<readonly Conflict[]> {
    const rows = await this.#bench.db
      .selectFrom('conflicts')
      .select('state')
      .where('list', '=', list)
      .orderBy('happened_at')
      .execute()
    return rows.map(({ state }) => state)
  }

  /** Faults of all registers and of what was read from them. */
  async faults(): Promise<readonly unknown[]> {
    const { server } = this.#bench
    const { key, installation } = server.keys
    const report = await verifyStore({
      ...{ db: server.database.ownerDb, modules: server.modules },
      ...{ folder: checkpointFolderOf(server.keys), key, installation },
    })
    return report.faults
  }
}
