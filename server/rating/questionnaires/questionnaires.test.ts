import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  BALLOT_BYTES,
  type BallotContent,
  encodeBallot,
  type Level,
  REASONS_MAX,
  WORDS_MAX,
} from '../../../devices/ballot/ballot.ts'
import { SEALED_BYTES } from '../../../devices/ballot/seal.ts'
import { type Command, SYSTEM } from '../../module.ts'
import { readScreen } from '../counter-reads.ts'
import type { ShownQuestionnaire, Summary } from '../protocol.ts'
import { QUESTIONS_MAX } from '../schemas.ts'
import { ballotOf, CLERK, HALL, MANAGER, TestHall } from '../testing.ts'
import type { DraftContent, ShownVersion } from './protocol.ts'

const SUPERVISOR = 'zhou-ping'
const ALL: readonly Level[] = [1, 2, 3, 4, 5]
const asks = (zh: string, en: string) => ({ words: { zh, en } })
const CONTENT: DraftContent = {
  ...{ anonymity: 'sealed', asksWords: false },
  questions: [asks('服务态度', 'Attitude'), asks('等候时间', 'Waiting time')],
  reasons: [{ ...asks('办理快捷', 'Quick'), levels: [5, 4, 4] }],
}

it('has room for the longest ballot that any version can ask for: all of one length (T37)', () => {
  const longest: BallotContent = {
    ...{ v: 1, questionnaire: `${'h'.repeat(32)}@999999`, level: 5, key: null, words: '𠮷'.repeat(WORDS_MAX) },
    answers: Object.fromEntries(Array.from({ length: QUESTIONS_MAX }, (_, nth) => [`w-01234567${nth}9`, 5 as Level])),
    reasons: Array.from({ length: REASONS_MAX }, (_, nth) => `w-01234567${nth}9`),
  }
  expect(encodeBallot(longest)).toHaveLength(BALLOT_BYTES)
})

