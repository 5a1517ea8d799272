import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeCommandCode, makeLabelCode } from '../../labels/item-code.ts'
import { CUSTODIAN, OTHER, type Screen, TestStations } from '../stations/testing.ts'
import type { ShownStocktake } from './protocol.ts'
import { stocktakeRoutes } from './stocktake-routes.ts'

/** A count at a bench, by scans that come through a pty, seen on two screens. */

const TEST_MS = 120_000
const [HEAD] = ['guo-tao'] as const
const CONFIRM = makeCommandCode('CONFIRM')

let stations: TestStations
let screen: Screen
let code = ''

const shown = async (person: string): Promise<ShownStocktake> => {
  stations.server.setNow(stations.now())
  return (await stations.server.as(person, { url: `/api/counts/${code}` })).json<ShownStocktake>()
}
const item = (n: number): string => stations.codes[n] ?? ''
/** Past the time in which the same code is one pull of the trigger. */
const scan = async (text: string): Promise<string> => {
  stations.pass(1_500)
  return (await stations.scan(screen, text)).code
}

beforeAll(async () => {
  stations = await TestStations.open({ repeat_ms: 1, routes: stocktakeRoutes })
  await stations.startDesk()
  const dueAt = new Date(Date.parse(stations.now()) + 86_400_000).toISOString()
  const order = { store: 'store-1', scope: { kind: 'store' }, counters: [CUSTODIAN.id], dueAt }
  code = (await stations.post<{ code: string }>(HEAD, '/api/counts', order)).code
  screen = await stations.openScreen()
  await stations.signIn(screen)
}, TEST_MS)
afterAll(async () => {
  screen?.close()
  await stations?.close()
})

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

  it('leaves registers and tables that agree', async () => {
    expect(await stations.faults()).toEqual([])
  })
})
