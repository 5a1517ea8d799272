import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { turnClocks } from '../clock/keeper.ts'
import { quietLog } from '../database/testing.ts'
import { type Command, SYSTEM } from '../module.ts'
import { triggers } from '../modules.ts'
import type { AnswerFigures } from './fixes/protocol.ts'
import { FOLLOW_UP_STATUSES } from './follow-ups.ts'
import type { ShownFollowUp } from './protocol.ts'
import { CLERK, HALL, MANAGER, OTHER_CLERK, TestHall } from './testing.ts'

const APPROVER = 'sun-bo'
const SUPERVISOR = 'zhou-ping'
const DAY_MS = 86_400_000
const WHY = '需向市局调档'

let hall: TestHall

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
})
afterAll(() => hall.close())

const turn = () => turnClocks({ ...hall.server.deps, triggers, log: quietLog, now: () => hall.now() })
const seenBy = async (who: string, id: string) =>
  (await hall.get<{ followUps: ShownFollowUp[] }>(who, '/api/rating/follow-ups')).body.followUps.find(
    (one) => one.id === id,
  )
const step = (who: string, id: string, body: object) => hall.post(who, `/api/rating/follow-ups/${id}/step`, body)
const figures = async () => (await hall.get<AnswerFigures>(MANAGER, `/api/rating/follow-ups/figures?hall=${HALL}`)).body

