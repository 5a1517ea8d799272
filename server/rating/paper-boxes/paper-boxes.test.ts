import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sealBallot } from '../../../devices/ballot/seal.ts'
import type { WorkPage } from '../../inbox/protocol.ts'
import { codesOf } from '../campaigns/codes.ts'
import type { CampaignResults, ShownCampaign } from '../campaigns/protocol.ts'
import { ballotOf, TestHall } from '../testing.ts'
import type { PaperSheet, ShownPaperBox } from './protocol.ts'

const SUPERVISOR = 'zhou-ping'
const LEADER = 'sun-bo'
const [FIRST, SECOND] = ['chen-jing', 'liu-yang'] as const
const ADMINISTRATOR = 'xu-system'
const DEPARTMENTS = ['dept-1', 'dept-2'] as const
const DAY_MS = 86_400_000
const SHEETS = 12

const CONTENT = {
  ...{ title: '行风评议', from: '2026-03-02', to: '2026-03-04', questionnaire: 'conduct@1', departments: DEPARTMENTS },
  groups: [{ name: '服务对象', target: 12, weight: null }],
}

function sheetOf(...levels: (1 | 2 | 3 | 4 | 5 | null)[]): PaperSheet {
  const votes = DEPARTMENTS.map((department, nth) => [department, { level: levels[nth] ?? null, answers: {} }] as const)
  return { votes: Object.fromEntries(votes.filter(([, { level }]) => level !== null)) }
}

