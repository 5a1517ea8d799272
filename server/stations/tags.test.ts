import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startSerialRfid } from '../../devices/emulators/rfid-serial.ts'
import { makeEpc } from '../../labels/epc.ts'
import type { ItemCard, WrittenTag } from '../custody/protocol.ts'
import type { DeviceRow } from './protocol.ts'
import type { ShownStation } from './registry.ts'
import { readSession } from './store.ts'
import { OFFICER, Screen, TestStations } from './testing.ts'

/** A reader on the bench: tags are written with what the register holds, read back, bound, and count as a scan of their item. */

const WAIT_MS = 30_000
const TEST_MS = 90_000
const ADMIN = 'xu-system'
const BLANK = 'E28011606000020000000001'

let stations: TestStations
let reader: Awaited<ReturnType<typeof startSerialRfid>>
/** The one at the officer's desk, where tags are written. */
let writer: typeof reader
let screen: Screen

beforeAll(async () => {
  ;[stations, reader, writer] = await Promise.all([
    TestStations.open(),
    startSerialRfid({ protocol: 'a0', listen: 'tcp:0' }),
    startSerialRfid({ protocol: 'a0', listen: 'tcp:0' }),
  ])
  await stations.startDesk()
  const { stations: all } = await get<{ stations: ShownStation[] }>(ADMIN, '/api/stations')
  const bench = all.find(({ id }) => id === 'bench-1')
  if (bench === undefined) throw new Error('no bench')
  const { id: _, ...seen } = bench
  const rfid = { id: 'rfid-1', kind: 'rfid', protocol: 'a0', port: reader.address }
  const added = await stations.send(ADMIN, 'PUT', '/api/stations/bench-1', {
    ...seen,
    devices: [...seen.devices, rfid],
  })
  expect(added.statusCode).toBe(200)
  const desk = await stations.send(ADMIN, 'PUT', '/api/stations/desk-1', {
    ...{ name: '一室登记台', kind: 'desk', place: 'dept-1' },
    devices: [{ ...rfid, id: AT.device, port: writer.address }],
  })
  expect(desk.statusCode).toBe(200)
  await vi.waitFor(
    async () => {
      const { devices } = await get<{ devices: DeviceRow[] }>(ADMIN, '/api/devices')
      for (const of of ['rfid-1', AT.device]) expect(devices.find(({ id }) => id === of)?.state).toBe('ready')
    },
    { timeout: WAIT_MS },
  )
}, TEST_MS)

afterAll(async () => {
  screen?.close()
  await stations?.close()
  await Promise.all([reader?.close(), writer?.close()])
})

async function get<T>(person: string, url: string): Promise<T> {
  stations.server.setNow(stations.now())
  const answer = await stations.server.as(person, { method: 'GET', url })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json<T>()
}

const item = (n: number): string => stations.codes[n] ?? ''
const card = (n: number): Promise<ItemCard> => get<ItemCard>(OFFICER.id, `/api/items/${item(n)}`)
const AT = { station: 'desk-1', device: 'rfid-2' }
const write = (n: number): Promise<WrittenTag> => stations.post<WrittenTag>(OFFICER.id, `/api/items/${item(n)}/tag`, AT)

/** Puts a tag before the reader and waits for what the bench says of it. */
async function put(...epcs: readonly string[]): Promise<string> {
  const before = screen.session?.verdict?.id
  for (const epc of epcs) reader.field.put({ epc })
  const { verdict } = await screen.until(({ verdict: now }) => now !== null && now.id !== before)
  return verdict?.code ?? ''
}

/** When a person was last seen to do something at the bench. */
const seenAt = async (): Promise<string> => (await readSession(stations.db, 'bench-1', stations.now())).session.seenAt

it(
  'a tag is written with the item’s EPC, read back, and bound to the item with its chip',
  async () => {
    const tid = writer.field.put({ epc: BLANK })
    const { epc } = await card(6)
    expect(await write(6)).toMatchObject({ outcome: 'bound', tag: { epc, tid: tid.toUpperCase() } })
    expect(writer.field.contents()).toEqual({ [tid]: epc })
    expect((await card(6)).tag).toMatchObject({ state: 'bound', tid: tid.toUpperCase() })
    writer.field.clear()
  },
  TEST_MS,
)

