import { rm } from 'node:fs/promises'
import { sql } from 'kysely'
import pg from 'pg'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeCommandCode, makeLabelCode } from '../../labels/item-code.ts'
import { filesFolder } from '../files/files.ts'
import { jpeg } from '../files/testing-pictures.ts'
import { SYSTEM } from '../module.ts'
import { DOUBLE_SCAN_MS } from './lateness.ts'
import type { DeviceRow, SessionView, StationMessage } from './protocol.ts'
import { CUSTODIAN, GOLD_MG, OFFICER, OTHER, type Screen, TestStations, typed } from './testing.ts'

const WAIT_MS = 30_000

let stations: TestStations
let pace = 0

beforeAll(async () => {
  stations = await TestStations.open()
})
afterAll(() => stations.close())
beforeEach(async () => {
  pace += 1
  await stations.forget()
})
afterEach(() => stations.stopDesks())

/** Scans on the pty and waits for this verdict on the screen. */
async function scan(screen: Screen, text: string, code: string): Promise<SessionView> {
  expect((await stations.scan(screen, text)).code).toBe(code)
  return screen.until(({ verdict }) => verdict?.code === code)
}

/** Lets nothing be handled at a station until it is released. */
async function holdSession(station: string): Promise<() => Promise<void>> {
  const superuser = new pg.Client(stations.server.database.superConfig)
  await superuser.connect()
  await superuser.query('begin')
  await superuser.query('select from station_sessions where station = $1 for update', [station])
  return async () => {
    await superuser.query('commit')
    await superuser.end()
  }
}

describe('bytes on a pty', () => {
  it('become a verdict on the live socket: sign in, bad scans, each by its name', async () => {
    await stations.startDesk()
    const screen = await stations.openScreen()
    await screen.ready('scanner-1')
    expect(screen.session).toMatchObject({ state: 'locked', ask: { kind: 'scan-badge' } })
    await scan(screen, stations.codes[0] ?? '', 'stations.nobody')
    await scan(screen, 'B999999', 'stations.nobody')
    await scan(screen, OFFICER.badge, 'stations.no-post-here')
    await scan(screen, CUSTODIAN.badge, 'stations.pin')
    await screen.pin('000000')
    await screen.verdict('stations.wrong-pin')
    expect(screen.session).toMatchObject({ state: 'signing-in', ask: { kind: 'pin', who: { name: '陈静' } } })
    await screen.pin(CUSTODIAN.pin)
    await screen.verdict('stations.signed-in')
    expect(screen.session).toMatchObject({ state: 'idle', custodian: { id: 'chen-jing', name: '陈静' } })

    await scan(screen, '6901234567892', 'stations.unknown-code')
    await scan(screen, `${(stations.codes[0] ?? '').slice(0, 12)}00`, 'stations.wrong-check')
    await scan(screen, makeCommandCode('DANCE'), 'stations.unknown-command')
    await scan(screen, makeCommandCode('UNDO'), 'stations.nothing-to-undo')
    await scan(screen, makeLabelCode(stations.codes[4] ?? '', 2), 'custody.label-void')
    await scan(screen, stations.codes[6] ?? '', 'custody.unknown-item')
    expect(screen.session?.work).toBeNull()
    await scan(screen, stations.codes[4] ?? '', 'custody.shown')
    await scan(screen, stations.codes[4] ?? '', 'stations.double-scan')
    const answer = await screen.send({ type: 'scan', text: stations.codes[4] ?? '', age_ms: 6_000 })
    expect(answer.session.verdict).toMatchObject({ code: 'stations.stale', tone: 'refused' })
    screen.close()
  })

  it('a line cut by the plug is a fault, never a code, and the device says so', async () => {
    await stations.startDesk()
    const screen = await stations.openScreen()
    await screen.ready('scanner-1')
    // One write: when the first code has its verdict, the beginning of the second one has arrived too.
    await stations.scanner.sendRaw(Buffer.from(`6901234567892\r${(stations.codes[0] ?? '').slice(0, 6)}`))
    await screen.verdict('stations.nobody')
    await stations.scanner.unplug()
    await screen.verdict('devices.line-cut')
    expect(screen.session?.verdict).toMatchObject({ outcome: 'fault', tone: 'fault' })
    await screen.until(() => screen.messages.some((one) => one.type === 'device' && one.device.state === 'gone'))
    await stations.scanner.replug()
    await screen.ready('scanner-1')
    screen.close()
  })
})

