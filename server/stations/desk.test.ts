import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { makeCommandCode, makeLabelCode } from '../../labels/item-code.ts'
import { type EmulatedScale, startScale } from '../../devices/emulators/scale.ts'
import { type EmulatedScanner, startScanner } from '../../devices/emulators/scanner.ts'
import { type EmulatedPrinter, startLabelPrinter } from '../../devices/emulators/label-printer.ts'
import { openDoor } from '../act.ts'
import { approvalRoutes } from '../approvals/routes.ts'
import { custodyLabels } from '../custody/label-jobs.ts'
import { custodyDeeds } from '../custody/module.ts'
import { custodyProcedures } from '../custody/procedures.ts'
import { custodyRoutes } from '../custody/routes.ts'
import { gold, PHOTO } from '../custody/testing.ts'
import { quietLog } from '../database/testing.ts'
import { demoPerson } from '../demo/organisation.ts'
import { type Hub, openHub } from '../hub.ts'
import { verifyStore } from '../ledger/verify.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { testServer, type TestServer } from '../testing.ts'
import { type Desk, openDesk } from './desk.ts'
import type { DeviceRow, ScreenInput, SessionAnswer, SessionView, StationMessage } from './protocol.ts'
import { seedStations } from './registry.ts'
import { stationRoutes } from './routes.ts'

const WAIT_MS = 30_000
const CUSTODIAN = demoPerson('chen-jing')
const OTHER = demoPerson('liu-yang')
const OFFICER = demoPerson('zhang-wei')

let server: TestServer
let hub: Hub
let folder: string
let scanner: EmulatedScanner
let scale: EmulatedScale
let printer: EmulatedPrinter
let codes: string[] = []
let safe = ''
let listCode = ''
/** The desks of this test; the routes speak to the first. */
let desks: Desk[] = []
let offset_ms = 0
let address = ''
const now = (): string => new Date(Date.now() + offset_ms).toISOString()

const first = (): Desk => {
  const [desk] = desks
  if (desk === undefined) throw new Error('no desk is open')
  return desk
}

async function startDesk(): Promise<Desk> {
  const { db, activity, signIn } = server.deps
  const desk = await openDesk({
    ...{ db, activity, signIn, hub, now },
    ...openDoor({ db, modules: server.modules, hash: 'sha256', now }),
    config: server.database.appConfig,
    log: quietLog,
    offers: [custodyProcedures],
    labels: custodyLabels,
  })
  desks.push(desk)
  return desk
}

