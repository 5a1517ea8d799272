import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ItemCard } from '../custody/protocol.ts'
import { addDays, endOfDay } from './calendar.ts'
import { type ClockOffice, clockOffice } from './testing.ts'

const START = '2026-03-02T01:00:00.000Z'
const SIGNED = ['li-na']

/** The clocks of the office's register, with what each waits for still. */
async function clocksOf({ server }: ClockOffice) {
  const found = await sql<{ rule: string; dueAt: string; open: string[] | null }>`
    select c.rule, c.state ->> 'dueAt' as "dueAt",
      array_agg(s.subject order by s.subject) filter (where s.open) as open
    from clocks c join clock_subjects s on s.clock = c.id
    where c.state ->> 'matter' !~ '^(store|annual)/' group by c.id order by c.source_seq, c.rule
  `.execute(server.database.db)
  return found.rows
}

const given = (result: object): string[] =>
  (result as { items: readonly { code: string }[] }).items.map(({ code }) => code)

/** Two things become one, and that one two again; answers with the last two. */
async function regroup(office: ClockOffice, items: readonly string[]): Promise<string[]> {
  const merged = await office.act('zhang-wei', { type: 'custody.merge', items, reason: '一并保管' }, SIGNED)
  const [one = ''] = given(merged.result)
  const parts = [{ quantity: 1 }, { quantity: 1 }]
  const split = { type: 'custody.split', items: [{ item: one, parts }], reason: '分别送检' }
  return given((await office.act('zhang-wei', split, SIGNED)).result)
}

describe.each([
  ['as it happens', true],
  ['when the register is read for the first time', false],
])('a clock passes to what came of a thing, %s', (_, readBefore) => {
  let office: ClockOffice
  let items: string[]
  let parts: string[]

  beforeAll(async () => {
    office = await clockOffice(START)
    items = await office.take('拆合案', 2, START)
    if (readBefore) await office.turn()
    parts = await regroup(office, items)
    await office.turn()
  })
  afterAll(() => office.server.close())

  it('it waits for the parts, on the day it was due', async () => {
    expect(await clocksOf(office)).toEqual([
      {
        ...{ rule: 'DL-04', dueAt: endOfDay(addDays('2026-03-02', 30)) },
        open: parts.map((part) => `item/${part}`).sort(),
      },
    ])
  })

  it('the page of what is no more calls nothing done that its parts are waited for', async () => {
    const told = async (code: string | undefined) => {
      const { deadlines } = await office.get<ItemCard>('zhang-wei', `/api/items/${code}`)
      return deadlines.map(({ rule, state }) => [rule, state])
    }
    expect(await told(items[0])).toEqual([])
    expect(await told(parts[0])).toEqual([['DL-04', 'running']])
  })

  it('it ends with the last of them', async () => {
    await office.checkIn(parts)
    await office.turn()
    expect(await clocksOf(office)).toMatchObject([{ rule: 'DL-04', open: null }])
  })
})
