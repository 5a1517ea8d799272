import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../refusal.ts'
import { amountOf, type Balances, balancesOf, countedOf, entriesOf, imbalances, standing } from './accounting.ts'
import { approved, proposal, receiver, returning, toReturn, waiting } from '../disposal/testing.ts'
import { evolveItem } from '../items/items.ts'
import { general, gold, lent, officeWith, stored } from '../testing.ts'
import type { CustodyCommand } from '../testing-commands.ts'
import type { Office } from '../testing-office.ts'

/** Fixed, so that every run of the tests is the same run. */
const SEED = 20_261_121
const RUNS = 40
const STEPS = 60

const booksOf = (office: Office) =>
  balancesOf(
    [...office.items.keys()].flatMap((code) =>
      entriesOf(office.facts.filter(({ body }) => body.subject === `item/${code}`)),
    ),
  )
const wrongIn = (office: Office): string[] => imbalances(booksOf(office), countedOf([...office.items.values()]))
const held = (books: Balances) =>
  Object.fromEntries([...books].filter(([, amount]) => Object.values(amount).some((value) => value !== 0)))
/** What the page of the case shows: from the first entry of each item and where it stands. */
const shortcut = (office: Office) => {
  const first = office.facts.filter(({ type }) => type === 'custody.registered').map((fact) => evolveItem(null, fact))
  const registered = new Map(first.flatMap((item) => (item === null ? [] : [[item.code, amountOf(item)] as const])))
  return held(standing([...office.items.values()], registered))
}

describe('the account of a case', () => {
  it('has what was taken on one side and where it is on the other, in pieces and milligrams', () => {
    const { office } = lent(gold, general)
    const books = booksOf(office)
    expect(books.get('taken')).toEqual({ pieces: 2, fen: 0, mg: 100_000 })
    expect(books.get('on-loan')).toEqual({ pieces: 2, fen: 0, mg: 100_000 })
    expect(books.get('in-store')).toEqual({ pieces: 0, fen: 0, mg: 0 })
  })

  it('keeps what left custody, each way apart', () => {
    const made = toReturn()
    const act = { type: 'custody.release', items: made.codes, noticeNumber: '解1', receiver } as const
    made.office.act('li', act, { with: ['wei'] })
    made.office.act('li', { type: 'custody.write-off', items: made.codes })
    expect(booksOf(made.office).get('returned')).toEqual({ pieces: 1, fen: 0, mg: 0 })
    expect(wrongIn(made.office)).toEqual([])
  })

  it('every entry has two sides that add up to nothing', () => {
    const { office } = approved({}, [gold])
    for (const code of office.items.keys()) {
      const postings = entriesOf(office.facts.filter(({ body }) => body.subject === `item/${code}`))
      for (const [, sides] of Map.groupBy(postings, ({ seq }) => seq))
        expect(sides.reduce((sum, { pieces, mg }) => sum + pieces + mg, 0)).toBe(0)
    }
  })

  it('what a later weighing found is an entry of its own', () => {
    const made = stored(gold)
    const { office, codes } = made
    office.act('ou', { ...proposal(codes, returning(made)) })
    const heavier = {
      ...office.item(codes[0] ?? ''),
      weights: [{ weight_mg: 100_150, weighing: null, at: office.now }],
    }
    const facts = office.facts.filter(({ body }) => body.subject === `item/${codes[0]}`)
    const booked = balancesOf(entriesOf(facts))
    expect(imbalances(booked, countedOf([heavier]))).toEqual(['in-store'])
  })

  it('an item that stands elsewhere than its facts say is found, and so is one that is gone', () => {
    const { office, codes } = stored(general, general)
    const [first, second] = codes.map((code) => office.item(code))
    if (first === undefined || second === undefined) throw new Error('two items were stored')
    expect(imbalances(booksOf(office), countedOf([first, { ...second, custodyStatus: 'BORROWED' }]))).toEqual([
      'in-store',
      'on-loan',
    ])
    expect(imbalances(booksOf(office), countedOf([first]))).toEqual(['in-store'])
  })

  it(`balances after every one of ${RUNS * STEPS} random acts`, () => {
    const reached = new Set<string>()
    const often = {
      ...{ submit: 4, 'check-in': 4, propose: 2, grant: 8, refuse: 1, release: 4, pay: 4, strike: 2 },
      ...{ ask: 3, lend: 4, back: 2 },
    }
    type Verb = keyof typeof often
    const step = fc.record({
      verb: fc.oneof(
        ...(Object.keys(often) as Verb[]).map((verb) => ({ weight: often[verb], arbitrary: fc.constant(verb) })),
      ),
      pick: fc.nat(3),
      approver: fc.constantFrom('qin', 'zhao', 'tan'),
      weight_mg: fc.constantFrom(100_000, 99_900),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: STEPS, maxLength: STEPS }), (steps) => {
        const { office, codes, shelf, safe } = officeWith(general, gold, general, gold)
        for (const { verb, pick, approver, weight_mg } of steps) {
          const item = codes[pick] ?? ''
          const line = {
            item,
            weight_mg,
            location: pick % 2 === 1 ? safe : shelf,
            ...(pick % 2 === 1 ? { sealNumber: 'F-001' } : {}),
          }
          const dueAt = new Date(Date.parse(office.now) + 3_600_000).toISOString()
          const acts: Record<Verb, readonly [string, CustodyCommand, (readonly string[])?]> = {
            submit: ['ou', { type: 'custody.hand-over', items: [item], store: 'store-1' }],
            'check-in': ['li', { type: 'custody.check-in', items: [line] }],
            propose: ['ou', proposal([item], pick < 2 ? returning({ office }) : {})],
            grant: [approver, { type: 'approvals.grant', approval: waiting(office) }],
            refuse: ['tan', { type: 'approvals.refuse', approval: pick === 3 ? waiting(office) : '' }],
            release: [
              'li',
              { type: 'custody.release', items: [{ item, weight_mg }], noticeNumber: '解1', receiver },
              ['wei'],
            ],
            pay: [
              'li',
              { type: 'custody.dispose', items: [{ item, weight_mg }], payment: { voucher: '缴1' } },
              ['cai'],
            ],
            strike: ['li', { type: 'custody.write-off', items: [item] }],
            ask: [
              'wei',
              {
                type: 'approvals.ask',
                deed: { command: 'borrow', items: [item], dueAt, purpose: 'COURT' },
                reason: '出庭',
              },
            ],
            lend: [
              'li',
              { type: 'custody.borrow', items: [item], approval: office.item(item).reservation?.approval ?? '' },
            ],
            back: [
              'sun',
              {
                type: 'custody.give-back',
                items: [
                  { item, weight_mg, location: line.location, ...(pick % 2 === 1 ? { seal: 'intact' as const } : {}) },
                ],
              },
            ],
          }
          const [person, command, signers] = acts[verb]
          try {
            office.act(person, command, signers === undefined ? {} : { with: signers })
          } catch (error) {
            if (!(error instanceof Refusal)) throw error
          }
          expect(wrongIn(office)).toEqual([])
          expect(shortcut(office)).toEqual(held(booksOf(office)))
        }
        for (const { custodyStatus, dispositionStatus } of office.items.values()) {
          reached.add(custodyStatus)
          reached.add(dispositionStatus)
        }
      }),
      { seed: SEED, numRuns: RUNS },
    )
    for (const state of ['IN_STORE', 'BORROWED', 'OUT', 'APPROVED', 'CLOSED']) expect([...reached]).toContain(state)
  })
})