async function post<T>(person: string, url: string, payload: object): Promise<T> {
  server.setNow(now())
  const answer = await server.as(person, { method: 'POST', url, payload })
  expect(answer.statusCode, answer.body).toBeLessThan(300)
  return answer.json<T>()
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearhold-desk-'))
  ;[scanner, scale, printer] = await Promise.all([
    startScanner({ listen: `pty:${join(folder, 'scanner')}` }),
    startScale({ listen: 'tcp:0' }),
    startLabelPrinter({ protocol: 'zpl', dpi: 203, widthMm: 100, heightMm: 60, listen: 'tcp:0' }),
  ])
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
      await app.register(stationRoutes, {
        ...deps,
        desk: {
          input: (...of) => first().input(...of),
          session: (...of) => first().session(...of),
          follow: (...of) => first().follow(...of),
          close: () => Promise.resolve(),
        },
        files: { holds: async () => false, openCopy: () => Promise.reject(new Error('no photo is asked for')) },
        secure: false,
      })
    },
  })
  address = await server.app.listen({ host: '127.0.0.1', port: 0 })
  hub = await openHub({ db: server.database.db, config: server.database.appConfig, log: quietLog })
  const devices = [
    { id: 'scanner-1', kind: 'scanner', protocol: 'line', port: scanner.address },
    { id: 'scale-1', kind: 'scale', protocol: 'mt-sics', port: scale.address },
    { id: 'printer-1', kind: 'label-printer', protocol: 'zpl', port: printer.address, dpi: 203, stock: '100x60' },
  ] as const
  await seedStations(server.database.db, server.deps.act, [
    { id: 'bench-1', name: '一号入库台', kind: 'bench', place: 'store-1', devices },
    { id: 'bench-2', name: '二号入库台', kind: 'bench', place: 'store-1', devices: [] },
  ])
  const number = '云纪立〔2026〕9号'
  const officers = ['zhang-wei', 'li-na']
  await post('zhang-wei', '/api/cases', { number, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers })
  const seal = (index: number) => ({ number: `F-${index}`, signers: officers })
  const made = await post<{ items: { code: string }[] }>(
    'zhang-wei',
    `/api/cases/${encodeURIComponent(number)}/items`,
    {
      items: Array.from({ length: 7 }, (_, index) => ({ ...gold, seal: seal(index) })),
      measure: { noticeNumber: '扣〔2026〕9号', place: '办公室' },
      holder: { attendance: 'SIGNED', name: '张某' },
      witness: { attendance: 'SIGNED', name: '王某' },
    },
  )
  codes = made.items.map(({ code }) => code)
  for (const item of codes) {
    const command = { type: 'custody.add-photo', item, photo: PHOTO }
    await server.deps.act({ person: 'zhang-wei' }, command, { cause: `photo ${item}`, at: now() })
  }
  const place = {
    type: 'custody.add-location',
    store: 'store-1',
    name: '保险柜',
    storageClass: 'precious',
    capacity: 99,
  }
  const { result } = await server.deps.act({ person: 'chen-jing' }, place, { cause: 'safe', at: now() })
  safe = String(result['code'])
  await post('zhang-wei', '/api/custody/hand-over', { items: codes.slice(0, 6), store: 'store-1' })
  const lists = await sql<{ id: string }>`select id from lists`.execute(server.database.db)
  listCode = lists.rows[0]?.id ?? ''
  await post('chen-jing', '/api/custody/check-in', {
    items: [4, 5].map((n) => ({ item: codes[n], weight_mg: 100_000, sealNumber: `F-${n}` })),
    location: safe,
  })
})

afterAll(async () => {
  await hub.close()
  await server.close()
  await Promise.all([scanner.close(), scale.close(), printer.close()])
  await rm(folder, { recursive: true })
})

afterEach(async () => {
  for (const desk of desks) await desk.close()
  desks = []
})

/** One screen of a station: its cookie, and what its socket has brought. */
class Screen {
  readonly station: string
  readonly #cookie: string
  readonly #socket: WebSocket
  readonly messages: StationMessage[] = []
  #wake: () => void = () => undefined

  private constructor(station: string, cookie: string, socket: WebSocket) {
    this.station = station
    this.#cookie = cookie
    this.#socket = socket
    socket.on('message', (data: Buffer) => {
      this.messages.push(JSON.parse(data.toString()) as StationMessage)
      this.#wake()
    })
  }

  static async open(station = 'bench-1'): Promise<Screen> {
    const { code } = await post<{ code: string }>('xu-system', `/api/stations/${station}/code`, {})
    const url = `/api/stations/${station}`
    const opened = await server.app.inject({ method: 'POST', url: `${url}/screen`, payload: { code } })
    expect(opened.statusCode, opened.body).toBe(200)
    const [cookie] = opened.cookies
    const header = `${cookie?.name}=${cookie?.value}`
    const socket = new WebSocket(`${address.replace('http', 'ws')}${url}/live`, { headers: { cookie: header } })
    const screen = new Screen(station, header, socket)
    await screen.until(() => true)
    return screen
  }

  get session(): SessionView | null {
    const shown = this.messages.filter((message) => message.type === 'session')
    return shown.toSorted((a, b) => a.version - b.version).at(-1)?.session ?? null
  }

