import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountOf as amountInBooks } from '../account/accounting.ts'
import { quantityWords } from './cash.ts'
import { agree, amountOf, type CashLine, figuresOf } from './figures.ts'
import { cash, officeWith } from '../testing.ts'

const HUNDREDS: CashLine = { face_minor: 10_000, bundles: 2, loose: 13 }
const TENS: CashLine = { face_minor: 1_000, bundles: 0, loose: 4 }
const FOUND = [HUNDREDS, TENS]
const ONE_LESS = [{ ...HUNDREDS, loose: 12 }, TENS]
const TWO_LESS = [{ ...HUNDREDS, loose: 11 }, TENS]
/** 213 notes of 100 and 4 of 10 yuan, in fen. */
const SUM = 2_134_000

type Made = ReturnType<typeof officeWith>
const counts = ({ office, codes }: Made, person: string, lines: readonly CashLine[], serials: string[] = []) =>
  office.act(person, { type: 'custody.count-cash', item: codes[0] ?? '', lines, serials }).result?.['outcome']
const item = ({ office, codes }: Made) => office.item(codes[0] ?? '')
const lastRound = (made: Made) => item(made).cash?.rounds.at(-1)

describe('at the department', () => {
  it('two officers who find the same have counted it, however it was bundled and in whatever order', () => {
    const made = officeWith(cash)
    expect(counts(made, 'ou', FOUND)).toBe('open')
    expect(counts(made, 'wei', [TENS, { ...HUNDREDS, bundles: 1, loose: 113 }])).toBe('agreed')
    expect(item(made).cash?.agreed).toMatchObject([{ counters: ['ou', 'wei'], currency: 'CNY', amount_minor: SUM }])
    expect(lastRound(made)?.outcome).toBe('agreed')
    expect(amountInBooks(item(made))).toMatchObject({ pieces: 1, fen: SUM })
  })

  it('is said by no number until two have counted it', () => {
    const made = officeWith(cash)
    counts(made, 'ou', FOUND)
    expect(quantityWords(item(made))).toEqual({ zh: '未清点', en: 'uncounted' })
    counts(made, 'wei', FOUND)
    expect(quantityWords(item(made))).toEqual({ zh: '1 袋', en: '1 袋' })
  })

  it('the register holds a commitment to the first count and nothing of it', () => {
    const made = officeWith(cash)
    counts(made, 'ou', FOUND, ['AB12345678'])
    const fact = made.office.facts.at(-1)
    expect(Object.keys(fact?.body ?? {}).sort()).toEqual(['figures', 'list', 'n', 'round', 'side', 'subject', 'v'])
    expect(Object.keys(fact?.body['figures'] as object)).toEqual(['ref', 'commitment'])
  })

  it('two who differ are decided by a third, who agrees with one of them', () => {
    const made = officeWith(cash)
    counts(made, 'ou', FOUND)
    expect(counts(made, 'wei', ONE_LESS)).toBe('differs')
    expect(counts(made, 'chief', FOUND)).toBe('agreed')
    expect(item(made).cash?.agreed).toMatchObject([{ counters: ['ou', 'chief'], amount_minor: SUM }])
    expect(item(made).incident).toBeNull()
  })

  it('three who differ open an incident; when that is concluded it is counted anew', () => {
    const made = officeWith(cash)
    counts(made, 'ou', FOUND)
    counts(made, 'wei', ONE_LESS)
    expect(counts(made, 'chief', TWO_LESS)).toBe('disputed')
    expect(item(made).incident).toMatchObject({ kind: 'shortage', opener: 'chief' })
    expect(made.office.facts.filter(({ type }) => type === 'custody.head-told')).toHaveLength(1)
    expect(() => counts(made, 'ou', FOUND)).toThrow(expect.objectContaining({ code: 'custody.item-frozen' }))
    made.office.act('zhao', { type: 'custody.resolve', items: made.codes, conclusion: '重新清点' })
    expect(counts(made, 'ou', ONE_LESS)).toBe('open')
    expect(counts(made, 'wei', ONE_LESS)).toBe('agreed')
    expect(item(made).cash?.rounds.map(({ outcome }) => outcome)).toEqual(['disputed', 'agreed'])
  })

  it('where there is no third, an incident that is concluded begins a new count', () => {
    const made = officeWith(cash)
    counts(made, 'ou', FOUND)
    counts(made, 'wei', ONE_LESS)
    made.office.act('ou', { type: 'custody.incident', items: made.codes, kind: 'shortage', note: '两人清点不一致' })
    made.office.act('zhao', { type: 'custody.resolve', items: made.codes, conclusion: '重新清点' })
    expect(counts(made, 'wei', FOUND)).toBe('open')
    expect(counts(made, 'ou', FOUND)).toBe('agreed')
  })

  it('serial numbers that both noted have to agree', () => {
    const made = officeWith(cash)
    counts(made, 'ou', FOUND, ['AB12345678'])
    expect(counts(made, 'wei', FOUND, ['AB12345679'])).toBe('differs')
    expect(counts(made, 'chief', FOUND)).toBe('agreed')
  })
})