it(
  'a tag that another item wears is left as it is; without a tag, and with two, nothing is written',
  async () => {
    const { epc } = await card(6)
    const tid = writer.field.put({ epc })
    expect(await write(3)).toMatchObject({ outcome: 'failed', words: { zh: expect.stringContaining('另一件物品') } })
    expect(writer.field.contents()).toEqual({ [tid]: epc })
    expect((await card(3)).tag).toMatchObject({ state: 'failed' })
    writer.field.put({ epc: BLANK })
    expect(await write(3)).toMatchObject({ outcome: 'failed', words: { zh: expect.stringContaining('不止一枚') } })
    writer.field.clear()
    expect(await write(3)).toMatchObject({ outcome: 'failed', words: { zh: expect.stringContaining('没有标签') } })
  },
  TEST_MS,
)

it(
  'the same request again writes nothing again, and a device that is no reader is refused before anything is wanted',
  async () => {
    const tid = writer.field.put({ epc: BLANK })
    const request = (device: string) => ({
      method: 'POST' as const,
      url: `/api/items/${item(3)}/tag`,
      headers: { 'idempotency-key': 'tag-3' },
      payload: { ...AT, device },
    })
    expect((await stations.server.as(OFFICER.id, request('scanner-1'))).json()).toMatchObject({
      code: 'stations.unknown-device',
    })
    expect((await card(3)).tag).toMatchObject({ state: 'failed' })
    const first = (await stations.server.as(OFFICER.id, request('rfid-2'))).json<WrittenTag>()
    expect(first).toMatchObject({ outcome: 'bound', tag: { tid: tid.toUpperCase() } })
    writer.field.clear()
    const other = writer.field.put({ epc: BLANK })
    expect((await stations.server.as(OFFICER.id, request('rfid-2'))).json()).toEqual(first)
    expect(writer.field.contents()).toEqual({ [other]: BLANK })
    writer.field.clear()
  },
  TEST_MS,
)

it(
  'nothing is wanted at a reader where the officer may not work, nor at one that is not driven from here',
  async () => {
    const { tag } = await card(6)
    const at = (place: typeof AT) => stations.send(OFFICER.id, 'POST', `/api/items/${item(6)}/tag`, place)
    const tid = reader.field.put({ epc: BLANK })
    const elsewhere = await at({ station: 'bench-1', device: 'rfid-1' })
    expect([elsewhere.statusCode, elsewhere.json()]).toMatchObject([403, { code: 'stations.no-post-here' }])
    expect(reader.field.contents()).toEqual({ [tid]: BLANK })
    reader.field.clear()
    await stations.startDesk()
    stations.turnDesks()
    const undriven = await at(AT)
    expect([undriven.statusCode, undriven.json()]).toMatchObject([503, { code: 'stations.driven-elsewhere' }])
    await stations.stopDesk()
    expect((await card(6)).tag).toEqual(tag)
  },
  TEST_MS,
)

it(
  'one clear tag is a scan of its item; two are of none; one that nobody wears is said',
  async () => {
    // Nothing is left of what lay before the reader, nor of who was signed in.
    reader.field.clear()
    screen?.close()
    await stations.stopDesks()
    await stations.forget()
    await stations.startDesk()
    screen = await stations.openScreen()
    await screen.ready('scanner-1', 'rfid-1')
    await stations.signIn(screen)
    const [one, two] = [(await card(4)).epc, (await card(5)).epc]
    expect(await put(one)).toBe('custody.shown')
    const since = await seenAt()
    expect(screen.session?.work?.item?.code).toBe(item(4))
    expect(await put(two)).toBe('stations.several-tags')
    expect(screen.session?.work?.item?.code).toBe(item(4))
    reader.field.clear()
    expect(await put(makeEpc(new Uint8Array(11).fill(7)))).toBe('stations.unknown-tag')
    reader.field.clear()
    // What moves nothing on may have come by itself: it does not keep the bench from locking.
    expect(await seenAt()).toBe(since)
    expect(await put(two)).toBe('custody.shown')
    expect((await seenAt()) > since).toBe(true)
    expect(screen.session?.work?.item?.code).toBe(item(5))
    reader.field.clear()
  },
  TEST_MS,
)

it('everything verifies', async () => expect(await stations.faults()).toEqual([]), TEST_MS)
