import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeCommandCode } from '../../labels/item-code.ts'
import { CUSTODIAN, GOLD_MG, OFFICER, type Screen, TestStations } from './testing.ts'

/** The scale counts for the item in hand and for no other: what lay there before has to leave first. */

let stations: TestStations
let screen: Screen

beforeAll(async () => {
  stations = await TestStations.open()
})
afterAll(() => stations.close())
beforeEach(async () => {
  stations.scale.load(0)
  await stations.forget()
  await stations.startDesk()
  screen = await stations.openScreen()
  await screen.ready('scanner-1', 'scale-1')
  await stations.signIn(screen)
  await stations.scan(screen, stations.list)
  await stations.scan(screen, OFFICER.badge)
  await screen.pin(OFFICER.pin)
  await screen.verdict('custody.officer-signed')
})
afterEach(async () => {
  screen.close()
  await stations.stopDesks()
})

const code = (index: number): string => stations.codes[index] ?? ''
const onScale = (state: string) => screen.until(({ pan }) => pan?.state === state)

/** Weighs one of the bars, compares it and puts it on its shelf; the scale is left as it is. */
async function weighAndShelve(index: number): Promise<void> {
  await stations.scan(screen, code(index))
  await onScale('empty')
  stations.scale.load(GOLD_MG)
  await screen.verdict('custody.weighed')
  await stations.scan(screen, makeCommandCode('CONFIRM'))
  await stations.scan(screen, stations.safe)
  expect(screen.session?.verdict?.code).toBe('custody.line-accepted')
}

it('a bar that still lies there does not count for the next one; once it has left, one of the same weight does', async () => {
  await weighAndShelve(0)
  await stations.scan(screen, code(1))
  const { verdict, pan, ask } = await screen.verdict('stations.pan-occupied')
  expect(verdict).toMatchObject({ outcome: 'ask', tone: 'attention' })
  expect(verdict?.words.zh).toContain('秤上还放着上一件（100 克）：请取下')
  expect([pan?.state, ask.kind]).toEqual(['occupied', 'weigh'])
  stations.scale.load(0)
  await onScale('empty')
  expect(screen.session?.ask.kind).toBe('weigh')
  stations.scale.load(GOLD_MG)
  await screen.verdict('custody.weighed')
})

it('a bar that is taken off while nobody is asked for a weight has left: the next may lie there before it is scanned', async () => {
  await weighAndShelve(0)
  const asked = () => Buffer.from(stations.scale.received()).toString('latin1').split('SI\r\n').length
  stations.scale.load(0)
  const before = asked()
  await expect.poll(asked, { timeout: 30_000 }).toBeGreaterThan(before)
  stations.scale.load(GOLD_MG)
  await stations.scan(screen, code(1))
  await screen.verdict('custody.weighed')
})

it('something of clearly another weight in its place counts without an empty pan between', async () => {
  await weighAndShelve(0)
  stations.scale.load(GOLD_MG - 2_000)
  await stations.scan(screen, code(1))
  await screen.verdict('custody.weight-differs')
})

it('WEIGH takes what lies there for the item in hand', async () => {
  await weighAndShelve(0)
  await stations.scan(screen, code(1))
  await screen.verdict('stations.pan-occupied')
  await stations.scanner.scan(makeCommandCode('WEIGH'))
  await screen.verdict('custody.weighed')
})

it('the same item may be weighed again as it lies: it was sent to be compared once more', async () => {
  await stations.scan(screen, code(0))
  await onScale('empty')
  stations.scale.load(GOLD_MG - 2_000)
  await screen.verdict('custody.weight-differs')
  stations.scale.load(GOLD_MG)
  await screen.send({ type: 'choose', step: screen.session?.step ?? 0, option: 'back' })
  await screen.verdict('custody.weighed')
})

it('a restart of the server forgets nothing: what lay there still does', async () => {
  await weighAndShelve(0)
  await stations.stopDesk()
  await stations.startDesk()
  screen.close()
  screen = await stations.openScreen()
  await screen.ready('scanner-1', 'scale-1')
  expect((await stations.scan(screen, CUSTODIAN.badge)).code).toBe('stations.resumed')
  await stations.scan(screen, code(1))
  await screen.verdict('stations.pan-occupied')
})

it('a scale that moves is said at once, and a weight is taken when it rests', async () => {
  stations.scale.load(GOLD_MG, { stable: false })
  await stations.scan(screen, code(0))
  const { pan, verdict } = await onScale('moving')
  expect(pan?.words).toEqual({ zh: '秤还在晃动，等它停稳', en: 'The scale still moves; waiting for it to rest' })
  expect(verdict?.code).toBe('custody.item-in-hand')
  stations.scale.settle()
  await screen.verdict('custody.weighed')
  expect(screen.session?.pan).toBeNull()
})
