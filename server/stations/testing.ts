import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LightMyRequestResponse } from 'fastify'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { sql } from 'kysely'
import { type EmulatedBadgeReader, startBadgeReader } from '../../devices/emulators/badge.ts'
import { type EmulatedPrinter, startLabelPrinter } from '../../devices/emulators/label-printer.ts'
import { type EmulatedScale, startScale } from '../../devices/emulators/scale.ts'
import { type EmulatedScanner, startScanner } from '../../devices/emulators/scanner.ts'
import { openDoor } from '../act.ts'
import { custodyLabels } from '../custody/papers/label-jobs.ts'
import { custodyDoor } from '../custody/door/watch.ts'
import { custodyLocks } from '../custody/locks/reads.ts'
import { scaleNotes } from '../custody/scales/reads.ts'
import { itemOfTag } from '../custody/papers/tags.ts'
import { custodyProcedures } from '../custody/bench/procedures.ts'
import type { NewItem } from '../custody/schemas.ts'
import { gold } from '../custody/testing.ts'
import { quietLog } from '../database/testing.ts'
import type { RouteDependencies } from '../http.ts'
import { demoPerson } from '../demo/organisation.ts'
import type { Files } from '../files/files.ts'
import { jpeg } from '../files/testing-pictures.ts'
import { type Hub, openHub } from '../hub.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { ratingCounters } from '../rating/keypads.ts'
import { signatureOf, type TestServer } from '../testing.ts'
import { type Desk, openDesk } from './desk.ts'
import type { ScreenInput, Verdict } from './protocol.ts'
import { seedStations } from './registry.ts'
import { Screen } from './testing-screen.ts'
import { openServer } from './testing-server.ts'
import { onFilm } from '../custody/testing-film.ts'

export { Screen } from './testing-screen.ts'

export const CUSTODIAN = demoPerson('chen-jing')
export const OTHER = demoPerson('liu-yang')
export const OFFICER = demoPerson('zhang-wei')
/** What one gold bar of the case weighs. */
export const GOLD_MG = 100_000
export const CASE = '云纪立〔2026〕9号'

/** A wedge scan: the text arrives with the screen's own input. */
export const typed = (text: string, age_ms = 0): ScreenInput => ({ type: 'scan', text, age_ms })

/** A refusal or fault as an answer over HTTP says it. */
export interface Problem {
  readonly status: number
  readonly code: string
  readonly rule: string | null
  readonly words: { readonly detail: Verdict['words']; readonly remedy: Verdict['words'] }
}

/**
 * Two benches of one store on a real server, with emulated devices on a pty and on sockets at the first, and seven gold bars of one case:
 * 0 to 3 handed over to the store and waiting, 4 and 5 in the safe, 6 still with its officer.
 */
export class TestStations {
  readonly server: TestServer
  readonly hub: Hub
  readonly files: Files
  readonly scanner: EmulatedScanner
  readonly badge: EmulatedBadgeReader
  readonly scale: EmulatedScale
  readonly printer: EmulatedPrinter
  readonly address: string
  readonly #folder: string
  #desks: Desk[] = []
  #offset_ms = 0
  #sealed = 0
  codes: readonly string[] = []
  safe = ''
  list = ''
  /** The photo of every item. */
  photo = ''

  private constructor(made: {
    server: TestServer
    hub: Hub
    files: Files
    folder: string
    address: string
    devices: readonly [EmulatedScanner, EmulatedBadgeReader, EmulatedScale, EmulatedPrinter]
  }) {
    this.server = made.server
    this.hub = made.hub
    this.files = made.files
    this.#folder = made.folder
    this.address = made.address
    ;[this.scanner, this.badge, this.scale, this.printer] = made.devices
  }

