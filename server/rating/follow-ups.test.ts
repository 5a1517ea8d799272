import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../../labels/testing/read-pdf.ts'
import { hintsInSight } from '../custody/sight/hints.ts'
import { hintSights } from '../modules.ts'
import type { ShownFollowUp } from './protocol.ts'
import { VOTE_LIFE_MS } from './services.ts'
import { ballotOf, CLERK, MANAGER, OTHER_CLERK, TestHall } from './testing.ts'

const SUPERVISOR = 'zhou-ping'
const CONTACT = '李先生 13800000000'
const SAID = '材料交了三次'

let hall: TestHall

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
})
afterAll(() => hall.close())

async function ask(token: string, contact = CONTACT) {
  const answer = await hall.server.app.inject({
    ...{ method: 'POST', url: '/api/rating/answers', payload: { token, contact, words: SAID } },
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  return { status: answer.statusCode, code: answer.json<{ code?: string }>().code }
}

async function opened(): Promise<string> {
  const { service, token } = await hall.served('counter-1')
  expect((await hall.vote(token, ballotOf(1))).status).toBe(201)
  expect((await ask(token)).status).toBe(201)
  return service
}

const seenBy = async (who: string, id: string) =>
  (await hall.get<{ followUps: ShownFollowUp[] }>(who, '/api/rating/follow-ups')).body.followUps.find(
    (one) => one.id === id,
  )
const assign = (who: string, id: string, handler: string) =>
  hall.post(who, `/api/rating/follow-ups/${id}/assign`, { handler })
const step = (who: string, id: string, body: object) => hall.post(who, `/api/rating/follow-ups/${id}/step`, body)
const call = { step: 'call', reached: true, note: '已联系' }
const settle = { step: 'settle', how: 'rectified', note: '当场补办' }
const feedBack = { step: 'feed-back', note: '已告知' }
const close = { step: 'close' }

/** Who is told at once that this has moved on. */
const hears = async (who: string, subject: string, register = 'hall.hall-1'): Promise<boolean> => {
  const hint = { register, seq: 1, type: 'rating.step', subject, at: hall.now() }
  return (await hintsInSight(hall.server.deps.db, who, [hint], hall.now(), hintSights)).length === 1
}

describe('a rater who wants an answer', () => {
  it('leaves a contact once a service, as long as the vote is open, by its token', async () => {
    const { token } = await hall.served('counter-1')
    expect((await ask(token)).status).toBe(201)
    expect(await ask(token)).toMatchObject({ status: 409, code: 'rating.answer-asked' })
    expect(await ask(`${token}x`)).toMatchObject({ code: 'rating.wrong-token' })
    const late = await hall.served('counter-1')
    hall.pass(VOTE_LIFE_MS)
    expect(await ask(late.token)).toMatchObject({ code: 'rating.vote-over' })
  })

  it('is seen by who answers for it; the rated clerk is told neither words nor contact, others nothing', async () => {
    const id = await opened()
    expect(await seenBy(MANAGER, id)).toMatchObject({
      ...{ status: 'new', words: SAID, clerk: { id: CLERK }, counter: 'counter-1', counterName: '1号窗口' },
    })
    expect(await seenBy(SUPERVISOR, id)).toMatchObject({ status: 'new' })
    for (const who of [OTHER_CLERK, 'zhang-wei', 'qian-lei']) expect(await seenBy(who, id), who).toBeUndefined()
    for (const who of [MANAGER, SUPERVISOR]) expect(await hears(who, `follow-up/${id}`), who).toBe(true)
    for (const who of [OTHER_CLERK, 'zhang-wei']) expect(await hears(who, `follow-up/${id}`), who).toBe(false)
    // The rater may still stand before him: the rated clerk learns of it once somebody has taken it in hand.
    expect(await seenBy(CLERK, id)).toBeUndefined()
    expect(await hears(CLERK, `follow-up/${id}`)).toBe(false)
    expect((await assign(MANAGER, id, OTHER_CLERK)).status).toBe(200)
    expect(await seenBy(CLERK, id)).toMatchObject({ words: null, notes: [] })
    expect(await hears(CLERK, `follow-up/${id}`)).toBe(true)
    // Of whom a sample calls nobody of the hall is told.
    for (const who of [MANAGER, CLERK]) expect(await hears(who, 'sample/x'), who).toBe(false)
    expect(await hears(CLERK, 'service/x')).toBe(true)
    expect(await hears(CLERK, 'ranking/x')).toBe(false)
    expect(await hears(MANAGER, 'ranking/x')).toBe(true)
    expect(await hears(MANAGER, 'ranking/x', 'hall.hall-2')).toBe(false)
    const answers = await Promise.all([MANAGER, SUPERVISOR, CLERK].map((who) => seenBy(who, id)))
    expect(JSON.stringify(answers)).not.toContain('13800000000')
    const entries = await hall.server.database.ownerDb
      .selectFrom('entries' as 'rating_used')
      .selectAll()
      .execute()
    expect(JSON.stringify(entries)).not.toMatch(/13800000000|材料交了三次/)
  })
})

describe('its work', () => {
  it('goes its way by several people: named, called back, settled, fed back, closed by another', async () => {
    const id = await opened()
    expect(await step(OTHER_CLERK, id, call)).toMatchObject({ code: 'rating.unknown-follow-up' })
    expect(await assign(MANAGER, id, CLERK)).toMatchObject({ status: 403, code: 'rating.handler-rated' })
    expect((await assign(MANAGER, id, OTHER_CLERK)).status).toBe(200)
    expect(await step(MANAGER, id, call)).toMatchObject({ code: 'rating.not-handler' })
    expect(await step(OTHER_CLERK, id, settle)).toMatchObject({ code: 'rating.follow-up-elsewhere' })
    const contact = `/api/rating/follow-ups/${id}/contact`
    expect(await hall.post(MANAGER, contact, { reason: '看看' })).toMatchObject({ code: 'rating.not-handler' })
    expect((await hall.post(OTHER_CLERK, contact, { reason: '回访' })).body).toEqual({ contact: CONTACT })
    expect((await step(OTHER_CLERK, id, call)).status).toBe(200)
    expect((await step(OTHER_CLERK, id, settle)).status).toBe(200)
    expect(await step(MANAGER, id, close)).toMatchObject({ code: 'rating.follow-up-elsewhere' })
    expect((await step(OTHER_CLERK, id, feedBack)).status).toBe(200)
    for (const who of [OTHER_CLERK, CLERK])
      expect(await step(who, id, close)).toMatchObject({ status: 403, code: 'rating.closer-handled' })
    expect((await step(MANAGER, id, close)).status).toBe(200)
    const closed = await seenBy(MANAGER, id)
    expect(closed).toMatchObject({ status: 'closed', reached: true, settlement: 'rectified' })
    expect(closed?.notes.map((one) => [one.step, one.note])).toEqual([
      ['call', '已联系'],
      ['settle', '当场补办'],
      ['feed-back', '已告知'],
    ])
    const { rows } = { rows: await hall.server.deps.db.selectFrom('rating_follow_ups').select('status').execute() }
    expect(rows.map(({ status }) => status)).toContain('closed')
  })

  it('is sent back by who may close it, settled anew, and closed; never by who handled it', async () => {
    const id = await opened()
    const back = { step: 'return', note: '没有说明何时改好' }
    await assign(MANAGER, id, OTHER_CLERK)
    for (const one of [call, settle]) await step(OTHER_CLERK, id, one)
    expect(await step(MANAGER, id, back)).toMatchObject({ code: 'rating.follow-up-elsewhere' })
    await step(OTHER_CLERK, id, feedBack)
    for (const who of [OTHER_CLERK, CLERK])
      expect(await step(who, id, back)).toMatchObject({ status: 403, code: 'rating.closer-handled' })
    expect((await step(MANAGER, id, back)).status).toBe(200)
    expect(await seenBy(MANAGER, id)).toMatchObject({ status: 'called', reached: true, settlement: null })
    expect(await step(MANAGER, id, close)).toMatchObject({ code: 'rating.follow-up-elsewhere' })
    for (const one of [settle, feedBack]) expect((await step(OTHER_CLERK, id, one)).status).toBe(200)
    expect((await step(MANAGER, id, close)).status).toBe(200)
    const notes = (await seenBy(MANAGER, id))?.notes ?? []
    expect(notes.map((one) => one.step)).toContain('return')
    expect(await hall.faults()).toEqual([])
  })

  it('is appealed by the rated clerk, decided by a supervisor, and not counted against him where that is upheld', async () => {
    const id = await opened()
    await assign(SUPERVISOR, id, OTHER_CLERK)
    const appeal = { step: 'appeal', ground: 'outage', evidence: '停机公告 3 号', note: '系统停机' }
    expect(await step(CLERK, id, { step: 'appeal', note: '系统停机' })).toMatchObject({ status: 400 })
    expect(await step(OTHER_CLERK, id, appeal)).toMatchObject({ code: 'rating.not-rated-clerk' })
    expect((await step(CLERK, id, appeal)).status).toBe(200)
    const review = { step: 'review', upheld: true, note: '属实' }
    expect(await step(MANAGER, id, review)).toMatchObject({ code: 'rating.not-reviewer' })
    expect((await step(SUPERVISOR, id, review)).status).toBe(200)
    expect(await seenBy(SUPERVISOR, id)).toMatchObject({ status: 'settled', excluded: true })
    // The clerk is right; the rater is called back all the same (K-07).
    expect(await step(OTHER_CLERK, id, feedBack)).toMatchObject({ status: 409, code: 'rating.not-called-back' })
    for (const next of [call, settle, feedBack]) expect((await step(OTHER_CLERK, id, next)).status).toBe(200)
    expect((await step(MANAGER, id, close)).status).toBe(200)
    const again = await opened()
    await assign(MANAGER, again, OTHER_CLERK)
    await step(CLERK, again, appeal)
    expect((await step(SUPERVISOR, again, { ...review, upheld: false })).status).toBe(200)
    expect(await seenBy(SUPERVISOR, again)).toMatchObject({ status: 'called', excluded: false })
  })

  it('goes out as a numbered paper with its steps, without how to reach the rater, and never to the rated clerk', async () => {
    const id = await opened()
    const wanted = { paper: 'follow-up', of: id }
    expect(await hall.post(MANAGER, '/api/papers', wanted)).toMatchObject({ code: 'custody.nothing-for-paper' })
    await assign(MANAGER, id, OTHER_CLERK)
    await step(OTHER_CLERK, id, call)
    await step(OTHER_CLERK, id, settle)
    for (const who of [CLERK, 'zhang-wei'])
      expect(await hall.post(who, '/api/papers', wanted), who).toMatchObject({ code: 'request.not-found' })
    const issued = await hall.post(MANAGER, '/api/papers', wanted)
    expect(issued.status).toBe(201)
    const { paper, number } = issued.body as { paper: string; number: string }
    expect(number).toMatch(/^评〔2026〕/)
    const file = (who: string) => hall.server.as(who, { method: 'GET', url: `/api/papers/${paper}/file.pdf` })
    const { pages } = readPdf((await file(OTHER_CLERK)).rawPayload)
    const text = pages.map((page) => page.text.replaceAll('\n', ' ')).join(' ')
    for (const part of ['差评核查处理单', number, SAID, '回访核实', '当场补办', '立行立改'])
      expect(text).toContain(part)
    expect(text).not.toContain('13800000000')
    expect((await file(CLERK)).statusCode).toBe(404)
    // So its page says at once what became of a print.
    expect(await hears(MANAGER, `paper/${paper}`)).toBe(true)
    expect(await hears(CLERK, `paper/${paper}`)).toBe(false)
  })

  it('stands on the work list of whose turn it is', async () => {
    const id = await opened()
    const waits = async (who: string) =>
      (await hall.get<{ work: { kind: string; id: string }[] }>(who, '/api/work')).body.work.some(
        (one) => one.kind === 'follow-up' && one.id === id,
      )
    expect([await waits(MANAGER), await waits(OTHER_CLERK)]).toEqual([true, false])
    await assign(MANAGER, id, OTHER_CLERK)
    expect([await waits(MANAGER), await waits(OTHER_CLERK)]).toEqual([false, true])
  })
})
