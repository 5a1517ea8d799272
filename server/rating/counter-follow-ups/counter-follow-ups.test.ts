import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Level } from '../../../devices/ballot/ballot.ts'
import { sealBallot } from '../../../devices/ballot/seal.ts'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { turnClocks } from '../../clock/keeper.ts'
import { quietLog } from '../../database/testing.ts'
import { triggers } from '../../modules.ts'
import { Refusal } from '../../refusal.ts'
import { castBallot } from '../cast.ts'
import type { AnswerFigures } from '../fixes/protocol.ts'
import type { ShownFollowUp } from '../protocol.ts'
import { NOBODY } from '../remainders/remainder.ts'
import { ballotOf, CLERK, HALL, MANAGER, OTHER_CLERK, TestHall } from '../testing.ts'
import { isToFollow } from './bad-batch.ts'
import { followBatches } from './keeper.ts'

const SUPERVISOR = 'zhou-ping'
const DAY = '2026-03-02'

let hall: TestHall

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
  await hall.signOn(OTHER_CLERK, 'counter-2')
}, 120_000)
afterAll(() => hall.close())

async function votes(counter: string, levels: readonly Level[]): Promise<void> {
  const { id: key, publicKey } = await hall.key()
  const { db } = hall.server.deps
  for (const [nth, service] of (await hall.servedMany(counter, levels.length)).entries()) {
    const sealed = sealBallot(ballotOf(levels[nth] ?? 5), Buffer.from(publicKey, 'base64'))
    await castBallot(db, { service, form: 'full', key, sealed }, hall.now())
  }
}

const good = (count: number): Level[] => Array.from({ length: count }, () => 5)
const look = () => followBatches({ ...hall.server.deps, log: quietLog })
const seenBy = async (who: string): Promise<readonly ShownFollowUp[]> =>
  (await hall.get<{ followUps: ShownFollowUp[] }>(who, '/api/rating/follow-ups')).body.followUps
const step = (who: string, id: string, body: object) => hall.post(who, `/api/rating/follow-ups/${id}/step`, body)
const assign = (who: string, id: string, handler: string) =>
  hall.post(who, `/api/rating/follow-ups/${id}/assign`, { handler })
const works = async (who: string, id: string): Promise<boolean> =>
  (await hall.get<{ work: { id: string }[] }>(who, '/api/work')).body.work.some((one) => one.id === id)

/** Of the latest one: whether its days run. */
const clock = async (id: string) => {
  await turnClocks({ ...hall.server.deps, triggers, log: quietLog, now: () => hall.now() })
  const { db } = hall.server.deps
  return db
    .selectFrom('clocks')
    .innerJoin('clock_subjects', 'clock_subjects.clock', 'clocks.id')
    .select(['clocks.rule', 'clocks.status'])
    .where('clock_subjects.subject', '=', `follow-up/${id}`)
    .executeTakeFirst()
}