describe('a check-in at the bench', () => {
  it('survives a restart of the server in the middle, and two screens show the same step', async () => {
    stations.scale.load(0)
    await stations.startDesk()
    let screen = await stations.openScreen()
    await screen.ready('scanner-1', 'scale-1')
    await stations.signIn(screen)
    await scan(screen, stations.list, 'custody.list-opened')
    await scan(screen, CUSTODIAN.badge, 'custody.same-person')
    await scan(screen, OFFICER.badge, 'stations.pin')
    await screen.pin(OFFICER.pin)
    await screen.verdict('custody.officer-signed')
    stations.scale.load(100_000, { stable: false })
    await scan(screen, stations.codes[0] ?? '', 'custody.item-in-hand')
    expect(screen.session?.ask.kind).toBe('weigh')

    await stations.stopDesk()
    screen.close()
    await stations.startDesk()
    screen = await stations.openScreen()
    const other = await stations.openScreen()
    await screen.verdict('stations.screen-joined')
    expect(screen.session).toMatchObject({ state: 'locked', work: { item: null } })
    await screen.ready('scanner-1')
    await scan(screen, CUSTODIAN.badge, 'stations.resumed')
    await other.verdict('stations.resumed')
    expect(screen.session).toMatchObject({
      state: 'working',
      ask: { kind: 'weigh' },
      work: { second: { id: 'zhang-wei' } },
    })
    expect(other.session?.step).toBe(screen.session?.step)
    stations.scale.settle()
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
    await scan(screen, stations.safe, 'custody.line-accepted')
    await scan(screen, makeCommandCode('UNDO'), 'stations.undone')
    await scan(screen, stations.safe, 'custody.line-accepted')
    await scan(screen, makeCommandCode('CONFIRM'), 'custody.officer-confirms')
    await scan(screen, OFFICER.badge, 'stations.pin')
    await screen.pin(OFFICER.pin)
    await screen.verdict('custody.checked-in')
    const found = await sql<{
      custody_status: string
    }>`select custody_status from items where id = ${stations.codes[0]}`.execute(stations.db)
    expect(found.rows[0]?.custody_status).toBe('IN_STORE')
    const raw = await sql<{ raw: Buffer }>`select raw from station_readings where raw is not null`.execute(stations.db)
    expect(raw.rows.map((row) => row.raw.toString('latin1'))).toEqual([expect.stringMatching(/^S S +100\.\d+ g/)])
    for (const one of [screen, other]) one.close()
  })

  it('a silent scale and an overload are said in words, and the step stays', async () => {
    await stations.startDesk()
    const screen = await stations.openScreen()
    await screen.ready('scanner-1', 'scale-1')
    await stations.signIn(screen)
    stations.scale.load(7_000_000)
    await scan(screen, stations.codes[1] ?? '', 'custody.list-opened')
    await scan(screen, OFFICER.badge, 'stations.pin')
    await screen.pin(OFFICER.pin)
    await screen.verdict('devices.overload')
    expect(screen.session).toMatchObject({ ask: { kind: 'weigh' }, verdict: { outcome: 'fault' } })
    stations.scale.silence(true)
    await stations.scanner.scan(makeCommandCode('WEIGH'))
    await screen.verdict('devices.no-answer')
    expect(screen.session).toMatchObject({ ask: { kind: 'weigh' }, verdict: { outcome: 'fault', tone: 'fault' } })
    stations.scale.load(98_000)
    // It is asked again by itself as soon as it answers.
    stations.scale.silence(false)
    await screen.verdict('custody.weight-differs')
    expect(screen.session?.ask).toMatchObject({ kind: 'choose', text: true })
    await scan(screen, makeCommandCode('CANCEL'), 'stations.cancelled')
    screen.close()
  })

  it('an empty pan is waited for, and nothing is said about it', async () => {
    await stations.startDesk()
    const screen = await stations.openScreen()
    await screen.ready('scanner-1', 'scale-1')
    await stations.signIn(screen)
    stations.scale.load(0)
    await scan(screen, stations.codes[1] ?? '', 'custody.list-opened')
    await scan(screen, OFFICER.badge, 'stations.pin')
    await screen.pin(OFFICER.pin)
    await screen.verdict('custody.item-in-hand')
    const questions = () => Buffer.from(stations.scale.received()).toString('latin1').split('SI\r\n').length
    const before = questions()
    await vi.waitFor(() => expect(questions()).toBeGreaterThan(before + 3), { timeout: 10_000 })
    expect(screen.session).toMatchObject({ ask: { kind: 'weigh' }, verdict: { code: 'custody.item-in-hand' } })
    stations.scale.load(98_000)
    await screen.verdict('custody.weight-differs')
    await scan(screen, makeCommandCode('CANCEL'), 'stations.cancelled')
    screen.close()
  })

  it('an input that comes again with the same key has no second effect and the same answer', async () => {
    await stations.startDesk()
    const screen = await stations.openScreen('bench-2')
    await screen.send(typed(OTHER.badge))
    await screen.pin(OTHER.pin)
    await screen.verdict('stations.signed-in')
    const key = crypto.randomUUID()
    const once = await screen.send(typed(stations.codes[5] ?? ''), key)
    const again = await screen.send(typed(stations.codes[5] ?? ''), key)
    expect(again.version).toBe(once.version)
    expect(again.session.verdict).toEqual(once.session.verdict)
    const other = await screen.post(typed(stations.codes[4] ?? ''), key)
    expect(other.json()).toMatchObject({ code: 'request.key-reused' })
    screen.close()
  })

  it('more scans at once than may wait are refused aloud, and none is handled twice or half', async () => {
    await stations.startDesk()
    const screen = await stations.openScreen('bench-2')
    const release = await holdSession('bench-2')
    let refused = 0
    const answering = Array.from({ length: 80 }, async (_, index) => {
      const answer = await screen.post(typed(`690123456${index}`), crypto.randomUUID())
      if (answer.statusCode === 429) refused += 1
      return answer
    })
    // Nothing is handled meanwhile, so all that do not fit are refused, however fast this machine is.
    await expect.poll(() => refused, { timeout: WAIT_MS }).toBe(30)
    await release()
    const answers = await Promise.all(answering)
    const full = answers.filter((answer) => answer.statusCode === 429)
    expect(full).toHaveLength(30)
    expect(full[0]?.json()).toMatchObject({ code: 'stations.queue-full' })
    // On a machine that took seconds to get here the session's wait has made them stale: refused as well, and each once.
    const taken = await sql<{ n: number }>`
      select count(*) as n from station_readings
      where station = 'bench-2' and outcome in ('stations.nobody', 'stations.stale')
    `.execute(stations.db)
    expect(taken.rows[0]?.n).toBe(80 - full.length)
    screen.close()
  })

  it('two custodians at two benches race for one item: one wins, the other is refused', async () => {
    stations.scale.load(100_000)
    await stations.startDesk()
    const [one, two] = [await stations.openScreen('bench-1'), await stations.openScreen('bench-2')]
    await one.ready('scanner-1', 'scale-1')
    const moved = stations.codes[4] ?? ''
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
    const { result } = await stations.server.deps.act({ person: 'chen-jing' }, place, {
      cause: 'second safe',
      at: stations.now(),
    })
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
    await stations.startDesk()
    const screen = await stations.openScreen()
    await screen.ready('scanner-1', 'scale-1')
    const [, , , , , item = ''] = stations.codes
    const dueAt = new Date(Date.parse(stations.now()) + 86_400_000).toISOString()
    const deed = { command: 'borrow', items: [item], dueAt, purpose: 'APPRAISAL' }
    const { id } = await stations.post<{ id: string }>('zhang-wei', '/api/approvals', { deed, reason: '送鉴定' })
    await stations.post('sun-bo', `/api/approvals/${id}/grant`, { opinion: '同意' })
    await stations.signIn(screen)
    await scan(screen, item, 'custody.item-to-lend')
    await scan(screen, OFFICER.badge, 'stations.pin')
    await screen.pin(OFFICER.pin)
    await screen.verdict('custody.borrower-signed')
    stations.scale.load(GOLD_MG)
    await screen.verdict('custody.weighed')
    await scan(screen, makeCommandCode('CONFIRM'), 'custody.lent')

    stations.scale.load(98_000)
    const back = await scan(screen, item, 'custody.item-to-return')
    expect(back.work).toMatchObject({ procedure: 'take-back', item: { borrower: { name: '张伟' } } })
    await scan(screen, OFFICER.badge, 'stations.pin')
    await screen.pin(OFFICER.pin)
    await screen.verdict('custody.weight-found-different')
    await scan(screen, makeCommandCode('CANCEL'), 'custody.difference-open')
    await screen.send({ type: 'command', step: screen.session?.step ?? 0, word: 'UNDO' })
    await screen.verdict('custody.difference-open')
    await scan(screen, makeCommandCode('CONFIRM'), 'custody.seal-same')
    await scan(screen, makeCommandCode('REFUSE'), 'custody.condition-different')
    expect(screen.session?.work?.points.map(({ verdict }) => verdict)).toEqual(['different', 'same', 'different'])
    // By the button: the scanner takes the same card at once for one pull of its trigger.
    await screen.send({ type: 'command', step: screen.session?.step ?? 0, word: 'REFUSE' })
    await screen.verdict('custody.incident-asked')
    await scan(screen, makeCommandCode('CONFIRM'), 'custody.return-stopped')
    await scan(screen, item, 'custody.shown-frozen')
    expect(screen.session?.work?.item?.can).toEqual([
      { zh: '等待异常处理结论', en: 'Wait for the incident to be concluded' },
    ])
    // What is only looked up is shown as it is now, without another scan.
    await stations.post('sun-bo', '/api/custody/resolve', { items: [item], conclusion: '鉴定取样' })
    await screen.until(() => screen.session?.work?.item?.frozen === null)
    expect(screen.session?.work?.item?.can).toEqual([{ zh: '归还入库', en: 'Take back' }])
    // What was found stood in the register before anybody decided anything, with the reading whose frame is kept.
    const found = await sql<{ point: string; read: string | null }>`
      select e.body #>> '{points,0,point}' as point, r.outcome as read from (
        select text::jsonb -> 'body' as body, seq from entries
        where subject = ${`item/${item}`} and type = 'custody.difference-found'
      ) e
      left join station_readings r on r.station = 'bench-1' and r.reading = e.body #>> '{weighing,reading}'
      order by e.seq
    `.execute(stations.db)
    expect(found.rows).toEqual([
      { point: 'weight', read: 'custody.weight-found-different' },
      { point: 'condition', read: null },
    ])
    screen.close()
  })
})