/** Somebody wants an answer, and the clocks have taken it in. */
async function opened(handler: string | null = OTHER_CLERK): Promise<{ id: string; clock: string }> {
  const { service: id, token } = await hall.served('counter-1')
  await hall.server.app.inject({
    ...{ method: 'POST', url: '/api/rating/answers', payload: { token, contact: '李先生', words: '材料交了三次' } },
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  if (handler !== null) await hall.post(MANAGER, `/api/rating/follow-ups/${id}/assign`, { handler })
  await turn()
  return { id, clock: (await seenBy(SUPERVISOR, id))?.deadline?.clock ?? '' }
}

const ask = async (who: string, clock: string) => {
  const asked = { deed: { command: 'extend-deadline', clock }, reason: WHY }
  return hall.post<{ id: string }>(who, '/api/approvals', asked)
}
const grant = (who: string, id: string) => hall.post(who, `/api/approvals/${id}/grant`)

const called = { step: 'call', reached: true, note: '已联系' }
const settled = { step: 'settle', how: 'rectified', note: '当场补办' }
const fedBack = { step: 'feed-back', note: '已告知' }

describe('more time for an answer (R15)', () => {
  it('is asked with a reason by who handles it or heads the hall, decided by another, and stands on it', async () => {
    const { id, clock } = await opened()
    const before = (await seenBy(OTHER_CLERK, id))?.deadline
    expect(before).toMatchObject({ extendable: true, extensions: [], endedAt: null })
    for (const who of [CLERK, 'zhang-wei', SUPERVISOR])
      expect(await ask(who, clock), who).toMatchObject({ status: 404, code: 'clock.unknown' })
    const asked = await ask(OTHER_CLERK, clock)
    expect(asked.status).toBe(201)
    expect((await seenBy(MANAGER, id))?.deadline).toMatchObject({
      ...{ extendable: false, dueAt: before?.dueAt },
      extensions: [{ state: 'asked', askedBy: '郑凯', reason: WHY, decidedBy: null }],
    })
    expect((await grant(APPROVER, asked.body.id)).status).toBe(200)
    const after = (await seenBy(OTHER_CLERK, id))?.deadline
    expect(Date.parse(after?.dueAt ?? '')).toBeGreaterThanOrEqual(Date.parse(before?.dueAt ?? '') + 10 * DAY_MS)
    expect(after).toMatchObject({
      extendable: false,
      extensions: [{ state: 'granted', askedBy: '郑凯', reason: WHY, decidedBy: '孙博' }],
    })
    // Once: its rule gives no second one.
    expect(await ask(MANAGER, clock)).toMatchObject({ code: 'clock.not-extendable' })
    // Who was rated is told that it was put off, not why.
    expect((await seenBy(CLERK, id))?.deadline?.extensions).toMatchObject([{ state: 'granted', reason: null }])
  })

  /** Every state, and whether more time may be asked for there. */
  const table: Readonly<Record<(typeof FOLLOW_UP_STATUSES)[number], boolean>> = {
    ...{ new: true, assigned: true, called: true, verified: true, settled: true, appealed: true },
    ...{ 'fed-back': true, closed: false },
  }
  const ways: Readonly<Record<string, readonly (readonly [string, object])[]>> = {
    assigned: [],
    called: [[OTHER_CLERK, called]],
    settled: [
      [OTHER_CLERK, called],
      [OTHER_CLERK, settled],
    ],
    appealed: [[CLERK, { step: 'appeal', ground: 'outage', evidence: '停机公告', note: '系统停机' }]],
    'fed-back': [
      [OTHER_CLERK, called],
      [OTHER_CLERK, settled],
      [OTHER_CLERK, fedBack],
    ],
    closed: [
      [OTHER_CLERK, called],
      [OTHER_CLERK, settled],
      [OTHER_CLERK, fedBack],
      [MANAGER, { step: 'close' }],
    ],
  }
  it.each(FOLLOW_UP_STATUSES.filter((status) => status === 'new' || status in ways))(
    'may be asked for as the table says, and changes nothing else: %s',
    async (status) => {
      const { id, clock } = await opened(status === 'new' ? null : OTHER_CLERK)
      for (const [who, body] of ways[status] ?? []) expect((await step(who, id, body)).status).toBe(200)
      await turn()
      expect((await seenBy(MANAGER, id))?.deadline?.extendable).toBe(table[status])
      const asked = await ask(MANAGER, clock)
      expect(asked.status).toBe(table[status] ? 201 : 409)
      if (table[status]) expect((await grant(APPROVER, asked.body.id)).status).toBe(200)
      expect((await seenBy(MANAGER, id))?.status).toBe(status)
    },
  )

  it('is told apart in 按期率, and comes too late once the days are over (R18)', async () => {
    const was = await figures()
    const close = async (id: string): Promise<void> => {
      for (const [who, body] of ways['closed'] ?? []) expect((await step(who, id, body)).status).toBe(200)
    }
    const [plain, longer, late] = [await opened(), await opened(), await opened()]
    const asked = await ask(MANAGER, longer.clock)
    await grant(APPROVER, asked.body.id)
    await close(plain.id)
    hall.pass(9 * DAY_MS)
    expect(await ask(MANAGER, late.clock)).toMatchObject({ code: 'clock.period-over' })
    expect((await seenBy(MANAGER, late.id))?.deadline?.extendable).toBe(false)
    await close(longer.id)
    await close(late.id)
    await turn()
    const now = await figures()
    expect(now.inTime - was.inTime).toBe(2)
    expect(now.inTimeExtended - was.inTimeExtended).toBe(1)
    expect(await hall.faults()).toEqual([])
  })

  it('is never decided by who asked or handles it, nor by the rated clerk, whatever posts they hold', async () => {
    const { clock } = await opened()
    for (const person of [OTHER_CLERK, CLERK])
      await hall.server.deps.act(
        { person: SYSTEM },
        { type: 'org.appoint', person, post: 'approver', place: HALL } as Command,
        { cause: crypto.randomUUID() },
      )
    const asked = await ask(MANAGER, clock)
    expect(asked.status).toBe(201)
    expect(await grant(OTHER_CLERK, asked.body.id)).toMatchObject({ status: 403, code: 'clock.handler-decides' })
    // The rated clerk is not even shown it, nor why it was asked.
    expect((await hall.get(CLERK, `/api/approvals/${asked.body.id}`)).status).toBe(403)
    expect(await grant(CLERK, asked.body.id)).toMatchObject({ status: 403, code: 'clock.handler-decides' })
    expect((await grant(APPROVER, asked.body.id)).status).toBe(200)
    const own = await opened(null)
    const another = await ask(MANAGER, own.clock)
    expect(await grant(MANAGER, another.body.id)).toMatchObject({ code: 'approvals.same-person' })
    expect(await hall.faults()).toEqual([])
  })
})
