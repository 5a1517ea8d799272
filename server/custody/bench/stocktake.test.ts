import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startSerialRfid } from '../../../devices/emulators/rfid-serial.ts'
import { makeCommandCode, makeLabelCode } from '../../../labels/item-code.ts'
import type { DeviceRow } from '../../stations/protocol.ts'
import type { ShownStation } from '../../stations/registry.ts'
import { CUSTODIAN, OTHER, type Screen, TestStations } from '../../stations/testing.ts'
import type { ItemCard, ShownStocktake } from '../protocol.ts'
import { stocktakeRoutes } from '../stocktake/routes.ts'
import { sheetsOfStocktake } from '../stocktake/store.ts'

/** A count at a bench, by scans that come through a pty, seen on two screens. */

const TEST_MS = 120_000
const WAIT_MS = 60_000
const [HEAD, ADMIN] = ['guo-tao', 'xu-system'] as const
const CONFIRM = makeCommandCode('CONFIRM')

let stations: TestStations
let screen: Screen
let code = ''
/** Hand-held: what it hears belongs to the shelf that is walked. */
let reader: Awaited<ReturnType<typeof startSerialRfid>>

const shown = (person: string): Promise<ShownStocktake> => get<ShownStocktake>(person, `/api/counts/${code}`)
const item = (n: number): string => stations.codes[n] ?? ''
/** Past the time in which the same code is one pull of the trigger. */
const scan = async (text: string): Promise<string> => {
  stations.pass(1_500)
  return (await stations.scan(screen, text)).code
}

beforeAll(async () => {
  ;[stations, reader] = await Promise.all([
    TestStations.open({ repeat_ms: 1, routes: stocktakeRoutes }),
    startSerialRfid({ protocol: 'a0', listen: 'tcp:0' }),
  ])
  await stations.startDesk()
  const { stations: all } = await get<{ stations: ShownStation[] }>(ADMIN, '/api/stations')
  const { id: _, ...bench } = all.find(({ id }) => id === 'bench-1')!
  const held = { id: 'rfid-1', kind: 'rfid', protocol: 'a0', port: reader.address, role: 'handheld' }
  const devices = [...bench.devices, held]
  expect((await stations.send(ADMIN, 'PUT', '/api/stations/bench-1', { ...bench, devices })).statusCode).toBe(200)
  await vi.waitFor(
    async () => {
      const { devices: shownDevices } = await get<{ devices: DeviceRow[] }>(ADMIN, '/api/devices')
      expect(shownDevices.find(({ id }) => id === 'rfid-1')?.state).toBe('ready')
    },
    { timeout: WAIT_MS },
  )
  code = await ordered(CUSTODIAN.id)
  screen = await stations.openScreen()
  await stations.signIn(screen)
}, TEST_MS)
afterAll(async () => {
  screen?.close()
  await stations?.close()
  await reader?.close()
})

/** A count of the store by this custodian. */
async function ordered(counter: string): Promise<string> {
  const dueAt = new Date(Date.parse(stations.now()) + 86_400_000).toISOString()
  const order = { store: 'store-1', scope: { kind: 'store' }, counters: [counter], dueAt }
  return (await stations.post<{ code: string }>(HEAD, '/api/counts', order)).code
}

async function get<T>(person: string, url: string): Promise<T> {
  stations.server.setNow(stations.now())
  const answer = await stations.server.as(person, { method: 'GET', url })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json<T>()
}

