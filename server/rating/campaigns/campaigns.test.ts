import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { encodeBallot, type Level } from '../../../devices/ballot/ballot.ts'
import { SEALED_BYTES, sealBallot } from '../../../devices/ballot/seal.ts'
import { parseCsv } from '../../csv.ts'
import type { WorkPage } from '../../inbox/protocol.ts'
import { ballotOf, MANAGER, TestHall } from '../testing.ts'
import { codesOf, hashOfCode } from './codes.ts'
import type { CampaignResults, ShownAddressees, ShownCampaign, ShownPaper } from './protocol.ts'
import { resultsOf, weightedRate } from './results.ts'

const SUPERVISOR = 'zhou-ping'
const LEADER = 'sun-bo'
const DEPARTMENTS = ['dept-1', 'dept-2']
const DAY_MS = 86_400_000
const CONTENT = {
  ...{ title: '2026 年上半年行风评议', from: '2026-03-02', to: '2026-03-04', questionnaire: 'conduct@1' },
  departments: DEPARTMENTS,
  groups: [
    { name: '服务对象', target: 12, weight: 60 },
    { name: '人大代表、政协委员', target: 10, weight: 40 },
  ],
}

describe('codes', () => {
  test('of one seed are the same again, each another, and known however they are typed', () => {
    const seed = randomBytes(32).toString('hex')
    const codes = codesOf(seed, 200)
    expect(codes).toEqual(codesOf(seed, 200))
    expect(new Set([...codes, ...codesOf(randomBytes(32).toString('hex'), 200)]).size).toBe(400)
    const [code = ''] = codes
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(hashOfCode(` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}`)).toEqual(
      hashOfCode(code),
    )
    for (const none of ['', code.slice(1), `${code}A`, code.replace(/.$/, 'U')]) expect(hashOfCode(none)).toBeNull()
  })
})

describe('results', () => {
  const rate = (good: number, n: number, low: number, high: number) => ({ good, n, low, high })

  test('by weight have the interval that those of the groups make; none where a group is missing', () => {
    const one = { share: 0.6, satisfied: rate(80, 100, 0.711, 0.8668) }
    const other = { share: 0.4, satisfied: rate(30, 40, 0.598, 0.858) }
    const made = weightedRate([one, other])
    expect(made?.rate).toBeCloseTo(0.78, 10)
    expect(made?.low).toBeCloseTo(0.78 - Math.hypot(0.6 * 0.089, 0.4 * 0.152), 10)
    expect(made?.high).toBeCloseTo(0.78 + Math.hypot(0.6 * 0.0668, 0.4 * 0.108), 10)
    expect(weightedRate([one, { share: 0.4, satisfied: null }])).toBeNull()
    expect(weightedRate([{ ...one, share: null }])).toBeNull()
  })

  test('are placed only where all departments have votes enough', () => {
    const of = { departments: ['a', 'b'], groups: [{ id: 'g1', name: '', target: 10, weight: null }] }
    const count = (department: string, good: number, n: number) => ({ department, group: 'g1', good, n })
    const places = (counts: ReturnType<typeof count>[]) => resultsOf(of, counts).map(({ place }) => place)
    expect(places([count('a', 25, 30), count('b', 38, 40)])).toEqual([2, 1])
    expect(places([count('a', 30, 30), count('b', 30, 30)])).toEqual([1, 1])
    expect(places([count('a', 29, 29), count('b', 38, 40)])).toEqual([null, null])
    expect(places([count('b', 38, 40)])).toEqual([null, null])
  })
})

