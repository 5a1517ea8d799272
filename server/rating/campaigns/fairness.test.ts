import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest'
import { sealBallot } from '../../../devices/ballot/seal.ts'
import { connect, inTransaction } from '../../database/connect.ts'
import { quietLog } from '../../database/testing.ts'
import type { Actor, Circumstances } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { ballotOf, TestHall } from '../testing.ts'
import { type Campaign, draftCampaign, issuePapers, voidPapers } from './campaign.ts'
import { codesOf } from './codes.ts'
import { deedsOf } from './read.ts'

/** What a campaign has to be guarded against: who is judged, what cannot be printed, a seed used twice, and a result that is half counted. */

const [SUPERVISOR, LEADER] = ['zhou-ping', 'sun-bo'] as const
const DEPARTMENTS = ['dept-1', 'dept-2'] as const
const GROUP = { name: '服务对象', target: 12, weight: null }
const CONTENT = {
  ...{ title: '评议', from: '2026-03-02', to: '2026-03-04', questionnaire: 'conduct@1' },
  ...{ departments: [...DEPARTMENTS], groups: [GROUP] },
}

describe('the rules', () => {
  const supervisor = (unit: string): Actor => ({
    ...{ person: 'zhou-ping', unit },
    appointments: [{ post: 'supervisor', place: 'organ' }],
  })
  const by = (actor: Actor): Circumstances => ({
    ...{ actor, with: [], station: null, at: '2026-03-02T01:00:00.000Z' },
    mint: { id: () => '0198f0a0-0000-7000-8000-000000000001' } as Circumstances['mint'],
  })
  const campaign: Campaign = {
    ...{ id: '0198f0a0-0000-7000-8000-000000000001', unit: 'organ', ...CONTENT, groups: [{ id: 'g1', ...GROUP }] },
    ...{ drafters: ['li'], draftedAt: '', status: 'open', opened: null, closed: null, published: null },
    issues: [{ id: 'i', group: 'g1', count: 3, voided: false, by: 'li', at: '' }],
  }
  const refused = (act: () => unknown): string | null => {
    try {
      act()
      return null
    } catch (error) {
      if (error instanceof Refusal) return error.code
      throw error
    }
  }

  test('who works in a department that is judged neither gives out codes nor takes any back', () => {
    const issue = { type: 'rating.issue-papers', campaign: campaign.id, group: 'g1', count: 10 } as const
    const taken = { type: 'rating.void-papers', campaign: campaign.id, issue: 'i' } as const
    expect(refused(() => issuePapers({ campaign, sheets: 0 }, issue, by(supervisor('organ'))))).toBeNull()
    expect(refused(() => voidPapers({ campaign }, taken, by(supervisor('organ'))))).toBeNull()
    expect(refused(() => issuePapers({ campaign, sheets: 0 }, issue, by(supervisor('dept-2'))))).toBe(
      'rating.campaign-judged',
    )
    expect(refused(() => voidPapers({ campaign }, taken, by(supervisor('dept-2'))))).toBe('rating.campaign-judged')
  })

  test('nor is he offered what would be refused', () => {
    const at = '2026-03-02T01:00:00.000Z'
    const offered = (unit: string, more: Partial<Campaign> = {}) =>
      deedsOf({ ...campaign, ...more }, { ...supervisor(unit), person: 'wang' }, at)
    expect(offered('organ')).toEqual(['issue', 'close'])
    expect(offered('dept-2')).toEqual([])
    expect(offered('organ', { status: 'draft' })).toContain('open')
    expect(offered('dept-2', { status: 'draft' })).toEqual(['draft', 'drop'])
    expect(offered('organ', { status: 'closed' })).toEqual(['publish'])
    for (const onPaper of [{}, { onPaper: true as const }])
      expect(offered('dept-2', { to: '2026-03-01', ...onPaper })).toEqual([])
  })

  test('what no slip could carry is refused while it can still be put right', () => {
    const drafted = (content: object) =>
      refused(() =>
        draftCampaign(
          { campaign: null, units: DEPARTMENTS, questionnaireKnown: true },
          { type: 'rating.draft-campaign', unit: 'organ', content: { ...CONTENT, ...content } },
          by(supervisor('organ')),
        ),
      )
    expect(drafted({ title: '评'.repeat(40), groups: [{ ...GROUP, name: '组'.repeat(20) }] })).toBeNull()
    expect(drafted({ title: '评议 🗳' })).toBe('rating.cannot-draw')
    expect(drafted({ groups: [{ ...GROUP, name: 'أعضاء' }] })).toBe('rating.cannot-draw')
  })
})

