import { sql } from 'kysely'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startLockBoard } from '../../devices/emulators/relay.ts'
import { openPort } from '../../devices/port.ts'
import type { BytesMessage, DeviceRow, OrderAnswer } from './protocol.ts'
import type { ShownStation } from './registry.ts'
import { demoPerson } from '../demo/organisation.ts'
import { CUSTODIAN, GOLD_MG, OFFICER, TestStations } from './testing.ts'

/** What the devices screen lives on: how devices are, what they see, what they can be told, and changing them while they work. */

const WAIT_MS = 30_000
const TEST_MS = 90_000
/** A plug that is pulled is seen within this time. */
const SEEN_MS = 3_000
const ADMIN = 'xu-system'

let stations: TestStations

beforeAll(async () => {
  stations = await TestStations.open()
  await stations.startDesk()
  await settled('bench-1', 'scanner-1', 'ready')
})
afterAll(() => stations.close())

async function get<T>(person: string, url: string): Promise<T> {
  stations.server.setNow(stations.now())
  const answer = await stations.server.as(person, { method: 'GET', url })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json<T>()
}

async function rows(person = ADMIN): Promise<readonly DeviceRow[]> {
  return (await get<{ devices: DeviceRow[] }>(person, '/api/devices')).devices
}

async function row(station: string, id: string, person = ADMIN): Promise<DeviceRow> {
  const found = (await rows(person)).find((one) => one.station === station && one.id === id)
  if (found === undefined) throw new Error(`${station} has no ${id}`)
  return found
}

function settled(station: string, id: string, state: DeviceRow['state']): Promise<void> {
  return vi.waitFor(async () => expect((await row(station, id)).state).toBe(state), { timeout: WAIT_MS })
}