describe('several processes', () => {
  it('one drives the devices, screens of both see the same, and the other takes over', async () => {
    await stations.startDesk()
    const screen = await stations.openScreen()
    await screen.ready('scanner-1')
    const b = await stations.startDesk()
    const seen: StationMessage[] = []
    await b.follow('bench-1', (message) => seen.push(message))
    await scan(screen, CUSTODIAN.badge, 'stations.pin')
    await expect
      .poll(() => seen.findLast((message) => message.type === 'session')?.session.verdict?.code, { timeout: WAIT_MS })
      .toBe('stations.pin')
    screen.close()
    await stations.stopDesk()
    const again = await stations.openScreen()
    await again.ready('scanner-1')
    stations.pass(DOUBLE_SCAN_MS + 1)
    await scan(again, CUSTODIAN.badge, 'stations.pin')
    again.close()
  })
})

it('every connection to the database is cut: devices rest honestly, come back by themselves, and the step is as it was', async () => {
  await stations.startDesk()
  const screen = await stations.openScreen()
  await screen.ready('scanner-1')
  await stations.signIn(screen)
  const told = screen.messages.length
  const superuser = new pg.Client(stations.server.database.superConfig)
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
  await scan(screen, stations.codes[4] ?? '', 'custody.shown')
  screen.close()
})

