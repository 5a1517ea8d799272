import { expect, it } from 'vitest'
import { balancesOf, countedOf, entriesOf, imbalances } from '../account/accounting.ts'
import { outcomeOf } from '../disposal/testing.ts'
import { isStale } from '../correcting/corrections.ts'
import { general, gold, lent, stored } from '../testing.ts'
import type { Office } from '../testing-office.ts'
import { mergedInto } from './lineage.ts'

const opens = (office: Office, number: string, more: object = {}) =>
  office.act('ou', {
    ...({ type: 'custody.open-case', number, title: '别案', track: 'SUPERVISION', unit: 'dept-1' } as const),
    ...{ officers: ['ou', 'wei'], ...more },
  })
const asks = (office: Office, deed: object, person = 'ou') =>
  (
    office.act(person, {
      ...{ type: 'approvals.ask', reason: '同一事实' },
      deed: { case: '一案', into: '二案', document: '并字〔2026〕1号', ...deed } as never,
    }).result as { id: string }
  ).id
const merge = { command: 'merge-cases' } as const
const grants = (office: Office, approval: string, person = 'tan') =>
  office.act(person, { type: 'approvals.grant', approval })
const wrongIn = (office: Office, number?: string): string[] => {
  const entries = [...office.items.keys()].flatMap((code) =>
    entriesOf(office.facts.filter(({ body }) => body.subject === `item/${code}`)),
  )
  const booked = balancesOf(entries.filter((one) => number === undefined || one.case === number))
  return imbalances(booked, countedOf([...office.items.values()], number))
}
const heldIn = (office: Office, number: string) => countedOf([...office.items.values()], number)

it('a merger takes everything that is open into the other case, each item with a number there, and both accounts balance', () => {
  const { office, codes } = stored(gold, general)
  opens(office, '二案')
  office.act('ou', { type: 'custody.register', case: '二案', items: [general], ...registered })
  grants(office, asks(office, merge))
  const [first, second] = codes.map((code) => office.item(code))
  expect([first, second]).toMatchObject([
    { case: '二案', ordinal: 2, custodyStatus: 'IN_STORE', passed: [{ from: '一案', was: 1, how: 'merge' }] },
    { case: '二案', ordinal: 3, passed: [{ from: '一案', was: 2, document: '并字〔2026〕1号' }] },
  ])
  expect([wrongIn(office), wrongIn(office, '一案'), wrongIn(office, '二案')]).toEqual([[], [], []])
  expect(heldIn(office, '一案').get('to-cases')).toEqual({ pieces: 2, fen: 0, mg: 100_000 })
  expect(heldIn(office, '二案').get('in-store')).toEqual({ pieces: 2, fen: 0, mg: 100_000 })
  const [one, two] = [office.cases.get('一案'), office.cases.get('二案')]
  expect(one?.passedOn).toMatchObject([
    {
      other: '二案',
      items: [
        { was: 1, ordinal: 2 },
        { was: 2, ordinal: 3 },
      ],
    },
  ])
  expect(two?.tookOver).toMatchObject([{ other: '一案', how: 'merge' }])
  expect(one === undefined ? null : mergedInto(one)).toBe('二案')
  expect(
    isStale(office.item(codes[0] ?? ''), { wantedAt: office.facts[0]?.at ?? '', state: 'printed', void: false }, null),
  ).toBe(true)
})

it('a merged case takes nothing new, and says into which it went', () => {
  const { office } = stored(general)
  opens(office, '二案')
  grants(office, asks(office, merge))
  const register = () => office.act('ou', { type: 'custody.register', case: '一案', items: [general], ...registered })
  expect(outcomeOf(register)).toBe('custody.case-merged')
  expect(outcomeOf(() => office.act('ou', { type: 'custody.close-case', case: '一案' }))).toBe('custody.case-merged')
  expect(outcomeOf(() => asks(office, { ...merge, case: '二案', into: '一案' }))).toBe('custody.case-merged')
})

it('a split takes what is chosen; the rest stays, and the numbers that went are not given again', () => {
  const { office, codes } = stored(gold, general)
  const [item = '', other = ''] = codes
  opens(office, '二案')
  grants(office, asks(office, { command: 'split-case', items: [other] }))
  expect([office.item(item).case, office.item(other).case]).toEqual(['一案', '二案'])
  expect(office.cases.get('一案')?.status).toBe('OPEN')
  office.act('ou', { type: 'custody.register', case: '一案', items: [general], ...registered })
  expect([...office.items.values()].at(-1)).toMatchObject({ case: '一案', ordinal: 3 })
  grants(office, asks(office, { command: 'split-case', case: '二案', into: '一案', items: [other] }))
  expect(office.item(other)).toMatchObject({ case: '一案', ordinal: 4 })
  expect([wrongIn(office, '一案'), wrongIn(office, '二案')]).toEqual([[], []])
})

it('what is under way stays where it began, by name, and stops a merger', () => {
  const { office } = lent(general)
  opens(office, '二案')
  expect(outcomeOf(() => asks(office, merge))).toBe('custody.case-on-its-way')
})

it('is asked by an officer of the case and granted by somebody who has no part in it, between cases of one department and track', () => {
  const { office, codes } = stored(general)
  opens(office, '二案')
  opens(office, '税案', { track: 'TAX' })
  expect(outcomeOf(() => asks(office, { ...merge, into: '税案' }))).toBe('custody.cases-apart')
  expect(outcomeOf(() => asks(office, { ...merge, into: '一案' }))).toBe('custody.same-case')
  expect(outcomeOf(() => asks(office, merge, 'qin'))).toBe('custody.not-case-officer')
  expect(outcomeOf(() => asks(office, { command: 'split-case', items: ['W0126000000000'] }))).toBe(
    'custody.not-of-case',
  )
  expect(outcomeOf(() => asks(office, { ...merge, case: '二案', into: '一案' }))).toBe('custody.nothing-to-pass')
  const asked = asks(office, merge)
  expect(outcomeOf(() => grants(office, asked, 'ou'))).not.toBe('done')
  office.act('li', { type: 'custody.incident', items: codes, kind: 'loss', note: '不见' })
  expect(outcomeOf(() => grants(office, asked))).toBe('custody.case-on-its-way')
})

const registered = {
  measure: { noticeNumber: '扣字〔2026〕2号', place: '办公室' },
  holder: { attendance: 'SIGNED', name: '持有人甲' },
  witness: { attendance: 'SIGNED', name: '见证人乙' },
  relevance: '涉嫌违纪违法事实中的财物',
} as const