  /**
   * @param repeat_ms of the scanner and the badge reader, where not as the devices have it
   * @param routes of a module, beside those that every station needs
   */
  static async open({
    repeat_ms,
    routes,
  }: {
    readonly repeat_ms?: number
    readonly routes?: FastifyPluginAsyncTypebox<RouteDependencies>
  } = {}): Promise<TestStations> {
    const folder = await mkdtemp(join(tmpdir(), 'clearhold-desk-'))
    const devices = await Promise.all([
      startScanner({ listen: `pty:${join(folder, 'scanner')}` }),
      startBadgeReader({ protocol: 'line', listen: 'tcp:0' }),
      startScale({ listen: 'tcp:0' }),
      startLabelPrinter({ protocol: 'zpl', dpi: 203, widthMm: 100, heightMm: 60, listen: 'tcp:0' }),
    ])
    const held: { stations?: TestStations } = {}
    const desk = (): Desk => {
      const found = held.stations?.desks[0]
      if (found === undefined) throw new Error('no desk is open')
      return found
    }
    const { server, files } = await openServer(desk, routes)
    const stations = new TestStations({
      ...{ server, files, folder, devices },
      address: await server.app.listen({ host: '127.0.0.1', port: 0 }),
      hub: await openHub({ db: server.database.db, config: server.database.appConfig, log: quietLog }),
    })
    held.stations = stations
    await stations.#furnish(repeat_ms === undefined ? {} : { repeat_ms })
    return stations
  }

  get desks(): readonly Desk[] {
    return this.#desks
  }

  get db() {
    return this.server.database.db
  }