describe('locking', () => {
  it('comes by itself after two minutes, and the badge resumes', async () => {
    await stations.startDesk()
    const screen = await stations.openScreen()
    await screen.ready('scanner-1')
    await stations.signIn(screen)
    stations.pass(121_000)
    await screen.until(({ state }) => state === 'locked')
    await scan(screen, CUSTODIAN.badge, 'stations.resumed')
    screen.close()
  })

  it('comes with another screen, from which a badge’s number resumes nothing without the PIN', async () => {
    await stations.startDesk()
    const screen = await stations.openScreen()
    await screen.ready('scanner-1')
    await stations.signIn(screen)
    await scan(screen, stations.codes[4] ?? '', 'custody.shown')
    const elsewhere = await stations.openScreen()
    await screen.verdict('stations.screen-joined')
    expect(elsewhere.session).toMatchObject({ state: 'locked', verdict: { outcome: 'ask' } })
    const joined = await sql<{ person: string | null; about: string }>`
      select text::jsonb ->> 'person' as person, text::jsonb ->> 'about' as about
      from activity where text::jsonb ->> 'outcome' = 'joined' order by seq desc limit 1
    `.execute(stations.db)
    expect(joined.rows[0]).toMatchObject({ person: 'xu-system', about: expect.stringMatching(/^screen /) })

    await elsewhere.send(typed(CUSTODIAN.badge))
    await elsewhere.verdict('stations.pin')
    await elsewhere.pin('000000')
    await elsewhere.verdict('stations.wrong-pin')
    expect(elsewhere.session).toMatchObject({ state: 'signing-in' })
    // A bench whose scanner types goes on with the PIN.
    await screen.pin(CUSTODIAN.pin)
    await screen.verdict('stations.signed-in')
    expect(screen.session).toMatchObject({ custodian: { id: CUSTODIAN.id } })
    for (const one of [screen, elsewhere]) one.close()
  })
})

