import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeCommandCode } from '../../labels/item-code.ts'
import { CUSTODIAN, GOLD_MG, OFFICER, type Screen, TestStations } from './testing.ts'

/** A hand takes a badge away and shows it again in about this time. */
const AGAIN_MS = 400
/** Readers take all that for one long look, however long a busy machine makes of it. */
const REPEAT_MS = 10_000

let stations: TestStations
let screen: Screen

beforeAll(async () => {
  stations = await TestStations.open({ repeat_ms: REPEAT_MS })
})
afterAll(() => stations.close())
beforeEach(async () => {
  await stations.forget()
  await stations.startDesk()
  screen = await stations.openScreen()
  await screen.ready('scanner-1', 'badge-1', 'scale-1')
})
afterEach(async () => {
  screen.close()
  await stations.stopDesks()
})

/** A granted loan of this item, to be fetched by the officer. */
async function grantLoan(index: number): Promise<string> {
  const item = stations.codes[index] ?? ''
  const dueAt = new Date(Date.parse(stations.now()) + 86_400_000).toISOString()
  const deed = { command: 'borrow', items: [item], dueAt, purpose: 'APPRAISAL' }
  const { id } = await stations.post<{ id: string }>(OFFICER.id, '/api/approvals', { deed, reason: '送鉴定' })
  await stations.post('sun-bo', `/api/approvals/${id}/grant`, { opinion: '同意' })
  return item
}

const handled = async (): Promise<number> => {
  const found = await sql<{ n: number }>`select count(*) as n from station_readings where kind = 'badge'`.execute(
    stations.db,
  )
  return found.rows[0]?.n ?? 0
}

it('badge, PIN, confirm, next item: the same badge within the repeat window of its reader is taken for the next step', async () => {
  const [one, two] = [await grantLoan(4), await grantLoan(5)]
  await stations.signIn(screen)
  await stations.scan(screen, one)
  await stations.badge.present(OFFICER.badge)
  await screen.verdict('stations.pin')
  await screen.pin(OFFICER.pin)
  await screen.verdict('custody.borrower-signed')
  stations.scale.load(GOLD_MG)
  await screen.verdict('custody.weighed')
  await screen.send({ type: 'command', step: screen.session?.step ?? 0, word: 'CONFIRM' })
  await screen.verdict('custody.lent')
  await stations.scan(screen, two)
  // The clock alone: all that may have taken less than a hand needs.
  stations.pass(AGAIN_MS)
  await stations.badge.present(OFFICER.badge)
  await screen.verdict('stations.pin')
  expect(screen.session?.ask).toMatchObject({ kind: 'pin', who: { id: OFFICER.id } })
})

it('a badge that is shown again while the same is asked says nothing again, and one that lies there is one badge', async () => {
  const before = await handled()
  await stations.badge.present(CUSTODIAN.badge, { times: 4 })
  await screen.verdict('stations.pin')
  const { verdict, step } = screen.session ?? {}
  stations.pass(AGAIN_MS)
  await stations.badge.present(CUSTODIAN.badge)
  // Whatever is handled after it shows that it has had its turn.
  await screen.send({ type: 'scan', text: makeCommandCode('UNDO'), age_ms: 0 })
  await screen.verdict('stations.pin-wanted')
  expect(screen.session?.step).toBe(step)
  expect(verdict?.code).toBe('stations.pin')
  expect(await handled()).toBe(before + 1)
})

it('a badge that the scanner reads counts again for another step in the same way; any other code is one pull of the trigger', async () => {
  await stations.scan(screen, CUSTODIAN.badge)
  await screen.pin(CUSTODIAN.pin)
  await screen.verdict('stations.signed-in')
  await screen.send({ type: 'command', step: screen.session?.step ?? 0, word: 'LOCK' })
  await screen.verdict('stations.locked-now')
  stations.pass(AGAIN_MS)
  expect((await stations.scan(screen, CUSTODIAN.badge)).code).toBe('stations.resumed')
})
