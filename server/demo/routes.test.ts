import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openIppPrinter } from '../../devices/office/ipp-printer.ts'
import { makeCode, parseCode } from '../../labels/item-code.ts'
import { custodyRoutes } from '../custody/routes.ts'
import { testServer, type TestServer } from '../testing.ts'
import { type DemoDevices, startDemoDevices } from './emulators.ts'
import type { Codes, Demonstration, Instrument } from './protocol.ts'
import { demoRoutes } from './routes.ts'

let server: TestServer
let devices: DemoDevices
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearhold-demo-'))
  devices = await startDemoDevices(folder)
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(demoRoutes, { db: deps.db, devices, screenCode: async (station) => `CODE-${station}` })
    },
  })
})
afterAll(async () => {
  await server.close()
  await devices.close()
  await rm(folder, { recursive: true })
})

async function get<T>(url: string): Promise<T> {
  const answer = await server.app.inject({ url })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<T>()
}

async function does(device: string, deed: object): Promise<{ status: number; code: string | undefined }> {
  const answer = await server.app.inject({ method: 'POST', url: `/api/demo/emulators/${device}`, payload: deed })
  return { status: answer.statusCode, code: answer.json<{ code?: string }>().code }
}

test('everybody is shown with badge, PIN and place, and every device with its station', async () => {
  const { people, stations, emulators } = await get<Demonstration>('/api/demo')
  expect(people.find(({ id }) => id === 'chen-jing')).toMatchObject({
    name: '陈静',
    badge: 'B100105',
    placeNames: ['涉案财物一号库'],
  })
  expect(stations.map(({ id }) => id)).toEqual(['bench-1', 'desk-1', 'door-1', 'counter-1', 'counter-2'])
  expect(emulators.map(({ device }) => device)).toContain('scanner-1')
})

test('every command card scans as its word', async () => {
  const { commands } = await get<Codes>('/api/demo/codes')
  for (const { word, payload } of commands)
    expect(parseCode(payload)).toMatchObject({ ok: true, kind: 'command', word })
})

test('an item is listed with its weight and seal before it has a label, a shelf as it fills', async () => {
  server.setNow('2026-03-02T02:00:00.000Z')
  const number = '云监立〔2026〕1号'
  const officers = ['zhang-wei', 'li-na']
  const open = { number, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers }
  expect((await server.as('zhang-wei', { method: 'POST', url: '/api/cases', payload: open })).statusCode).toBe(201)
  server.setNow('2026-03-02T03:00:00.000Z')
  const items = {
    measure: { noticeNumber: '云监措〔2026〕1号', takenAt: '2026-03-02T02:30:00.000Z', officers, place: '云州市' },
    holder: { attendance: 'SIGNED', name: '甲' },
    witness: { attendance: 'SIGNED', name: '乙' },
    relevance: '涉嫌违纪违法事实中的财物',
    items: [
      {
        name: '足金戒指',
        category: 'valuables',
        quantity: 1,
        unit: '枚',
        features: '内圈刻字',
        weight_mg: 5_123,
        seal: { number: 'FT1', signers: officers },
      },
    ],
  }
  const url = `/api/cases/${encodeURIComponent(number)}/items`
  expect((await server.as('zhang-wei', { method: 'POST', url, payload: items })).statusCode).toBe(201)
  const shelf = { name: 'A区 1排', storageClass: 'precious', capacity: 4 }
  await server.as('chen-jing', { method: 'POST', url: '/api/stores/store-1/locations', payload: shelf })

  const codes = await get<Codes>('/api/demo/codes')
  const [item] = codes.items
  expect(item).toMatchObject({
    payload: item?.code,
    case: number,
    custody: { value: 'WITH_CASE_DEPT' },
    weight_mg: 5_123,
    sealNumber: 'FT1',
    label: null,
  })
  expect(codes.locations).toMatchObject([{ name: 'A区 1排', capacity: 4, occupied: 0 }])
  expect(codes.lists).toEqual([])
})

