import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeCommandCode } from '../../labels/item-code.ts'
import { signatureOf } from '../testing.ts'
import type { DeviceRow } from './protocol.ts'
import { CUSTODIAN, GOLD_MG, OFFICER, type Screen, TestStations } from './testing.ts'

/** What a scale says at the bench: of its test weight, also on the devices page, and of a thing in its sealed bag. */

const TEST_MS = 120_000
const TEST_MG = 200_000
const ADMIN = 'xu-system'
const DAY_MS = 86_400_000

let stations: TestStations
let screen: Screen

beforeAll(async () => {
  stations = await TestStations.open()
  await stations.startDesk()
  screen = await stations.openScreen()
  await screen.ready('scanner-1', 'scale-1')
  await stations.signIn(screen)
})
afterAll(async () => {
  screen.close()
  await stations.close()
})

async function scan(text: string, expected: string): Promise<void> {
  expect((await stations.scan(screen, text)).code).toBe(expected)
}

/** The WEIGH key: two scans of one card in a row would count once. */
async function press(expected: string): Promise<void> {
  const { session } = await screen.send({ type: 'command', step: screen.session?.step ?? 0, word: 'WEIGH' })
  expect(session.verdict?.code).toBe(expected)
}

/** Sets the test weight up as an administrator does on the devices page. */
async function setUp(settings: object): Promise<void> {
  const { stations: all } = (await stations.server.as(ADMIN, { url: '/api/stations' })).json<{
    stations: { id: string; devices: { id: string }[] }[]
  }>()
  const { id: _id, ...bench } = all.find(({ id }) => id === 'bench-1') ?? { id: '', devices: [] }
  const devices = bench.devices.map((one) => (one.id === 'scale-1' ? { ...one, ...settings } : one))
  const answer = await stations.send(ADMIN, 'PUT', '/api/stations/bench-1', { ...bench, devices })
  expect(answer.statusCode, answer.body).toBe(200)
}

async function noteOf(person: string): Promise<DeviceRow['note']> {
  stations.server.setNow(stations.now())
  const answer = await stations.server.as(person, { url: '/api/devices' })
  return answer.json<{ devices: readonly DeviceRow[] }>().devices.find(({ id }) => id === 'scale-1')?.note
}

/** The test weight on the pan, as the scale reads it; then taken off. */
async function checked(weight_mg: number, expected: string): Promise<void> {
  stations.scale.load(0)
  await press('custody.checking-scale')
  stations.scale.load(weight_mg)
  await screen.verdict(expected)
  stations.scale.load(0)
}

it(
  'asks for a check once a test weight is set up, and says so on the bench and on the devices page',
  async () => {
    await scan(makeCommandCode('WEIGH'), 'stations.not-asked')
    const wrong = await stations.send(ADMIN, 'PUT', '/api/stations/bench-1', {
      ...{ name: '一号入库台', kind: 'bench', place: 'store-1' },
      devices: [
        { id: 'scale-1', kind: 'scale', protocol: 'mt-sics', port: stations.scale.address, test_until: '明年' },
      ],
    })
    expect(wrong.json()).toMatchObject({ code: 'stations.wrong-setting' })
    await setUp({ test_g: 200, test_class: 'F1', test_until: '2999-03-01', test_off_g: 0.1 })
    await screen.until(({ notes }) => notes.some(({ device, stops }) => device === 'scale-1' && !stops))
    expect((await noteOf(CUSTODIAN.id))?.words.zh).toContain('还没有核查过')
  },
  TEST_MS,
)

it(
  'a scale that fails weighs nothing until it passes; who, when and the frame stand in the register',
  async () => {
    await screen.ready('scale-1')
    await checked(TEST_MG - 500, 'custody.scale-failed')
    await screen.until(({ notes }) => notes.some(({ stops }) => stops))
    expect((await noteOf(ADMIN))?.words.zh).toContain('核查未通过')

    await scan(stations.codes[0] ?? '', 'custody.list-opened')
    await scan(OFFICER.badge, 'stations.pin')
    await screen.pin(OFFICER.pin)
    await screen.verdict('custody.item-in-hand')
    stations.scale.load(GOLD_MG)
    await screen.verdict('custody.scale-out')
    expect(screen.session?.verdict).toMatchObject({ tone: 'refused', remedy: { zh: expect.stringContaining('校准') } })
    expect(screen.session?.ask.kind).toBe('weigh')

    await scan(makeCommandCode('CANCEL'), 'stations.cancelled')
    await checked(TEST_MG + 100, 'custody.scale-passed')
    await screen.until(({ notes }) => notes.length === 0)
    await scan(stations.codes[0] ?? '', 'custody.list-opened')
    await scan(OFFICER.badge, 'stations.pin')
    await screen.pin(OFFICER.pin)
    await screen.verdict('custody.item-in-hand')
    stations.scale.load(GOLD_MG)
    await screen.verdict('custody.weighed')
    await scan(makeCommandCode('CANCEL'), 'stations.cancelled')
    expect(await stations.faults()).toEqual([])
  },
  TEST_MS,
)