describe('at the hand-over', () => {
  const pending = (): Made => {
    const made = officeWith(cash)
    counts(made, 'ou', FOUND)
    counts(made, 'wei', FOUND)
    made.office.act('ou', { type: 'custody.hand-over', items: made.codes, store: 'store-1' })
    return made
  }
  const takeIn = ({ office, codes, safe }: Made) =>
    office.act(
      'li',
      { type: 'custody.check-in', items: codes.map((code) => ({ item: code, location: safe, sealNumber: 'F-100' })) },
      { with: ['sun', 'ou'] },
    )

  it('officer and custodian count, each alone, and it goes into the safe with two custodians', () => {
    const made = pending()
    expect(counts(made, 'li', FOUND)).toBe('open')
    expect(counts(made, 'wei', FOUND)).toBe('agreed')
    takeIn(made)
    expect(item(made)).toMatchObject({ custodyStatus: 'IN_STORE', location: made.safe })
  })

  it('is no shortage because a table gives the members of what was found in another order', () => {
    const made = pending()
    const [code = ''] = made.codes
    const before = made.office.item(code)
    const agreed = (before.cash?.agreed ?? []).map((one) => ({
      ...one,
      pieces: one.pieces.map(({ face_minor, pieces }) => ({ pieces, face_minor })),
    }))
    made.office.items.set(code, { ...before, cash: { rounds: [], agreed } })
    counts(made, 'ou', FOUND)
    expect(counts(made, 'li', FOUND)).toBe('agreed')
    expect(item(made).incident).toBeNull()
  })

  it('both finding less than was registered is a shortage: nothing goes in before it was looked into', () => {
    const made = pending()
    counts(made, 'ou', ONE_LESS)
    expect(counts(made, 'li', ONE_LESS)).toBe('short')
    expect(item(made).incident).toMatchObject({ kind: 'shortage' })
    expect(() => takeIn(made)).toThrow(expect.objectContaining({ code: 'custody.item-frozen' }))
    made.office.act('tan', { type: 'custody.resolve', items: made.codes, conclusion: '登记有误，以实点为准' })
    takeIn(made)
    expect(item(made).custodyStatus).toBe('IN_STORE')
  })

  it('what was short, looked into and sent back is no shortage again when the next list finds as much', () => {
    const made = pending()
    counts(made, 'ou', ONE_LESS)
    expect(counts(made, 'li', ONE_LESS)).toBe('short')
    made.office.act('tan', { type: 'custody.resolve', items: made.codes, conclusion: '以实点为准' })
    made.office.act('li', { type: 'custody.refuse-item', items: made.codes, reason: '袋破' })
    made.office.act('ou', { type: 'custody.hand-over', items: made.codes, store: 'store-1' })
    expect(counts(made, 'ou', ONE_LESS)).toBe('open')
    expect(counts(made, 'li', ONE_LESS)).toBe('agreed')
    expect(item(made).incident).toBeNull()
  })

  it('what was sent back is counted again for the next list', () => {
    const made = pending()
    counts(made, 'li', FOUND)
    counts(made, 'ou', FOUND)
    made.office.act('li', { type: 'custody.refuse-item', items: made.codes, reason: '袋破' })
    made.office.act('ou', { type: 'custody.hand-over', items: made.codes, store: 'store-1' })
    expect(() => takeIn(made)).toThrow(expect.objectContaining({ code: 'custody.cash-not-counted' }))
  })
})

describe('figures', () => {
  const lines = fc
    .uniqueArray(fc.constantFrom(10_000, 5_000, 1_000, 100, 1), { maxLength: 5 })
    .chain((faces) =>
      fc.tuple(
        ...faces.map((face_minor) =>
          fc.record({ face_minor: fc.constant(face_minor), bundles: fc.nat(50), loose: fc.nat(500) }),
        ),
      ),
    )

  it('are the same in any order, and their sum is that of their pieces', () => {
    fc.assert(
      fc.property(lines, (given) => {
        const figures = figuresOf('CNY', given, [])
        expect(agree(figures, figuresOf('CNY', given.toReversed(), []))).toBe(true)
        const sum = given.reduce((all, { face_minor, bundles, loose }) => all + face_minor * (bundles * 100 + loose), 0)
        expect(amountOf(figures)).toBe(sum)
      }),
      { seed: 20_261_121, numRuns: 200 },
    )
  })

  it('differ when one piece more lies there', () => {
    fc.assert(
      fc.property(lines, fc.nat(4), (given, at) => {
        fc.pre(given[at] !== undefined)
        const more = given.map((line, index) => (index === at ? { ...line, loose: line.loose + 1 } : line))
        expect(agree(figuresOf('CNY', given, []), figuresOf('CNY', more, []))).toBe(false)
      }),
      { seed: 20_261_121, numRuns: 200 },
    )
  })

  it('an empty bag is a count too', () => {
    expect(amountOf(figuresOf('JPY', [], []))).toBe(0)
  })
})