describe('labels', () => {
  const stateOf = async (code: string) => {
    const found = await sql<{ status: string; scanned_back: boolean }>`
      select status, scanned_back from labels where code = ${code} order by issue desc limit 1
    `.execute(stations.db)
    return found.rows[0]
  }
  const want = (code: string, type: 'custody.want-label' | 'custody.reprint' = 'custody.want-label') =>
    stations.server.deps.act(
      { person: 'chen-jing' },
      {
        type,
        codes: [code],
        template: 'item-card',
        station: 'bench-1',
        ...(type === 'custody.reprint' ? { reason: '破损' } : {}),
      },
      { cause: `label ${type} ${code} ${pace}`, at: stations.now() },
    )

  it('are printed once, settled in the register, and confirmed by scanning the paper', async () => {
    await stations.startDesk()
    const screen = await stations.openScreen()
    await screen.ready('scanner-1', 'printer-1')
    // The slips of check-ins before this are on paper first.
    const wanted = () => stations.db.selectFrom('labels').select('id').where('status', '=', 'wanted').execute()
    await expect.poll(wanted, { timeout: WAIT_MS }).toEqual([])
    const pages = stations.printer.pages().length
    await want(stations.codes[4] ?? '')
    await expect
      .poll(() => stateOf(stations.codes[4] ?? ''), { timeout: WAIT_MS })
      .toEqual({ status: 'printed', scanned_back: false })
    expect(stations.printer.pages()).toHaveLength(pages + 1)
    await stations.signIn(screen)
    await scan(screen, stations.codes[4] ?? '', 'custody.shown')
    expect(await stateOf(stations.codes[4] ?? '')).toEqual({ status: 'printed', scanned_back: true })
    screen.close()
  })

  it('a job that somebody claimed and never settled becomes unknown and is not printed again', async () => {
    const { result } = await want(stations.codes[5] ?? '')
    const [job] = (result as unknown as { jobs: { job: string }[] }).jobs
    await sql`insert into label_attempts (label, station, device) values (${job?.job}, 'bench-1', 'printer-1')`.execute(
      stations.db,
    )
    const pages = stations.printer.pages().length
    await stations.startDesk()
    await expect.poll(() => stateOf(stations.codes[5] ?? ''), { timeout: WAIT_MS }).toMatchObject({ status: 'unknown' })
    expect(stations.printer.pages()).toHaveLength(pages)
  })

  it('a printer without paper refuses the job, and the register says why', async () => {
    stations.printer.set({ paperOut: true })
    await stations.startDesk()
    await want(stations.codes[5] ?? '', 'custody.reprint')
    await expect.poll(() => stateOf(stations.codes[5] ?? ''), { timeout: WAIT_MS }).toMatchObject({ status: 'failed' })
    stations.printer.set({ paperOut: false })
  })
})

