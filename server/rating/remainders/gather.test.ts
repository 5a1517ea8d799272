import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Level } from '../../../devices/ballot/ballot.ts'
import { sealBallot } from '../../../devices/ballot/seal.ts'
import { castBallot } from '../cast.ts'
import type { Summary } from '../protocol.ts'
import type { ShownVersion } from '../questionnaires/protocol.ts'
import type { Dashboard } from '../seeing/protocol.ts'
import { VOTE_LIFE_MS } from '../services.ts'
import { ballotOf, CLERK, HALL, MANAGER, OTHER_CLERK, TestHall } from '../testing.ts'

const THREE_DAYS_MS = 3 * 86_400_000

let hall: TestHall

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
  await hall.signOn(OTHER_CLERK, 'counter-2')
})
afterAll(() => hall.close())

async function votes(counter: string, count: number, level: Level): Promise<void> {
  const { id: key, publicKey } = await hall.key()
  const content = ballotOf(level, { answers: { attitude: level } })
  for (const service of await hall.servedMany(counter, count)) {
    const sealed = sealBallot(content, Buffer.from(publicKey, 'base64'))
    await castBallot(hall.server.deps.db, { service, form: 'full', key, sealed }, hall.now())
  }
}

async function openAnother(): Promise<void> {
  const words = { zh: '等候时间', en: 'Waiting time' }
  const content = { anonymity: 'contact-apart', asksWords: false, questions: [{ words }], reasons: [] }
  await hall.post(MANAGER, '/api/rating/questionnaires', { hall: HALL, content })
  const at = `/api/rating/questionnaires?hall=${HALL}`
  const [draft] = (await hall.get<{ versions: ShownVersion[] }>(MANAGER, at)).body.versions
  const seen = { open: true, draftedAt: draft?.draftedAt }
  const { status } = await hall.post('zhou-ping', `/api/rating/questionnaires/${draft?.id}/decide`, seen)
  expect(status).toBe(200)
}

const summary = async (more = '') => (await hall.get<Summary>(MANAGER, `/api/rating/summary?hall=${HALL}${more}`)).body

it('what was left of a version is counted for the hall alone once ten are together, and every vote is accounted for', async () => {
  await votes('counter-1', 6, 5)
  await votes('counter-2', 4, 1)
  await openAnother()
  hall.pass(VOTE_LIFE_MS)
  // A ballot may still be on its way.
  expect(await hall.tally()).toMatchObject({ batches: 0, account: { waiting: 10, balanced: true } })
  hall.pass(THREE_DAYS_MS)
  expect(await hall.tally()).toMatchObject({
    ...{ batches: 1, ballots: 10 },
    account: { waiting: 0, counted: 10, balanced: true },
  })
  const { rows, rest, total } = await summary()
  expect(total).toMatchObject({ counted: 10, satisfied: { good: 6, n: 10 }, issued: 10 })
  expect(rest).toMatchObject({ counted: 10, answers: [{ id: 'attitude', n: 10, satisfied: { good: 6 } }] })
  expect(rows.map(({ id, satisfied }) => [id, satisfied])).toEqual(
    [CLERK, OTHER_CLERK].toSorted().map((id) => [id, null]),
  )
  expect((await summary('&questionnaire=hall-service@1')).total).toMatchObject({ counted: 10 })
  expect(await summary('&questionnaire=hall-1@1')).toMatchObject({ rest: null, total: { counted: 0 } })
  const { body } = await hall.get<Dashboard>(MANAGER, `/api/rating/dashboard?hall=${HALL}`)
  expect(body).toMatchObject({
    satisfied: { n: 10 },
    funnel: { points: [] },
    heat: { rows: [] },
    watch: { clerks: [] },
  })
})

it('fewer than ten of a whole hall wait with those of other versions, and of those only the level counts', async () => {
  await votes('counter-1', 7, 5)
  await openAnother()
  hall.pass(THREE_DAYS_MS)
  expect(await hall.tally()).toMatchObject({ batches: 0, account: { waiting: 7, balanced: true } })
  expect((await summary()).rest).toMatchObject({ waiting: 7, counted: 10 })
  await votes('counter-2', 3, 1)
  await openAnother()
  hall.pass(THREE_DAYS_MS)
  expect(await hall.tally()).toMatchObject({ batches: 1, ballots: 10, account: { waiting: 0, balanced: true } })
  const { rest, total } = await summary()
  expect(total).toMatchObject({ counted: 20, satisfied: { good: 13, n: 20 } })
  expect(rest?.answers).toMatchObject([{ id: 'attitude', n: 10 }])
  const groups = await hall.server.deps.db.selectFrom('rating_batches').select('grp').execute()
  expect(groups.map(({ grp }) => grp).toSorted()).toEqual([`${HALL}/-/-/-/hall-service@1`, `${HALL}/-/-/-/several@1`])
})
