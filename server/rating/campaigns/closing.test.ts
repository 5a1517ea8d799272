import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sealBallot } from '../../../devices/ballot/seal.ts'
import { ballotOf, TestHall } from '../testing.ts'
import { codesOf } from './codes.ts'

/** Many vote while somebody ends the campaign and the tally runs at once: each vote is counted or refused, none is lost, none comes after. */

const [SUPERVISOR, LEADER] = ['zhou-ping', 'sun-bo'] as const
const DEPARTMENTS = ['dept-1', 'dept-2'] as const
const CODES = 90
/** Are on their way before anybody ends it. */
const AHEAD = 40
/** So many of them have been taken when it is ended. */
const TAKEN = 20
/** Are let in, and held where they are to be written. */
const HELD = 3

let hall: TestHall
let payloadOf: (code: string) => object

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  const { id: key, publicKey } = await hall.key()
  const sealTo = Buffer.from(publicKey, 'base64')
  payloadOf = (code) => ({
    ...{ code, key },
    ballots: DEPARTMENTS.map((department) => {
      const sealed = sealBallot(ballotOf(4, { questionnaire: 'conduct@1' }), sealTo)
      return { department, ballot: Buffer.from(sealed).toString('base64') }
    }),
  })
})
afterAll(() => hall.close())

async function runningCampaign(): Promise<{ campaign: string; codes: string[] }> {
  const content = {
    ...{ title: '评议', from: '2026-03-02', to: '2026-03-04', questionnaire: 'conduct@1', departments: DEPARTMENTS },
    groups: [{ name: '服务对象', target: 12, weight: null }],
  }
  const written = { unit: 'organ', content }
  const { campaign } = (await hall.post<{ campaign: string }>(SUPERVISOR, '/api/rating/campaigns', written)).body
  expect((await hall.post(LEADER, `/api/rating/campaigns/${campaign}/decide`, { what: 'open' })).status).toBe(200)
  const seed = randomBytes(32).toString('hex')
  const issue = { group: 'g1', count: CODES, seed }
  expect((await hall.post(SUPERVISOR, `/api/rating/campaigns/${campaign}/issues`, issue)).status).toBe(201)
  return { campaign, codes: codesOf(seed, CODES) }
}

/** What became of a vote: taken, or the code of the refusal. */
async function cast(code: string): Promise<string> {
  const answer = await hall.server.app.inject({
    ...{ method: 'POST', url: '/api/rating/ballot-papers', payload: payloadOf(code) },
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  return answer.statusCode === 201 ? 'taken' : (answer.json<{ code?: string }>().code ?? String(answer.statusCode))
}

async function usedCodes(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from rating_papers_used`.execute(
    hall.server.database.ownerDb,
  )
  return rows[0]?.n ?? 0
}

it('counts every vote that was taken, and takes none once it was ended', { timeout: 120_000 }, async () => {
  const { campaign, codes } = await runningCampaign()
  let taken = 0
  let enough: () => void = () => undefined
  const some = new Promise<void>((resolve) => (enough = resolve))
  const vote = async (code: string): Promise<string> => {
    let outcome = await cast(code)
    // Who is told that too many are asking asks again; nothing was written.
    while (outcome === 'server.busy') outcome = await cast(code)
    if (outcome === 'taken') taken += 1
    if (taken >= TAKEN) enough()
    return outcome
  }
  const ahead = codes.slice(0, AHEAD).map(vote)
  await some
  const ending = hall.post(LEADER, `/api/rating/campaigns/${campaign}/decide`, { what: 'close' }).then((answer) => {
    expect(answer.status).toBe(200)
    return hall.tally()
  })
  const [tallied, ...outcomes] = await Promise.all([ending, ...ahead, ...codes.slice(AHEAD, CODES - 1).map(vote)])
  expect(await vote(codes.at(-1) ?? '')).toBe('rating.campaign-not-running')

  const refused = outcomes.filter((one) => one !== 'taken')
  expect(refused).toEqual(refused.map(() => 'rating.campaign-not-running'))
  expect(outcomes.length - refused.length).toBe(taken)
  expect(await usedCodes()).toBe(taken)
  // What the tally found right after the end is all there is: nothing came behind it.
  expect(tallied.ballots).toBe(taken * DEPARTMENTS.length)
  expect(await hall.waiting()).toBe(0)
  expect(tallied.account).toMatchObject({ balanced: true, waiting: 0 })
})

/** How many wait for a lock that somebody else has. */
async function held(): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(distinct pid)::int as n from pg_locks where not granted`.execute(hall.server.database.ownerDb)
  return rows[0]?.n ?? 0
}

it(
  'is ended behind the votes that were let in before, however slowly they are written',
  { timeout: 60_000 },
  async () => {
    const { campaign, codes } = await runningCampaign()
    const [before, slow] = [await hall.waiting(), codes.slice(0, HELD)]
    let letGo: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (letGo = resolve))
    let shut: () => void = () => undefined
    const isShut = new Promise<void>((resolve) => (shut = resolve))
    const keeper = hall.server.database.ownerDb.transaction().execute(async (trx) => {
      await sql`lock table rating_papers_used in share row exclusive mode`.execute(trx)
      shut()
      await gate
    })
    await isShut
    // Each was found to be in time, and is held where it is to be written.
    const votes = slow.map(cast)
    await expect.poll(held, { timeout: 10_000 }).toBe(HELD)
    let isEnded = false
    const ending = hall.post(LEADER, `/api/rating/campaigns/${campaign}/decide`, { what: 'close' }).finally(() => {
      isEnded = true
    })
    await expect.poll(async () => isEnded || (await held()) > HELD, { timeout: 10_000 }).toBe(true)
    const endedFirst = isEnded
    letGo()
    await keeper
    expect(await Promise.all(votes)).toEqual(slow.map(() => 'taken'))
    expect((await ending).status).toBe(200)
    expect(endedFirst).toBe(false)
    expect(await cast(codes[HELD] ?? '')).toBe('rating.campaign-not-running')
    expect(await hall.waiting()).toBe(before + HELD * DEPARTMENTS.length)
    expect((await hall.tally()).account).toMatchObject({ balanced: true })
  },
)