describe('the registry', () => {
  it('is changed by a system administrator, each change a fact; devices say honestly how they are', async () => {
    await stations.startDesk()
    const screen = await stations.openScreen()
    await screen.ready('scanner-1')
    const body = { name: '三号台', kind: 'bench', place: 'store-1', devices: [] }
    const refusedPut = await stations.server.as('chen-jing', {
      method: 'PUT',
      url: '/api/stations/bench-3',
      payload: body,
    })
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
      [scannerAt(stations.scanner.address), 'stations.port-twice'],
    ] as const) {
      const answer = await stations.server.as('xu-system', { method: 'PUT', url: '/api/stations/bench-3', payload })
      expect(answer.json()).toMatchObject({ code })
    }
    const made = await stations.server.as('xu-system', { method: 'PUT', url: '/api/stations/bench-3', payload: body })
    expect(made.json()).toMatchObject({
      station: { id: 'bench-3', name: '三号台' },
      facts: [{ type: 'stations.configured' }],
    })
    const devices = async (): Promise<DeviceRow[]> => {
      const answer = await stations.server.as('xu-system', { method: 'GET', url: '/api/devices' })
      return answer.json<{ devices: DeviceRow[] }>().devices
    }
    stations.server.setNow(stations.now())
    await expect
      .poll(async () => (await devices()).find(({ id }) => id === 'scanner-1'), { timeout: WAIT_MS })
      .toMatchObject({ state: 'ready', station: 'bench-1', fault: null })
    screen.close()
  })

  it('keeps strangers out: wrong code, used code, code out of time, another station’s screen, a revoked one', async () => {
    await stations.startDesk()
    const { code } = await stations.post<{ code: string }>('xu-system', '/api/stations/bench-2/code', {})
    const open = (station: string, tried: string) =>
      stations.server.app.inject({
        ...{ method: 'POST', url: `/api/stations/${station}/screen`, payload: { code: tried } },
        headers: { 'idempotency-key': crypto.randomUUID() },
      })
    expect((await open('bench-2', 'AAAA-AAAA')).json()).toMatchObject({ code: 'stations.wrong-code' })
    expect((await open('bench-1', code)).json()).toMatchObject({ code: 'stations.wrong-code' })
    const { code: old } = await stations.post<{ code: string }>('xu-system', '/api/stations/bench-1/code', {})
    await sql`update station_codes set ends_at = now() where station = 'bench-1'`.execute(
      stations.server.database.ownerDb,
    )
    expect((await open('bench-1', old)).json()).toMatchObject({ code: 'stations.wrong-code' })
    const opened = await open('bench-2', code.toLowerCase())
    expect(opened.statusCode).toBe(200)
    const [cookie] = opened.cookies
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/api/stations/bench-2' })
    expect((await open('bench-2', code)).json()).toMatchObject({ code: 'stations.wrong-code' })
    const session = (station: string) =>
      stations.server.app.inject({
        url: `/api/stations/${station}/session`,
        headers: { cookie: `${cookie?.name}=${cookie?.value}` },
      })
    expect((await session('bench-2')).statusCode).toBe(200)
    expect((await session('bench-1')).json()).toMatchObject({ code: 'stations.not-a-screen' })
    const { screens } = (
      await stations.server.as('xu-system', { method: 'GET', url: '/api/stations/bench-2/screens' })
    ).json<{
      screens: { id: string }[]
    }>()
    const last = screens.at(-1)?.id ?? ''
    await stations.server.as('xu-system', { method: 'DELETE', url: `/api/stations/bench-2/screens/${last}` })
    expect((await session('bench-2')).json()).toMatchObject({ code: 'stations.not-a-screen' })
  })

  it('asks for the key of a write; the same request again has no second effect', async () => {
    await stations.startDesk()
    const keyless = { method: 'POST', url: '/api/stations/bench-2/code', headers: { 'idempotency-key': '' } } as const
    expect((await stations.server.as('xu-system', keyless)).json()).toMatchObject({ code: 'request.key-missing' })
    const ask = (station: string, key: string) =>
      stations.server.as('xu-system', { method: 'POST', url: `/api/stations/${station}/code`, key })
    const open = (code: string, key: string = crypto.randomUUID()) =>
      stations.server.app.inject({
        ...{ method: 'POST', url: '/api/stations/bench-2/screen', payload: { code } },
        headers: { 'idempotency-key': key },
      })
    const [once, again] = [await ask('bench-2', 'code-1'), await ask('bench-2', 'code-1')].map(
      (answer) => answer.json<{ code: string }>().code,
    )
    expect(again).toBe(once)
    expect((await open(once ?? '', '')).json()).toMatchObject({ code: 'request.key-missing' })
    const opened = await open(once ?? '', 'open-1')
    expect(opened.statusCode).toBe(200)
    // The answer was lost: asked again, this browser is the same screen.
    const reopened = await open(once ?? '', 'open-1')
    expect([reopened.json(), reopened.cookies[0]?.value]).toEqual([opened.json(), opened.cookies[0]?.value])
    expect((await open('AAAA-AAAA', 'open-1')).json()).toMatchObject({ code: 'request.key-reused' })
    // The same request again never says that a used code is good.
    expect((await ask('bench-2', 'code-1')).json()).toMatchObject({ code: 'stations.wrong-code' })
    expect((await open(once ?? '')).json()).toMatchObject({ code: 'stations.wrong-code' })
    expect((await ask('bench-2', 'code-2')).json()).not.toMatchObject({ code: once })
    expect((await ask('bench-1', 'code-1')).json()).toMatchObject({ code: 'request.key-reused' })
    const listed = await stations.server.as('xu-system', { method: 'GET', url: '/api/stations/bench-2/screens' })
    const last = listed.json<{ screens: { id: string }[] }>().screens.at(-1)?.id ?? ''
    const url = `/api/stations/bench-2/screens/${last}`
    const without = { method: 'DELETE', url, headers: { 'idempotency-key': '' } } as const
    expect((await stations.server.as('xu-system', without)).json()).toMatchObject({ code: 'request.key-missing' })
    const end = (key: string) => stations.server.as('xu-system', { method: 'DELETE', url, key })
    expect((await end('end-1')).statusCode).toBe(204)
    expect((await end('end-1')).statusCode).toBe(204)
    expect((await end('end-2')).json()).toMatchObject({ code: 'request.not-found' })
    expect((await open(once ?? '', 'open-1')).json()).toMatchObject({ code: 'stations.wrong-code' })
  })
})