  /** Waits until the session shown is so. */
  async until(is: (session: SessionView) => boolean): Promise<SessionView> {
    const end = Date.now() + WAIT_MS
    for (;;) {
      const { session } = this
      if (session !== null && is(session)) return session
      const left = end - Date.now()
      if (left <= 0) throw new Error(`the screen still shows ${JSON.stringify(session, null, 1)}`)
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, left)
        this.#wake = () => {
          clearTimeout(late)
          resolve()
        }
      })
    }
  }

  verdict(code: string): Promise<SessionView> {
    return this.until(({ verdict }) => verdict?.code === code)
  }

  async ready(...devices: string[]): Promise<void> {
    const isReady = (id: string): boolean => {
      const told = this.messages.findLast((message) => message.type === 'device' && message.device.id === id)
      const state =
        told?.type === 'device' ? told.device.state : this.session?.devices.find((one) => one.id === id)?.state
      return state === 'ready'
    }
    await this.until(() => devices.every(isReady))
  }

  post(input: ScreenInput, key: string): Promise<LightMyRequestResponse> {
    return server.app.inject({
      method: 'POST',
      url: `/api/stations/${this.station}/input`,
      headers: { cookie: this.#cookie, 'idempotency-key': key },
      payload: input,
    })
  }

  async send(input: ScreenInput, key = crypto.randomUUID()): Promise<SessionAnswer> {
    const answer = await this.post(input, key)
    expect(answer.statusCode, answer.body).toBe(200)
    const { version, session } = answer.json<SessionAnswer>()
    this.messages.push({ type: 'session', version, session })
    this.#wake()
    return { version, session }
  }

  pin(pin: string): Promise<SessionAnswer> {
    return this.send({ type: 'pin', step: this.session?.step ?? 0, pin })
  }

  close(): void {
    this.#socket.terminate()
  }
}

let pace = 0
/** A wedge scan: the text arrives with the screen's own input. */
const typed = (text: string): ScreenInput => ({ type: 'scan', text, age_ms: 0 })

/** Scans on the pty and waits for the verdict on the screen. */
async function scan(screen: Screen, text: string, verdict: string): Promise<SessionView> {
  const before = screen.session?.verdict?.id
  await scanner.scan(text)
  const session = await screen.until((shown) => shown.verdict?.id !== before)
  expect(session.verdict?.code).toBe(verdict)
  return session
}

async function signIn(screen: Screen): Promise<void> {
  await scan(screen, CUSTODIAN.badge, 'stations.pin')
  await screen.pin(CUSTODIAN.pin)
  await screen.verdict('stations.signed-in')
}

async function forget(): Promise<void> {
  await sql`delete from station_sessions`.execute(server.database.ownerDb)
}

beforeEach(async () => {
  pace += 1
  await forget()
})