it(
  'what is weighed in its sealed bag has its net weight beside the gross one, which later weighings are compared with',
  async () => {
    const item = stations.codes[1] ?? ''
    stations.scale.load(0)
    await scan(item, 'custody.list-opened')
    await scan(OFFICER.badge, 'stations.pin')
    await screen.pin(OFFICER.pin)
    await screen.verdict('custody.item-in-hand')
    await screen.until(({ pan }) => pan?.state === 'empty')
    stations.scale.load(GOLD_MG)
    await screen.verdict('custody.weighed')
    const choose = async (option: string, expected: string): Promise<void> => {
      const { session } = await screen.send({ type: 'choose', step: screen.session?.step ?? 0, option })
      expect(session.verdict?.code).toBe(expected)
    }
    await choose('bag', 'custody.bag-asked')
    await choose('bag-S', 'custody.bag-noted')
    expect(screen.session?.verdict?.words.zh).toBe('毛重 100.000 克，净重 94.000 克')
    await scan(makeCommandCode('CONFIRM'), 'custody.compared')
    await scan(stations.safe, 'custody.line-accepted')
    await screen.send({ type: 'command', step: screen.session?.step ?? 0, word: 'CONFIRM' })
    await screen.verdict('custody.officer-confirms')
    await scan(OFFICER.badge, 'stations.pin')
    await screen.pin(OFFICER.pin)
    await screen.verdict('custody.checked-in')
    const shown = await stations.server.as(CUSTODIAN.id, { url: `/api/items/${item}` })
    expect(shown.json()).toMatchObject({
      weights: [{ weight_mg: GOLD_MG }, { weight_mg: GOLD_MG }],
      tare: { gross_mg: GOLD_MG, tare_mg: 6_000, net_mg: 94_000, bag: 'S' },
    })
    const wrong = { item: stations.codes[2] ?? '', weight_mg: GOLD_MG, tare_mg: GOLD_MG, sealNumber: 'F-2' }
    const refused = await stations.send(CUSTODIAN.id, 'POST', '/api/custody/check-in', {
      ...{ items: [wrong], location: stations.safe, signatures: [signatureOf(OFFICER.id)] },
    })
    expect(refused.json()).toMatchObject({ code: 'custody.tare-unfit' })
    expect(await stations.faults()).toEqual([])
  },
  TEST_MS,
)

it(
  'a check is due again after the days of the rule, and a weight whose certificate is over proves nothing',
  async () => {
    stations.pass(31 * DAY_MS)
    await screen.until(({ notes }) => notes[0]?.words.zh.includes('应于') === true)
    await stations.signIn(screen)
    await setUp({ test_until: '2026-01-01' })
    await screen.until(({ notes }) => notes[0]?.words.zh.includes('到期') === true)
    await press('custody.test-weight-expired')
  },
  TEST_MS,
)

it(
  'what one scale of a bench says proves nothing of another',
  async () => {
    await setUp({ test_until: '2999-03-01' })
    const { stations: all } = (await stations.server.as(ADMIN, { url: '/api/stations' })).json<{
      stations: { id: string; devices: { id: string }[] }[]
    }>()
    const { id: _, ...bench } = all.find(({ id }) => id === 'bench-1') ?? { id: '', devices: [] }
    const second = { id: 'scale-2', kind: 'scale', protocol: 'mt-sics', port: 'tcp://127.0.0.1:9', test_g: 200 }
    const answer = await stations.send(ADMIN, 'PUT', '/api/stations/bench-1', {
      ...{ ...bench, devices: [...bench.devices, second] },
    })
    expect(answer.statusCode, answer.body).toBe(200)
    const { rows } = await sql<{ reading: string; device: string; weight_mg: number }>`
      select r.reading, r.device, (c.state ->> 'weight_mg')::int as weight_mg from scale_checks c
      join entries e on e.subject = 'scale/' || c.id
      join station_readings r on r.reading = e.text::jsonb #>> '{body,weighing,reading}'
      order by e.seq desc limit 1
    `.execute(stations.server.database.ownerDb)
    const [last] = rows
    expect(last?.device).toBe('scale-1')
    const check = (device: string) =>
      stations.server.deps.act(
        { person: CUSTODIAN.id, station: { id: 'bench-1', place: 'store-1' } },
        {
          ...{ type: 'custody.check-scale', store: 'store-1', device },
          ...{ weight_mg: last?.weight_mg, reading: last?.reading },
        },
        { cause: `check ${device}`, at: stations.now() },
      )
    await expect(check('scale-1')).resolves.toMatchObject({ result: { passed: true } })
    await expect(check('scale-2')).rejects.toMatchObject({ code: 'custody.weighing-unknown' })
    expect(await stations.faults()).toEqual([])
  },
  TEST_MS,
)
