import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { sealPayload } from '../../../labels/seal-number.ts'
import { pictureOf, readSymbols } from '../../../labels/testing/read-symbols.ts'
import type { RefusalNotice } from '../../refusal.ts'
import { CUSTODIAN, OFFICER, type Screen, TestStations } from '../../stations/testing.ts'
import { signatureOf } from '../../testing.ts'
import type { Found, IssuedStrip } from '../protocol.ts'

/** 封条 (rules T-16), from the wish to the paper, and from the paper back to what it closes. */

const WAIT_MS = 30_000
const TEST_MS = 60_000
/** As organs number them; no scanner types it. */
const CHINESE = '云税稽封字〔2026〕0091号'

let stations: TestStations
let item = ''

beforeAll(async () => {
  stations = await TestStations.open()
  item = stations.codes[4] ?? ''
})
afterAll(() => stations.close())
beforeEach(() => stations.forget())
afterEach(() => stations.stopDesks())

const print = (person: string, body: object, of = item) =>
  stations.send(person, 'POST', `/api/items/${of}/seal-strips`, { station: 'bench-1', ...body })
const get = (person: string, url: string) => {
  stations.server.setNow(stations.now())
  return stations.server.as(person, { method: 'GET', url })
}
const strips = async (person: string = CUSTODIAN.id): Promise<readonly IssuedStrip[]> =>
  (await get(person, `/api/items/${item}/seal-strips`)).json<{ strips: IssuedStrip[] }>().strips
const states = async (): Promise<readonly string[]> => (await strips()).map(({ state }) => state)
/** What another program reads off the page that came out as the nth. */
async function readBack(nth: number): Promise<readonly string[]> {
  const page = stations.printer.pages()[nth]
  if (page === undefined) throw new Error(`no page ${nth}`)
  return (await readSymbols(pictureOf(page))).map(({ text }) => text)
}
const found = async (text: string): Promise<readonly string[]> => {
  const answer = await get(CUSTODIAN.id, `/api/search?q=${encodeURIComponent(text)}`)
  return answer.json<Found>().items.map(({ code }) => code)
}
async function bench(): Promise<Screen> {
  await stations.startDesk()
  const screen = await stations.openScreen()
  await screen.ready('scanner-1', 'printer-1')
  await stations.signIn(screen)
  return screen
}
const drained = () =>
  expect
    .poll(() => stations.db.selectFrom('labels').select('id').where('status', '=', 'wanted').execute(), {
      timeout: WAIT_MS,
    })
    .toEqual([])

it(
  'comes out of the label printer, each copy a job of its own, with a number that reads back',
  async () => {
    await stations.startDesk()
    await drained()
    const before = stations.printer.pages().length
    const answer = await print(OFFICER.id, { copies: 2 })
    expect(answer.statusCode, answer.body).toBe(202)
    expect(answer.json()).toMatchObject({
      jobs: [
        { issue: 1, payload: 'F-4' },
        { issue: 2, payload: 'F-4' },
      ],
    })
    await expect.poll(states, { timeout: WAIT_MS }).toEqual(['printed', 'printed'])
    expect(stations.printer.pages()).toHaveLength(before + 2)
    for (const nth of [before, before + 1]) expect(await readBack(nth)).toEqual(['F-4'])
    expect(await strips()).toMatchObject([
      { number: 'F-4', issue: 2, void: false, wantedBy: { name: '张伟' } },
      { number: 'F-4', issue: 1, void: false },
    ])
  },
  TEST_MS,
)

it(
  'takes a reason for more of the same number; none is void because another was printed',
  async () => {
    await stations.startDesk()
    expect((await print(CUSTODIAN.id, {})).json<RefusalNotice>().code).toBe('custody.strip-exists')
    expect((await print(CUSTODIAN.id, { reason: '背面须再贴一张' })).statusCode).toBe(202)
    await expect.poll(states, { timeout: WAIT_MS }).toEqual(['printed', 'printed', 'printed'])
    expect(await strips()).toMatchObject([{ reason: '背面须再贴一张', void: false }, { void: false }, { void: false }])
  },
  TEST_MS,
)

it('is printed by who has the thing, with its own number or one that no seal ever had', async () => {
  expect((await print('wang-qiang', { reason: '再贴' })).json<RefusalNotice>().code).toMatch(
    /^(custody\.unknown-item|custody\.not-case-officer)$/,
  )
  expect((await print(OFFICER.id, { number: 'F-5' })).json<RefusalNotice>().code).toBe('custody.seal-taken')
  expect((await print(OFFICER.id, { copies: 7 })).json<RefusalNotice>().code).toBe('request.invalid')
  expect(await strips('xu-system')).toBeUndefined()
})