async function stationOf(id: string): Promise<ShownStation> {
  const { stations: all } = await get<{ stations: ShownStation[] }>(ADMIN, '/api/stations')
  const found = all.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no ${id}`)
  return found
}

function order(device: string, body: object, { station = 'bench-1', person = ADMIN, key = crypto.randomUUID() } = {}) {
  stations.server.setNow(stations.now())
  return stations.server.as(person, {
    method: 'POST',
    url: `/api/stations/${station}/devices/${device}/order`,
    payload: body,
    headers: { 'idempotency-key': key },
  })
}

async function ordered(device: string, body: object, station = 'bench-1'): Promise<OrderAnswer> {
  const answer = await order(device, body, { station })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json<OrderAnswer>()
}

async function recorded(about: string): Promise<readonly string[]> {
  const found = await sql<{
    text: string
  }>`select text from activity where text like ${`%${about}%`} order by seq`.execute(stations.server.database.ownerDb)
  return found.rows.map(({ text }) => (JSON.parse(text) as { outcome: string }).outcome)
}

/** What is heard on a device's own socket. */
async function listen(person: string, device: string) {
  const { login, password } = demoPerson(person)
  const { token } = await stations.server.deps.signIn.open({ login, password })
  const socket = new WebSocket(
    `${stations.address.replace('http', 'ws')}/api/stations/bench-1/devices/${device}/bytes`,
    { headers: { authorization: `Bearer ${token}` } },
  )
  const heard: BytesMessage[] = []
  let closed: number | null = null
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as BytesMessage))
  socket.on('close', (code) => (closed = code))
  socket.on('error', () => undefined)
  return { heard, closed: () => closed, close: () => socket.terminate() }
}

it(
  'tells state, since when, counters, and what was seen last with its bytes',
  async () => {
    await stations.scanner.sendRaw(Buffer.from(`${stations.codes[0] ?? ''}\r`))
    await vi.waitFor(
      async () => {
        const one = await row('bench-1', 'scanner-1')
        expect(one.lastReading).toMatchObject({ kind: 'scan', words: { zh: stations.codes[0] }, more: 0 })
        expect(one.lastReading?.text).toBe(`${stations.codes[0] ?? ''}<CR>`)
        expect(one.lastReading?.hex).toMatch(/ 0D$/)
        expect(one.readings).toBe(1)
      },
      { timeout: WAIT_MS },
    )
    const before = await row('bench-1', 'scanner-1')
    expect(Date.parse(before.since ?? '')).toBeLessThanOrEqual(Date.now())
    // Two at once: the second repeats the first, however late both come.
    await stations.scanner.sendRaw(Buffer.from(`${stations.codes[0] ?? ''}\r`.repeat(2)))
    await vi.waitFor(
      async () => expect((await row('bench-1', 'scanner-1')).repeats).toBeGreaterThan(before.repeats ?? 0),
      { timeout: WAIT_MS },
    )
  },
  TEST_MS,
)

it(
  'shows no badge number whole, wherever it was read, and nothing at all to who has no post at the place',
  async () => {
    await stations.badge.present(CUSTODIAN.badge)
    await stations.scanner.scan(CUSTODIAN.badge)
    for (const id of ['badge-1', 'scanner-1'])
      await vi.waitFor(
        async () => {
          const { lastReading } = await row('bench-1', id)
          expect(lastReading?.text).toContain(CUSTODIAN.badge.slice(-2))
          expect(lastReading?.text).toContain('•')
        },
        { timeout: WAIT_MS },
      )
    const whole = JSON.stringify(await rows())
    expect(whole).not.toContain(CUSTODIAN.badge)
    expect(whole).not.toContain(
      Buffer.from(CUSTODIAN.badge)
        .toString('hex')
        .toUpperCase()
        .replaceAll(/(..)(?=.)/g, '$1 '),
    )
    const kept = await sql<{ text: string }>`select last_reading::text as text from station_devices`.execute(
      stations.db,
    )
    expect(kept.rows.map(({ text }) => text).join()).not.toContain(CUSTODIAN.badge)
    expect((await row('bench-1', 'badge-1', CUSTODIAN.id)).lastReading).not.toBeNull()
    expect((await row('bench-1', 'badge-1', OFFICER.id)).lastReading).toBeNull()
  },
  TEST_MS,
)

it(
  'the bytes of a device go live to a system administrator, who is recorded, and to nobody else',
  async () => {
    const officer = await listen(OFFICER.id, 'scanner-1')
    await vi.waitFor(() => expect(officer.closed()).toBe(4401), { timeout: WAIT_MS })
    expect(officer.heard).toEqual([])
    const unknown = await listen(ADMIN, 'scanner-9')
    await vi.waitFor(() => expect(unknown.closed()).toBe(4404), { timeout: WAIT_MS })

    const admin = await listen(ADMIN, 'scanner-1')
    await vi.waitFor(() => expect(admin.heard).toEqual([{ type: 'watching', driven: true }]), { timeout: WAIT_MS })
    expect(await recorded('bytes of scanner-1')).toEqual(['ok'])
    await stations.scanner.scan('6901234567892')
    await vi.waitFor(() => expect(admin.heard).toHaveLength(2), { timeout: WAIT_MS })
    expect(admin.heard[1]).toMatchObject({ type: 'reading', kind: 'scan', text: '•••••••••••92<CR>' })
    admin.close()
  },
  TEST_MS,
)

it(
  'beeps, prints and weighs for an administrator, once for a request, wanted before and settled after',
  async () => {
    await Promise.all([settled('bench-1', 'scale-1', 'ready'), settled('bench-1', 'printer-1', 'ready')])
    expect(await ordered('scanner-1', { do: 'feedback', verdict: 'bad' })).toMatchObject({ outcome: 'unable' })

    stations.scale.load(GOLD_MG)
    const weighed = await ordered('scale-1', { do: 'weigh' })
    expect(weighed).toMatchObject({ outcome: 'done', words: { zh: '100.000 克' }, reading: { kind: 'weight' } })
    expect(await ordered('scale-1', { do: 'tare' })).toMatchObject({ outcome: 'done' })
    expect(await ordered('scale-1', { do: 'weigh' })).toMatchObject({ words: { zh: '0.000 克' } })
    stations.scale.load(0)
    expect(await ordered('scale-1', { do: 'zero' })).toMatchObject({ outcome: 'done' })

    const pages = stations.printer.pages().length
    const key = crypto.randomUUID()
    for (const _again of [1, 2]) {
      const answer = await order('printer-1', { do: 'print' }, { key })
      expect(answer.json()).toMatchObject({ outcome: 'done', words: { zh: '已打印测试页' } })
    }
    expect(stations.printer.pages()).toHaveLength(pages + 1)
    expect((await order('printer-1', { do: 'weigh' }, { key })).json()).toMatchObject({ code: 'request.key-reused' })
    expect(await recorded('printer-1 print')).toEqual(['wanted', 'done'])

    expect(await ordered('printer-1', { do: 'weigh' })).toMatchObject({ outcome: 'unable' })
    expect((await order('scale-1', { do: 'zero' }, { person: CUSTODIAN.id })).json()).toMatchObject({
      code: 'access.no-post',
    })
    expect((await order('scale-9', { do: 'zero' })).json()).toMatchObject({ code: 'stations.unknown-device' })
  },
  TEST_MS,
)

it(
  'leaves the zero of a scale alone while somebody works there',
  async () => {
    const screen = await stations.openScreen()
    await stations.signIn(screen)
    await stations.scan(screen, stations.codes[4] ?? '')
    await screen.verdict('custody.shown')
    expect((await order('scale-1', { do: 'tare' })).json()).toMatchObject({ code: 'stations.at-work' })
    screen.close()
  },
  TEST_MS,
)

it(
  'takes a device in, moves it and drops it without a restart; the second of two administrators is told',
  async () => {
    const board = await startLockBoard({ listen: 'tcp:0' })
    const lock = { id: 'lock-1', kind: 'relay', protocol: 'lock', port: board.address, locks: 4, locked: '11' }
    const { id: _id, ...seen } = await stationOf('bench-2')
    const added = await stations.send(ADMIN, 'PUT', '/api/stations/bench-2', { ...seen, devices: [lock] })
    expect(added.json()).toMatchObject({ station: { version: seen.version + 1 } })
    const late = await stations.send(ADMIN, 'PUT', '/api/stations/bench-2', { ...seen, name: '他人' })
    expect(late.json()).toMatchObject({ status: 409, code: 'stations.changed-meanwhile' })
    const wrong = await stations.send(ADMIN, 'PUT', '/api/stations/bench-2', {
      ...{ ...seen, version: seen.version + 1 },
      devices: [{ ...lock, port: 'tcp:/nowhere' }],
    })
    expect(wrong.json()).toMatchObject({ code: 'stations.wrong-port', values: { device: 'lock-1' } })
    await settled('bench-2', 'lock-1', 'ready')
    expect(await ordered('lock-1', { do: 'lock-state', lock: 3 }, 'bench-2')).toMatchObject({
      words: { zh: '锁已锁上' },
    })
    expect(await ordered('lock-1', { do: 'lock-state', lock: 9 }, 'bench-2')).toMatchObject({ outcome: 'failed' })

    const moved = await stations.send(ADMIN, 'POST', '/api/stations/bench-2/devices/lock-1/move', {
      ...{ to: 'bench-1', version: seen.version + 1, toVersion: (await stationOf('bench-1')).version },
    })
    expect(moved.statusCode).toBe(200)
    await settled('bench-1', 'lock-1', 'ready')
    const { id: _bench, ...whole } = await stationOf('bench-1')
    const without = { ...whole, devices: whole.devices.filter(({ id }) => id !== 'lock-1') }
    expect((await stations.send(ADMIN, 'PUT', '/api/stations/bench-1', without)).statusCode).toBe(200)
    expect((await rows()).some(({ id }) => id === 'lock-1')).toBe(false)
    await board.close()
  },
  TEST_MS,
)

it.each([
  ['a serial line', 'scanner-1'],
  ['a socket', 'badge-1'],
] as const)(
  'sees within three seconds that %s is unplugged, and goes on when it is there again',
  async (_what, id) => {
    const screen = await stations.openScreen()
    await screen.ready(id)
    const emulated = id === 'scanner-1' ? stations.scanner : stations.badge
    const at = Date.now()
    await emulated.unplug()
    await screen.until(() => screen.stateOf(id) !== 'ready')
    expect(Date.now() - at).toBeLessThan(SEEN_MS)
    await emulated.replug()
    await screen.ready(id)
    await settled('bench-1', id, 'ready')
    screen.close()
  },
  TEST_MS,
)

it(
  'says of a device whose port another program has that it is taken, and takes it when it is free',
  async () => {
    const screen = await stations.openScreen()
    await screen.ready('scanner-1')
    await stations.scanner.unplug()
    await settled('bench-1', 'scanner-1', 'gone')
    const before = await stationOf('bench-1')
    const empty = { name: before.name, kind: before.kind, place: before.place, devices: [] }
    expect((await stations.send(ADMIN, 'PUT', '/api/stations/bench-1', empty)).statusCode).toBe(200)
    await vi.waitFor(() => expect(screen.session?.devices).toEqual([]), { timeout: WAIT_MS })
    await stations.scanner.replug()
    const other = await openPort(stations.scanner.address, { onBytes: () => undefined, onClose: () => undefined })
    const again = { ...empty, devices: before.devices }
    expect((await stations.send(ADMIN, 'PUT', '/api/stations/bench-1', again)).statusCode).toBe(200)
    await settled('bench-1', 'scanner-1', 'faulty')
    expect((await row('bench-1', 'scanner-1')).fault).toMatchObject({ code: 'port-busy' })
    expect((await row('bench-1', 'scanner-1')).fault?.words.zh).toContain('端口被其他程序占用')
    await other.close()
    await settled('bench-1', 'scanner-1', 'ready')
    screen.close()
  },
  TEST_MS,
)
