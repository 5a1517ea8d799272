import { describe, expect, it } from 'vitest'
import { balancesOf, countedOf, entriesOf, imbalances } from '../account/accounting.ts'
import { blockersOf } from './closing.ts'
import type { Item } from '../items/item.ts'
import { missingViews } from '../pictures/pictures.ts'
import { wantsRelevance } from '../relevance/relevance.ts'
import { general, gold } from '../testing.ts'
import { type Made, outcomeOf, proposal, sale, toSell, waiting } from './testing.ts'

const sell = (made: Made, more: object = {}, options = { with: ['cai'] }) =>
  made.office.act('li', { type: 'custody.dispose', items: made.codes, sale: { ...sale, ...more } }, options)
const booksOf = ({ office }: Made) =>
  balancesOf(
    [...office.items.keys()].flatMap((code) =>
      entriesOf(office.facts.filter(({ body }) => body.subject === `item/${code}`)),
    ),
  )
const moneyOf = ({ office }: Made): Item => {
  const found = [...office.items.values()].find(({ proceeds }) => proceeds !== undefined)
  if (found === undefined) throw new Error('nothing was sold')
  return found
}

describe('an early sale', () => {
  it('is agreed to by the department and by the organ, by two people who had no part in the case', () => {
    const made = toSell()
    const [paper] = made.office.disposals.values()
    expect(paper?.agreed.map(({ level, by }) => [level, by])).toEqual([
      ['department', 'zhao'],
      ['organ', 'tan'],
    ])
    expect(paper?.sale).toMatchObject({ ground: 'perishable', method: 'sell', estimate_fen: 500_000 })
  })

  it('puts the money of all that was sold together in its place: one item, in the special account, each naming the other', () => {
    const made = toSell([general, general])
    const { result } = sell(made)
    const money = moneyOf(made)
    expect(result).toMatchObject({ proceeds: money.code })
    expect(money).toMatchObject({
      ...{ name: '变价款', category: 'cash', custodyStatus: 'DEPOSITED', dispositionStatus: 'NONE', store: null },
      proceeds: { amount_fen: 480_000, voucher: '进账单 001', account: '专户 6222' },
      origin: { how: 'sale', from: made.codes },
      holdings: [{ who: 'unit/finance', to: null }],
    })
    for (const code of made.codes)
      expect(made.office.item(code).disposed).toMatchObject({ way: 'SELL', proceeds: money.code })
    // It was never cash in a hand: there is nothing to picture, and it proves what was sold.
    expect([missingViews(money), wantsRelevance(money)]).toEqual([[], false])
  })

  it('brings money into a special account that the organ has named, and into no other (X-14)', () => {
    const made = toSell()
    made.office.accounts.add('专户 0001')
    expect(outcomeOf(() => sell(made))).toBe('custody.account-unnamed')
    expect(made.office.item(made.codes[0] ?? '').dispositionStatus).toBe('APPROVED')
    made.office.accounts.add('专户 6222')
    expect(outcomeOf(() => sell(made))).toBe('done')
  })

  it('is in the account of the case on both sides: the goods are sold, what they brought is deposited', () => {
    const made = toSell()
    sell(made)
    const books = booksOf(made)
    expect(books.get('sold')).toMatchObject({ pieces: 1, fen: 0 })
    expect(books.get('proceeds')).toEqual({ pieces: 1, fen: 480_000, mg: 0 })
    expect(books.get('deposited')).toEqual({ pieces: 1, fen: 480_000, mg: 0 })
    expect(imbalances(books, countedOf([...made.office.items.values()]))).toEqual([])
  })

  it('leaves the money to be disposed of with the case, by whoever handles it and finance', () => {
    const made = toSell()
    sell(made)
    const { office } = made
    const money = moneyOf(made)
    const of = office.cases.get('一案') ?? {}
    expect(blockersOf(money, of)).not.toEqual([])
    office.act('wei', proposal([money.code]))
    for (const approver of ['qin', 'tan']) office.act(approver, { type: 'approvals.grant', approval: waiting(office) })
    const payment = { voucher: '缴款书 002' }
    office.act('ou', { type: 'custody.dispose', items: [money.code], payment }, { with: ['cai'] })
    office.act('ou', { type: 'custody.write-off', items: [money.code] })
    expect(blockersOf(office.item(money.code), of)).toEqual([])
    expect(booksOf(made).get('confiscated')).toMatchObject({ pieces: 1, fen: 480_000 })
    expect(booksOf(made).get('deposited')).toEqual({ pieces: 0, fen: 0, mg: 0 })
  })

  it('says why it went for less than it was appraised at; the full price needs no reason', () => {
    const full = toSell()
    expect(outcomeOf(() => sell(full, { belowReason: undefined, price_fen: 500_000 }))).toBe('done')
    expect(full.office.disposals.values().next().value?.acts[0]?.sale?.belowReason).toBeNull()
  })

  it('weighs what its class has weighed on its way out', () => {
    const made = toSell([gold])
    expect(outcomeOf(() => sell(made))).toBe('custody.weight-missing')
  })
})
