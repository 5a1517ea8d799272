import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Summary } from '../protocol.ts'
import { ballotOf, CLERK, HALL, MANAGER, OTHER_CLERK, TestHall } from '../testing.ts'
import { FIX_LIFE_MS } from './fix.ts'
import type { AnswerFigures, FixAsked } from './protocol.ts'

const SUPERVISOR = 'zhou-ping'
const CONTACT = '李先生 13800000000'

let hall: TestHall

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
})
afterAll(() => hall.close())

const step = (who: string, id: string, body: object) => hall.post(who, `/api/rating/follow-ups/${id}/step`, body)
const asks = (who: string, id: string) => hall.post<FixAsked>(who, `/api/rating/follow-ups/${id}/ask-fix`)
const figures = async () => (await hall.get<AnswerFigures>(MANAGER, `/api/rating/follow-ups/figures?hall=${HALL}`)).body
const tokenOf = ({ address }: FixAsked) => new URL(address).hash.slice(1)
const fix = (level: 1 | 2 | 3 | 4 | 5) => ({ ...ballotOf(level), questionnaire: 'answer@1' })

/** Somebody was served, and wants an answer. */
async function wanted(): Promise<{ id: string; token: string }> {
  const { service, token } = await hall.served('counter-1')
  const answer = await hall.server.app.inject({
    ...{ method: 'POST', url: '/api/rating/answers', payload: { token, contact: CONTACT, words: '材料' } },
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  expect(answer.statusCode).toBe(201)
  return { id: service, token }
}

/** And was given one by the other clerk. */
async function answered(): Promise<{ id: string; token: string }> {
  const one = await wanted()
  await hall.post(MANAGER, `/api/rating/follow-ups/${one.id}/assign`, { handler: OTHER_CLERK })
  await step(OTHER_CLERK, one.id, { step: 'call', reached: true, note: '已联系' })
  await step(OTHER_CLERK, one.id, { step: 'settle', how: 'rectified', note: '已补办' })
  expect((await step(OTHER_CLERK, one.id, { step: 'feed-back', note: '已告知' })).status).toBe(200)
  return one
}

describe('what a rater thinks of the answer', () => {
  it('is asked after it was given, by neither who gave it nor who was rated, and every asking stands in the register', async () => {
    const early = await wanted()
    expect(await asks(MANAGER, early.id)).toMatchObject({ status: 409, code: 'rating.follow-up-elsewhere' })
    const { id } = await answered()
    expect(await asks(OTHER_CLERK, id)).toMatchObject({ status: 403 })
    expect(await asks(CLERK, id)).toMatchObject({ status: 403 })
    const asked = await asks(MANAGER, id)
    expect(asked.body).toMatchObject({ contact: CONTACT })
    const again = await asks(SUPERVISOR, id)
    expect(again.body).toEqual(asked.body)
    const { rows } = await hall.server.deps.db
      .selectFrom('entries' as 'rating_used')
      .selectAll()
      .execute()
      .then((all) => ({ rows: all.map((one) => JSON.stringify(one)).filter((one) => one.includes('fix-asked')) }))
    expect(rows).toHaveLength(2)
    expect(rows.join()).not.toMatch(/13800000000/)
  })

  it('is said once, within its time, by a right that is not the one to the first vote', async () => {
    const { id, token: first } = await answered()
    const { body } = await asks(MANAGER, id)
    const token = tokenOf(body)
    expect(token).not.toBe(first)
    const questions = await hall.server.app.inject({
      ...{ method: 'POST', url: '/api/rating/questions', payload: { token } },
      headers: { 'idempotency-key': crypto.randomUUID() },
    })
    expect(questions.json()).toMatchObject({ id: 'answer@1', about: 'answer', asksContact: false })
    expect((await hall.vote(first, ballotOf(1))).status).toBe(201)
    expect((await hall.vote(token, fix(5))).status).toBe(201)
    expect(await hall.vote(token, fix(1))).toMatchObject({ status: 409, code: 'rating.vote-used' })
    const late = await answered()
    const lateToken = tokenOf((await asks(MANAGER, late.id)).body)
    const never = await answered()
    expect(await hall.vote(lateToken.replace(late.id, never.id), fix(5))).toMatchObject({ code: 'rating.wrong-token' })
    hall.pass(FIX_LIFE_MS)
    expect(await hall.vote(lateToken, fix(5))).toMatchObject({ code: 'rating.vote-over' })
    expect(await asks(MANAGER, late.id)).toMatchObject({ status: 409, code: 'rating.fix-over' })
  })

  it('lies sealed in one group of the hall, of whose row nothing leads to the first vote', async () => {
    const db = hall.server.database.ownerDb
    const ballots = await db.selectFrom('rating_ballots').selectAll().execute()
    const [mine, theirs] = [
      ballots.filter(({ grp }) => grp.startsWith('answers.')),
      ballots.filter(({ grp }) => grp.startsWith(`${HALL}/`)),
    ]
    expect([mine.length, theirs.length]).toEqual([1, 1])
    expect(mine[0]?.grp).toBe(`answers.${HALL}/all/all/all/answer@1`)
    expect(mine[0]?.sealed).toHaveLength(theirs[0]?.sealed.length ?? 0)
    const shown = JSON.stringify([
      (await hall.get(MANAGER, '/api/rating/follow-ups')).body,
      await db.selectFrom('rating_follow_ups').select('state').execute(),
    ])
    expect(shown).not.toMatch(/"used"|"level"|"rated"/)
  })

  it('is counted with nine others or more, apart from the votes on services, and every one is accounted for', async () => {
    const levels = [5, 4, 4, 3, 5, 1, 5, 2, 5] as const
    const before = (await hall.get<Summary>(MANAGER, `/api/rating/summary?hall=${HALL}`)).body.total
    for (const level of levels.slice(0, -1)) {
      const { id } = await answered()
      expect((await hall.vote(tokenOf((await asks(MANAGER, id)).body), fix(level))).status).toBe(201)
    }
    expect(await hall.tally()).toMatchObject({ batches: 0, account: { balanced: true } })
    expect((await figures()).fixSatisfied).toBeNull()
    const { id } = await answered()
    await step(MANAGER, id, { step: 'close' })
    expect((await hall.vote(tokenOf((await asks(MANAGER, id)).body), fix(5))).status).toBe(201)
    expect(await hall.tally()).toMatchObject({ batches: 1, ballots: 10, account: { balanced: true } })
    hall.pass(FIX_LIFE_MS)
    const told = await figures()
    expect(told).toMatchObject({ fixSatisfied: { good: 8, n: 10 }, closed: 1, putRight: told.called })
    expect(told.called).toBeLessThan(told.asked)
    const after = (await hall.get<Summary>(MANAGER, `/api/rating/summary?hall=${HALL}`)).body.total
    expect(after).toMatchObject({ counted: before.counted, waiting: before.waiting })
    expect(await hall.get(CLERK, `/api/rating/follow-ups/figures?hall=${HALL}`)).toMatchObject({
      code: 'rating.not-for-you',
    })
  })
})