describe('bytes on a pty', () => {
  it('become a verdict on the live socket: sign in, bad scans, each by its name', async () => {
    await startDesk()
    const screen = await Screen.open()
    await screen.ready('scanner-1')
    expect(screen.session).toMatchObject({ state: 'locked', ask: { kind: 'scan-badge' } })
    await scan(screen, codes[0] ?? '', 'stations.nobody')
    await scan(screen, 'B999999', 'stations.nobody')
    await scan(screen, OFFICER.badge, 'stations.no-post-here')
    await scan(screen, CUSTODIAN.badge, 'stations.pin')
    await screen.pin('000000')
    await screen.verdict('access.wrong-secret')
    expect(screen.session).toMatchObject({ state: 'signing-in', ask: { kind: 'pin', who: { name: '陈静' } } })
    await screen.pin(CUSTODIAN.pin)
    await screen.verdict('stations.signed-in')
    expect(screen.session).toMatchObject({ state: 'idle', custodian: { id: 'chen-jing', name: '陈静' } })

    await scan(screen, '6901234567892', 'stations.unknown-code')
    await scan(screen, `${(codes[0] ?? '').slice(0, 12)}00`, 'stations.wrong-check')
    await scan(screen, makeCommandCode('DANCE'), 'stations.unknown-command')
    await scan(screen, makeCommandCode('UNDO'), 'stations.nothing-to-undo')
    await scan(screen, makeLabelCode(codes[4] ?? '', 2), 'custody.label-void')
    await scan(screen, codes[6] ?? '', 'access.not-yours')
    expect(screen.session?.work).toBeNull()
    await scan(screen, codes[4] ?? '', 'custody.shown')
    await scan(screen, codes[4] ?? '', 'stations.double-scan')
    const answer = await screen.send({ type: 'scan', text: codes[4] ?? '', age_ms: 6_000 })
    expect(answer.session.verdict).toMatchObject({ code: 'stations.stale', tone: 'refused' })
    screen.close()
  })

  it('a line cut by the plug is a fault, never a code, and the device says so', async () => {
    await startDesk()
    const screen = await Screen.open()
    await screen.ready('scanner-1')
    // One write: when the first code has its verdict, the beginning of the second one has arrived too.
    await scanner.sendRaw(Buffer.from(`6901234567892\r${(codes[0] ?? '').slice(0, 6)}`))
    await screen.verdict('stations.nobody')
    await scanner.unplug()
    await screen.verdict('devices.line-cut')
    expect(screen.session?.verdict).toMatchObject({ outcome: 'fault', tone: 'fault' })
    await screen.until(() => screen.messages.some((one) => one.type === 'device' && one.device.state === 'gone'))
    await scanner.replug()
    await screen.ready('scanner-1')
    screen.close()
  })
})

