import { expect, it } from 'vitest'
import { balancesOf, countedOf, entriesOf, imbalances } from '../account/accounting.ts'
import { annualOf, yearOf } from '../account/annual.ts'
import { outcomeOf } from '../disposal/testing.ts'
import type { Office } from '../testing-office.ts'
import { divides, goes, partsOf, PRICE, running, sells, states, taxed } from '../worth/testing-sales.ts'
import { surplusOf } from '../worth/surplus.ts'

const livesIn = ({ items, facts }: Office) =>
  [...items.keys()].map((code) => facts.filter(({ body }) => body.subject === `item/${code}`))
const bookedIn = (office: Office) => balancesOf(livesIn(office).flatMap(entriesOf))
const wrongIn = (office: Office): string[] => imbalances(bookedIn(office), countedOf([...office.items.values()]))
const sumOf = (office: Office, codes: readonly string[]): number =>
  codes.reduce((sum, code) => sum + (office.item(code).proceeds?.amount_fen ?? 0), 0)

/** One sale of which 300 fen are over, divided. */
function setAside(surplus_fen = 300) {
  const { office, codes } = taxed(1)
  states(office, PRICE - 300)
  const money = sells(office, codes[0] ?? '')
  divides(office, money, surplus_fen)
  const [covered, surplus] = partsOf(office, money)
  return { office, money, covered, surplus }
}

it('the parts are the whole to the fen, lie where it lay, and name it and it them', () => {
  const { office, money, covered, surplus } = setAside()
  const whole = office.item(money)
  expect(sumOf(office, [covered, surplus])).toBe(PRICE)
  expect([covered, surplus].map((code) => office.item(code))).toMatchObject([
    { share: 'covered', proceeds: { ...whole.proceeds, amount_fen: PRICE - 300 }, name: '变价款（抵缴部分）' },
    { share: 'surplus', proceeds: { ...whole.proceeds, amount_fen: 300 }, name: '变价款（余款）' },
  ])
  for (const code of [covered, surplus]) {
    const { measure, holder, witness, unit, track, category, marks } = whole
    const { who } = whole.holdings[0] ?? {}
    expect(office.item(code)).toMatchObject({
      ...{ measure, holder, witness, unit, track, category, marks, case: whole.case },
      ...{ custodyStatus: 'DEPOSITED', dispositionStatus: 'NONE', store: null, location: null },
      ...{ holdings: [{ who, to: null }], origin: { how: 'split', from: [money] } },
    })
  }
  expect(whole).toMatchObject({
    ...{ custodyStatus: 'OUT', dispositionStatus: 'REPLACED' },
    succeeded: { how: 'split', into: [covered, surplus], by: 'ou', with: ['cai'] },
  })
})

it('the account counts one piece more and the same money, and the year says so too', () => {
  const { office } = setAside()
  const books = bookedIn(office)
  expect([books.get('regrouped'), books.get('proceeds'), books.get('deposited')]).toEqual([
    { pieces: 1, fen: 0, mg: 0 },
    { pieces: 1, fen: PRICE, mg: 0 },
    { pieces: 2, fen: PRICE, mg: 0 },
  ])
  expect(wrongIn(office)).toEqual([])
  const lines = annualOf(livesIn(office).flat(), yearOf(Number(office.now.slice(0, 4))))
  expect(lines.find(({ category }) => category === 'cash')).toMatchObject({
    ...{ balances: true, closing: { pieces: 2, fen: PRICE, mg: 0 } },
  })
})

it('the days of the whole run over what goes back alone, and end when it did', () => {
  const { office, covered, surplus } = setAside()
  expect(running(office)).toEqual([surplus])
  goes(office, covered, 'RECOVER')
  expect(running(office)).toEqual([surplus])
  goes(office, surplus, 'RETURN')
  expect(running(office)).toEqual([])
  expect([bookedIn(office).get('returned')?.fen, bookedIn(office).get('recovered')?.fen]).toEqual([300, PRICE - 300])
  expect(wrongIn(office)).toEqual([])
})