describe('papers of a campaign that were filled in by hand', () => {
  let hall: TestHall
  let campaign = ''
  let box = ''
  const read = Array.from({ length: SHEETS }, (_, nth) => sheetOf(nth < 3 ? 2 : 5, nth < 2 ? 1 : null))

  beforeAll(async () => {
    hall = await TestHall.open()
    await hall.tally()
  })
  afterAll(() => hall.close())

  async function opened(more: object = {}): Promise<string> {
    const written = await hall.post<{ campaign: string }>(SUPERVISOR, '/api/rating/campaigns', {
      ...{ unit: 'organ', content: { ...CONTENT, ...more } },
    })
    const { campaign: id } = written.body
    expect((await decide(LEADER, 'open', id)).status).toBe(200)
    return id
  }
  const decide = (person: string, what: string, id = campaign) =>
    hall.post(person, `/api/rating/campaigns/${id}/decide`, { what })
  const openBox = (person: string, more: object = {}) =>
    hall.post<{ box: string }>(person, '/api/rating/paper-boxes', {
      ...{ campaign, group: 'g1', sheets: SHEETS, typists: [FIRST, SECOND] },
      ...more,
    })
  const enter = (person: string, sheets: readonly PaperSheet[], key?: string) =>
    hall.post(person, `/api/rating/paper-boxes/${box}/entries`, { sheets }, key)
  const lookAt = (person: string, sheets: readonly object[]) =>
    hall.post(person, `/api/rating/paper-boxes/${box}/decide`, { sheets })
  const list = async (person: string) =>
    (await hall.get<{ boxes: ShownPaperBox[] }>(person, '/api/rating/paper-boxes')).body.boxes
  const work = async (person: string) =>
    (await hall.get<WorkPage>(person, '/api/work')).body.work
      .filter(({ kind }) => kind === 'paper-box' || kind === 'rating-decision')
      .map(({ what }) => what.zh)
  const shown = async () =>
    (await hall.get<{ campaigns: ShownCampaign[] }>(SUPERVISOR, '/api/rating/campaigns')).body.campaigns.find(
      ({ id }) => id === campaign,
    )
  const results = async () =>
    (await hall.get<CampaignResults & { code?: string }>(LEADER, `/api/rating/campaigns/${campaign}/results`)).body

  it('are taken only where the campaign says so, and typed in by two who are not judged', async () => {
    campaign = await opened({ title: '只用编码' })
    expect(await openBox(SUPERVISOR)).toMatchObject({ status: 409, code: 'rating.campaign-no-paper' })
    // Voters by code are a group of their own.
    const groups = [...CONTENT.groups, { ...CONTENT.groups[0], name: '群众代表' }]
    campaign = await opened({ onPaper: true, groups })
    expect(await shown()).toMatchObject({ onPaper: true, isOver: false })
    const blank = await hall.server.as(LEADER, { url: `/api/rating/campaigns/${campaign}/paper.pdf` })
    expect(blank.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    expect(await openBox(LEADER)).toMatchObject({ status: 403, code: 'access.no-post' })
    expect(await openBox(SUPERVISOR, { group: 'g3' })).toMatchObject({ code: 'rating.unknown-group' })
    expect(await openBox(SUPERVISOR, { sheets: 9 })).toMatchObject({ code: 'request.invalid' })
    for (const typists of [
      [FIRST, 'li-na'],
      [FIRST, 'nobody'],
    ])
      expect(await openBox(SUPERVISOR, { typists })).toMatchObject({ status: 422, code: 'rating.paper-typists' })
    expect(await openBox(SUPERVISOR, { typists: [FIRST, FIRST] })).toMatchObject({ code: 'request.invalid' })
    box = (await openBox(SUPERVISOR)).body.box
    expect([await work(FIRST), await work(SECOND), await work(SUPERVISOR)]).toEqual([
      ['手填选票待您录入'],
      ['手填选票待您录入'],
      [],
    ])
    expect(await list(FIRST)).toMatchObject([{ id: box, stage: 'first', next: 'enter', group: '服务对象' }])
    expect([await list('li-na'), await list('guo-tao')]).toEqual([[], []])
  })

  it(
    'are read by two who see nothing of each other, and by a third where they differ',
    { timeout: 60_000 },
    async () => {
      expect(await enter('guo-tao', read)).toMatchObject({ status: 404, code: 'rating.unknown-box' })
      expect(await enter(SUPERVISOR, read)).toMatchObject({ status: 403, code: 'rating.paper-box-own' })
      expect(await enter(FIRST, read.slice(1))).toMatchObject({ code: 'rating.box-count' })
      const stranger = { votes: { keeping: { level: 5 as const, answers: {} } } }
      expect(await enter(FIRST, read.with(0, stranger))).toMatchObject({ code: 'rating.box-questions' })

      expect((await enter(FIRST, read, 'once')).status).toBe(200)
      expect((await enter(FIRST, read, 'once')).status).toBe(200)
      expect(await enter(FIRST, read)).toMatchObject({ code: 'rating.paper-box-own' })
      expect([await work(FIRST), await work(SECOND)]).toEqual([[], ['手填选票待您录入']])
      expect(await decide(SUPERVISOR, 'close')).toMatchObject({ status: 409, code: 'rating.paper-boxes-open' })
      expect((await enter(SECOND, read.with(4, sheetOf(4)).with(7, sheetOf(5, 3)))).status).toBe(200)

      expect(await list(SECOND)).toMatchObject([{ stage: 'differs', differ: [], next: null }])
      expect(await list(LEADER)).toMatchObject([{ differ: [5, 8], next: 'decide' }])
      expect(await work(LEADER)).toEqual(['手填选票待您复核'])
      const [fifth, eighth] = [
        { sheet: 5, ...sheetOf(5) },
        { sheet: 8, ...sheetOf(5, 3) },
      ]
      expect(await lookAt(LEADER, [fifth])).toMatchObject({ code: 'rating.box-sheets' })
      expect(await lookAt(LEADER, [fifth, { ...eighth, ...sheetOf(5, 4) }])).toMatchObject({ code: 'rating.box-third' })
      expect(await hall.waiting()).toBe(0)
      expect((await lookAt(LEADER, [fifth, eighth])).status).toBe(200)
      expect(await hall.waiting()).toBe(SHEETS * DEPARTMENTS.length)
      expect(await lookAt(LEADER, [fifth, eighth])).toMatchObject({ code: 'rating.box-nothing-differs' })
      const owner = hall.server.database.ownerDb
      expect(await owner.selectFrom('rating_paper_box_entries').selectAll().execute()).toEqual([])
      expect((await shown())?.groups).toMatchObject([{ issued: 0, used: 0, onPaper: SHEETS }, { onPaper: 0 }])
      const facts = (await owner.selectFrom('entries').select('text').execute()).filter(({ text }) =>
        text.includes(box),
      )
      expect(facts).toHaveLength(5)
      expect(JSON.stringify(facts)).not.toMatch(/level|votes|answers/)
    },
  )

  it('are taken back where they can be typed in no further, and hold nothing up', { timeout: 60_000 }, async () => {
    const [first, whole] = [campaign, box]
    const withdraw = (person: string, reason = '清点有误') =>
      hall.post(person, `/api/rating/paper-boxes/${box}/withdraw`, { reason })
    expect(await withdraw(SUPERVISOR)).toMatchObject({ status: 409, code: 'rating.paper-box-sealed' })
    campaign = await opened({ title: '清点有误', onPaper: true })
    // Who administers alone types nothing in: the box could never be sealed.
    expect(await openBox(SUPERVISOR, { typists: [FIRST, ADMINISTRATOR] })).toMatchObject({
      ...{ status: 422, code: 'rating.paper-typists' },
    })
    box = (await openBox(SUPERVISOR, { sheets: SHEETS + 1 })).body.box
    expect((await enter(FIRST, [...read, sheetOf(5, 5)])).status).toBe(200)
    expect(await decide(SUPERVISOR, 'close')).toMatchObject({ code: 'rating.paper-boxes-open' })

    expect(await withdraw(LEADER)).toMatchObject({ status: 403, code: 'access.no-post' })
    expect((await list(LEADER))[0]).toMatchObject({ id: box, mayWithdraw: false, withdrawn: null })
    expect((await list(SUPERVISOR))[0]).toMatchObject({ id: box, mayWithdraw: true })
    expect((await withdraw(SUPERVISOR)).status).toBe(200)
    expect((await list(SUPERVISOR))[0]).toMatchObject({
      ...{ id: box, stage: 'withdrawn', next: null, mayWithdraw: false, withdrawn: { reason: '清点有误' } },
    })
    expect(await withdraw(SUPERVISOR)).toMatchObject({ status: 409, code: 'rating.paper-box-withdrawn' })
    expect(await enter(SECOND, read)).toMatchObject({ status: 409, code: 'rating.paper-box-withdrawn' })
    expect(await work(SECOND)).toEqual([])
    const owner = hall.server.database.ownerDb
    expect(await owner.selectFrom('rating_paper_box_entries').selectAll().execute()).toEqual([])
    expect((await decide(SUPERVISOR, 'close')).status).toBe(200)
    ;[campaign, box] = [first, whole]
  })

  it('are counted with the votes by code, apart from them, once it was ended', { timeout: 60_000 }, async () => {
    const seed = randomBytes(32).toString('hex')
    const issued = await hall.post(SUPERVISOR, `/api/rating/campaigns/${campaign}/issues`, {
      group: 'g2',
      count: 11,
      seed,
    })
    expect(issued.status).toBe(201)
    const { id, publicKey } = await hall.key()
    for (const code of codesOf(seed, 10)) {
      const ballots = DEPARTMENTS.map((department) => {
        const sealed = sealBallot(ballotOf(3, { questionnaire: 'conduct@1' }), Buffer.from(publicKey, 'base64'))
        return { department, ballot: Buffer.from(sealed).toString('base64') }
      })
      const answer = await hall.server.app.inject({
        ...{ method: 'POST', url: '/api/rating/ballot-papers', payload: { code, key: id, ballots } },
        headers: { 'idempotency-key': crypto.randomUUID() },
      })
      expect(answer.statusCode).toBe(201)
    }
    hall.pass(3 * DAY_MS)
    hall.setDay('2026-03-05')
    // Its last day is over, and a box may still come: nothing is counted, and nobody is told anything.
    expect(await hall.tally()).toMatchObject({ ballots: 0, account: { balanced: true, waiting: 44, expired: 2 } })
    expect(await shown()).toMatchObject({ stage: 'over', isOver: false, may: ['close'] })
    expect((await results()).code).toBe('rating.campaign-counts-later')
    expect(await decide(LEADER, 'publish')).toMatchObject({ code: 'rating.campaign-papers-come' })
    box = (await openBox(SUPERVISOR)).body.box
    await enter(SECOND, read)
    expect((await enter(FIRST, read)).status).toBe(200)
    expect((await decide(SUPERVISOR, 'close')).status).toBe(200)
    expect(await openBox(SUPERVISOR)).toMatchObject({ code: 'rating.campaign-not-open' })
    expect(await work(LEADER)).toEqual([])

    // Of dept-2 five sheets said anything: too few, they are never opened.
    expect(await hall.tally()).toMatchObject({
      account: { issued: 70, used: 68, expired: 2, counted: 44, waiting: 24, balanced: true },
    })
    expect(await work(LEADER)).toEqual(['行风评议结果待您发布'])
    const [one, other] = (await results()).departments
    expect(one).toMatchObject({ all: { good: 2 * (SHEETS - 3) + 10, n: 2 * SHEETS + 10 } })
    expect(other).toMatchObject({ all: { good: 10, n: 10 } })
    expect((await decide(LEADER, 'publish')).status).toBe(200)
    expect(await work(LEADER)).toEqual([])
    expect(await hall.faults()).toEqual([])
  })
})
