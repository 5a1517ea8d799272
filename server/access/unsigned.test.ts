import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type ActivityLog, openActivityLog } from '../ledger/activity.ts'
import { testServer, type TestServer } from '../testing.ts'
import { openUnsignedLog, RECORDS_A_WINDOW, RECORDS_AN_ADDRESS } from './unsigned.ts'

let server: TestServer
let activity: ActivityLog

beforeAll(async () => {
  server = await testServer()
  activity = openActivityLog(server.deps.db)
})
afterAll(async () => {
  await activity.close()
  await server.close()
})

let known = 0
async function written(): Promise<{ about: string; outcome: string; person: string | null }[]> {
  const found = await sql<{ text: string }>`select text from activity where seq > ${known} order by seq`.execute(
    server.deps.db,
  )
  return found.rows.map(({ text }) => JSON.parse(text) as { about: string; outcome: string; person: string | null })
}
afterEach(async () => {
  known += (await written()).length
})

const record = { at: '2026-03-02T01:00:00.000Z', kind: 'refusal', person: null, station: null } as const
const open = () => openUnsignedLog(activity, () => record.at)

it('an attack from one address is written one by one, then counted, and never grows with what is sent', async () => {
  const unsigned = open()
  for (let index = 0; index < 500; index += 1)
    await unsigned.record('10.5.0.1', { ...record, about: 'POST /api/session', outcome: 'access.wrong-secret' })
  await unsigned.record('10.5.0.2', { ...record, about: 'GET /api/cases', outcome: 'access.not-signed-in' })
  await unsigned.close()
  const lines = await written()
  expect(lines).toHaveLength(RECORDS_AN_ADDRESS + 2)
  expect(lines.filter(({ about }) => about === 'GET /api/cases')).toHaveLength(1)
  expect(lines.at(-1)).toMatchObject({ about: `10.5.0.1 × ${500 - RECORDS_AN_ADDRESS}`, outcome: 'access.flood' })
})

it('from more addresses than anybody can count, within one bound, and all of it is in the sum', async () => {
  const unsigned = open()
  const sent = 3_000
  for (let index = 0; index < sent; index += 1)
    await unsigned.record(`10.6.${index >> 8}.${index & 255}`, { ...record, about: 'GET /', outcome: 'access.no-post' })
  await unsigned.close()
  const lines = await written()
  const counted = lines
    .filter(({ outcome }) => outcome === 'access.flood')
    .map(({ about }) => Number(/ × (\d+)$/.exec(about)?.[1]))
  expect(lines.length - counted.length).toBe(RECORDS_A_WINDOW)
  expect(counted.length).toBeLessThanOrEqual(33)
  expect(counted.reduce((total, one) => total + one, 0)).toBe(sent - RECORDS_A_WINDOW)
})

it('the count is written when its time is over, without anybody coming again', async () => {
  const unsigned = openUnsignedLog(activity, () => record.at, 20)
  await Promise.all(
    Array.from({ length: RECORDS_AN_ADDRESS + 5 }, () =>
      unsigned.record('10.7.0.1', { ...record, about: 'GET /', outcome: 'access.no-post' }),
    ),
  )
  await expect.poll(async () => (await written()).filter(({ outcome }) => outcome === 'access.flood')).not.toEqual([])
  await unsigned.close()
  const counts = (await written()).map(({ about }) => / × (\d+)$/.exec(about)?.[1]).filter((one) => one !== undefined)
  expect(counts.reduce((total, one) => total + Number(one), 0)).toBe(5)
})

it('the server counts what comes without a session, and writes each refusal of who is signed in', async () => {
  const send = (headers: Record<string, string>) =>
    server.app.inject({ url: '/api/people', remoteAddress: '10.8.0.1', headers })
  for (let index = 0; index < RECORDS_AN_ADDRESS + 30; index += 1) await send({})
  for (let index = 0; index < RECORDS_AN_ADDRESS + 30; index += 1)
    await server.as('chen-jing', { url: '/api/proposals' })
  await expect
    .poll(async () => (await written()).filter(({ person }) => person === 'chen-jing').length)
    .toBeGreaterThanOrEqual(RECORDS_AN_ADDRESS + 30)
  const unnamed = async () =>
    (await written()).filter(({ person, about }) => person === null && about === 'GET /api/people')
  // Written in the order they came: those of who is signed in came last, and are there.
  expect(await unnamed()).toHaveLength(RECORDS_AN_ADDRESS)
})