describe('a count at a bench', () => {
  it('begins with its paper, then a shelf', async () => {
    expect(await scan(code)).toBe('custody.stocktaking')
    expect(await scan(item(4))).toBe('stations.wrong-kind')
    expect(await scan(stations.safe)).toBe('custody.stocktake-shelf')
    expect(screen.session?.work).toMatchObject({ procedure: 'stocktake', lines: [] })
  })

  it('takes whatever lies there, and tells nobody whether it belongs there', async () => {
    expect(await scan(item(4))).toBe('custody.counted')
    // Still with its officer by the register: noted like anything else.
    expect(await scan(item(6))).toBe('custody.counted')
    expect(await scan('XYZ-17')).toBe('custody.counted-unknown')
    expect(await scan(item(4))).toBe('custody.counted-before')
    expect(screen.session?.work?.lines.map((line) => line.item)).toEqual([item(4), item(6), 'XYZ-17'])
    expect(JSON.stringify(screen.session)).not.toContain(item(5))
    expect(await scan(stations.safe)).toBe('custody.stocktake-shelf-open')
  })

  it('is the same step on a second screen', async () => {
    const second = await stations.openScreen('bench-1')
    const { work } = await second.until(({ work: now }) => now !== null)
    expect(work).toMatchObject({ procedure: 'stocktake' })
    second.close()
    // A new screen locks its bench.
    expect(await scan(CUSTODIAN.badge)).toBe('stations.resumed')
    expect(screen.session?.work?.lines).toHaveLength(3)
  })

  it('writes the shelf into the register when it is confirmed, and ends by the same card', async () => {
    expect(await scan(CONFIRM)).toBe('custody.shelf-counted')
    expect((await shown(HEAD)).places.map(({ state }) => state)).toEqual(['done'])
    expect(await scan(CONFIRM)).toBe('custody.stocktake-round')
    const { differences } = await shown(HEAD)
    expect(differences?.map(({ item: of, name, verdict }) => [of ?? name, verdict.value])).toEqual([
      [item(5), 'MISSING'],
      [item(6), 'UNEXPECTED'],
      ['XYZ-17', 'UNKNOWN'],
    ])
  })

  it('is counted again by somebody else alone, who is told what to look for', async () => {
    expect(await scan(code)).toBe('custody.recount-same')
    await scan(makeCommandCode('LOCK'))
    stations.pass(1_500)
    await stations.signIn(screen, OTHER)
    expect(await scan(code)).toBe('custody.stocktaking')
    expect(await scan(stations.safe)).toBe('custody.stocktake-shelf')
    expect(screen.session?.work?.lines.map((line) => [line.item, line.state])).toEqual([
      [item(5), 'waiting'],
      [item(6), 'waiting'],
    ])
    expect(await scan(makeLabelCode(item(5), 1))).toBe('custody.counted')
    expect(await scan(CONFIRM)).toBe('custody.shelf-counted')
    expect(await scan(CONFIRM)).toBe('custody.stocktake-round')
    const { differences, phase } = await shown(HEAD)
    expect(phase.value).toBe('EXPLAINING')
    expect(differences?.map(({ second, settled }) => [second?.verdict.value, settled])).toEqual([
      ['FOUND', true],
      ['GONE', true],
      ['GONE', true],
    ])
  })

  it('says which shelves are for somebody else to count again, and offers nobody to end what is not walked', async () => {
    code = await ordered(OTHER.id)
    expect(await scan(code)).toBe('custody.stocktaking')
    expect(await scan(stations.safe)).toBe('custody.stocktake-shelf')
    expect(await scan(CONFIRM)).toBe('custody.shelf-counted')
    expect(screen.session?.ask.options.map(({ id }) => id)).toContain('conclude')
    expect(await scan(CONFIRM)).toBe('custody.stocktake-round')
    await scan(makeCommandCode('LOCK'))
    stations.pass(1_500)
    // What is missing was put there by him.
    await stations.signIn(screen, CUSTODIAN)
    expect(await scan(code)).toBe('custody.stocktaking')
    const { ask } = screen.session ?? {}
    expect(ask?.words.zh).toMatch(/由您经手放置，须由本库其他保管人员.*复盘/)
    expect(ask?.options.map(({ id }) => id)).not.toContain('conclude')
    expect((await shown(CUSTODIAN.id)).places).toMatchObject([{ barred: 'placed' }])
    expect((await shown(OTHER.id)).places).toMatchObject([{ barred: 'counted' }])
    expect((await shown(HEAD)).places).toMatchObject([{ barred: null }])
    await scan(makeCommandCode('CANCEL'))
    await scan(makeCommandCode('LOCK'))
    stations.pass(1_500)
    await stations.signIn(screen, OTHER)
  })

  it('takes what a hand-held reader hears for what it is worth, and asks for the rest by hand', async () => {
    code = await ordered(OTHER.id)
    expect(await scan(code)).toBe('custody.stocktaking')
    reader.field.put({ epc: (await get<ItemCard>(OTHER.id, `/api/items/${item(4)}`)).epc })
    expect(await scan(stations.safe)).toBe('custody.stocktake-shelf')
    await screen.until(({ verdict }) => verdict?.code === 'custody.heard')
    const strong = async () =>
      (await sheetsOfStocktake(stations.db, code)).flatMap(({ sights }) =>
        sights.flatMap((sight) => (sight.kind === 'item' && sight.how === 'strong' ? [sight.item] : [])),
      )
    await vi.waitFor(async () => expect(await strong()).toEqual([item(4)]), { timeout: WAIT_MS })
    // The answer on the screen is still the one to this step, however often the reader tells.
    await screen.send({ type: 'command', step: screen.session?.step ?? 0, word: 'CONFIRM' })
    await screen.verdict('custody.shelf-counted')
    expect(await scan(CONFIRM)).toBe('custody.stocktake-round')
    const { differences, figures } = await shown(HEAD)
    expect(figures).toMatchObject({ expected: 2, found: 1 })
    expect(differences).toMatchObject([{ item: item(5), verdict: { value: 'UNREADABLE' } }])
  })

  it('leaves registers and tables that agree', async () => {
    expect(await stations.faults()).toEqual([])
  })
})