describe('a check-in at the bench', () => {
  it('survives a restart of the server in the middle, and two screens show the same step', async () => {
    scale.load(0)
    await startDesk()
    let screen = await Screen.open()
    await screen.ready('scanner-1', 'scale-1')
    await signIn(screen)
    await scan(screen, listCode, 'custody.list-opened')
    await scan(screen, CUSTODIAN.badge, 'custody.same-person')
    await scan(screen, OFFICER.badge, 'stations.pin')
    await screen.pin(OFFICER.pin)
    await screen.verdict('custody.officer-signed')
    scale.load(100_000, { stable: false })
    await scan(screen, codes[0] ?? '', 'custody.item-in-hand')
    expect(screen.session?.ask.kind).toBe('weigh')

    const [desk] = desks
    desks = []
    await desk?.close()
    screen.close()
    await startDesk()
    screen = await Screen.open()
    const other = await Screen.open()
    expect(screen.session).toMatchObject({
      state: 'working',
      ask: { kind: 'weigh' },
      work: { second: { id: 'zhang-wei' } },
    })
    expect(other.session?.step).toBe(screen.session?.step)
    scale.settle()
    await Promise.all([screen.verdict('custody.weighed'), other.verdict('custody.weighed')])
    expect(other.session?.verdict?.id).toBe(screen.session?.verdict?.id)

    const step = screen.session?.step ?? 0
    await Promise.all([
      screen.send({ type: 'command', step, word: 'CONFIRM' }),
      other.send({ type: 'command', step, word: 'CONFIRM' }),
    ])
    await screen.verdict('stations.step-over')
    expect(screen.session?.ask.kind).toBe('scan-shelf')
    await screen.ready('scanner-1')
    await scan(screen, safe, 'custody.line-accepted')
    await scan(screen, makeCommandCode('UNDO'), 'stations.undone')
    await scan(screen, safe, 'custody.line-accepted')
    await scan(screen, makeCommandCode('CONFIRM'), 'custody.officer-confirms')
    await scan(screen, OFFICER.badge, 'custody.checked-in')
    const found = await sql<{
      custody_status: string
    }>`select custody_status from items where id = ${codes[0]}`.execute(server.database.db)
    expect(found.rows[0]?.custody_status).toBe('IN_STORE')
    const raw = await sql<{ raw: Buffer }>`select raw from station_readings where raw is not null`.execute(
      server.database.db,
    )
    expect(raw.rows.map((row) => row.raw.toString('latin1'))).toEqual([expect.stringMatching(/^S S +100\.\d+ g/)])
    for (const one of [screen, other]) one.close()
  })

  it('a silent scale and an overload are said in words, and the step stays', async () => {
    await startDesk()
    const screen = await Screen.open()
    await screen.ready('scanner-1', 'scale-1')
    await signIn(screen)
    scale.load(7_000_000)
    await scan(screen, codes[1] ?? '', 'custody.list-opened')
    await scan(screen, OFFICER.badge, 'stations.pin')
    await screen.pin(OFFICER.pin)
    await screen.verdict('devices.overload')
    expect(screen.session).toMatchObject({ ask: { kind: 'weigh' }, verdict: { outcome: 'fault' } })
    scale.silence(true)
    await scanner.scan(makeCommandCode('WEIGH'))
    await screen.verdict('devices.no-answer')
    expect(screen.session).toMatchObject({ ask: { kind: 'weigh' }, verdict: { outcome: 'fault', tone: 'fault' } })
    scale.load(98_000)
    // It is asked again by itself as soon as it answers.
    scale.silence(false)
    await screen.verdict('custody.weight-differs')
    expect(screen.session?.ask).toMatchObject({ kind: 'choose', text: true })
    await scan(screen, makeCommandCode('CANCEL'), 'stations.cancelled')
    screen.close()
  })

  it('an empty pan is waited for, and nothing is said about it', async () => {
    await startDesk()
    const screen = await Screen.open()
    await screen.ready('scanner-1', 'scale-1')
    await signIn(screen)
    scale.load(0)
    await scan(screen, codes[1] ?? '', 'custody.list-opened')
    await scan(screen, OFFICER.badge, 'stations.pin')
    await screen.pin(OFFICER.pin)
    await screen.verdict('custody.item-in-hand')
    const questions = () => Buffer.from(scale.received()).toString('latin1').split('SI\r\n').length
    const before = questions()
    await vi.waitFor(() => expect(questions()).toBeGreaterThan(before + 3), { timeout: 10_000 })
    expect(screen.session).toMatchObject({ ask: { kind: 'weigh' }, verdict: { code: 'custody.item-in-hand' } })
    scale.load(98_000)
    await screen.verdict('custody.weight-differs')
    await scan(screen, makeCommandCode('CANCEL'), 'stations.cancelled')
    screen.close()
  })

  it('an input that comes again with the same key has no second effect and the same answer', async () => {
    await startDesk()
    const screen = await Screen.open('bench-2')
    await screen.send(typed(OTHER.badge))
    await screen.pin(OTHER.pin)
    await screen.verdict('stations.signed-in')
    const key = crypto.randomUUID()
    const once = await screen.send(typed(codes[5] ?? ''), key)
    const again = await screen.send(typed(codes[5] ?? ''), key)
    expect(again.version).toBe(once.version)
    expect(again.session.verdict).toEqual(once.session.verdict)
    const other = await screen.post(typed(codes[4] ?? ''), key)
    expect(other.json()).toMatchObject({ code: 'request.key-reused' })
    screen.close()
  })

  it('more scans at once than may wait are refused aloud, and none is handled twice or half', async () => {
    await startDesk()
    const screen = await Screen.open('bench-2')
    const answers = await Promise.all(
      Array.from({ length: 80 }, (_, index) => screen.post(typed(`690123456${index}`), crypto.randomUUID())),
    )
    const full = answers.filter((answer) => answer.statusCode === 429)
    expect(full.length).toBeGreaterThan(0)
    expect(full[0]?.json()).toMatchObject({ code: 'stations.queue-full' })
    const taken = await sql<{ n: number }>`
      select count(*) as n from station_readings where station = 'bench-2' and outcome = 'stations.nobody'
    `.execute(server.database.db)
    expect(taken.rows[0]?.n).toBe(80 - full.length)
    screen.close()
  })

  it('two custodians at two benches race for one item: one wins, the other is refused', async () => {
    scale.load(100_000)
    await startDesk()
    const [one, two] = [await Screen.open('bench-1'), await Screen.open('bench-2')]
    await one.ready('scanner-1', 'scale-1')
    const moved = codes[4] ?? ''
    for (const [screen, person] of [
      [one, CUSTODIAN],
      [two, OTHER],
    ] as const) {
      await screen.send(typed(person.badge))
      await screen.pin(person.pin)
      await screen.verdict('stations.signed-in')
      await screen.send({ type: 'command', step: screen.session?.step ?? 0, word: 'MOVE' })
      await screen.verdict('custody.moving')
      await screen.send(typed(moved))
      await screen.verdict('custody.item-to-move')
    }
    const place = {
      type: 'custody.add-location',
      store: 'store-1',
      name: '二号柜',
      storageClass: 'precious',
      capacity: 9,
    }
    const { result } = await server.deps.act({ person: 'chen-jing' }, place, { cause: 'second safe', at: now() })
    const target = String(result['code'])
    const verdicts = await Promise.all([one.send(typed(target)), two.send(typed(target))])
    expect(verdicts.map(({ session }) => session.verdict?.code).sort()).toEqual([
      'custody.already-there',
      'custody.moved',
    ])
    for (const screen of [one, two]) screen.close()
  })
})