  /** The desk's clock: real, and ahead by what was passed over. */
  readonly now = (): string => new Date(Date.now() + this.#offset_ms).toISOString()

  pass(ms: number): void {
    this.#offset_ms += ms
  }

  async startDesk(): Promise<Desk> {
    const { db, activity, signIn } = this.server.deps
    const door = openDoor({
      ...{ db, modules: this.server.modules, causeKey: this.server.keys.pepper },
      ...{ hash: 'sha256', now: this.now },
    })
    const desk = await openDesk({
      ...{ db, activity, signIn, hub: this.hub, now: this.now },
      ...door,
      config: this.server.database.appConfig,
      log: quietLog,
      offers: [custodyProcedures],
      labels: custodyLabels,
      itemOfTag,
      doorWatch: custodyDoor({ db, act: door.act }),
      lockOrders: custodyLocks(door),
      deviceNotes: scaleNotes,
      counterWatch: ratingCounters({
        ...{ db, act: door.act, log: quietLog, now: this.now, pepper: this.server.keys.pepper },
        folder: join(this.server.dataDir, 'ballots'),
      }),
    })
    this.#desks.push(desk)
    return desk
  }

  /** Closes the first desk, as a process that ends. */
  async stopDesk(): Promise<void> {
    const [desk, ...others] = this.#desks
    this.#desks = others
    await desk?.close()
  }

  /** Routes speak to the desk that was opened last, as behind a server process that drives nothing. */
  turnDesks(): void {
    this.#desks.reverse()
  }

  async stopDesks(): Promise<void> {
    while (this.#desks.length > 0) await this.stopDesk()
  }

  /** Stations stand as if nobody had ever worked there. */
  async forget(): Promise<void> {
    await sql`delete from station_sessions`.execute(this.server.database.ownerDb)
  }

  async close(): Promise<void> {
    await this.stopDesks()
    await this.hub.close()
    await this.server.close()
    await Promise.all([this.scanner, this.badge, this.scale, this.printer].map((device) => device.close()))
    await rm(this.#folder, { recursive: true })
  }

  send(
    person: string,
    method: 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload?: object,
  ): Promise<LightMyRequestResponse> {
    this.server.setNow(this.now())
    return this.server.as(person, { method, url, ...(payload === undefined ? {} : { payload }) })
  }

  async post<T>(person: string, url: string, payload: object): Promise<T> {
    const answer = await this.send(person, 'POST', url, payload)
    if (answer.statusCode >= 300) throw new Error(`${url}: ${answer.body}`)
    return answer.json<T>()
  }

  /** A further shelf of the store; its code. */
  async addLocation(name: string, capacity: number): Promise<string> {
    const command = {
      ...{ type: 'custody.add-location', store: 'store-1', storageClass: 'precious' },
      ...{ name, capacity },
    }
    const who = { person: CUSTODIAN.id }
    const { result } = await this.server.deps.act(who, command, { cause: `shelf ${name}`, at: this.now() })
    return String(result['code'])
  }

  /** Faults of all registers and of what was read from them. */
  async faults(): Promise<readonly unknown[]> {
    const { key, installation } = this.server.keys
    const report = await verifyStore({
      db: this.server.database.ownerDb,
      modules: this.server.modules,
      folder: checkpointFolderOf(this.server.keys),
      ...{ key, installation },
    })
    return report.faults
  }

  async #furnish(repeats: { readonly repeat_ms?: number }): Promise<void> {
    const printer = { id: 'printer-1', kind: 'label-printer', protocol: 'zpl', dpi: 203, stock: '100x60' } as const
    const devices = [
      { id: 'scanner-1', kind: 'scanner', protocol: 'line', port: this.scanner.address, ...repeats },
      { id: 'badge-1', kind: 'badge', protocol: 'line', port: this.badge.address, ...repeats },
      { id: 'scale-1', kind: 'scale', protocol: 'mt-sics', port: this.scale.address },
      { ...printer, port: this.printer.address },
    ] as const
    await seedStations(this.db, this.server.deps.act, [
      { id: 'bench-1', name: '一号入库台', kind: 'bench', place: 'store-1', devices },
      { id: 'bench-2', name: '二号入库台', kind: 'bench', place: 'store-1', devices: [] },
    ])
    const officers = [OFFICER.id, 'li-na']
    const open = { number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers }
    await this.post(OFFICER.id, '/api/cases', open)
    this.photo = (await this.files.keepPhoto(await jpeg(), { person: OFFICER.id })).sha256
    this.codes = await this.registerGold(7)
    this.safe = await this.addLocation('保险柜', 99)
    this.list = await this.handOver(this.codes.slice(0, 6))
    await this.post(CUSTODIAN.id, '/api/custody/check-in', {
      items: [4, 5].map((n) => ({ item: this.codes[n], weight_mg: GOLD_MG, sealNumber: `F-${n}` })),
      location: this.safe,
      signatures: [signatureOf(OFFICER.id)],
    })
  }

  /** So many bars, photographed, each with a seal of its own: the first ones of all `F-0`, `F-1` …; their codes. */
  async registerGold(count: number): Promise<readonly string[]> {
    const first = this.#sealed
    this.#sealed += count
    return this.register(
      Array.from({ length: count }, (_, index) => ({
        ...gold,
        seal: { number: `F-${first + index}`, signers: [OFFICER.id, 'li-na'] },
      })),
    )
  }

  /** Registered and photographed; their codes. */
  async register(items: readonly NewItem[]): Promise<readonly string[]> {
    const made = await this.post<{ items: { code: string }[] }>(
      OFFICER.id,
      `/api/cases/${encodeURIComponent(CASE)}/items`,
      {
        items,
        measure: { noticeNumber: '扣〔2026〕9号', place: '办公室' },
        holder: { attendance: 'SIGNED', name: '张某' },
        witness: { attendance: 'SIGNED', name: '王某' },
        relevance: '涉嫌违纪违法事实中的财物',
      },
    )
    const codes = made.items.map(({ code }) => code)
    for (const item of codes) {
      const command = { type: 'custody.add-photo', items: [{ item, photos: [this.photo] }] }
      await this.server.deps.act({ person: OFFICER.id }, command, { cause: `photo ${item}`, at: this.now() })
    }
    return codes
  }

  /** Hands these over to the store; the code of their list. */
  async handOver(items: readonly string[]): Promise<string> {
    const before = await sql<{ id: string }>`select id from lists`.execute(this.db)
    await onFilm(this.server.deps, items)
    await this.post(OFFICER.id, '/api/custody/hand-over', { items, store: 'store-1' })
    const after = await sql<{ id: string }>`select id from lists`.execute(this.db)
    return after.rows.find(({ id }) => !before.rows.some((old) => old.id === id))?.id ?? ''
  }

  async openScreen(station = 'bench-1'): Promise<Screen> {
    return Screen.open(this, station)
  }

  /** Scans on the pty and waits for the next verdict on the screen. */
  async scan(screen: Screen, text: string): Promise<Verdict> {
    const before = screen.session?.verdict?.id
    await this.scanner.scan(text)
    const { verdict } = await screen.until((shown) => shown.verdict !== null && shown.verdict.id !== before)
    if (verdict === null) throw new Error('a verdict was seen and is gone')
    return verdict
  }

  /** Opens a shift on the pty. */
  async signIn(screen: Screen, { badge, pin } = CUSTODIAN): Promise<void> {
    await this.scan(screen, badge)
    await screen.pin(pin)
    await screen.verdict('stations.signed-in')
  }
}
