import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { balancesOf, countedOf, entriesOf, imbalances } from '../account/accounting.ts'
import { blockersOf } from '../disposal/closing.ts'
import { outcomeOf } from '../disposal/testing.ts'
import type { Item } from '../items/item.ts'
import { asksConfirming, officeOf, takes } from '../measures/testing-trips.ts'
import { sumOf } from './regrouping.ts'
import { agreed, gold, officeWith, PHOTO, stored, submitted } from '../testing.ts'
import type { Office } from '../testing-office.ts'
import { countedCash, type Made, merges, opened, phones, splits } from './testing-trips.ts'

const booksOf = (office: Office) =>
  balancesOf(
    [...office.items.keys()].flatMap((code) =>
      entriesOf(office.facts.filter(({ body }) => body.subject === `item/${code}`)),
    ),
  )
const wrongIn = (office: Office): string[] => imbalances(booksOf(office), countedOf([...office.items.values()]))
const born = ({ office }: Made): Item[] => [...office.items.values()].filter(({ origin }) => origin !== undefined)
const whole = ({ office, codes }: Made): Item => office.item(codes[0] ?? '')

describe('split', () => {
  it('one item in store becomes several that lie in its place; each names the other and the old one is no more', () => {
    const made = stored(phones)
    const { result } = splits(made, [
      { quantity: 1, name: '黑色手机' },
      { quantity: 2, features: '二部同款' },
    ])
    const parts = born(made)
    expect(result).toEqual({ items: parts.map(({ code, epc, ordinal }) => ({ code, epc, ordinal })) })
    expect(parts).toMatchObject([
      { name: '黑色手机', quantity: '1', ordinal: 2, origin: { how: 'split', from: made.codes } },
      { name: '手机', quantity: '2', ordinal: 3, origin: { how: 'split', from: made.codes } },
    ])
    for (const part of parts) {
      expect(part).toMatchObject({ custodyStatus: 'IN_STORE', store: 'store-1', location: made.shelf, photos: [] })
      expect(part.holdings).toEqual([{ who: 'store/store-1', from: whole(made).lastAt, to: null }])
      expect(part.measure).toEqual(whole(made).measure)
      expect(part.holder).toEqual(whole(made).holder)
    }
    expect(whole(made)).toMatchObject({
      ...{ custodyStatus: 'OUT', dispositionStatus: 'REPLACED', location: null },
      succeeded: { how: 'split', into: parts.map(({ code }) => code), by: 'li', with: ['ou'] },
    })
    expect(whole(made).holdings.at(-1)?.who).toBe('outside/regrouped')
    const [store, unit] = made.office.facts.filter(({ body }) => body.subject === `item/${made.codes[0]}`).slice(-2)
    expect([store?.register, store?.type]).toEqual(['store.store-1', 'custody.regrouped-in-store'])
    expect([unit?.register, unit?.type]).toEqual(['unit.dept-1', 'custody.split'])
  })

  it('what was decided of the whole holds for its parts; what was decided otherwise is not alike', () => {
    const made = officeOf('ADMIN')
    const codes = takes(made, phones, { kind: 'SEIZED', emergency: true })
    const others = takes(made, phones, { kind: 'SEIZED', emergency: true })
    const both = { ...made, codes: [...codes, ...others] }
    const takenAt = made.office.item(codes[0] ?? '').measure
    made.office.items.set(others[0] ?? '', { ...made.office.item(others[0] ?? ''), measure: takenAt })
    agreed(made.office, asksConfirming({ ...made, codes }))
    expect(outcomeOf(() => merges(both))).toBe('custody.not-alike')
    made.office.act('jian', { type: 'custody.complain', items: codes, ground: 'misused', note: '被挪用' })
    made.office.act('tan', { type: 'custody.decide-complaint', items: codes, upheld: false, conclusion: '不成立' })
    const { confirmed, reviewable } = made.office.item(codes[0] ?? '')
    splits({ ...made, codes })
    expect(born(made)).toMatchObject([
      { confirmed, reviewable },
      { confirmed, reviewable },
    ])
    expect([confirmed?.approver, reviewable?.by]).toEqual(['tan', 'tan'])
  })

  it('the account counts more pieces and nothing else', () => {
    const made = opened(officeWith({ ...gold, quantity: 2 }))
    splits(made, [
      { quantity: 1, weight_mg: 60_000 },
      { quantity: 1, weight_mg: 40_100 },
    ])
    const books = booksOf(made.office)
    expect(books.get('regrouped')).toEqual({ pieces: 1, fen: 0, mg: 0 })
    expect(books.get('adjusted')).toEqual({ pieces: 0, fen: 0, mg: 100 })
    expect(books.get('with-department')).toEqual({ pieces: 2, fen: 0, mg: 100_100 })
    expect(wrongIn(made.office)).toEqual([])
  })

  it('cash is divided piece by piece, whoever signs has counted it, and the sum stays', () => {
    const made = countedCash()
    const [ten, rest] = [
      [{ face_minor: 10_000, bundles: 0, loose: 10 }],
      [{ face_minor: 10_000, bundles: 0, loose: 97 }],
    ]
    splits(made, [
      { quantity: 1, cash: ten },
      { quantity: 1, cash: rest },
    ])
    expect(born(made).map(({ cash }) => cash?.agreed)).toMatchObject([
      [{ amount_minor: 100_000, counters: ['ou', 'wei'], list: null }],
      [{ amount_minor: 970_000 }],
    ])
    expect(booksOf(made.office).get('with-department')).toMatchObject({ pieces: 2, fen: 1_070_000 })
    expect(wrongIn(made.office)).toEqual([])
  })

  it('what was opened has to be sealed before it goes on, each part by itself', () => {
    const made = opened(officeWith({ ...gold, quantity: 2 }))
    const each = { quantity: 1, weight_mg: 50_000 }
    splits(made, [each, each])
    const codes = born(made).map(({ code }) => code)
    made.office.act('ou', { type: 'custody.add-photo', items: codes.map((item) => ({ item, photos: [PHOTO] })) })
    const handOver = () => made.office.act('ou', { type: 'custody.hand-over', items: codes, store: 'store-1' })
    expect(handOver).toThrow(expect.objectContaining({ code: 'custody.seal-needed' }))
    for (const [index, item] of codes.entries())
      made.office.act('ou', { type: 'custody.seal', items: [item], number: `F-20${index}` }, { with: ['wei'] })
    expect(handOver).not.toThrow()
  })

  it.each([
    ['pending', () => submitted(phones)],
    ['frozen', () => frozen(stored(phones))],
    ['sealed', () => officeWith({ ...gold, quantity: 2 })],
    ['split already', () => split(stored(phones))],
  ])('%s it is not split', (_, make) => {
    const made = make()
    const before = whole(made)
    expect(() => splits(made)).toThrow(
      expect.objectContaining({ code: before.incident === null ? 'custody.wrong-order' : 'custody.item-frozen' }),
    )
    expect(whole(made)).toEqual(before)
  })

  it('its card is void, and the old item takes no photo and no card any more', () => {
    const made = stored(phones)
    const label = { type: 'custody.want-label', codes: made.codes, template: 'item-card', station: 'bench-1' } as const
    made.office.act('li', label)
    splits(made)
    expect([...made.office.labels.values()]).toMatchObject([{ void: true }])
    const photo = {
      type: 'custody.add-photo',
      items: [{ item: made.codes[0] ?? '', photos: ['cd'.repeat(32)] }],
    } as const
    for (const command of [photo, label])
      expect(() => made.office.act('li', command)).toThrow(expect.objectContaining({ code: 'custody.replaced' }))
  })

  it('what was found of the whole holds for the parts, and only the parts keep the case open', () => {
    const made = stored(phones)
    const [code = ''] = made.codes
    made.office.items.set(code, { ...whole(made), suspectedCrime: true, foundUnrelatedAt: whole(made).lastAt })
    splits(made)
    const of = made.office.cases.get('一案') ?? {}
    for (const part of born(made)) {
      expect(part).toMatchObject({ suspectedCrime: true, foundUnrelatedAt: expect.any(String) as string })
      expect(blockersOf(part, of)).not.toEqual([])
    }
    expect(blockersOf(whole(made), of)).toEqual([])
  })
})