describe('a loan at the bench', () => {
  it('goes out with the borrower’s signature and comes back two grams short: stopped, frozen', async () => {
    await startDesk()
    const screen = await Screen.open()
    await screen.ready('scanner-1', 'scale-1')
    const [, , , , , item = ''] = codes
    const dueAt = new Date(Date.parse(now()) + 86_400_000).toISOString()
    const deed = { command: 'borrow', items: [item], dueAt, purpose: 'APPRAISAL' }
    const { id } = await post<{ id: string }>('zhang-wei', '/api/approvals', { deed, reason: '送鉴定' })
    await post('sun-bo', `/api/approvals/${id}/grant`, { opinion: '同意' })
    await signIn(screen)
    await scan(screen, item, 'custody.item-to-lend')
    await scan(screen, OFFICER.badge, 'stations.pin')
    await screen.pin(OFFICER.pin)
    await screen.verdict('custody.borrower-signed')
    await scan(screen, makeCommandCode('CONFIRM'), 'custody.lent')

    scale.load(98_000)
    const back = await scan(screen, item, 'custody.item-to-return')
    expect(back.work).toMatchObject({ procedure: 'take-back', item: { borrower: { name: '张伟' } } })
    await scanner.scan(OFFICER.badge)
    await screen.verdict('custody.weight-found-different')
    await scan(screen, makeCommandCode('CONFIRM'), 'custody.seal-same')
    await scan(screen, makeCommandCode('REFUSE'), 'custody.condition-different')
    expect(screen.session?.work?.points.map(({ verdict }) => verdict)).toEqual(['different', 'same', 'different'])
    await scan(screen, makeCommandCode('CONFIRM'), 'custody.return-stopped')
    await scan(screen, item, 'custody.shown-frozen')
    screen.close()
  })
})

describe('several processes', () => {
  it('one drives the devices, screens of both see the same, and the other takes over', async () => {
    const a = await startDesk()
    const screen = await Screen.open()
    await screen.ready('scanner-1')
    const b = await startDesk()
    const seen: StationMessage[] = []
    await b.follow('bench-1', (message) => seen.push(message))
    await scan(screen, CUSTODIAN.badge, 'stations.pin')
    await expect
      .poll(() => seen.findLast((message) => message.type === 'session')?.session.verdict?.code, { timeout: WAIT_MS })
      .toBe('stations.pin')
    screen.close()
    desks = [b]
    await a.close()
    const again = await Screen.open()
    await again.ready('scanner-1')
    await scan(again, CUSTODIAN.badge, 'stations.pin')
    again.close()
  })
})

