import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import type { WorkPage } from '../../inbox/protocol.ts'
import type { ItemCard } from '../protocol.ts'
import { general, officeWith, stored } from '../testing.ts'
import { custodyTriggers } from '../triggers.ts'

const codeOf = (act: () => unknown): string => {
  try {
    act()
    return 'done'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('whether an item is still needed', () => {
  it('is asked by who keeps it, once, and answered by an officer of its case', () => {
    const { office, codes: items } = stored(general)
    const ask = { type: 'custody.ask-retention', items, question: '已过一年，是否仍须保管' } as const
    expect(codeOf(() => office.act('ou', ask))).not.toBe('done')
    office.act('li', ask)
    expect(codeOf(() => office.act('li', ask))).toBe('custody.retention-asked')
    const keep = { type: 'custody.answer-retention', items, verdict: 'KEEP', said: '尚未开庭' } as const
    expect(codeOf(() => office.act('li', { ...keep, reviewOn: '2026-06-01' }))).toBe('custody.not-case-officer')
    for (const reviewOn of [undefined, '2020-01-01', '2026-02-30', '2030-01-01'])
      expect(codeOf(() => office.act('ou', { ...keep, ...(reviewOn === undefined ? {} : { reviewOn }) }))).toBe(
        'custody.retention-day',
      )
    office.act('ou', { ...keep, reviewOn: '2026-06-01' })
    const { retention } = office.item(items[0] ?? '')
    expect(retention?.asked).toBeUndefined()
    expect(retention).toMatchObject({ reviewOn: '2026-06-01', answers: [{ verdict: 'KEEP', by: 'ou' }] })
    expect(JSON.stringify(office.facts)).not.toMatch(/尚未开庭|已过一年/)
  })

  it('runs on clocks: the question, the next review, and the proposal for what may go', () => {
    const { office, codes: items } = stored(general)
    const events = () =>
      office.facts
        .filter(({ type }) => custodyTriggers.types.includes(type) && type.includes('retention'))
        .flatMap((fact) => custodyTriggers.events(fact))
        .map((event) => (event.kind === 'start' ? [event.event, event.dueAt] : [event.kind]))
    office.act('li', { type: 'custody.ask-retention', items, question: '是否仍须保管' })
    expect(events()).toEqual([['retentionAsked', null]])
    office.act('ou', {
      ...{ type: 'custody.answer-retention', items, said: '尚未开庭' },
      ...{ verdict: 'KEEP', reviewOn: '2026-06-01' },
    })
    expect(events().slice(1)).toEqual([['end'], ['retentionReview', '2026-06-01T16:00:00.000Z']])
    office.act('ou', { type: 'custody.answer-retention', items, verdict: 'RELEASE', said: '已结' })
    expect(events().slice(3)).toEqual([['end'], ['releaseDue', null]])
  })

  it('is known from the registration on, whose day starts the first clock', () => {
    const { office } = officeWith({ ...general, details: { retentionOn: '2027-01-01' } })
    const registered = office.facts.find(({ type }) => type === 'custody.registered')
    expect(registered === undefined ? [] : custodyTriggers.events(registered)).toContainEqual(
      expect.objectContaining({ event: 'retentionReview', dueAt: '2027-01-01T16:00:00.000Z' }),
    )
  })
})

it('whose a thing is stands on its card; the name of another owner is sealed, and nothing in clear may say it', () => {
  const owned = { ...general, details: { ownership: 'OTHER', owner: '欧阳某某' } } as const
  const { office, codes } = officeWith(owned, { ...general, details: { ownership: 'OWNERLESS' } })
  expect(codes.map((code) => office.item(code).marks)).toEqual([{ ownership: 'OTHER' }, { ownership: 'OWNERLESS' }])
  expect(JSON.stringify(office.facts)).not.toContain('欧阳某某')
  expect(codeOf(() => officeWith({ ...owned, name: '欧阳某某的手机' }))).toBe('custody.names-person')
})

describe('at the page of the item', () => {
  let office: ClockOffice
  let item = ''

  beforeAll(async () => {
    office = await clockOffice('2026-03-02T02:00:00.000Z')
    item = (await office.take('复核案', 1, '2026-03-02T01:00:00.000Z'))[0] ?? ''
  })
  afterAll(() => office.server.close())

  const card = async (person: string): Promise<ItemCard> =>
    (await office.server.as(person, { method: 'GET', url: `/api/items/${item}` })).json<ItemCard>()

  const work = async (person: string): Promise<string[]> =>
    (await office.get<WorkPage>(person, '/api/work')).work.map(({ what }) => what.zh)

  it('is asked by its custodian, stands on the officer’s work list until he says so, and again when its day is near', async () => {
    await office.checkIn([item])
    expect((await card('chen-jing')).retentionAct).toBe('ask-retention')
    expect((await card('zhou-ping')).retentionAct).toBeNull()
    const asked = { items: [item], question: '是否仍须保管' }
    expect((await office.post('chen-jing', '/api/custody/ask-retention', asked)).statusCode).toBe(200)
    const waiting = '答复保管复核：是否仍须保管'
    expect(await work('zhang-wei')).toContain(waiting)
    expect(await work('chen-jing')).not.toContain(waiting)
    const said = { items: [item], verdict: 'KEEP', reviewOn: '2026-03-04', said: '待鉴定' }
    expect((await office.post('zhang-wei', '/api/custody/answer-retention', said)).statusCode).toBe(200)
    expect(await work('zhang-wei')).not.toContain(waiting)
    await office.turn()
    expect((await card('zhang-wei')).deadlines).toContainEqual(
      expect.objectContaining({ rule: 'DL-57', title: expect.objectContaining({ zh: '保管复核' }) }),
    )
    expect((await card('zhou-ping')).retention).toMatchObject({
      reviewOn: '2026-03-04',
      said: [{ verdict: 'KEEP', text: '待鉴定', by: { who: 'person/zhang-wei' } }],
    })
    office.now = '2026-03-04T01:00:00.000Z'
    await office.turn()
    expect(await work('zhang-wei')).toContain('DL-57 保管复核')
  })
})

describe('the clock of the next review', () => {
  let office: ClockOffice
  let cause = 0
  const CASE = '复核期限案'

  beforeAll(async () => {
    office = await clockOffice('2026-03-02T02:00:00.000Z')
    await office.take(CASE, 1, '2026-03-02T01:00:00.000Z')
  })
  afterAll(() => office.server.close())

  /** Things of one list, each with the same day. */
  const register = async (count: number, retentionOn?: string): Promise<string[]> => {
    const { result } = await office.act('zhang-wei', {
      ...{ type: 'custody.register', case: CASE, relevance: '往来', holder: { attendance: 'SIGNED', name: '甲某' } },
      measure: {
        ...{ noticeNumber: `扣〔2026〕${(cause += 1)}号`, place: '办公室', officers: ['zhang-wei', 'li-na'] },
        takenAt: '2026-03-02T01:00:00.000Z',
      },
      witness: { attendance: 'SIGNED', name: '乙某' },
      items: Array.from({ length: count }, () => ({
        ...{ name: '手机', category: 'general', quantity: 2, unit: '部' },
        ...(retentionOn === undefined ? {} : { details: { retentionOn } }),
      })),
    })
    return (result as unknown as { items: { code: string }[] }).items.map(({ code }) => code)
  }
  const keep = (items: readonly string[], reviewOn: string) =>
    office.act('zhang-wei', { type: 'custody.answer-retention', items, verdict: 'KEEP', reviewOn, said: '待审理' })
  const split = async (item: string): Promise<string[]> => {
    const parts = [{ quantity: 1 }, { quantity: 1 }]
    const command = { type: 'custody.split', items: [{ item, parts }], reason: '分别送检' }
    const { result } = await office.act('zhang-wei', command, ['li-na'])
    return (result as unknown as { items: { code: string }[] }).items.map(({ code }) => code)
  }
  /** Day by item of what runs. */
  const running = async (items: readonly string[]): Promise<string[][]> => {
    await office.turn()
    const { rows } = await sql<{ subject: string; due: string }>`
      select s.subject, c.state ->> 'dueAt' as due from clocks c join clock_subjects s on s.clock = c.id
      where c.rule = 'DL-57' and s.open and s.subject = any(${items.map((one) => `item/${one}`)}::text[])
      order by array_position(${items.map((one) => `item/${one}`)}::text[], s.subject), due
    `.execute(office.server.database.db)
    return rows.map(({ due }) => [due.slice(0, 10)])
  }

  /** The day that the page of each says. */
  const shown = (items: readonly string[]): Promise<(string | null)[]> =>
    Promise.all(
      items.map(async (item) => {
        const answer = await office.server.as('zhang-wei', { method: 'GET', url: `/api/items/${item}` })
        return answer.json<ItemCard>().retention.reviewOn
      }),
    )

  it('moves for the thing that was answered, and for no other of its list', async () => {
    const items = await register(2, '2026-09-01')
    expect(await running(items)).toEqual([['2026-09-01'], ['2026-09-01']])
    await keep(items.slice(0, 1), '2026-12-01')
    expect(await running(items)).toEqual([['2026-12-01'], ['2026-09-01']])
  })

  it.each(['2026-09-01', undefined])(
    'is one alone over each part of what was split, registered for %s',
    async (day) => {
      const [item = ''] = await register(1, day)
      await keep([item], '2026-12-01')
      const parts = await split(item)
      expect(await running(parts)).toEqual([['2026-12-01'], ['2026-12-01']])
      expect(await shown(parts)).toEqual(['2026-12-01', '2026-12-01'])
      // What is no more is not reviewed.
      expect(await shown([item])).toEqual([null])
      await keep(parts.slice(0, 1), '2027-02-01')
      expect(await running(parts)).toEqual([['2027-02-01'], ['2026-12-01']])
      expect(await shown(parts)).toEqual(['2027-02-01', '2026-12-01'])
      await keep(parts, '2027-02-02')
      expect(await running(parts)).toEqual([['2027-02-02'], ['2027-02-02']])
    },
  )
})
