import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signatureOf } from '../../testing.ts'
import { VOTE_LIFE_MS } from '../services.ts'
import { CLERK, MANAGER, TestHall } from '../testing.ts'
import type { Maintenance } from './protocol.ts'
import { MAINTENANCE_MS } from './store.ts'

const URL = '/api/stations/counter-1/rating/maintenance'
const TECHNICIAN = 'xu-system'
const PATIENCE = { timeout: 60_000 }
let hall: TestHall
let cookies: Record<string, string>

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
  const made = await hall.post<{ code: string }>(TECHNICIAN, '/api/stations/counter-1/code')
  const opened = await hall.server.app.inject({
    ...{ method: 'POST', url: '/api/stations/counter-1/screen', payload: { code: made.body.code } },
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  cookies = Object.fromEntries(opened.cookies.map(({ name, value }) => [name, value]))
})
afterAll(() => hall.close())

async function ask<T = { code?: string }>(
  method: 'GET' | 'POST' | 'DELETE',
  payload?: object,
  as = cookies,
): Promise<T> {
  const answer = await hall.server.app.inject({
    ...{ method, url: URL, cookies: as },
    ...(payload === undefined ? {} : { payload }),
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  return answer.json<T>()
}

/** What the activity log holds of maintenance, in order. */
async function written(): Promise<string[]> {
  const { rows } = await sql<{ said: string }>`
    select concat_ws(' ', text::jsonb ->> 'kind', text::jsonb ->> 'person', text::jsonb ->> 'outcome') as said
    from activity where text::jsonb ->> 'about' = 'maintenance' order by seq
  `.execute(hall.server.database.ownerDb)
  return rows.map(({ said }) => said)
}

it('opens to the badge and PIN of a system administrator, at a screen of the counter, and to nobody else', async () => {
  expect(await ask('POST', signatureOf(TECHNICIAN), {})).toMatchObject({ code: 'stations.not-a-screen' })
  expect(await ask('GET')).toMatchObject({ code: 'rating.not-maintained' })
  expect(await ask('POST', signatureOf(MANAGER))).toMatchObject({ code: 'rating.not-a-technician' })
  expect(await written()).toEqual([`sign-in ${MANAGER} rating.not-a-technician`])
  const { badge, pin } = signatureOf(TECHNICIAN)
  const wrong = { badge, pin: `${pin}0` }
  const codes = new Set<unknown>()
  for (let times = 0; times < 5; times += 1) codes.add((await ask('POST', wrong)).code)
  // Locked as at a bench: the right one is not heard any more.
  codes.add((await ask('POST', { badge, pin })).code)
  expect(codes).toEqual(new Set(['access.wrong-secret', 'access.locked-out']))
})

it(
  'a test press is no vote: none is offered meanwhile, and it waits until one that is open is over',
  { timeout: 180_000 },
  async () => {
    await sql`delete from sign_in_tries`.execute(hall.server.database.ownerDb)
    await hall.served('counter-1')
    expect(await ask('POST', signatureOf(TECHNICIAN))).toMatchObject({ code: 'rating.vote-is-open' })
    hall.pass(VOTE_LIFE_MS)
    expect(await ask('POST', signatureOf(TECHNICIAN))).toEqual({ done: true })
    const look = async (): Promise<Maintenance> => ask<Maintenance>('GET')
    const pad = async () => (await look()).devices.find(({ kind }) => kind === 'keypad')
    expect(await look()).toMatchObject({ ready: true, agents: [], ballots: 0, left_ms: MAINTENANCE_MS })
    await expect.poll(async () => (await pad())?.state, PATIENCE).toBe('ready')

    const [votes, heard] = [await hall.used(), (await pad())?.heard ?? 0]
    const opened = await hall.post<{ service: string }>(MANAGER, '/api/rating/services', { counter: 'counter-1' })
    const invited = await hall.post(MANAGER, `/api/rating/services/${opened.body.service}/invite`)
    expect(invited.code).toBe('rating.in-maintenance')
    await hall.pads.press(1, 3)
    await expect.poll(async () => (await pad())?.heard ?? 0, PATIENCE).toBeGreaterThan(heard)
    expect(await hall.used()).toBe(votes)
    // Nor is it held against anybody.
    const { rows } = await sql`select kind from rating_flags`.execute(hall.server.database.ownerDb)
    expect(rows).toEqual([])

    expect(await ask('DELETE')).toEqual({ done: true })
    expect((await hall.post(MANAGER, `/api/rating/services/${opened.body.service}/invite`)).status).toBe(200)
    expect((await written()).slice(-2)).toEqual([`sign-in ${TECHNICIAN} ok`, `sign-out ${TECHNICIAN} ok`])
  },
)

it('is over by itself after its time', async () => {
  hall.pass(VOTE_LIFE_MS)
  expect(await ask('POST', signatureOf(TECHNICIAN))).toEqual({ done: true })
  hall.pass(MAINTENANCE_MS)
  expect(await ask('GET')).toMatchObject({ code: 'rating.not-maintained' })
  await hall.served('counter-1')
  expect(await ask('POST', signatureOf(TECHNICIAN))).toMatchObject({ code: 'rating.vote-is-open' })
})
