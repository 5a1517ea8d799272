import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeCommandCode } from '../../../labels/item-code.ts'
import { jpeg } from '../../files/testing-pictures.ts'
import type { RefusalNotice } from '../../refusal.ts'
import { CUSTODIAN, GOLD_MG, OFFICER, type Screen, TestStations } from '../../stations/testing.ts'
import type { BenchAfterwards, ItemCard, PaperSignatures } from '../protocol.ts'
import { NAME_WRITTEN } from '../signing/testing-strokes.ts'
import { AFTERWARDS_MS } from './afterwards.ts'

const BOUNDARY = 'clearhold-boundary'
let stations: TestStations
let screen: Screen
let item = ''

beforeAll(async () => {
  stations = await TestStations.open()
  item = stations.codes[5] ?? ''
  await stations.startDesk()
  screen = await stations.openScreen()
  await screen.ready('scanner-1', 'scale-1')
  const dueAt = new Date(Date.parse(stations.now()) + 86_400_000).toISOString()
  const deed = { command: 'borrow', items: [item], dueAt, purpose: 'APPRAISAL' }
  const { id } = await stations.post<{ id: string }>(OFFICER.id, '/api/approvals', { deed, reason: '送鉴定' })
  await stations.post('sun-bo', `/api/approvals/${id}/grant`, { opinion: '同意' })
  await stations.signIn(screen)
}, 120_000)
afterAll(async () => {
  screen.close()
  await stations.close()
})

async function open(): Promise<BenchAfterwards> {
  stations.server.setNow(stations.now())
  return (await screen.get('afterwards')).json<BenchAfterwards>()
}

function write(path: string, payload: object | Buffer, key: string = crypto.randomUUID(), cookie = screen.cookie) {
  stations.server.setNow(stations.now())
  const type = Buffer.isBuffer(payload) ? { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` } : {}
  return stations.server.app.inject({
    ...{ method: 'POST', url: `/api/stations/${screen.station}/${path}`, payload },
    headers: { cookie, 'idempotency-key': key, ...type },
  })
}

async function scan(text: string, expected: string): Promise<void> {
  expect((await stations.scan(screen, text)).code).toBe(expected)
}

async function lend(): Promise<void> {
  await scan(item, 'custody.item-to-lend')
  await scan(OFFICER.badge, 'stations.pin')
  await screen.pin(OFFICER.pin)
  await screen.verdict('custody.borrower-signed')
  stations.scale.load(GOLD_MG)
  await screen.verdict('custody.weighed')
  // Nothing is asked beside the work.
  expect((await open()).places).toEqual([])
  await scan(makeCommandCode('CONFIRM'), 'custody.lent')
}

it('both sides sign at the bench what they gave their PIN for a moment ago, each once, and no other does', async () => {
  expect(await open()).toEqual({ places: [], differing: [] })
  await lend()
  const { places } = await open()
  expect(places.map(({ act, as, person, items }) => [act, as, person.id, items.map(({ code }) => code)])).toEqual([
    [1, 'giver', CUSTODIAN.id, [item]],
    [1, 'taker', OFFICER.id, [item]],
  ])
  const paper = places[0]?.paper ?? ''
  const taker = { paper, act: 1, as: 'taker', person: OFFICER.id, items: [item], on: 'screen', strokes: NAME_WRITTEN }
  const codeOf = async (payload: object, cookie?: string) =>
    (await write('signatures', payload, undefined, cookie)).json<RefusalNotice>().code
  expect(await codeOf(taker, 'clearhold-screen=x')).toBe('stations.not-a-screen')
  expect(await codeOf({ ...taker, person: 'li-na' })).toBe('custody.not-at-bench')
  expect(await codeOf({ ...taker, as: 'giver' })).toBe('custody.not-at-bench')
  expect(await codeOf({ ...taker, items: [stations.codes[4]] })).toBe('custody.not-at-bench')
  const key = crypto.randomUUID()
  const signed = await write('signatures', taker, key)
  expect(signed.statusCode, signed.body).toBe(200)
  expect((await write('signatures', taker, key)).json()).toEqual(signed.json())
  expect((await open()).places.map(({ as }) => as)).toEqual(['giver'])
  const shown = await stations.server.as(OFFICER.id, { url: `/api/loans/${paper}/signatures` })
  expect(shown.json<PaperSignatures>().places).toMatchObject([
    { as: 'giver', signature: null },
    {
      as: 'taker',
      signature: { by: { who: `person/${CUSTODIAN.id}` }, person: { who: `person/${OFFICER.id}` }, on: 'screen' },
    },
  ])
  expect(await codeOf(taker)).toBe('custody.not-at-bench')
})

it('what differed as it came back is photographed at the bench, beside what was recorded', async () => {
  stations.scale.load(98_000)
  await scan(item, 'custody.item-to-return')
  await scan(OFFICER.badge, 'stations.pin')
  await screen.pin(OFFICER.pin)
  await screen.verdict('custody.weight-found-different')
  await scan(makeCommandCode('CONFIRM'), 'custody.seal-same')
  await scan(makeCommandCode('REFUSE'), 'custody.condition-different')
  await screen.send({ type: 'command', step: screen.session?.step ?? 0, word: 'REFUSE' })
  await screen.verdict('custody.incident-asked')
  expect((await open()).differing).toEqual([])
  await scan(makeCommandCode('CONFIRM'), 'custody.return-stopped')
  expect((await open()).differing).toMatchObject([{ code: item, photos: 0 }])
  const photo = Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n`),
    ...[
      Buffer.from('Content-Type: image/jpeg\r\n\r\n'),
      await jpeg(320, 240, 7),
      Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
    ],
  ])
  expect((await write(`photos/${stations.codes[4] ?? ''}`, photo)).json()).toMatchObject({
    code: 'custody.not-at-bench',
  })
  const kept = await write(`photos/${item}`, photo)
  expect(kept.statusCode, kept.body).toBe(201)
  expect((await open()).differing).toMatchObject([{ code: item, photos: 1 }])
  const card = (await stations.server.as(OFFICER.id, { url: `/api/items/${item}` })).json<ItemCard>()
  expect(card.incident?.photos).toMatchObject({
    seen: kept.json<{ photos: { sha256: string }[] }>().photos.map((one) => one.sha256),
  })
  expect(await stations.faults()).toEqual([])
})

it('later, locked, or at another bench, nothing of it is offered', async () => {
  const other = await stations.openScreen('bench-2')
  expect((await other.get('afterwards')).json()).toEqual({ places: [], differing: [] })
  other.close()
  await screen.send({ type: 'command', step: screen.session?.step ?? 0, word: 'LOCK' })
  expect(await open()).toEqual({ places: [], differing: [] })
  await scan(CUSTODIAN.badge, 'stations.resumed')
  expect((await open()).places.map(({ as }) => as)).toEqual(['giver'])
  stations.pass(AFTERWARDS_MS + 60_000)
  await scan(CUSTODIAN.badge, 'stations.resumed')
  expect(await open()).toEqual({ places: [], differing: [] })
})
