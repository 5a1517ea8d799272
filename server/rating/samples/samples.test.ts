import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { drawItems } from '../../draw.ts'
import { CLERK, HALL, MANAGER, TestHall } from '../testing.ts'
import type { SampledService, SampleResults, ShownSampling } from './protocol.ts'

const SUPERVISOR = 'zhou-ping'
const SERVICES = 14
const SIZE = 12

let hall: TestHall
let sample = ''

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
  for (let nth = 0; nth < SERVICES; nth += 1) await hall.served('counter-1', { number: `B-${100 + nth}` })
  // Nobody can be reached about a service without a number.
  await hall.served('counter-1')
}, 120_000)
afterAll(() => hall.close())

const order = (person: string, more: object = {}) =>
  hall.post<{ sample: string }>(person, '/api/rating/samples', {
    ...{ hall: HALL, from: '2026-03-01', to: '2026-03-02', size: SIZE, quota: 10, ...more },
  })
const shown = async () =>
  (await hall.get<{ samples: ShownSampling[] }>(SUPERVISOR, `/api/rating/samples?hall=${HALL}`)).body.samples[0]
const draw = (person: string) => hall.post(person, `/api/rating/samples/${sample}/draw`)
const services = async () =>
  (await hall.get<{ services: SampledService[] }>(SUPERVISOR, `/api/rating/samples/${sample}/services`)).body.services
const call = (service: string, outcome: string, said: object | null = null) =>
  hall.post(SUPERVISOR, `/api/rating/samples/${sample}/calls`, { service, outcome, said })
const results = () => hall.get<SampleResults & { code: string }>(SUPERVISOR, `/api/rating/samples/${sample}/results`)

it('is drawn by lot after the hash of its seed stands in the register, so that anybody can draw it again', async () => {
  expect(await order(MANAGER)).toMatchObject({ status: 403, code: 'access.no-post' })
  expect(await hall.get(MANAGER, `/api/rating/samples?hall=${HALL}`)).toMatchObject({ code: 'rating.not-for-you' })
  expect(await order(SUPERVISOR, { size: SERVICES + 1 })).toMatchObject({ code: 'rating.sample-few' })
  expect(await order(SUPERVISOR, { quota: SIZE + 1 })).toMatchObject({ code: 'rating.sample-quota' })
  expect(await order(SUPERVISOR, { to: '2026-03-03' })).toMatchObject({ code: 'rating.days-not-over' })
  sample = (await order(SUPERVISOR)).body.sample
  const before = await shown()
  expect(before).toMatchObject({ population: SERVICES, size: SIZE, drawn: null, open: SIZE })
  expect(await services()).toEqual([])

  expect((await draw(SUPERVISOR)).status).toBe(200)
  expect(await draw(SUPERVISOR)).toMatchObject({ code: 'rating.sample-drawn' })
  const seed = (await shown())?.drawn?.seed ?? ''
  expect(createHash('sha256').update(seed, 'utf8').digest('hex')).toBe(before?.seedHash)
  const { rows } = {
    rows: await hall.server.deps.db
      .selectFrom('rating_services')
      .select('id')
      .where('number', 'is not', null)
      .execute(),
  }
  const again = drawItems(
    rows.map(({ id }) => id),
    { seed, orderHash: before?.ordered.hash ?? '', size: SIZE },
  )
  expect((await services()).map(({ service }) => service)).toEqual(again)
})

it('is called by supervisors, thrice at most; answers are sums once all were called', { timeout: 60_000 }, async () => {
  const all = await services()
  const said = (level: number) => ({ level, toldAtOnce: level > 2, clean: null })
  const [first, second, ...others] = all.map(({ service }) => service)
  expect(await call(crypto.randomUUID(), 'unreached')).toMatchObject({ code: 'rating.sample-not-in-it' })
  expect(await call(first ?? '', 'answered')).toMatchObject({ code: 'rating.sample-said' })
  expect(await call(first ?? '', 'declined', said(5))).toMatchObject({ code: 'rating.sample-said' })
  for (let nth = 0; nth < 3; nth += 1) expect((await call(first ?? '', 'unreached')).status).toBe(200)
  expect(await call(first ?? '', 'unreached')).toMatchObject({ code: 'rating.sample-called' })
  await call(second ?? '', 'declined')
  expect(await call(second ?? '', 'answered', said(5))).toMatchObject({ code: 'rating.sample-called' })
  for (const [nth, service] of others.entries()) {
    expect((await results()).body.code).toBe('rating.sample-open')
    expect((await call(service, 'answered', said(nth === 0 ? 1 : 4))).status).toBe(200)
  }
  expect(await shown()).toMatchObject({ answered: 10, declined: 1, unreached: 1, open: 0 })
  expect((await results()).body).toMatchObject({
    ...{ answered: 10, satisfied: { good: 9, n: 10 }, toldAtOnce: { good: 9, n: 10 }, clean: null },
  })
  const texts = await hall.server.database.ownerDb.selectFrom('entries').select('text').execute()
  expect(JSON.stringify(texts)).not.toContain('toldAtOnce')
  expect(await hall.faults()).toEqual([])
})