describe('what could not be written down is told as trouble, beside a session that stays as it is', () => {
  it('more readings of a device at once than may wait', async () => {
    await stations.startDesk()
    const screen = await stations.openScreen()
    await screen.ready('scanner-1')
    const release = await holdSession('bench-1')
    const lines = Array.from({ length: 80 }, (_, index) => `69012345678${10 + index}\r`).join('')
    await stations.scanner.sendRaw(Buffer.from(lines))
    await screen.until(() => screen.troubles.length > 0)
    await release()
    const [trouble] = screen.troubles
    expect(trouble).toMatchObject({ outcome: 'refused', code: 'stations.queue-full', tone: 'refused' })
    expect(trouble?.words.zh).toBe('扫描过快，本次未处理')
    expect(trouble?.remedy?.zh).toBe('请等提示音后再扫描')
    screen.close()
  })

  it('a database that is away until all tries are used up, and back afterwards', async () => {
    await stations.startDesk()
    const screen = await stations.openScreen()
    await screen.ready('scanner-1')
    await stations.signIn(screen)
    const { verdict } = screen.session ?? {}
    const superuser = new pg.Client(stations.server.database.superConfig)
    await superuser.connect()
    await superuser.query('begin; lock table station_sessions in exclusive mode')
    await stations.scanner.scan(stations.codes[4] ?? '')
    await vi.waitFor(
      async () => {
        // Whoever waits to write a session loses the connection, each time it tries again.
        await superuser.query(`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%for update%'`)
        expect(screen.troubles).toHaveLength(1)
      },
      { timeout: WAIT_MS, interval: 50 },
    )
    await superuser.query('commit')
    await superuser.end()
    expect(screen.troubles[0]).toMatchObject({ outcome: 'fault', tone: 'fault', code: 'server.busy' })
    expect(screen.troubles[0]?.words.zh).toBe('服务器暂时不可用，本次是否已写入不能确定')
    expect(screen.session?.verdict).toEqual(verdict)
    await scan(screen, makeCommandCode('UNDO'), 'stations.nothing-to-undo')
    screen.close()
  })
})

describe('what is seen at a bench', () => {
  const reads = async (): Promise<{ about: string; person: string; outcome: string }[]> => {
    const found = await sql<{ about: string; person: string; outcome: string }>`
      select text::jsonb ->> 'about' as about, text::jsonb ->> 'person' as person, text::jsonb ->> 'outcome' as outcome
      from activity where text::jsonb ->> 'kind' = 'read' and text::jsonb ->> 'station' = 'bench-1' order by seq
    `.execute(stations.db)
    return found.rows
  }

  it('is in the log before it is on the screen, and is not shown when it cannot be written down', async () => {
    await stations.startDesk()
    const screen = await stations.openScreen()
    await screen.ready('scanner-1')
    await stations.signIn(screen)
    const superuser = new pg.Client(stations.server.database.superConfig)
    await superuser.connect()
    await superuser.query('begin; lock table activity in exclusive mode')
    const item = stations.codes[4] ?? ''
    await stations.scanner.scan(item)
    await vi.waitFor(
      async () => {
        const waiting = await superuser.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        expect(waiting.rowCount).toBeGreaterThan(0)
      },
      { timeout: WAIT_MS },
    )
    expect(screen.session?.work).toBeNull()
    await superuser.query('commit')
    await superuser.end()
    await screen.verdict('custody.shown')
    const last = { about: `item/${item}`, person: CUSTODIAN.id, outcome: 'custody.shown' }
    expect((await reads()).at(-1)).toEqual(last)
    screen.close()
  })

  it('is an item that a PIN brings into hand, and a list with its lines, too', async () => {
    stations.scale.load(0)
    await stations.startDesk()
    const screen = await stations.openScreen()
    await screen.ready('scanner-1')
    await stations.signIn(screen)
    const item = stations.codes[2] ?? ''
    const before = (await reads()).length
    await scan(screen, item, 'custody.list-opened')
    await scan(screen, OFFICER.badge, 'stations.pin')
    await screen.pin(OFFICER.pin)
    await screen.verdict('custody.item-in-hand')
    expect((await reads()).slice(before).map(({ about }) => about)).toEqual([`list/${stations.list}`, `item/${item}`])
    await scan(screen, makeCommandCode('CANCEL'), 'stations.cancelled')
    screen.close()
  })
})

