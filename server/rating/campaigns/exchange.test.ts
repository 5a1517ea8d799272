import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sealBallot } from '../../../devices/ballot/seal.ts'
import { ballotOf, TestHall } from '../testing.ts'
import { codesOf } from './codes.ts'
import type { ShownCampaign } from './protocol.ts'

/** A voter who holds a code and takes a paper as well counts once, whichever came first. */

const [SUPERVISOR, LEADER, FIRST, SECOND] = ['zhou-ping', 'sun-bo', 'chen-jing', 'liu-yang'] as const
const DEPARTMENT = 'dept-1'
const LEAST = 10
const SEED = randomBytes(32).toString('hex')
const CODES = codesOf(SEED, 30)

let hall: TestHall
let campaign: string

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  const group = { name: '服务对象', target: 30, weight: null }
  const content = {
    ...{ title: '评议', from: '2026-03-02', to: '2026-03-04', questionnaire: 'conduct@1', onPaper: true },
    ...{ departments: [DEPARTMENT], groups: [group, { ...group, name: '群众代表' }] },
  }
  const written = await hall.post<{ campaign: string }>(SUPERVISOR, '/api/rating/campaigns', { unit: 'organ', content })
  campaign = written.body.campaign
  await hall.post(LEADER, `/api/rating/campaigns/${campaign}/decide`, { what: 'open' })
  expect((await issue('g1', CODES.length, SEED)).status).toBe(201)
}, 120_000)
afterAll(() => hall.close())

const issue = (group: string, count: number, seed = randomBytes(32).toString('hex')) =>
  hall.post(SUPERVISOR, `/api/rating/campaigns/${campaign}/issues`, { group, count, seed })
const exchange = (codes: readonly string[], key?: string, person: string = SUPERVISOR) =>
  hall.post(person, `/api/rating/campaigns/${campaign}/exchange`, { codes }, key)
const openBox = (group: string, sheets: number) =>
  hall.post(SUPERVISOR, '/api/rating/paper-boxes', { campaign, group, sheets, typists: [FIRST, SECOND] })
const shown = async () =>
  (await hall.get<{ campaigns: ShownCampaign[] }>(SUPERVISOR, '/api/rating/campaigns')).body.campaigns[0]

async function vote(code: string): Promise<{ status: number; code?: string }> {
  const { id: key, publicKey } = await hall.key()
  const sealed = sealBallot(ballotOf(3, { questionnaire: 'conduct@1' }), Buffer.from(publicKey, 'base64'))
  const ballots = [{ department: DEPARTMENT, ballot: Buffer.from(sealed).toString('base64') }]
  const answer = await hall.server.app.inject({
    ...{ method: 'POST', url: '/api/rating/ballot-papers', payload: { code, key, ballots } },
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  return { status: answer.statusCode, ...answer.json<{ code?: string }>() }
}

const used = (status: number) => expect.objectContaining({ status, code: 'rating.paper-used' }) as object
const givenUp = (status: number) => expect.objectContaining({ status, code: 'rating.codes-used' }) as object
const refused = async (codes: readonly string[]) => {
  const answer = await hall.post<{ code: string; values: { placesEn: string } }>(
    ...([SUPERVISOR, `/api/rating/campaigns/${campaign}/exchange`, { codes }] as const),
  )
  return [answer.body.code, answer.body.values.placesEn]
}

describe('a code and a paper', () => {
  it('are one vote: who gave his code up for a paper votes with it no more, and who has voted gets no paper', async () => {
    const [first = '', second = ''] = CODES
    expect(await exchange([first])).toMatchObject({ status: 200 })
    expect(await vote(first)).toEqual(used(409))
    expect(await vote(second)).toMatchObject({ status: 201 })
    expect(await exchange([second])).toEqual(givenUp(409))
    expect(await exchange([first])).toEqual(givenUp(409))
    expect((await shown())?.groups[0]).toMatchObject({ issued: CODES.length - 1, exchanged: 1, used: 1 })
  })

  it('of both at once one is refused, every time', async () => {
    for (const code of CODES.slice(2, 8)) {
      const both = await Promise.all([vote(code), exchange([code])])
      expect(both.filter(({ status }) => status < 300)).toHaveLength(1)
      expect([used(409), givenUp(409)]).toContainEqual(both.find(({ status }) => status === 409))
    }
    const [code = ''] = CODES.slice(8)
    const twice = await Promise.all([exchange([code]), exchange([code])])
    expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  it('that was given up in an answer that was lost is given up once; other codes under the same key are refused', async () => {
    const [one = '', other = ''] = CODES.slice(9)
    expect((await exchange([one], 'swap')).status).toBe(200)
    expect((await exchange([one.toLowerCase()], 'swap')).status).toBe(200)
    expect(await exchange([other], 'swap')).toMatchObject({ code: 'request.key-reused' })
    // Of several none is given up where one is none, was used, or stands there twice.
    expect(await refused([other, 'AAAA-AAAA-AAAA-AAAA', 'nonsense'])).toEqual(['rating.codes-wrong', '2, 3'])
    expect(await refused([other, one])).toEqual(['rating.codes-used', '2'])
    expect(await refused([other, other])).toEqual(['rating.codes-wrong', '2'])
    expect(await refused([other, other.toLowerCase()])).toEqual(['rating.codes-wrong', '2'])
    expect((await exchange([other], undefined, LEADER)).status).toBe(403)
    expect(await vote(other)).toMatchObject({ status: 201 })
  })

  it('of a code that was voided its place is told, like that of one that never was', async () => {
    const seed = randomBytes(32).toString('hex')
    const made = await hall.post<{ issue: string }>(
      ...([SUPERVISOR, `/api/rating/campaigns/${campaign}/issues`, { group: 'g1', count: 2, seed }] as const),
    )
    const [voided = ''] = codesOf(seed, 2)
    const path = `/api/rating/campaigns/${campaign}/issues/${made.body.issue}/void`
    expect((await hall.post(SUPERVISOR, path, {})).status).toBeLessThan(300)
    expect(await refused([CODES[10] ?? '', voided])).toEqual(['rating.codes-wrong', '2'])
  })

  it('no more sheets are in boxes than codes were given up; a group without codes votes on paper alone', async () => {
    const before = (await shown())?.groups[0]?.exchanged ?? 0
    expect(before).toBeLessThan(LEAST)
    expect(await openBox('g1', LEAST)).toMatchObject({ status: 409, code: 'rating.papers-not-exchanged' })
    expect((await exchange(CODES.slice(-(LEAST - before)))).status).toBe(200)
    expect(await openBox('g1', LEAST + 1)).toMatchObject({ code: 'rating.papers-not-exchanged' })
    expect((await openBox('g1', LEAST)).status).toBe(201)
    expect(await openBox('g1', LEAST)).toMatchObject({ code: 'rating.papers-not-exchanged' })
    expect((await openBox('g2', LEAST)).status).toBe(201)
    expect(await issue('g2', 5)).toMatchObject({ status: 409, code: 'rating.group-on-paper' })
    expect((await issue('g1', 5)).status).toBe(201)
  })

  it('say nowhere whose code it was nor which; the accounts balance, and the registers replay', async () => {
    const entries = await hall.server.database.ownerDb.selectFrom('entries').select('text').execute()
    const said = entries.filter(({ text }) => text.includes('rating.papers-exchanged')).map(({ text }) => text)
    expect(said.length).toBeGreaterThan(3)
    for (const code of CODES) expect(said.join()).not.toContain(code)
    expect((await hall.tally()).account).toMatchObject({ balanced: true })
    expect(await hall.faults()).toEqual([])
  })
})
