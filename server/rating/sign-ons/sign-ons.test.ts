import { afterAll, beforeAll, expect, it, test } from 'vitest'
import type { Summary } from '../protocol.ts'
import { ballotOf, CLERK, HALL, MANAGER, OTHER_CLERK, TestHall } from '../testing.ts'
import { coveringSpan, spansOf } from './correction.ts'
import type { ShownSignOn, ShownSignOnCorrection } from './protocol.ts'

const MINUTE_MS = 60_000
const REASON = '交接时忘了换卡'

let hall: TestHall
beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
})
afterAll(() => hall.close())

const correct = (person: string, body: object) =>
  hall.post<{ correction: string }>(person, '/api/rating/sign-on-corrections', {
    counter: 'counter-1',
    clerk: OTHER_CLERK,
    reason: REASON,
    ...body,
  })
const corrections = async (person = MANAGER) =>
  (await hall.get<{ corrections: ShownSignOnCorrection[] }>(person, `/api/rating/sign-on-corrections?hall=${HALL}`))
    .body.corrections
const byClerk = async () =>
  (await hall.get<Summary>(MANAGER, `/api/rating/summary?hall=${HALL}`)).body.rows.map(({ id, issued, counted }) => [
    id,
    issued,
    counted,
  ])

it(
  'is recorded with its reason beside the counts; every vote stays with who was signed on',
  { timeout: 90_000 },
  async () => {
    await hall.signOn(CLERK, 'counter-1')
    const from = hall.now()
    for (let nth = 0; nth < 10; nth += 1) {
      hall.pass(MINUTE_MS)
      const { token } = await hall.served('counter-1')
      expect((await hall.vote(token, ballotOf(nth < 3 ? 1 : 5))).status).toBe(201)
    }
    hall.pass(MINUTE_MS)
    const until = hall.now()
    hall.pass(MINUTE_MS)
    await hall.signOn(OTHER_CLERK, 'counter-1')
    hall.pass(MINUTE_MS)
    const span = { from, until }

    expect(await correct(CLERK, span)).toMatchObject({ code: 'access.no-post' })
    expect(await correct(MANAGER, { ...span, counter: 'counter-9' })).toMatchObject({ code: 'rating.unknown-counter' })
    expect(await correct(MANAGER, { from: until, until: from })).toMatchObject({ code: 'rating.wrong-span' })
    expect(await correct(MANAGER, { from, until: '2030-01-01T00:00:00.000Z' })).toMatchObject({
      code: 'rating.wrong-span',
    })
    expect(await correct(MANAGER, { from, until: hall.now() })).toMatchObject({ code: 'rating.not-one-sign-on' })
    expect(await correct(MANAGER, { ...span, clerk: CLERK })).toMatchObject({ code: 'rating.same-clerk' })
    expect(await correct(MANAGER, { ...span, clerk: 'zhang-wei' })).toMatchObject({ code: 'rating.no-such-clerk' })
    expect(await corrections()).toEqual([])

    expect(await byClerk()).toEqual([[CLERK, 10, 0]])
    expect((await correct(MANAGER, span)).status).toBe(201)
    await hall.tally()
    // The votes of that time are counted for who was signed on, before and after.
    expect(await byClerk()).toEqual([[CLERK, 10, 10]])
    expect(await corrections()).toMatchObject([
      {
        ...{ counter: { id: 'counter-1', name: '1号窗口' }, from, until, services: 10, reason: REASON },
        ...{ recorded: { id: CLERK, name: '吴霞' }, clerk: { id: OTHER_CLERK }, by: { id: MANAGER } },
      },
    ])
    expect(await corrections('zhou-ping')).toHaveLength(1)

    const day = (await hall.get<{ signOns: ShownSignOn[] }>(MANAGER, `/api/rating/sign-ons?hall=${HALL}`)).body.signOns
    expect(day).toMatchObject([
      { counter: { id: 'counter-1' }, clerk: { id: CLERK }, from, services: 10 },
      { counter: { id: 'counter-1' }, clerk: { id: OTHER_CLERK }, until: null, services: 0 },
    ])
    for (const url of ['sign-ons', 'sign-on-corrections'])
      expect((await hall.get(CLERK, `/api/rating/${url}?hall=${HALL}`)).code, url).toBe('rating.not-for-you')
    // The register holds the reason sealed, and the tables follow from it.
    const entries = await hall.server.database.ownerDb
      .selectFrom('entries')
      .select('text')
      .where('type', '=', 'rating.sign-on-corrected')
      .execute()
    expect(entries).toHaveLength(1)
    expect(entries[0]?.text).not.toContain(REASON)
    expect(await hall.faults()).toEqual([])
  },
)

it(
  'is recorded of a time of which nothing is among the last of what the counter recorded',
  { timeout: 120_000 },
  async () => {
    await hall.signOn(CLERK, 'counter-2')
    const from = hall.now()
    hall.pass(MINUTE_MS)
    const until = hall.now()
    for (let nth = 0; nth < 201; nth += 1) {
      hall.pass(1_000)
      const type = nth % 2 === 0 ? 'rating.sign-off' : 'rating.sign-on'
      await hall.server.deps.act({ person: CLERK }, { type, counter: 'counter-2' }, { cause: `again ${nth}` })
    }
    expect((await correct(MANAGER, { counter: 'counter-2', from, until })).status).toBe(201)
    expect((await corrections())[0]).toMatchObject({
      counter: { id: 'counter-2' },
      recorded: { id: CLERK },
      services: 0,
    })
  },
)

test('a sign-on ends with the next one or with a sign-off, and covers only what lies within it', () => {
  const spans = spansOf([
    { type: 'rating.signed-on', at: '2026-03-02T01:00:00.000Z', clerk: 'a' },
    { type: 'rating.signed-on', at: '2026-03-02T03:00:00.000Z', clerk: 'b' },
    { type: 'rating.signed-off', at: '2026-03-02T04:00:00.000Z', clerk: 'b' },
    { type: 'rating.signed-on', at: '2026-03-02T05:00:00.000Z', clerk: 'a' },
  ])
  expect(spans.map(({ clerk, until }) => [clerk, until?.slice(11, 13) ?? null])).toEqual([
    ['a', '03'],
    ['b', '04'],
    ['a', null],
  ])
  const within = (from: string, until: string) =>
    coveringSpan(spans, { from: `2026-03-02T${from}:00.000Z`, until: `2026-03-02T${until}:00.000Z` })?.clerk ?? null
  expect([
    within('01:00', '03:00'),
    within('02:00', '03:30'),
    within('04:10', '04:20'),
    within('05:30', '09:00'),
  ]).toEqual(['a', null, null, 'a'])
})
