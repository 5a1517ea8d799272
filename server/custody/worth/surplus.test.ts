import { expect, it } from 'vitest'
import type { ClockEvent } from '../../clock/triggers.ts'
import { proposal, sale, sellingEarly, waiting } from '../disposal/testing.ts'
import { general, stored } from '../testing.ts'
import type { Office } from '../testing-office.ts'
import { custodyTriggers } from '../triggers.ts'
import type { Surplus } from './surplus.ts'

const PRICE = sale.price_fen

interface Tax {
  readonly office: Office
  readonly codes: readonly string[]
}

/** Things of a tax case in the store. */
function taxed(count: number): Tax {
  const made = stored(...Array.from({ length: count }, () => general))
  const { office } = made
  for (const [number, of] of office.cases) office.cases.set(number, { ...of, track: 'TAX' })
  for (const [code, item] of office.items) office.items.set(code, { ...item, track: 'TAX' })
  return made
}

const grants = (office: Office, person: string) =>
  office.act(person, { type: 'approvals.grant', approval: waiting(office) })

/** Sells one thing; answers with the code of its money. */
function sells(office: Office, code: string): string {
  const { reviewUnit: _, ...early } = proposal([code], sellingEarly)
  office.act('ou', early)
  for (const person of ['zhao', 'tan']) grants(office, person)
  const voucher = `进账单 ${code}`
  office.act('li', { type: 'custody.dispose', items: [code], sale: { ...sale, voucher } }, { with: ['cai'] })
  return office.item(code).disposed?.proceeds ?? ''
}

const states = (office: Office, amount_fen: number, number = '一案') =>
  office.act('ou', {
    ...({ type: 'custody.state-target', case: number, lateFee_fen: 0, costs_fen: 0 } as const),
    ...{ amount_fen, document: '税处〔2026〕1号' },
  })

/** Goes back, or pays what is owed. */
function goes(office: Office, code: string, way: 'RETURN' | 'RECOVER'): void {
  const foundAt = office.now
  if (way === 'RETURN') {
    const { reviewUnit: _, ...back } = proposal([code], { way, destination: 'holder', ground: 'decided' })
    office.act('ou', back)
    grants(office, 'zhao')
    const receiver = { relation: 'holder', name: '领取人丙', identity: '居民身份证 110101', signed: true } as const
    office.act('wei', { type: 'custody.release', items: [code], noticeNumber: '退1', receiver }, { with: ['chief'] })
    return
  }
  office.act('ou', proposal([code], { way, destination: 'treasury', opinion: `抵缴税款 ${foundAt}` }))
  for (const person of ['qin', 'tan']) grants(office, person)
  office.act(
    'wei',
    { type: 'custody.dispose', items: [code], payment: { voucher: '缴款书 1' } },
    { with: ['chief', 'cai'] },
  )
}

/** The items over which the three days run. */
function running({ facts }: Office): string[] {
  const open = new Set<string>()
  const of = (fact: Office['facts'][number]): readonly ClockEvent[] =>
    custodyTriggers.types.includes(fact.type) ? custodyTriggers.events(fact) : []
  for (const event of facts.flatMap(of)) {
    if (event.kind === 'start' && event.event === 'saleSettled') for (const one of event.subjects) open.add(one)
    if (event.kind === 'end' && event.events.includes('saleSettled')) for (const one of event.subjects) open.delete(one)
  }
  return [...open].map((one) => one.slice('item/'.length)).sort()
}

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