describe('what a hall asks', () => {
  let hall: TestHall
  const write = (person: string, content: object) =>
    hall.post<{ questionnaire: string }>(person, '/api/rating/questionnaires', { hall: HALL, content })
  const list = async () =>
    (await hall.get<{ versions: ShownVersion[] }>(MANAGER, `/api/rating/questionnaires?hall=${HALL}`)).body.versions
  const draftedAt = async (id: string) => (await list()).find((one) => one.id === id)?.draftedAt
  const decide = async (person: string, id: string, open: boolean, seen?: string) =>
    hall.post(person, `/api/rating/questionnaires/${id}/decide`, { open, draftedAt: seen ?? (await draftedAt(id)) })
  const asked = async (id: string) => {
    const answer = await hall.server.app.inject({ url: `/api/rating/questionnaire?id=${id}` })
    return answer.json<ShownQuestionnaire & { code?: string }>()
  }
  const summary = async (more = '') =>
    (await hall.get<Summary>(MANAGER, `/api/rating/summary?hall=${HALL}${more}`)).body.total
  const screen = () => readScreen(hall.server.deps.db, hall.server.keys.pepper, 'counter-1', hall.now())

  beforeAll(async () => {
    hall = await TestHall.open()
    await hall.tally()
    await hall.signOn(CLERK, 'counter-1')
  })
  afterAll(() => hall.close())

  it('is drafted by one, opened by another, and never changed after that', { timeout: 60_000 }, async () => {
    expect(await write(CLERK, CONTENT)).toMatchObject({ code: 'access.no-post' })
    // A ballot names its questions by the hall: one of such an id would take the place of what every hall asks.
    const named = { unit: 'hall-service', name: '一厅', kind: 'hall', parent: 'organ' }
    await hall.server.deps.act({ person: SYSTEM }, { type: 'org.add-unit', ...named } as Command, { cause: 'named' })
    expect(
      await hall.post(SUPERVISOR, '/api/rating/questionnaires', { hall: 'hall-service', content: CONTENT }),
    ).toMatchObject({ status: 409, code: 'rating.hall-named-ours' })
    const twice = { ...CONTENT, questions: [...CONTENT.questions, asks('等候时间', 'Wait')] }
    expect(await write(MANAGER, twice)).toMatchObject({ status: 422, code: 'rating.asked-twice' })
    const nine = Array.from({ length: REASONS_MAX + 1 }, (_, nth) => ({
      ...asks(`原因${nth}`, `R${nth}`),
      levels: ALL,
    }))
    expect(await write(MANAGER, { ...CONTENT, reasons: nine })).toMatchObject({ code: 'rating.too-many-reasons' })
    expect((await write(MANAGER, { ...CONTENT, asksWords: true })).body.questionnaire).toBe('hall-1@1')
    const seen = await draftedAt('hall-1@1')
    hall.pass(1_000)
    // Written anew, not a second one.
    expect((await write(MANAGER, CONTENT)).body.questionnaire).toBe('hall-1@1')
    expect(await asked('hall-1@1')).toMatchObject({ code: 'rating.unknown-questionnaire' })
    expect(await decide(MANAGER, 'hall-1@1', true)).toMatchObject({ status: 403, code: 'rating.questionnaire-own' })
    // Who looked before it was written anew has not seen what he would open.
    expect(await decide(SUPERVISOR, 'hall-1@1', true, seen)).toMatchObject({ code: 'rating.questionnaire-changed' })
    expect((await screen()).questionnaire).toBe('hall-service@1')
    expect((await decide(SUPERVISOR, 'hall-1@1', true)).status).toBe(200)
    expect((await screen()).questionnaire).toBe('hall-1@1')
    const shown = await asked('hall-1@1')
    // The same words are the same question wherever they are asked; other words are another one.
    expect(shown.questions).toMatchObject([{ id: 'attitude' }, { id: expect.stringMatching(/^w-[0-9a-f]{10}$/) }])
    expect(shown).toMatchObject({
      ...{ asksWords: false, asksContact: false, levels: { length: 5 } },
      reasons: [{ id: 'fast', levels: [4, 5] }],
    })
    for (const person of [MANAGER, SUPERVISOR])
      for (const open of [true, false])
        expect(await decide(person, 'hall-1@1', open)).toMatchObject({ code: 'rating.questionnaire-fixed' })
    expect((await write(SUPERVISOR, CONTENT)).body.questionnaire).toBe('hall-1@2')
    expect((await decide(MANAGER, 'hall-1@2', false)).status).toBe(200)
    expect((await list()).map(({ id, status }) => `${id} ${status}`)).toEqual(['hall-1@2 dropped', 'hall-1@1 open'])
  })

  it('stands on each vote: counted apart, and added up where the words are the same', { timeout: 60_000 }, async () => {
    const vote = async (token: string, level: Level, content: Partial<BallotContent>) =>
      expect((await hall.vote(token, ballotOf(level, content))).status).toBe(201)
    const waiting = questionIds(await asked('hall-1@1'))[1] ?? ''
    const before = await hall.served('counter-1')
    const questions = await hall.server.app.inject({
      ...{ method: 'POST', url: '/api/rating/questions', payload: { token: before.token } },
      headers: { 'idempotency-key': crypto.randomUUID() },
    })
    expect(questions.json()).toMatchObject({ id: 'hall-1@1' })
    const answer = { contact: '13800000000', words: '等太久', token: before.token }
    expect(await hall.post(MANAGER, '/api/rating/answers', answer)).toMatchObject({ code: 'rating.no-contact-asked' })

    await write(MANAGER, { ...CONTENT, anonymity: 'contact-apart', questions: [asks('服务态度', 'Attitude')] })
    expect((await decide(SUPERVISOR, 'hall-1@3', true)).status).toBe(200)
    expect((await list()).map(({ status }) => status)).toEqual(['open', 'dropped', 'closed'])
    // Who was asked before is asked the same to the end.
    expect((await screen()).vote).toMatchObject({ questionnaire: 'hall-1@1' })
    await vote(before.token, 5, { questionnaire: 'hall-1@1', answers: { attitude: 5, [waiting]: 1 } })
    const old = await hall.server.deps.db
      .selectFrom('rating_services')
      .select('grp')
      .where('id', '=', before.service)
      .executeTakeFirstOrThrow()
    // Neither version asks for words: what was written by hand into a ballot all the same is nobody's to read.
    const words = '没有问过'
    const ballot = ballotOf(5, { questionnaire: 'hall-1@1', answers: { attitude: 5, [waiting]: 1 }, words })
    const { sealBallot } = await import('../../../devices/ballot/seal.ts')
    const key = await hall.key()
    for (let nth = 0; nth < 9; nth += 1) {
      const sealed = Buffer.from(sealBallot(ballot, Buffer.from(key.publicKey, 'base64')))
      expect(sealed).toHaveLength(SEALED_BYTES)
      await hall.server.database.ownerDb
        .insertInto('rating_ballots')
        .values({ id: crypto.randomUUID(), grp: old.grp ?? '', form: 'full', key: key.id, sealed })
        .execute()
    }
    for (let nth = 0; nth < 10; nth += 1)
      await vote((await hall.served('counter-1')).token, 2, {
        questionnaire: 'hall-1@3',
        answers: { attitude: 2 },
        words,
      })
    await hall.tally()
    expect(await hall.server.database.ownerDb.selectFrom('rating_words').selectAll().execute()).toEqual([])

    const attitude = { id: 'attitude', words: { zh: '服务态度' } }
    expect(await summary()).toMatchObject({
      ...{ counted: 20, satisfied: { good: 10, n: 20 } },
      answers: [
        { ...attitude, n: 20, satisfied: { good: 10 } },
        { id: waiting, n: 10, satisfied: { good: 0 } },
      ],
    })
    expect(await summary('&questionnaire=hall-1@3')).toMatchObject({
      ...{ counted: 10, satisfied: { good: 0, n: 10 } },
      answers: [{ ...attitude, n: 10, satisfied: { good: 0 } }],
    })
    const dashboard = (question: string) => hall.get(MANAGER, `/api/rating/dashboard?hall=${HALL}&question=${question}`)
    expect((await dashboard(waiting)).status).toBe(200)
    expect(await dashboard('never-asked')).toMatchObject({ code: 'rating.unknown-question' })
  })

  it('an organ has versions of its own for its campaigns, opened by its leader', { timeout: 120_000 }, async () => {
    const words = { zh: '依规用权', en: 'Uses its power by the rules' }
    const bare = { anonymity: 'sealed', asksWords: false, questions: [{ words }], reasons: [] }
    const write = (person: string, content: object, unit = 'organ') =>
      hall.post<{ questionnaire: string }>(person, '/api/rating/questionnaires', { hall: unit, content })
    expect(await write('zhou-ping', bare, 'dept-1')).toMatchObject({ code: 'rating.unknown-hall' })
    expect(await write('he-fang', bare)).toMatchObject({ code: 'rating.not-for-you' })
    for (const more of [{ asksWords: true }, { anonymity: 'contact-apart' }, { reasons: [{ levels: [1], words }] }])
      expect(
        await write('zhou-ping', { ...bare, questions: [{ words: { zh: '题', en: 'q' } }], ...more }),
      ).toMatchObject({
        code: 'rating.organ-asks',
      })
    expect((await write('zhou-ping', bare)).body.questionnaire).toBe('organ@1')
    const content = {
      ...{ title: '评议', from: '2026-03-02', to: '2026-03-04', questionnaire: 'organ@1', departments: ['dept-1'] },
      groups: [{ name: '服务对象', target: 10, weight: null }],
    }
    const campaign = () =>
      hall.post<{ campaign: string }>('zhou-ping', '/api/rating/campaigns', { unit: 'organ', content })
    expect(await campaign()).toMatchObject({ code: 'rating.unknown-questionnaire' })
    const at = '/api/rating/questionnaires?hall=organ'
    const [draft] = (await hall.get<{ versions: ShownVersion[] }>('sun-bo', at)).body.versions
    const decide = (person: string) =>
      hall.post(person, '/api/rating/questionnaires/organ@1/decide', { open: true, draftedAt: draft?.draftedAt })
    expect(await decide('zhou-ping')).toMatchObject({ code: 'rating.questionnaire-own' })
    expect((await decide('sun-bo')).status).toBe(200)
    expect((await campaign()).status).toBe(201)
    const { rows } = await sql<{ register: string }>`
      select distinct register from entries where subject = 'questionnaire/organ@1'
    `.execute(hall.server.database.ownerDb)
    expect(rows).toEqual([{ register: 'unit.organ' }])
    expect(await hall.faults()).toEqual([])
  })
})

function questionIds({ questions }: ShownQuestionnaire): string[] {
  return questions.map(({ id }) => id)
}
