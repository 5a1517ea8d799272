import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Counts } from '../counts.ts'
import { CLERK, HALL, MANAGER, OTHER_CLERK, TestHall } from '../testing.ts'
import type { ShownRanking } from './protocol.ts'
import { linesOf } from './ranking.ts'

describe('the lines of a ranking', () => {
  it('stand by the lower end of the interval; who is the same shares a place, too few have none', () => {
    const counts = [
      { clerk: 'few', good: 29, n: 29 },
      { clerk: 'small', good: 30, n: 30 },
      { clerk: 'large', good: 290, n: 300 },
      { clerk: 'same', good: 290, n: 300 },
      { clerk: 'last', good: 20, n: 30 },
    ]
    const places = linesOf({ counts, rankedFrom: 30 }).map(({ clerk, place }) => `${clerk} ${place ?? '-'}`)
    expect(places).toEqual(['large 1', 'same 1', 'small 3', 'last 4', 'few -'])
  })
})

describe('a ranking', () => {
  let hall: TestHall
  const SUPERVISOR = 'zhou-ping'
  const DAYS = { from: '2026-02-01', to: '2026-03-02' }

  /** What the tally would have written. */
  async function counted(clerk: string, counter: string, n: number, bad: number): Promise<void> {
    const overall = { 1: bad, 2: 0, 3: 0, 4: 0, 5: n - bad }
    const counts: Counts = { v: 1, overall, answers: {}, reasons: {}, unread: 0 }
    await hall.tallyDb
      .insertInto('rating_batches')
      .values({
        ...{ id: crypto.randomUUID(), grp: `${HALL}/${counter}/${clerk}/general/hall-service@1`, form: 'full', n },
        ...{ day: '2026-03-01', counts: JSON.stringify(counts) },
      })
      .execute()
  }
  const freeze = (person: string, more: object = {}) =>
    hall.post<{ ranking: string }>(person, '/api/rating/rankings', { hall: HALL, ...DAYS, ...more })
  const decide = (person: string, ranking: string, publish = true) =>
    hall.post(person, `/api/rating/rankings/${ranking}/decide`, { publish })
  const list = async () =>
    (await hall.get<{ rankings: ShownRanking[] }>(MANAGER, `/api/rating/rankings?hall=${HALL}`)).body.rankings
  const printed = (ranking: string, kind: 'pdf' | 'html', person = MANAGER) =>
    hall.server.as(person, { url: `/api/rating/rankings/${ranking}/ranking.${kind}` })

  beforeAll(async () => {
    hall = await TestHall.open()
  })
  afterAll(() => hall.close())

  it('is frozen by one and published by another, and then on paper and as a page', { timeout: 60_000 }, async () => {
    expect(await freeze(MANAGER)).toMatchObject({ status: 409, code: 'rating.nothing-counted' })
    await counted(CLERK, 'counter-1', 40, 1)
    await counted(OTHER_CLERK, 'counter-2', 20, 0)
    expect(await freeze(CLERK)).toMatchObject({ status: 403 })
    expect(await freeze(MANAGER, { to: '2026-01-01' })).toMatchObject({ code: 'rating.wrong-days' })
    expect(await freeze(MANAGER, { to: '2027-01-01' })).toMatchObject({ code: 'rating.days-not-over' })
    const { ranking } = (await freeze(MANAGER)).body
    const twin = (await freeze(MANAGER)).body.ranking
    expect((await printed(ranking, 'pdf')).json()).toMatchObject({ code: 'rating.not-published' })
    expect(await decide(MANAGER, ranking)).toMatchObject({ status: 403, code: 'rating.ranking-own' })
    expect((await decide(SUPERVISOR, ranking)).status).toBe(200)
    expect(await decide(SUPERVISOR, ranking)).toMatchObject({ code: 'rating.ranking-decided' })
    expect(await decide(SUPERVISOR, twin)).toMatchObject({ status: 409, code: 'rating.ranking-stands' })
    expect(await freeze(MANAGER)).toMatchObject({ code: 'rating.ranking-stands' })
    expect((await decide(SUPERVISOR, twin, false)).status).toBe(200)

    const shown = (await list()).find(({ id }) => id === ranking)
    expect(shown).toMatchObject({ status: 'published', decided: { by: { id: SUPERVISOR } } })
    expect(shown?.lines).toMatchObject([
      { clerk: { id: CLERK }, good: 39, n: 40, place: 1 },
      { clerk: { id: OTHER_CLERK }, n: 20, place: null },
    ])
    const pdf = await printed(ranking, 'pdf')
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    expect((await printed(ranking, 'pdf')).rawPayload.equals(pdf.rawPayload)).toBe(true)
    const page = (await printed(ranking, 'html')).body
    expect(page).toContain('人数不足')
    expect(page).toContain('97.5%')
    expect(page).not.toContain('<script')
    expect((await printed(ranking, 'html', CLERK)).json()).toMatchObject({ code: 'rating.unknown-ranking' })
  })

  it('is moved by nothing that is counted later, and corrected only by another one', { timeout: 60_000 }, async () => {
    const published = async () => (await list()).find(({ status }) => status === 'published')
    const first = await published()
    if (first === undefined) throw new Error('nothing is published')
    await counted(CLERK, 'counter-1', 10, 10)
    expect((await published())?.lines).toEqual(first.lines)
    const corrects = { ranking: first.id, why: 'votes-excluded' }
    const next = (await freeze(SUPERVISOR, { corrects })).body.ranking
    const refused = (await freeze(SUPERVISOR, { corrects })).body.ranking
    expect((await decide(MANAGER, refused, false)).status).toBe(200)
    expect((await decide(MANAGER, next)).status).toBe(200)
    expect((await list()).slice(0, 3).map(({ id, status, replacedBy }) => [id, status, replacedBy])).toEqual([
      [refused, 'refused', null],
      [next, 'published', null],
      [expect.any(String), 'refused', null],
    ])
    expect((await list()).at(-1)).toMatchObject({ id: first.id, status: 'replaced', replacedBy: next })
    expect((await printed(first.id, 'html')).body).toContain('更正')
    // The new one says which it takes the place of, and why.
    const said = `替代 ${first.from} 至 ${first.to} 的排名（${first.id}），原因：申诉成立，剔除部分评价`
    expect((await printed(next, 'html')).body).toContain(said)
    expect(await freeze(MANAGER, { corrects })).toMatchObject({ code: 'rating.not-published' })
    const unknown = { ranking: crypto.randomUUID(), why: 'other-error' }
    expect(await freeze(MANAGER, { corrects: unknown })).toMatchObject({ code: 'rating.unknown-ranking' })
  })

  it('says until when it may be corrected, and no longer is: neither frozen anew nor published then', async () => {
    const published = (await list()).find(({ status }) => status === 'published')
    const until = published?.correctable?.until ?? ''
    expect((Date.parse(until) - Date.parse(hall.now())) / 86_400_000).toBeGreaterThan(29)
    const corrects = { ranking: published?.id, why: 'other-error' }
    const next = (await freeze(SUPERVISOR, { corrects })).body.ranking
    hall.pass(Date.parse(until) - Date.parse(hall.now()) + 1)
    expect(await decide(MANAGER, next)).toMatchObject({ status: 409, code: 'rating.correction-over' })
    expect(await freeze(SUPERVISOR, { corrects })).toMatchObject({ status: 409, code: 'rating.correction-over' })
    expect((await decide(MANAGER, next, false)).status).toBe(200)
    expect(await hall.faults()).toEqual([])
  })
})