describe('merge', () => {
  it('parts become one again, with what they were together', () => {
    const made = opened(officeWith({ ...gold, quantity: 2 }))
    splits(made, [
      { quantity: 1, weight_mg: 60_000 },
      { quantity: 1, weight_mg: 40_000 },
    ])
    const parts = born(made).map(({ code }) => code)
    merges({ ...made, codes: parts }, { name: '金条（合）' })
    const one = born(made).at(-1)
    expect(one).toMatchObject({ name: '金条（合）', quantity: '2', origin: { how: 'merge', from: parts } })
    expect(one?.weights).toMatchObject([{ weight_mg: 100_000 }])
    for (const code of parts)
      expect(made.office.item(code)).toMatchObject({ succeeded: { how: 'merge', into: [one?.code] } })
    expect(booksOf(made.office).get('regrouped')).toEqual({ pieces: 0, fen: 0, mg: 0 })
    expect(wrongIn(made.office)).toEqual([])
  })

  it('cash becomes one sum, piece by piece', () => {
    const made = countedCash()
    const loose = (count: number) => ({ quantity: 1, cash: [{ face_minor: 10_000, bundles: 0, loose: count }] })
    splits(made, [loose(100), loose(7)])
    merges({ ...made, codes: born(made).map(({ code }) => code) })
    expect(born(made).at(-1)?.cash?.agreed).toMatchObject([
      { amount_minor: 1_070_000, pieces: [{ face_minor: 10_000, pieces: 107 }] },
    ])
    expect(wrongIn(made.office)).toEqual([])
  })
})

it('sums of quantities are exact, whatever their decimals', () => {
  expect(sumOf(['0.1', '0.2'])).toBe('0.3')
  expect(sumOf(['1', '2.500000'])).toBe('3.5')
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000_000), { minLength: 1, maxLength: 20 }), (millionths) => {
      const digits = (value: number): string => (value / 1_000_000).toFixed(6)
      const total = millionths.reduce((sum, one) => sum + one, 0)
      expect(Number(sumOf(millionths.map(digits)))).toBeCloseTo(total / 1_000_000, 6)
    }),
    { seed: 20_261_121, numRuns: 100 },
  )
})

function frozen(made: Made): Made {
  made.office.act('li', { type: 'custody.incident', items: made.codes, kind: 'damage', note: '屏幕裂' })
  return made
}

function split(made: Made): Made {
  splits(made)
  return made
}