it('while less was set aside than is over, they run over both parts; the rest may be set aside too, and no more', () => {
  const { office, covered, surplus } = setAside(100)
  expect(running(office)).toEqual([covered, surplus].toSorted())
  expect(outcomeOf(() => divides(office, covered, 201))).toBe('custody.surplus-over')
  divides(office, covered, 200)
  const [, rest] = partsOf(office, covered)
  expect(running(office)).toEqual([surplus, rest].toSorted())
  expect(wrongIn(office)).toEqual([])
})

it('what was set aside is divided again when more is owed after all; what went back is not over again', () => {
  const { office, surplus } = setAside()
  states(office, PRICE - 100)
  expect(outcomeOf(() => divides(office, surplus, 101))).toBe('custody.surplus-over')
  divides(office, surplus, 100)
  const [more, back] = partsOf(office, surplus)
  expect(running(office)).toEqual([back])
  goes(office, back, 'RETURN')
  expect([running(office), office.item(more).proceeds?.amount_fen]).toEqual([[], 200])
  expect(outcomeOf(() => divides(office, more, 1))).toBe('custody.surplus-over')
})

it('what is divided is divided once, and not while it is on its way out', () => {
  const { office, money, covered } = setAside(100)
  expect(outcomeOf(() => divides(office, money, 1))).toMatch(/^custody\./)
  goes(office, covered, 'RECOVER')
  expect(outcomeOf(() => divides(office, covered, 1))).toMatch(/^custody\./)
})

/** Numbers that look like chance and are the same in every run. */
function* chance(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    yield state / 2_147_483_648
  }
}

it.each([1, 7, 20_261, 65_537])(
  'whatever is sold, owed, divided, paid and returned (%i), all of it stays to the fen',
  (seed) => {
    const numbers = chance(seed)
    const below = (most: number): number => Math.floor((numbers.next().value ?? 0) * most)
    const { office, codes } = taxed(2)
    let sold_fen = 0
    for (const code of codes) {
      const price = 1 + below(9_999)
      sold_fen += price
      sells(office, code, price)
    }
    let divided = 0
    for (let step = 0; step < 40; step += 1) {
      const of = office.cases.get('一案')
      if (of === undefined) throw new Error('the case is there')
      const money = [...office.items.values()].filter(({ proceeds }) => proceeds !== undefined)
      const held = money.filter((item) => item.disposed === undefined && item.succeeded === undefined)
      const one = held[below(held.length)]
      if (one === undefined) break
      const act = below(10)
      if (act < 3) states(office, 1 + below(sold_fen + 1_000))
      else if (act < 9) {
        const asked = 1 + below(one.proceeds?.amount_fen ?? 1)
        if (outcomeOf(() => divides(office, one.code, asked)) === 'done') divided += 1
      } else if (one.share === 'surplus') {
        // More may be owed since it was set aside.
        const outcome = outcomeOf(() => goes(office, one.code, 'RETURN'))
        expect(['done', 'custody.return-beyond-surplus']).toContain(outcome)
      } else goes(office, one.code, 'RECOVER')
      const all = [...office.items.values()].filter(({ proceeds }) => proceeds !== undefined)
      const whole = all.filter(({ succeeded }) => succeeded === undefined)
      expect(
        sumOf(
          office,
          whole.map(({ code }) => code),
        ),
      ).toBe(sold_fen)
      expect(wrongIn(office)).toEqual([])
      expect(bookedIn(office).get('regrouped')?.fen ?? 0).toBe(0)
      const now = office.cases.get('一案') ?? of
      const { surplus } = surplusOf(now, all)
      // The days run over all that waits, and over nothing else.
      if (now.target !== undefined)
        expect(running(office)).toEqual(surplus?.over_fen === 0 ? [] : (surplus?.money ?? []).toSorted())
    }
    expect(divided).toBeGreaterThan(0)
  },
)
