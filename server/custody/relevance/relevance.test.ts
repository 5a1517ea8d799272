import { expect, it } from 'vitest'
import type { Sealed } from '../../module.ts'
import { outcomeOf } from '../disposal/testing.ts'
import type { MeasureStatus, Track } from '../axes.ts'
import { asksConverting, handedIn, officeOf, takes } from '../measures/testing-trips.ts'
import { keysOf } from '../schema-parts.ts'
import type { NewItem } from '../schemas.ts'
import { agreed, general, officeWith, stored, taking } from '../testing.ts'
import type { Office } from '../testing-office.ts'
import { wantsRelevance } from './relevance.ts'

const readIn = (office: Office, sealed: Sealed | undefined) => office.contents.get(sealed?.ref ?? '')
const said = '收受李某现金的包装物'

it('is said once for a list, and otherwise of one of its items; what was only on somebody proves nothing', () => {
  const { office } = officeWith()
  const items = [general, { ...general, name: '平板', relevance: '记录转账的设备' }]
  const { result } = office.act('ou', { type: 'custody.register', case: '一案', items, ...taking, relevance: said })
  const [first, second] = (result as unknown as { items: { code: string }[] }).items.map(({ code }) =>
    office.item(code),
  )
  expect(readIn(office, first?.relevance)).toBe(said)
  expect(readIn(office, second?.relevance)).toBe('记录转账的设备')
  expect([first, second].map((item) => item && wantsRelevance(item))).toEqual([false, false])
})

it('is demanded on every track before anything is registered under a measure', () => {
  const bare = { relevance: undefined }
  const kinds: Readonly<Record<Track, MeasureStatus>> = {
    ...{ DISCIPLINE: 'WITHHELD', SUPERVISION: 'SEIZED', ADMIN: 'SEIZED', TAX: 'SEIZED' },
  }
  for (const track of keysOf(kinds)) {
    const made = officeOf(track)
    const taken = (line: NewItem, more: object) => outcomeOf(() => takes(made, line, { kind: kinds[track] }, more))
    expect(taken(general, bare), track).toBe('custody.relevance-missing')
    expect(taken({ ...general, relevance: said }, bare), track).toBe('done')
    expect(taken({ ...general, category: 'personal-effects' }, bare), track).toBe('done')
  }
})

it('is not asked of what was handed in, until it is to be held under a measure', () => {
  const made = handedIn(general, { relevance: undefined })
  const [code = ''] = made.codes
  expect(wantsRelevance(made.office.item(code))).toBe(true)
  expect(outcomeOf(() => asksConverting(made))).toBe('custody.relevance-unsaid')
  made.office.act('ou', { type: 'custody.state-relevance', items: [code], relevance: said })
  expect(outcomeOf(() => agreed(made.office, asksConverting(made)))).toBe('done')
  expect(made.office.item(code).measureStatus).toBe('SEIZED')
})

it('is said later by an officer of the case alone, wherever the thing is, and what came of it proves the same', () => {
  const { office, codes } = stored(general, { ...general, name: '平板' })
  const [code = ''] = codes
  const states = { type: 'custody.state-relevance', items: [code], relevance: said } as const
  expect(outcomeOf(() => office.act('li', states))).toBe('custody.not-case-officer')
  expect(outcomeOf(() => office.act('ou', { ...states, relevance: '🙂' }))).toBe('custody.cannot-draw')
  office.act('ou', states)
  expect(readIn(office, office.item(code).relevance)).toBe(said)
  expect(office.facts.at(-1)).toMatchObject({ register: 'store.store-1', type: 'custody.relevance-stated' })
  expect(JSON.stringify(office.facts.at(-1)?.body)).not.toContain(said)
  office.act('wei', { ...states, relevance: '另一事实' })
  expect(readIn(office, office.item(code).relevance)).toBe('另一事实')
  const pair = officeWith({ ...general, quantity: 2 })
  pair.office.act('ou', { ...states, items: pair.codes })
  const [whole = ''] = pair.codes
  const parts = [1, 1].map((quantity, n) => ({ name: `部件${n}`, quantity }))
  pair.office.act(
    'ou',
    { type: 'custody.split', items: [{ item: whole, parts }], reason: '分开移送' },
    { with: ['wei'] },
  )
  const born = [...pair.office.items.values()].filter(({ origin }) => origin !== undefined)
  expect(born.map((item) => readIn(pair.office, item.relevance))).toEqual([said, said])
  expect(outcomeOf(() => pair.office.act('ou', { ...states, items: pair.codes }))).toBe('custody.replaced')
})