describe('a campaign', () => {
  let hall: TestHall
  let campaign = ''
  const codes: Record<string, string[]> = {}
  const seeds: Record<string, string> = {}
  const issues: Record<string, string> = {}

  beforeAll(async () => {
    hall = await TestHall.open()
  })
  afterAll(() => hall.close())

  const write = (person: string, more: object = {}, again: object = {}) =>
    hall.post<{ campaign: string }>(person, '/api/rating/campaigns', {
      ...{ unit: 'organ', content: { ...CONTENT, ...more }, ...again },
    })
  const decide = (person: string, what: string) =>
    hall.post(person, `/api/rating/campaigns/${campaign}/decide`, { what })
  const shown = async (person = SUPERVISOR) =>
    (await hall.get<{ campaigns: ShownCampaign[] }>(person, '/api/rating/campaigns')).body.campaigns[0]
  const issue = async (group: string, count: number, seed: string, key?: string) =>
    hall.post<{ issue: string }>(SUPERVISOR, `/api/rating/campaigns/${campaign}/issues`, { group, count, seed }, key)
  const sheets = (of: string, seed: string, format: string) =>
    hall.server.as(SUPERVISOR, {
      ...{ method: 'POST', url: `/api/rating/campaigns/${campaign}/issues/${of}/sheets`, payload: { seed, format } },
    })
  const waiting = async (person: string) =>
    (await hall.get<WorkPage>(person, '/api/work')).body.work
      .filter(({ kind }) => kind === 'rating-decision')
      .map(({ what }) => what.zh)
  const results = () =>
    hall.get<CampaignResults & { code: string }>(SUPERVISOR, `/api/rating/campaigns/${campaign}/results`)

  async function open<T>(url: string, payload: object) {
    const answer = await hall.server.app.inject({
      ...{ method: 'POST', url, payload, headers: { 'idempotency-key': crypto.randomUUID() } },
    })
    return { status: answer.statusCode, body: answer.json<T & { code?: string }>() }
  }
  const look = (code: string) => open<ShownPaper>('/api/rating/ballot-papers/look', { code })
  async function vote(code: string, levels: readonly (Level | null)[], departments = DEPARTMENTS) {
    const key = await hall.key()
    const ballots = departments.map((department, nth) => {
      const answers: Record<string, Level> = levels[nth] === null ? {} : { clean: levels[nth] ?? 5 }
      const content = ballotOf(levels[nth] ?? null, { questionnaire: 'conduct@1', answers })
      expect(encodeBallot(content).length + 48).toBe(SEALED_BYTES)
      const sealed = sealBallot(content, Buffer.from(key.publicKey, 'base64'))
      return { department, ballot: Buffer.from(sealed).toString('base64') }
    })
    return open('/api/rating/ballot-papers', { code, key: key.id, ballots })
  }

  it('is written by one, opened by another, and never changed after that', { timeout: 60_000 }, async () => {
    expect(await write(MANAGER)).toMatchObject({ status: 403, code: 'access.no-post' })
    expect(await write(SUPERVISOR, { to: '2026-03-01' })).toMatchObject({ code: 'rating.wrong-days' })
    expect(await write(SUPERVISOR, { from: '2026-02-01', to: '2026-03-01' })).toMatchObject({
      code: 'rating.campaign-past',
    })
    expect(await write(SUPERVISOR, { questionnaire: 'none@1' })).toMatchObject({ code: 'rating.unknown-questionnaire' })
    expect(await write(SUPERVISOR, { departments: ['dept-9'] })).toMatchObject({ code: 'rating.unknown-department' })
    const [group] = CONTENT.groups
    expect(await write(SUPERVISOR, { groups: [group, group] })).toMatchObject({ code: 'rating.campaign-twice' })
    expect(await write(SUPERVISOR, { groups: [group] })).toMatchObject({ code: 'rating.campaign-weights' })
    expect(await write(SUPERVISOR, { departments: ['organ'] })).toMatchObject({ code: 'rating.campaign-judged' })
    campaign = (await write(SUPERVISOR, { title: '评议' })).body.campaign
    expect((await write(SUPERVISOR, {}, { campaign })).body.campaign).toBe(campaign)
    expect(await shown()).toMatchObject({ title: CONTENT.title, stage: 'draft', may: ['draft', 'drop'] })
    expect(await shown('qian-lei')).toBeUndefined()

    expect([await waiting(SUPERVISOR), await waiting(LEADER)]).toEqual([[], ['行风评议待您启用']])
    expect(await decide(SUPERVISOR, 'open')).toMatchObject({ code: 'rating.campaign-own' })
    expect(await decide('qian-lei', 'open')).toMatchObject({ status: 404, code: 'rating.unknown-campaign' })
    expect(await decide(LEADER, 'open')).toMatchObject({ code: 'rating.no-key' })
    await hall.tally()
    expect((await decide(LEADER, 'open')).status).toBe(200)
    expect(await write(SUPERVISOR, {}, { campaign })).toMatchObject({ code: 'rating.campaign-fixed' })
    expect(await decide(LEADER, 'drop')).toMatchObject({ code: 'rating.campaign-fixed' })
    expect((await shown())?.may).toEqual(['issue', 'close'])
    expect(await waiting(LEADER)).toEqual([])
  })

  it('gives out codes that nobody can make again without the seed', { timeout: 60_000 }, async () => {
    for (const [group, count] of [
      ['g1', 16],
      ['g2', 12],
    ] as const) {
      const seed = (seeds[group] = randomBytes(32).toString('hex'))
      const made = await issue(group, count, seed, `issue-${group}`)
      issues[group] = made.body.issue
      expect((await issue(group, count, seed, `issue-${group}`)).body.issue).toBe(made.body.issue)
      const file = await sheets(made.body.issue, seed, 'csv')
      const [head, ...rows] = parseCsv(file.body).rows
      expect(head).toEqual(['选票编码', '投票地址'])
      codes[group] = rows.map(([code = '']) => code)
      expect(codes[group]).toHaveLength(count)
      expect(rows.every(([code, address]) => address?.endsWith(`/ballot#${code}`))).toBe(true)
    }
    const pdf = await sheets(issues['g1'] ?? '', seeds['g1'] ?? '', 'pdf')
    expect(pdf.headers['content-type']).toBe('application/pdf')
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    expect((await sheets(issues['g1'] ?? '', 'f'.repeat(64), 'csv')).json()).toMatchObject({
      code: 'rating.issue-left',
    })
    expect(await issue('g3', 5, 'e'.repeat(64))).toMatchObject({ code: 'rating.unknown-group' })

    // Who was given one is a tick: for supervisors, beside the register, and as many as there are codes.
    const addressees = `/api/rating/campaigns/${campaign}/addressees`
    const names = Array.from({ length: 13 }, (_, nth) => `代表${nth + 1}`)
    expect(await hall.post(SUPERVISOR, addressees, { group: 'g3', names })).toMatchObject({
      code: 'rating.unknown-group',
    })
    expect(await hall.post(LEADER, addressees, { group: 'g2', names })).toMatchObject({ code: 'access.no-post' })
    const { list } = (await hall.post<{ list: string }>(SUPERVISOR, addressees, { group: 'g2', names })).body
    const mark = (lines: number[], given = true) =>
      hall.post(SUPERVISOR, `${addressees}/${list}/mark`, { lines, given })
    expect((await mark([2, 1, 3])).status).toBe(200)
    expect(await mark([3])).toMatchObject({ status: 409, code: 'rating.addressee-marked' })
    expect(await mark([14])).toMatchObject({ status: 404, code: 'rating.unknown-list' })
    expect(await mark([4, 5, 6, 7, 8, 9, 10, 11, 12, 13])).toMatchObject({ code: 'rating.more-given' })
    expect((await mark([2], false)).status).toBe(200)
    const told = (await hall.get<ShownAddressees>(SUPERVISOR, addressees)).body.lists
    expect(told).toMatchObject([{ id: list, group: 'g2', by: { id: SUPERVISOR } }])
    expect(told[0]?.lines.filter(({ given }) => given)).toEqual([
      { line: 1, name: '代表1', given: true },
      { line: 3, name: '代表3', given: true },
    ])
    expect(await hall.get(LEADER, addressees)).toMatchObject({ status: 403, code: 'rating.campaign-not-yours' })

    // Of a lost issue nothing can be used any more.
    const lost = await issue('g1', 3, 'd'.repeat(64))
    await hall.post(SUPERVISOR, `/api/rating/campaigns/${campaign}/issues/${lost.body.issue}/void`, {})
    expect((await look(codesOf('d'.repeat(64), 1)[0] ?? '')).body.code).toBe('rating.wrong-code')
    expect((await shown())?.groups).toMatchObject([{ issued: 16, used: 0 }, { issued: 12 }])
    // Neither register nor database holds a code or a seed.
    const owner = hall.server.database.ownerDb
    const kept = JSON.stringify([
      await owner.selectFrom('entries').select('text').execute(),
      (await owner.selectFrom('rating_papers').select('hash').execute()).map(({ hash }) => hash.toString('hex')),
    ])
    for (const one of [...Object.values(codes).flat(), ...Object.values(seeds), '代表1'])
      expect(kept).not.toContain(one)
  })

  it('takes one vote a code, with a ballot for each department, until it ends', { timeout: 60_000 }, async () => {
    const [first = '', second = '', ...others] = codes['g1'] ?? []
    expect((await look(first.replace(/^./, (sign) => (sign === 'A' ? 'B' : 'A')))).body.code).toBe('rating.wrong-code')
    expect((await look(first)).body).toMatchObject({
      ...{ title: CONTENT.title, unit: '云州市纪委监委', group: '服务对象' },
      departments: [{ name: '第一审查调查室' }, { name: '第二审查调查室' }],
      questionnaire: { id: 'conduct@1', questions: { length: 5 }, asksContact: false },
    })
    for (const wrong of [['dept-1'], ['dept-1', 'dept-1'], ['dept-1', 'keeping']])
      expect((await vote(first, [5, 5], wrong)).body.code).toBe('rating.wrong-departments')
    // Two at once: one vote.
    const both = await Promise.all([vote(first, [5, 1]), vote(first, [5, 1])])
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
    expect((await look(first)).body.code).toBe('rating.paper-used')
    // Knows nothing about the second department.
    expect((await vote(second, [4, null])).status).toBe(201)
    for (const code of others.slice(0, 10)) expect((await vote(code, [3, 2])).status).toBe(201)
    for (const [nth, code] of (codes['g2'] ?? []).slice(0, 10).entries())
      expect((await vote(code, [nth === 0 ? 1 : 5, nth === 0 ? null : 5])).status).toBe(201)
    expect((await shown())?.groups).toMatchObject([
      { target: 12, used: 12 },
      { target: 10, used: 10 },
    ])
    // No figure while it runs, though there are votes enough; the account is in order all the same.
    const { ballots, account } = await hall.tally()
    expect(ballots).toBe(0)
    expect(account).toMatchObject({ issued: 62, used: 44, expired: 6, waiting: 44, counted: 0, balanced: true })
    expect((await results()).body.code).toBe('rating.campaign-counts-later')
    expect(await decide(LEADER, 'publish')).toMatchObject({ code: 'rating.campaign-runs' })

    hall.pass(3 * DAY_MS)
    hall.setDay('2026-03-05')
    expect((await vote(others.at(-1) ?? '', [5, 5])).body.code).toBe('rating.campaign-not-running')
    expect((await look('0000-0000-0000-0000')).body.code).toBe('rating.wrong-code')
    expect(await issue('g1', 5, 'e'.repeat(64))).toMatchObject({ code: 'rating.campaign-not-open' })
    expect((await shown())?.stage).toBe('over')
  })

  it(
    'is counted at once when it is over, by whole groups of ten, and published by another',
    { timeout: 60_000 },
    async () => {
      expect(await decide(LEADER, 'publish')).toMatchObject({ code: 'rating.nothing-counted' })
      const { account } = await hall.tally()
      // Nine of the second group judged dept-2: too few, they are never opened.
      expect(account).toMatchObject({ issued: 62, used: 44, expired: 18, counted: 34, waiting: 10, balanced: true })
      const [one, other] = (await results()).body.departments
      expect(one).toMatchObject({
        ...{ id: 'dept-1', all: { good: 21, n: 22 }, place: null },
        groups: [
          { id: 'g1', satisfied: { good: 12, n: 12 } },
          { id: 'g2', satisfied: { good: 9, n: 10 } },
        ],
        answers: [{ id: 'clean', satisfied: { good: 21, n: 22 } }],
      })
      expect(one?.weighted?.rate).toBeCloseTo(0.6 * 1 + 0.4 * 0.9, 10)
      expect(other).toMatchObject({ groups: [{ satisfied: { good: 0, n: 11 } }, { satisfied: null }], weighted: null })

      expect(await decide(SUPERVISOR, 'publish')).toMatchObject({ code: 'rating.campaign-own' })
      const paper = (kind: 'pdf' | 'html', person = LEADER) =>
        hall.server.as(person, { url: `/api/rating/campaigns/${campaign}/result.${kind}` })
      expect((await paper('pdf')).json()).toMatchObject({ code: 'rating.campaign-not-published' })
      expect(await waiting(SUPERVISOR)).toEqual([])
      expect(await waiting(LEADER)).toEqual(['行风评议结果待您发布'])
      expect((await decide(LEADER, 'publish')).status).toBe(200)
      expect(await waiting(LEADER)).toEqual([])
      expect(await decide(LEADER, 'publish')).toMatchObject({ code: 'rating.campaign-runs' })

      const pdf = await paper('pdf')
      expect(pdf.headers['content-type']).toBe('application/pdf')
      expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
      expect((await paper('pdf')).rawPayload.equals(pdf.rawPayload)).toBe(true)
      const page = await paper('html')
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
      expect(page.body).toContain('<h1>云州市纪委监委 2026 年上半年行风评议</h1>')
      expect(page.body).toContain('<tr><td></td><td></td><td>服务对象 60%</td><td>12</td><td>12</td><td>100.0%</td>')
      expect(page.body).toContain('<td>人大代表、政协委员 40%</td><td></td><td></td><td>不足，不计</td>')
      expect(page.body).toContain('回收/应回收：服务对象 12/12；人大代表、政协委员 10/10')
      expect(page.body).not.toMatch(/<script|https?:/)
      expect((await paper('html', 'qian-lei')).json()).toMatchObject({ status: 404, code: 'rating.unknown-campaign' })
      expect(await shown()).toMatchObject({ stage: 'published', published: { by: { id: LEADER } }, may: [] })
      expect((await results()).body.departments[0]).toMatchObject({ all: { good: 21, n: 22 } })
      expect(await hall.faults()).toEqual([])
    },
  )
})
