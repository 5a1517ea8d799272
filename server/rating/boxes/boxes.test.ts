import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { ballotOf, CLERK, HALL, MANAGER, OTHER_CLERK, TestHall } from '../testing.ts'
import { agreedOn } from './box.ts'
import type { ShownBox } from './protocol.ts'
import { type Sheet, SHEETS_LEAST } from './schemas.ts'

const SUPERVISOR = 'zhou-ping'

function sheetOf(level: Sheet['level'], more: Partial<Sheet> = {}): Sheet {
  return { level, answers: {}, reasons: [], ...more }
}

test('what two agree on is taken as it is, the rest as the third has read it', () => {
  const first = [sheetOf(5), sheetOf(4, { reasons: ['slow', 'rude'] }), sheetOf(1)]
  const second = [sheetOf(5), sheetOf(4, { reasons: ['rude', 'slow'] }), sheetOf(2)]
  expect(agreedOn([first, second], [{ sheet: 3, ...sheetOf(2) }])).toEqual([first[0], first[1], second[2]])
  expect(() => agreedOn([first, second], [])).toThrow('sheet 3')
})

describe('a box of ratings on paper', () => {
  let hall: TestHall
  let box = ''

  beforeAll(async () => {
    hall = await TestHall.open()
  })
  afterAll(() => hall.close())

  const open = (person: string, more: object = {}) =>
    hall.post<{ box: string }>(person, '/api/rating/boxes', {
      ...{ counter: 'counter-1', clerk: CLERK, from: '2026-03-01', to: '2026-03-01', sheets: SHEETS_LEAST },
      ...more,
    })
  const enter = (person: string, sheets: readonly Sheet[], key?: string) =>
    hall.post(person, `/api/rating/boxes/${box}/entries`, { sheets: [...sheets] }, key)
  const decide = (person: string, sheets: readonly object[]) =>
    hall.post(person, `/api/rating/boxes/${box}/decide`, { sheets })
  const list = async (person: string) =>
    (await hall.get<{ boxes: ShownBox[] }>(person, `/api/rating/boxes?hall=${HALL}`)).body.boxes
  const typed = async () =>
    (await hall.server.database.ownerDb.selectFrom('rating_box_entries').select('round').execute()).length

  const good = Array.from({ length: SHEETS_LEAST }, () => sheetOf(5, { answers: { attitude: 4 } }))

  it(
    'is typed in by two people who see nothing of each other, and decided by a third',
    { timeout: 60_000 },
    async () => {
      expect(await open(MANAGER)).toMatchObject({ code: 'rating.no-key' })
      await hall.tally()
      expect(await open(CLERK)).toMatchObject({ code: 'access.no-post' })
      expect(await open(MANAGER, { clerk: 'zhang-wei' })).toMatchObject({ code: 'rating.not-a-clerk' })
      expect(await open(MANAGER, { sheets: 9 })).toMatchObject({ code: 'request.invalid' })
      box = (await open(MANAGER)).body.box

      // Whom it rates has nothing to do with it, and does not see it.
      expect(await enter(CLERK, good)).toMatchObject({ status: 404, code: 'rating.unknown-box' })
      expect(await list(CLERK)).toEqual([])
      expect(await enter(OTHER_CLERK, good.slice(1))).toMatchObject({ status: 422, code: 'rating.box-count' })
      const invented = good.with(0, sheetOf(5, { answers: { invented: 1 } }))
      expect(await enter(OTHER_CLERK, invented)).toMatchObject({ code: 'rating.box-questions' })

      const first = good.with(2, sheetOf(1, { reasons: ['slow'] }))
      expect((await enter(OTHER_CLERK, first, 'once')).status).toBe(200)
      expect((await enter(OTHER_CLERK, first, 'once')).status).toBe(200)
      expect(await enter(OTHER_CLERK, first)).toMatchObject({ code: 'rating.box-own' })
      expect(await list(OTHER_CLERK)).toMatchObject([{ stage: 'second', next: null, enteredBy: ['郑凯'] }])
      expect(JSON.stringify(await list(MANAGER))).not.toContain('slow')

      expect((await enter(MANAGER, good.with(2, sheetOf(2, { reasons: ['slow'] })))).status).toBe(200)
      expect(await list(SUPERVISOR)).toMatchObject([{ stage: 'differs', differ: [3], next: 'decide' }])
      expect((await list(MANAGER))[0]).toMatchObject({ differ: [], next: null })
      const third = { sheet: 3, ...sheetOf(2, { reasons: ['slow'] }) }
      expect(await decide(MANAGER, [third])).toMatchObject({ code: 'rating.box-own' })
      expect(await decide(SUPERVISOR, [])).toMatchObject({ code: 'rating.box-sheets' })
      expect(await decide(SUPERVISOR, [{ ...third, level: 5 }])).toMatchObject({ code: 'rating.box-third' })
      expect([await typed(), await hall.waiting()]).toEqual([2, 0])
      expect((await decide(SUPERVISOR, [third])).status).toBe(200)
      expect([await typed(), await hall.waiting()]).toEqual([0, SHEETS_LEAST])
      expect(await decide(SUPERVISOR, [third])).toMatchObject({ code: 'rating.box-nothing-differs' })
      expect(await list(SUPERVISOR)).toMatchObject([{ stage: 'sealed', decidedBy: '周平', next: null }])
    },
  )

  it('is counted for the clerk, and the account balances', { timeout: 60_000 }, async () => {
    const { ballots, account } = await hall.tally()
    expect(ballots).toBe(SHEETS_LEAST)
    expect(account).toMatchObject({ issued: 10, used: 10, counted: 10, waiting: 0, balanced: true })
    const [batch] = await hall.server.deps.db.selectFrom('rating_batches').select(['grp', 'counts']).execute()
    expect(batch?.grp).toBe(`${HALL}/counter-1/${CLERK}/general/hall-service@1`)
    expect(batch?.counts).toMatchObject({ overall: { 2: 1, 5: 9 }, reasons: { slow: 1 }, unread: 0 })
  })

  it('is sealed at once where both agree; a register holds that it was, and nothing of it', async () => {
    box = (await open(MANAGER, { from: '2026-03-02', to: '2026-03-02' })).body.box
    const sheets = good.with(0, sheetOf(null))
    await enter(OTHER_CLERK, sheets)
    expect((await enter(SUPERVISOR, sheets)).status).toBe(200)
    expect([await typed(), await hall.waiting()]).toEqual([0, SHEETS_LEAST])
    const texts = await hall.server.database.ownerDb
      .selectFrom('entries')
      .select('text')
      .where('register', '=', `hall.${HALL}`)
      .execute()
    expect(texts.filter(({ text }) => text.includes(box)).length).toBe(4)
    expect(JSON.stringify(texts)).not.toMatch(/attitude|"level"/)
  })

  it('is counted apart from votes that who typed it in does not know', async () => {
    // Ten sheets that he knows, of which nine say anything, and the vote of one who stood at the screen.
    await hall.signOn(CLERK, 'counter-1')
    const { token } = await hall.served('counter-1')
    expect((await hall.vote(token, ballotOf(1))).status).toBe(201)
    expect(await hall.waiting()).toBe(SHEETS_LEAST + 1)
    expect((await hall.tally()).ballots).toBe(0)
  })
})