it('every connection to the database is cut: devices rest honestly, come back by themselves, and the step is as it was', async () => {
  await startDesk()
  const screen = await Screen.open()
  await screen.ready('scanner-1')
  await signIn(screen)
  const told = screen.messages.length
  const superuser = new pg.Client(server.database.superConfig)
  await superuser.connect()
  await superuser.query(`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`)
  await superuser.end()
  const since = (state: string) =>
    screen.messages
      .slice(told)
      .some((one) => one.type === 'device' && one.device.id === 'scanner-1' && one.device.state === state)
  await screen.until(() => since('gone'))
  await screen.until(() => since('ready'))
  await scan(screen, codes[4] ?? '', 'custody.shown')
  screen.close()
})

describe('locking', () => {
  it('comes by itself after two minutes, and the badge resumes', async () => {
    await startDesk()
    const screen = await Screen.open()
    await screen.ready('scanner-1')
    await signIn(screen)
    offset_ms += 121_000
    await screen.until(({ state }) => state === 'locked')
    await scan(screen, CUSTODIAN.badge, 'stations.resumed')
    screen.close()
  })
})

describe('labels', () => {
  const stateOf = async (code: string) => {
    const found = await sql<{ status: string; scanned_back: boolean }>`
      select status, scanned_back from labels where code = ${code} order by issue desc limit 1
    `.execute(server.database.db)
    return found.rows[0]
  }
  const want = (code: string, type: 'custody.want-label' | 'custody.reprint' = 'custody.want-label') =>
    server.deps.act(
      { person: 'chen-jing' },
      {
        type,
        codes: [code],
        template: 'item-card',
        station: 'bench-1',
        ...(type === 'custody.reprint' ? { reason: '破损' } : {}),
      },
      { cause: `label ${type} ${code} ${pace}`, at: now() },
    )

  it('are printed once, settled in the register, and confirmed by scanning the paper', async () => {
    await startDesk()
    const screen = await Screen.open()
    await screen.ready('scanner-1', 'printer-1')
    await want(codes[4] ?? '')
    await expect
      .poll(() => stateOf(codes[4] ?? ''), { timeout: WAIT_MS })
      .toEqual({ status: 'printed', scanned_back: false })
    expect(printer.pages()).toHaveLength(1)
    await signIn(screen)
    await scan(screen, codes[4] ?? '', 'custody.shown')
    expect(await stateOf(codes[4] ?? '')).toEqual({ status: 'printed', scanned_back: true })
    screen.close()
  })

  it('a job that somebody claimed and never settled becomes unknown and is not printed again', async () => {
    const { result } = await want(codes[5] ?? '')
    const [job] = (result as unknown as { jobs: { job: string }[] }).jobs
    await sql`insert into label_attempts (label, station, device) values (${job?.job}, 'bench-1', 'printer-1')`.execute(
      server.database.db,
    )
    const pages = printer.pages().length
    await startDesk()
    await expect.poll(() => stateOf(codes[5] ?? ''), { timeout: WAIT_MS }).toMatchObject({ status: 'unknown' })
    expect(printer.pages()).toHaveLength(pages)
  })

  it('a printer without paper refuses the job, and the register says why', async () => {
    printer.set({ paperOut: true })
    await startDesk()
    await want(codes[5] ?? '', 'custody.reprint')
    await expect.poll(() => stateOf(codes[5] ?? ''), { timeout: WAIT_MS }).toMatchObject({ status: 'failed' })
    printer.set({ paperOut: false })
  })
})