describe('bad votes that nobody left a contact with', () => {
  it('make nothing before their batch is counted, then one follow-up for the counter, however many look', async () => {
    await votes('counter-1', [1, 2, ...good(7)])
    await votes('counter-2', good(10))
    await hall.tally()
    expect(await look()).toBe(true)
    expect(await seenBy(MANAGER)).toEqual([])
    await votes('counter-1', good(3))
    hall.setDay(DAY)
    await hall.tally()
    expect(await Promise.all([look(), look(), look()])).toEqual([true, true, true])
    await look()
    const seen = await seenBy(MANAGER)
    expect(seen).toMatchObject([
      {
        ...{ counter: 'counter-1', counterName: '1号窗口', status: 'new', anonymous: true, words: null },
        batch: { day: DAY, bad: 2, counted: 12 },
      },
    ])
    expect(await seenBy(SUPERVISOR)).toHaveLength(1)
    for (const who of [CLERK, OTHER_CLERK, 'zhang-wei']) expect(await seenBy(who), who).toEqual([])
    expect(await works(MANAGER, seen[0]?.id ?? '')).toBe(true)
  })

  it('stand in the register by the counter and the figures of the batch, and by nothing of any vote', async () => {
    const { rows } = { rows: await hall.server.deps.db.selectFrom('rating_follow_ups').select('state').execute() }
    const [one] = rows
    expect(one?.state.batch).toEqual({ day: DAY, rule: 'bad-batch', version: 1, bad: 2, counted: 12 })
    const entries = await hall.server.database.ownerDb
      .selectFrom('entries' as 'reports')
      .selectAll()
      .where('type' as 'id', '=', 'rating.counter-follow-up-opened')
      .execute()
    const body = JSON.parse((entries[0] as unknown as { text: string }).text) as { body: object }
    expect(Object.keys(body.body).toSorted()).toEqual([
      ...['bad', 'clerk', 'counted', 'counter', 'day', 'hall', 'n', 'rule', 'subject', 'v', 'version'],
    ])
  })

  it('are looked into by somebody else than who was rated there, and closed by another, within its days', async () => {
    const id = (await seenBy(MANAGER))[0]?.id ?? ''
    expect(await clock(id)).toEqual({ rule: 'DL-40', status: 'running' })
    expect(await assign(MANAGER, id, CLERK)).toMatchObject({ status: 403, code: 'rating.handler-rated' })
    expect((await assign(MANAGER, id, OTHER_CLERK)).status).toBe(200)
    const found = { step: 'verify', note: '当天系统慢，排队一小时' }
    expect(await step(MANAGER, id, found)).toMatchObject({ code: 'rating.not-handler' })
    const settle = { step: 'settle', how: 'rectified', note: '增开窗口' }
    expect(await step(OTHER_CLERK, id, settle)).toMatchObject({ code: 'rating.follow-up-elsewhere' })
    // There is nobody to reach.
    const call = { step: 'call', reached: true, note: '已联系' }
    for (const body of [call, { step: 'feed-back', note: '已告知' }])
      expect(await step(OTHER_CLERK, id, body)).toMatchObject({ status: 409, code: 'rating.nobody-to-call' })
    const contact = await hall.post(OTHER_CLERK, `/api/rating/follow-ups/${id}/contact`, { reason: '回访' })
    expect(contact).toMatchObject({ status: 409, code: 'rating.nobody-to-call' })
    expect((await step(OTHER_CLERK, id, found)).status).toBe(200)
    // Who was rated learns that it is looked into, and no figure.
    expect(await seenBy(CLERK)).toMatchObject([{ id, anonymous: true, batch: null, notes: [], status: 'verified' }])
    expect((await step(OTHER_CLERK, id, settle)).status).toBe(200)
    expect([await works(OTHER_CLERK, id), await works(MANAGER, id)]).toEqual([false, true])
    for (const who of [OTHER_CLERK, CLERK])
      expect(await step(who, id, { step: 'close' })).toMatchObject({ code: 'rating.closer-handled' })
    expect((await step(MANAGER, id, { step: 'close' })).status).toBe(200)
    expect(await hall.post(SUPERVISOR, `/api/rating/follow-ups/${id}/ask-fix`)).toMatchObject({
      code: 'rating.nobody-to-call',
    })
    expect(await clock(id)).toEqual({ rule: 'DL-40', status: 'ended' })
    expect(await works(MANAGER, id)).toBe(false)
    const { body } = await hall.get<AnswerFigures>(MANAGER, `/api/rating/follow-ups/figures?hall=${HALL}`)
    expect(body).toMatchObject({ asked: 0, called: 0, counters: 1, putRight: 1, closed: 1, inTime: 1, due: 1 })
  })

  it('go out as the same numbered paper, which says what was counted', async () => {
    const id = (await seenBy(MANAGER))[0]?.id ?? ''
    const issued = await hall.post<{ paper: string }>(MANAGER, '/api/papers', { paper: 'follow-up', of: id })
    expect(issued.status).toBe(201)
    const file = await hall.server.as(MANAGER, { method: 'GET', url: `/api/papers/${issued.body.paper}/file.pdf` })
    const text = readPdf(file.rawPayload)
      .pages.map((page) => page.text.replaceAll('\n', ''))
      .join('')
    for (const part of ['差评核查处理单', '计票12份，其中差评2份', '当天系统慢，排队一小时', '不追查评价人'])
      expect(text.replaceAll(' ', '')).toContain(part)
  })

  it('are appealed by who was rated there; what is not upheld goes on where it stood', async () => {
    await votes('counter-1', [1, ...good(9)])
    await hall.tally()
    await look()
    const id = (await seenBy(MANAGER)).find(({ status }) => status === 'new')?.id ?? ''
    await assign(SUPERVISOR, id, OTHER_CLERK)
    const appeal = { step: 'appeal', ground: 'outage', evidence: '停机公告 3 号', note: '系统停机' }
    const review = { step: 'review', note: '已查' }
    expect((await step(CLERK, id, appeal)).status).toBe(200)
    expect((await step(SUPERVISOR, id, { ...review, upheld: false })).status).toBe(200)
    const status = async () => (await seenBy(MANAGER)).find((one) => one.id === id)?.status
    expect(await status()).toBe('assigned')
    expect((await step(OTHER_CLERK, id, { step: 'verify', note: '停机属实' })).status).toBe(200)
    expect((await step(CLERK, id, appeal)).status).toBe(200)
    expect((await step(SUPERVISOR, id, { ...review, upheld: false })).status).toBe(200)
    expect(await status()).toBe('verified')
    expect((await step(CLERK, id, appeal)).status).toBe(200)
    expect((await step(SUPERVISOR, id, { ...review, upheld: true })).status).toBe(200)
    expect(await status()).toBe('settled')
    expect((await step(MANAGER, id, { step: 'close' })).status).toBe(200)
  })

  it('are not lost where the look is cut off: the mark and the follow-up are written together', async () => {
    await votes('counter-2', [2, ...good(9)])
    await hall.tally()
    const before = (await seenBy(SUPERVISOR)).length
    const { deps } = hall.server
    const cut = async (...of: Parameters<typeof deps.actWithin>) => {
      await deps.actWithin(...of)
      throw new Error('the power is cut')
    }
    expect(await followBatches({ ...deps, actWithin: cut, log: quietLog })).toBe(false)
    expect(await seenBy(SUPERVISOR)).toHaveLength(before)
    expect(await look()).toBe(true)
    expect(await seenBy(SUPERVISOR)).toHaveLength(before + 1)
    await look()
    expect(await seenBy(SUPERVISOR)).toHaveLength(before + 1)
    expect(await hall.faults()).toEqual([])
  })

  it('are said once where a rule refuses their follow-up, and tried again an hour later', async () => {
    await votes('counter-2', [1, ...good(9)])
    await hall.tally()
    const { deps } = hall.server
    const before = (await seenBy(SUPERVISOR)).length
    let tries = 0
    const refuses = () => {
      tries += 1
      return Promise.reject(new Refusal('rating.nothing-to-follow', { batch: 'x' }))
    }
    const said: unknown[] = []
    const log = { ...quietLog, error: (...words: unknown[]) => void said.push(words) }
    const refused = new Map<string, number>()
    const at = (ms: number) => followBatches({ ...deps, actWithin: refuses, log }, refused, ms)
    expect(await at(0)).toBe(true)
    for (const ms of [15_000, 30_000]) await at(ms)
    expect([tries, said.length]).toEqual([1, 1])
    await at(3_600_000)
    expect([tries, said.length]).toEqual([2, 1])
    const elsewhere = new Map(refused)
    expect(await followBatches({ ...deps, log }, refused, 7_200_000)).toBe(true)
    expect(refused.size).toBe(0)
    // Another server that was refused it too waits for it no more.
    await followBatches({ ...deps, log }, elsewhere, 7_200_000)
    expect([elsewhere.size, tries]).toEqual([0, 2])
    expect(await seenBy(SUPERVISOR)).toHaveLength(before + 1)
  })

  it('make none where they are of no counter', () => {
    const group = { hall: HALL, counter: 'counter-1', clerk: CLERK, matter: 'general', questionnaire: 'hall-service@1' }
    const batch = { group, ofHall: true, day: DAY, counts: { overall: { 1: 0, 2: 1, 3: 0, 4: 0, 5: 9 } } }
    expect(isToFollow(batch)).toBe(true)
    expect(isToFollow({ ...batch, ofHall: false })).toBe(false)
    expect(isToFollow({ ...batch, group: { ...group, counter: NOBODY, clerk: NOBODY } })).toBe(false)
    expect(isToFollow({ ...batch, counts: { overall: { 1: 0, 2: 0, 3: 1, 4: 0, 5: 9 } } })).toBe(false)
    expect(isToFollow(batch, { rule: 'x', version: 1, bad: 2, why: { zh: '', en: '' } })).toBe(false)
  })
})
