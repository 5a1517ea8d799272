import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Command, SYSTEM } from '../../module.ts'
import type { Counts } from '../counts.ts'
import { VOTE_LIFE_MS } from '../services.ts'
import { sumServiceDays } from '../seeing/service-days.ts'
import { ballotOf, CLERK, HALL, MANAGER, TestHall } from '../testing.ts'
import type { Tree } from './protocol.ts'

const DAY_MS = 86_400_000
const SUPERVISOR = 'zhou-ping'
let hall: TestHall

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
})
afterAll(() => hall.close())

const does = (command: object) =>
  hall.server.deps.act({ person: SYSTEM }, command as Command, { cause: crypto.randomUUID(), at: hall.now() })
const look = async (person: string, more = '') =>
  (await hall.get<Tree>(person, `/api/rating/tree?from=2026-02-20&to=2026-03-20${more}`)).body

/** What the tally would have written. */
async function counted(day: string, bad: number): Promise<void> {
  const counts: Counts = {
    v: 1,
    overall: { 1: bad, 2: 0, 3: 0, 4: 0, 5: 20 - bad },
    answers: {},
    reasons: {},
    unread: 0,
  }
  await hall.tallyDb
    .insertInto('rating_batches')
    .values({
      ...{ id: crypto.randomUUID(), grp: `${HALL}/counter-1/${CLERK}/general/hall-service@1`, form: 'full', n: 20 },
      ...{ day, counts: JSON.stringify(counts) },
    })
    .execute()
}

it('counts a hall that moved under each unit on the days it stood there', { timeout: 60_000 }, async () => {
  for (const unit of ['county-1', 'county-2'])
    await does({ type: 'org.add-unit', unit, name: unit, kind: 'organ', parent: 'organ' })
  const move = (person: string, unit: string, parent: string) => hall.post(person, '/api/units/move', { unit, parent })
  expect(await move(MANAGER, HALL, 'county-1')).toMatchObject({ code: 'access.no-post' })
  expect(await move('xu-system', 'organ', 'county-1')).toMatchObject({ code: 'org.unit-root' })
  expect((await move('xu-system', HALL, 'county-1')).status).toBe(201)
  expect(await move('xu-system', 'county-1', HALL)).toMatchObject({ code: 'org.unit-below' })
  await counted('2026-03-01', 4)
  await counted('2026-03-02', 2)
  await counted('2026-03-06', 0)
  hall.pass(3 * DAY_MS)
  expect((await move('xu-system', HALL, 'county-2')).status).toBe(201)

  const top = await look(SUPERVISOR)
  expect(top.unit).toMatchObject({ id: 'organ', halls: 1, satisfied: { good: 54, n: 60 }, moved: false })
  expect(top.lines.map(({ id, satisfied, moved }) => [id, satisfied?.n ?? null, moved])).toEqual([
    ['county-1', 20, true],
    ['county-2', 20, true],
    [HALL, 20, true],
  ])
  expect((await look(SUPERVISOR, '&unit=county-2')).lines).toMatchObject([{ id: HALL, satisfied: { good: 20, n: 20 } }])
  expect((await look(SUPERVISOR, `&unit=${HALL}`)).above.map(({ id }) => id)).toEqual(['organ', 'county-2'])
})

it('is for supervisors, and for the head of a unit what is below it', async () => {
  expect((await look(MANAGER)).unit.id).toBe(HALL)
  for (const [person, unit] of [
    [MANAGER, 'county-2'],
    [CLERK, HALL],
    [SUPERVISOR, 'nowhere'],
  ] as const)
    expect(await look(person, `&unit=${unit}`), person).toMatchObject({ code: 'rating.not-for-you' })
})

it(
  'sums services by day once they are over, and a ballot that comes later is one more',
  { timeout: 60_000 },
  async () => {
    const rows = () =>
      hall.server.deps.db
        .selectFrom('rating_service_days')
        .select(['asked', 'rated', 'services'])
        .orderBy('asked')
        .execute()
    await does({ type: 'rating.open-service', counter: 'counter-1', by: 'program' })
    const services = await hall.servedMany('counter-1', 12)
    // Nobody asked who came last, and nobody was served there since.
    await does({ type: 'rating.open-service', counter: 'counter-1', by: 'program' })
    const { id, publicKey } = await hall.key()
    const { sealBallot } = await import('../../../devices/ballot/seal.ts')
    const { castBallot } = await import('../cast.ts')
    const cast = (service: string, at: string | null) =>
      castBallot(
        hall.server.deps.db,
        { service, form: 'full', key: id, sealed: sealBallot(ballotOf(5), Buffer.from(publicKey, 'base64')) },
        at,
      )
    for (const service of services.slice(0, 10)) await cast(service, hall.now())
    const { db } = hall.server.deps
    hall.pass(VOTE_LIFE_MS)
    await sumServiceDays(db, [HALL], hall.now())
    expect(await rows()).toEqual([])
    hall.pass(2 * DAY_MS)
    await sumServiceDays(db, [HALL], hall.now())
    const unasked = { asked: 0, rated: 0, services: 2 }
    expect(await rows()).toEqual([unasked, { asked: 12, rated: 10, services: 12 }])
    await cast(services[10] ?? '', null)
    await sumServiceDays(db, [HALL], hall.now())
    expect(await rows()).toEqual([unasked, { asked: 12, rated: 11, services: 12 }])
    expect((await look(SUPERVISOR)).unit.response).toEqual({ asked: 12, rated: 11 })
    expect((await hall.get<{ response: object }>(MANAGER, `/api/rating/dashboard?hall=${HALL}`)).body.response).toEqual(
      {
        asked: 12,
        rated: 11,
      },
    )
  },
)