it(
  'that a printer without paper refuses has failed, and the next needs no reason',
  async () => {
    stations.printer.set({ paperOut: true })
    await stations.startDesk()
    const number = 'F-77'
    expect((await print(OFFICER.id, { number })).statusCode).toBe(202)
    await expect.poll(async () => (await strips())[0], { timeout: WAIT_MS }).toMatchObject({ number, state: 'failed' })
    stations.printer.set({ paperOut: false })
    expect((await print(OFFICER.id, { number })).statusCode).toBe(202)
    await expect.poll(async () => (await strips())[0], { timeout: WAIT_MS }).toMatchObject({ number, state: 'printed' })
  },
  TEST_MS,
)

it(
  'of a number that another thing may have takes a reason as well',
  async () => {
    await stations.startDesk()
    const [other = ''] = stations.codes.filter((code) => code !== item)
    expect((await print(OFFICER.id, { number: 'F-79 A' })).statusCode).toBe(202)
    await expect.poll(async () => (await strips())[0], { timeout: WAIT_MS }).toMatchObject({ state: 'printed' })
    const again = await print(CUSTODIAN.id, { number: 'F-79 A' }, other)
    expect(again.json<RefusalNotice>()).toMatchObject({ code: 'custody.strip-exists', values: { count: 1 } })
    // A part of a number is another number.
    expect((await print(CUSTODIAN.id, { number: 'A' }, other)).statusCode).toBe(202)
    expect((await print(CUSTODIAN.id, { number: 'F-79 A', reason: '前一张未贴，已销毁' }, other)).statusCode).toBe(202)
    await drained()
  },
  TEST_MS,
)

it(
  'of which nobody knows whether it came out is not printed again before somebody has looked',
  async () => {
    const { jobs } = (await print(OFFICER.id, { number: 'F-78' })).json<{ jobs: { job: string }[] }>()
    const job = jobs[0]?.job ?? ''
    await stations.db
      .insertInto('label_attempts' as never)
      .values({ label: job, station: 'bench-1', device: 'printer-1' } as never)
      .execute()
    const before = stations.printer.pages().length
    await stations.startDesk()
    await expect.poll(async () => (await strips())[0]?.state, { timeout: WAIT_MS }).toBe('unknown')
    expect(stations.printer.pages()).toHaveLength(before)
    const looked = await stations.send(OFFICER.id, 'POST', `/api/labels/${job}/outcome`, { outcome: 'printed' })
    expect(looked.statusCode, looked.body).toBe(200)
    expect((await strips())[0]).toMatchObject({ number: 'F-78', state: 'printed' })
  },
  TEST_MS,
)

it(
  'with a Chinese number is scanned as the new seal at a bench, looked up by it, and found by a search',
  async () => {
    const signatures = ['zhang-wei', 'li-na'].map(signatureOf)
    const opened = { items: [item], reason: '辨认', signatures }
    expect((await stations.send(CUSTODIAN.id, 'POST', '/api/custody/unseal', opened)).statusCode).toBe(200)
    const screen = await bench()
    await drained()
    const before = stations.printer.pages().length
    expect((await print(CUSTODIAN.id, { number: CHINESE })).statusCode).toBe(202)
    await expect.poll(async () => (await strips())[0]?.state, { timeout: WAIT_MS }).toBe('printed')
    const [payload = ''] = await readBack(before)
    expect(payload).toBe(sealPayload(CHINESE))
    expect(payload).toMatch(/^[\x21-\x7e]+$/)

    expect((await stations.scan(screen, item)).code).toBe('custody.shown')
    await screen.send({ type: 'choose', step: screen.session?.step ?? 0, option: 'seal' })
    await screen.verdict('custody.to-seal')
    expect((await stations.scan(screen, payload)).code).toBe('custody.first-sealer')
    for (const [officer, then] of [
      [signatureOf('zhang-wei'), 'custody.next-sealer'],
      [signatureOf('li-na'), 'custody.sealed'],
    ] as const) {
      expect((await stations.scan(screen, officer.badge)).code).toBe('stations.pin')
      await screen.pin(officer.pin)
      await screen.verdict(then)
    }
    const { seal } = (await get(CUSTODIAN.id, `/api/items/${item}`)).json<{
      seal: { number: string }
    }>()
    expect(seal.number).toBe(CHINESE)
    stations.pass(3_000)
    const shown = await stations.scan(screen, payload)
    expect(shown.code).toBe('custody.shown')
    expect(screen.session?.work?.item?.code).toBe(item)
    expect(await found(payload)).toEqual([item])
    expect(await found(payload.toLowerCase())).toEqual([item])
    expect(await found(CHINESE)).toEqual([item])
    screen.close()
    expect(await stations.faults()).toEqual([])
  },
  TEST_MS,
)