describe('a campaign', () => {
  let hall: TestHall
  let campaign = ''
  const seed = randomBytes(32).toString('hex')

  beforeAll(async () => {
    hall = await TestHall.open()
    await hall.tally()
    const written = { unit: 'organ', content: CONTENT }
    campaign = (await hall.post<{ campaign: string }>(SUPERVISOR, '/api/rating/campaigns', written)).body.campaign
    await decide('open')
  })
  afterAll(() => hall.close())

  const decide = (what: string) => hall.post(LEADER, `/api/rating/campaigns/${campaign}/decide`, { what })
  const issue = (count: number, from: string, key?: string) =>
    hall.post(SUPERVISOR, `/api/rating/campaigns/${campaign}/issues`, { group: 'g1', count, seed: from }, key)

  it('has of one seed one issue, whatever is asked, and of one request one seed', async () => {
    expect((await issue(24, seed, 'first')).status).toBe(201)
    expect((await issue(24, seed, 'first')).status).toBe(201)
    expect(await issue(24, seed, 'second')).toMatchObject({ status: 409, code: 'rating.seed-used' })
    expect(await issue(25, seed, 'third')).toMatchObject({ status: 409, code: 'rating.seed-used' })
    expect(await issue(24, 'f'.repeat(64), 'first')).toMatchObject({ status: 409, code: 'rating.issue-left' })
    const both = await Promise.all([issue(3, 'e'.repeat(64)), issue(3, 'e'.repeat(64))])
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
  })

  it('is not published while it is being counted, nor before a run that was cut off is made good', async () => {
    const key = await hall.key()
    for (const code of codesOf(seed, 24).slice(0, 12)) {
      const ballots = DEPARTMENTS.map((department) => {
        const sealed = sealBallot(ballotOf(5, { questionnaire: 'conduct@1' }), Buffer.from(key.publicKey, 'base64'))
        return { department, ballot: Buffer.from(sealed).toString('base64') }
      })
      const cast = await hall.server.app.inject({
        ...{ method: 'POST', url: '/api/rating/ballot-papers', payload: { code, key: key.id, ballots } },
        headers: { 'idempotency-key': crypto.randomUUID() },
      })
      expect(cast.statusCode).toBe(201)
    }
    expect((await decide('close')).status).toBe(200)

    const counted = async () =>
      (await hall.server.deps.db.selectFrom('rating_batches').select('grp').execute()).map(({ grp }) => grp)
    const other = connect(hall.server.database.ownerConfig, { log: quietLog, unlimited: true })
    let running: Promise<unknown> = Promise.resolve()
    try {
      // Somebody holds ballots of the second group: the tally has counted the first one, and waits.
      await inTransaction(other.db, async (trx) => {
        await trx.selectFrom('rating_ballots').select('id').where('grp', 'like', '%/dept-2/%').forUpdate().execute()
        running = hall.tally()
        await vi.waitFor(async () => expect(await counted()).toHaveLength(1), { timeout: 30_000 })
        expect(await decide('publish')).toMatchObject({ status: 409, code: 'rating.campaign-counting' })
      })
    } finally {
      await running
      await other.close()
    }
    expect(await counted()).toHaveLength(2)
    expect((await decide('publish')).status).toBe(200)
  })
})
