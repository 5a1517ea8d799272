import { expect, it } from 'vitest'
import { outcomeOf } from '../disposal/testing.ts'
import type { Office } from '../testing-office.ts'
import { custodyTriggers } from '../triggers.ts'
import { divides, goes, partsOf, PRICE, running, sells, states, taxed } from './testing-sales.ts'
import type { Surplus } from './surplus.ts'

const lastSurplus = ({ facts }: Office): unknown =>
  facts.findLast(({ body }) => body['surplus'] !== undefined)?.body['surplus'] as Surplus | undefined

it('while nobody has said what is owed, the days run over the money of every sale', () => {
  const { office, codes } = taxed(2)
  const money = codes.map((code) => sells(office, code))
  expect(running(office)).toEqual(money.toSorted())
  expect(lastSurplus(office)).toEqual({ case: '一案', over_fen: null, money })
})

it('a sale that what is owed takes whole starts nothing; what is left of the next one does, over all the money', () => {
  const { office, codes } = taxed(2)
  const [first = '', second = ''] = codes
  states(office, PRICE)
  const one = sells(office, first)
  expect([running(office), lastSurplus(office)]).toEqual([[], { case: '一案', over_fen: 0, money: [one] }])
  const two = sells(office, second)
  expect(running(office)).toEqual([one, two].toSorted())
  expect(lastSurplus(office)).toEqual({ case: '一案', over_fen: PRICE, money: [one, two] })
})

it('what is owed may be put higher and lower again, and the days end and begin with it, to the fen', () => {
  const { office, codes } = taxed(1)
  states(office, PRICE)
  const money = sells(office, codes[0] ?? '')
  for (const [owed, runs] of [
    [PRICE - 1, [money]],
    [PRICE, []],
    [PRICE - 2, [money]],
    [PRICE + 1, []],
  ] as const) {
    states(office, owed)
    expect(running(office)).toEqual(runs)
  }
})

it('once what was over went back, or what is left pays what is owed, nothing runs any more', () => {
  const { office, codes } = taxed(2)
  states(office, PRICE)
  const [one = '', two = ''] = codes.map((code) => sells(office, code))
  goes(office, two, 'RETURN')
  expect([running(office), lastSurplus(office)]).toEqual([[], { case: '一案', over_fen: 0, money: [one] }])
  // And if less turns out to be owed, it does again.
  states(office, PRICE - 1)
  expect(running(office)).toEqual([one])
})

it('money that pays leaves the days over the rest', () => {
  const { office, codes } = taxed(2)
  states(office, PRICE)
  const [one = '', two = ''] = codes.map((code) => sells(office, code))
  goes(office, one, 'RECOVER')
  expect([running(office), lastSurplus(office)]).toEqual([[two], { case: '一案', over_fen: PRICE, money: [two] }])
})

it('money that goes into a case where nobody has said what is owed has its days there', () => {
  const { office, codes } = taxed(1)
  states(office, PRICE)
  const money = sells(office, codes[0] ?? '')
  expect(running(office)).toEqual([])
  office.act('ou', {
    ...({ type: 'custody.open-case', number: '二案', title: '别案', track: 'TAX', unit: 'dept-1' } as const),
    officers: ['ou', 'wei'],
  })
  const { id: approval } = office.act('ou', {
    ...{ type: 'approvals.ask', reason: '同一事实' },
    deed: { command: 'split-case', case: '一案', into: '二案', document: '分字〔2026〕1号', items: [money] } as never,
  }).result as { id: string }
  office.act('tan', { type: 'approvals.grant', approval })
  expect(running(office)).toEqual([money])
  states(office, PRICE, '二案')
  expect([running(office), lastSurplus(office)]).toEqual([[], { case: '二案', over_fen: 0, money: [money] }])
})

it('entries of the time when nobody asked run as they did', () => {
  const { office, codes } = taxed(1)
  const money = sells(office, codes[0] ?? '')
  const fact = office.facts.find(({ type }) => type === 'custody.proceeds-deposited')
  if (fact === undefined) throw new Error('sold')
  const { surplus: _, ...body } = fact.body
  expect(custodyTriggers.events({ ...fact, body })).toMatchObject([
    { kind: 'start', event: 'saleSettled', from: fact.at, subjects: [`item/${money}`], matter: 'case/一案' },
  ])
})

it('no more goes back than is over once what is owed is paid: of money that is larger, what is over is set aside first', () => {
  const { office, codes } = taxed(1)
  states(office, PRICE - 1)
  const money = sells(office, codes[0] ?? '')
  expect(outcomeOf(() => goes(office, money, 'RETURN'))).toBe('custody.return-beyond-surplus')
  divides(office, money, 1)
  const [covered, surplus] = partsOf(office, money)
  expect(outcomeOf(() => goes(office, covered, 'RETURN'))).toBe('custody.return-beyond-surplus')
  expect(outcomeOf(() => goes(office, surplus, 'RETURN'))).toBe('done')
  expect(outcomeOf(() => goes(office, covered, 'RETURN'))).toBe('custody.return-beyond-surplus')
  goes(office, covered, 'RECOVER')
  expect([running(office), lastSurplus(office)]).toEqual([[], expect.objectContaining({ over_fen: 0 })])
})

it('of two that would each fit, the second waits until more is over', () => {
  const { office, codes } = taxed(2)
  states(office, PRICE)
  const [one = '', two = ''] = codes.map((code) => sells(office, code))
  goes(office, two, 'RETURN')
  expect(outcomeOf(() => goes(office, one, 'RETURN'))).toBe('custody.return-beyond-surplus')
  states(office, 0)
  expect(outcomeOf(() => goes(office, one, 'RETURN'))).toBe('done')
})