describe('the registry', () => {
  it('is changed by a system administrator, each change a fact; devices say honestly how they are', async () => {
    await startDesk()
    const screen = await Screen.open()
    await screen.ready('scanner-1')
    const body = { name: '三号台', kind: 'bench', place: 'store-1', devices: [] }
    const refusedPut = await server.as('chen-jing', { method: 'PUT', url: '/api/stations/bench-3', payload: body })
    expect(refusedPut.json()).toMatchObject({ code: 'access.no-post' })
    const scannerAt = (port: string, protocol = 'line') => ({
      ...body,
      devices: [{ id: 'scanner-9', kind: 'scanner', protocol, port }],
    })
    for (const [payload, code] of [
      [{ ...body, place: 'store-9' }, 'stations.unknown-place'],
      [{ ...body, colour: 'red' }, 'request.invalid'],
      [scannerAt('tcp://127.0.0.1:1', 'morse'), 'stations.unknown-protocol'],
      [scannerAt('carrier-pigeon:7'), 'stations.wrong-port'],
      [scannerAt(scanner.address), 'stations.port-twice'],
    ] as const) {
      const answer = await server.as('xu-system', { method: 'PUT', url: '/api/stations/bench-3', payload })
      expect(answer.json()).toMatchObject({ code })
    }
    const made = await server.as('xu-system', { method: 'PUT', url: '/api/stations/bench-3', payload: body })
    expect(made.json()).toMatchObject({
      station: { id: 'bench-3', name: '三号台' },
      facts: [{ type: 'stations.configured' }],
    })
    const devices = async (): Promise<DeviceRow[]> => {
      const answer = await server.as('xu-system', { method: 'GET', url: '/api/devices' })
      return answer.json<{ devices: DeviceRow[] }>().devices
    }
    server.setNow(now())
    await expect
      .poll(async () => (await devices()).find(({ id }) => id === 'scanner-1'), { timeout: WAIT_MS })
      .toMatchObject({ state: 'ready', station: 'bench-1', fault: null })
    screen.close()
  })

  it('keeps strangers out: wrong code, used code, another station’s screen, a revoked one', async () => {
    await startDesk()
    const { code } = await post<{ code: string }>('xu-system', '/api/stations/bench-2/code', {})
    const open = (station: string, tried: string) =>
      server.app.inject({ method: 'POST', url: `/api/stations/${station}/screen`, payload: { code: tried } })
    expect((await open('bench-2', 'AAAA-AAAA')).json()).toMatchObject({ code: 'stations.wrong-code' })
    expect((await open('bench-1', code)).json()).toMatchObject({ code: 'stations.wrong-code' })
    const opened = await open('bench-2', code.toLowerCase())
    expect(opened.statusCode).toBe(200)
    const [cookie] = opened.cookies
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/api/stations/bench-2' })
    expect((await open('bench-2', code)).json()).toMatchObject({ code: 'stations.wrong-code' })
    const session = (station: string) =>
      server.app.inject({
        url: `/api/stations/${station}/session`,
        headers: { cookie: `${cookie?.name}=${cookie?.value}` },
      })
    expect((await session('bench-2')).statusCode).toBe(200)
    expect((await session('bench-1')).json()).toMatchObject({ code: 'stations.not-a-screen' })
    const { screens } = (await server.as('xu-system', { method: 'GET', url: '/api/stations/bench-2/screens' })).json<{
      screens: { id: string }[]
    }>()
    const last = screens.at(-1)?.id ?? ''
    await server.as('xu-system', { method: 'DELETE', url: `/api/stations/bench-2/screens/${last}` })
    expect((await session('bench-2')).json()).toMatchObject({ code: 'stations.not-a-screen' })
  })
})

it('everything that was done verifies: replaying the registers gives the same tables', async () => {
  const { key, installation } = server.keys
  const report = await verifyStore({
    db: server.database.ownerDb,
    modules: server.modules,
    folder: checkpointFolderOf(server.keys),
    ...{ key, installation },
  })
  expect(report.faults).toEqual([])
})