test('a plug that is out is seen, and what is done to the device then is refused', async () => {
  const plugged = async () => (await get<Instrument>('/api/demo/emulators/scanner-1')).plugged
  expect(await plugged()).toBe(true)
  expect(await does('scanner-1', { unplug: true })).toMatchObject({ status: 200 })
  expect(await plugged()).toBe(false)
  const code = makeCode({ kind: 'item', unit: '01', year: 2026, serial: 1 })
  expect(await does('scanner-1', { scan: code })).toEqual({ status: 409, code: 'demo.unplugged' })
  expect(await does('scanner-1', { replug: true })).toMatchObject({ status: 200 })
  expect(await plugged()).toBe(true)
})

test('the pan shows what was put on it', async () => {
  expect(await does('scale-1', { weigh_mg: 38_624, stable: false })).toMatchObject({ status: 200 })
  expect(await does('scale-1', { silent: true })).toMatchObject({ status: 200 })
  expect(await get<Instrument>('/api/demo/emulators/scale-1')).toMatchObject({
    pan: { weigh_mg: 38_624, stable: false, silent: true },
    printer: null,
    pad: null,
  })
})

test('tags lie before the reader until they are taken away', async () => {
  const before = async () => (await get<Instrument>('/api/demo/emulators/rfid-2')).tags
  const [one, other] = ['E28011606000020000000001', 'E28011606000020000000002']
  expect(await before()).toEqual([])
  expect(await does('rfid-2', { tags: [one, other] })).toMatchObject({ status: 200 })
  expect(await before()).toEqual([one, other])
  expect(await does('rfid-2', { tags: [other] })).toMatchObject({ status: 200 })
  expect(await before()).toEqual([other])
  expect(await does('rfid-2', { tags: ['no EPC'] })).toMatchObject({ status: 400 })
})

test('the printer shows its paper and head; no page has come out', async () => {
  expect(await does('printer-1', { paperOut: true })).toMatchObject({ status: 200 })
  const { printer } = await get<Instrument>('/api/demo/emulators/printer-1')
  expect(printer).toEqual({ paperOut: true, headOpen: false, ribbonOut: false, pages: [] })
  expect((await server.app.inject({ url: '/api/demo/emulators/printer-1/pages/1.png' })).statusCode).toBe(404)
})

test('a paper that came out of the office printer is shown byte for byte, with its job and its pages', async () => {
  const sheet = Buffer.from('%PDF-1.7 /Type /Pages /Type /Page /Type /Page')
  const office = devices.stations.flatMap((one) => one.devices).find(({ id }) => id === 'office-1')
  const port = Number(office?.port.split(':').at(-1))
  const address = { carrier: 'tcp', host: '127.0.0.1', port } as const
  const printer = openIppPrinter({ address, path: '/ipp/print', trust: null, now: Date.now })
  const print = () => printer.print({ pdf: sheet, name: '9F3A' }, Date.now() + 30_000)
  expect(await does('office-1', { paused: true })).toMatchObject({ status: 200 })
  expect(await print()).toMatchObject({ outcome: 'refused', conditions: ['paused'] })
  await does('office-1', { paused: false })
  expect(await print()).toEqual({ outcome: 'printed' })
  await printer.close()

  const { office: shown } = await get<Instrument>('/api/demo/emulators/office-1')
  expect(shown).toMatchObject({ paperOut: false, paused: false, papers: [{ job: '9F3A', pages: 2 }] })
  const url = `/api/demo/emulators/office-1/papers/${shown?.papers[0]?.id}.pdf`
  expect((await server.app.inject({ url })).rawPayload.equals(sheet)).toBe(true)
  expect(await does('office-1', { paperOut: true, headOpen: true })).toEqual({ status: 422, code: 'demo.cannot' })
})

test('a key of a keypad is pressed on its line, and nowhere else', async () => {
  expect(await does('keypad-2', { press: 2 })).toMatchObject({ status: 200 })
  expect(await get<Instrument>('/api/demo/emulators/keypad-2')).toMatchObject({ kind: 'keypad', pad: { answered: 0 } })
  expect(await does('scale-1', { press: 2 })).toEqual({ status: 422, code: 'demo.cannot' })
  expect(await does('keypad-2', { press: 256 })).toMatchObject({ status: 400 })
})

test('a device cannot do what is another’s', async () => {
  expect(await does('scale-1', { scan: 'W' })).toEqual({ status: 422, code: 'demo.cannot' })
  expect(await does('nothing-1', { unplug: true })).toMatchObject({ status: 404 })
})