it('rights are those of the moment an input is handled, not of the moment it was made', async () => {
  await stations.startDesk()
  const screen = await stations.openScreen('bench-2')
  await screen.send(typed(OTHER.badge))
  await screen.pin(OTHER.pin)
  await screen.verdict('stations.signed-in')
  const post = { person: OTHER.id, post: 'custodian', place: 'store-1' }
  const { act } = stations.server.deps
  await act({ person: SYSTEM }, { type: 'org.end-appointment', ...post }, { cause: 'ended', at: stations.now() })
  const { session } = await screen.send(typed(stations.codes[4] ?? '', 4_000))
  // The shift is over, whether the news of it or this input came first.
  expect(session).toMatchObject({ custodian: null, work: null, verdict: { outcome: 'refused' } })
  const resumed = await screen.send(typed(OTHER.badge))
  expect(resumed.session.verdict?.code).toBe('stations.no-post-here')
  await act({ person: SYSTEM }, { type: 'org.appoint', ...post }, { cause: 'again', at: stations.now() })
  screen.close()
})

describe('photos at a bench', () => {
  it('are those of the thing in hand now, recorded, and of nothing else', async () => {
    await stations.startDesk()
    const screen = await stations.openScreen('bench-2')
    const photo = (sha256: string, query = '') => screen.get(`photos/${sha256}${query}`)
    expect((await photo(stations.photo)).json()).toMatchObject({ code: 'file.not-found' })
    await screen.send(typed(OTHER.badge))
    await screen.pin(OTHER.pin)
    await screen.send(typed(stations.codes[4] ?? ''))
    await screen.verdict('custody.shown')
    for (const query of ['', '?size=thumb']) {
      const shown = await photo(stations.photo, query)
      expect([shown.statusCode, shown.headers['content-type']]).toEqual([200, 'image/jpeg'])
      expect((await sharp(shown.rawPayload).metadata()).format).toBe('jpeg')
    }
    const seen = await sql<{ n: number }>`
      select count(*) as n from activity
      where text::jsonb ->> 'about' like ${`files/${stations.photo} %`} and text::jsonb ->> 'person' = ${OTHER.id}
    `.execute(stations.db)
    expect(seen.rows[0]?.n).toBe(2)
    const other = await stations.files.keepPhoto(await jpeg(300, 200, 77), { person: OFFICER.id })
    expect((await photo(other.sha256)).json()).toMatchObject({ code: 'file.not-found' })
    expect((await photo(stations.photo, '?size=original')).json()).toMatchObject({ code: 'request.invalid' })
    const stranger = await stations.server.app.inject({ url: `/api/stations/bench-2/photos/${stations.photo}` })
    expect(stranger.json()).toMatchObject({ status: 401, code: 'stations.not-a-screen' })
    await screen.send({ type: 'command', step: screen.session?.step ?? 0, word: 'LOCK' })
    expect((await photo(stations.photo)).json()).toMatchObject({ code: 'file.not-found' })
    screen.close()
  })

  it('whose file is gone are a damaged original, never a busy database', async () => {
    await stations.startDesk()
    const screen = await stations.openScreen('bench-2')
    await screen.send(typed(OTHER.badge))
    await screen.pin(OTHER.pin)
    await screen.send(typed(stations.codes[4] ?? ''))
    await rm(filesFolder(stations.server.dataDir), { recursive: true })
    const gone = await screen.get(`photos/${stations.photo}`)
    expect(gone.json()).toMatchObject({ status: 409, code: 'file.original-damaged', rule: 'GB/T 22239-2019 8.1.4.7' })
    screen.close()
  })
})

it('everything that was done verifies: replaying the registers gives the same tables', async () => {
  expect(await stations.faults()).toEqual([])
})
