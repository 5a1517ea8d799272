import { describe, expect, it } from 'vitest'
import { guardedIn, masked, maskedDetails } from '../intake/details.ts'
import type { Case } from '../cases/cases.ts'
import { CATEGORIES } from '../categories.ts'
import { outcomeOf } from '../disposal/testing.ts'
import { actorOf } from '../testing-people.ts'
import { general, officeWith, submitted } from '../testing.ts'
import type { NewItem } from '../schemas.ts'
import { hasAccountNumber, mayOpenAccountNumber } from './account-number.ts'

const NUMBER = '6228480123456789012'
const SEAL = 'F-200'
const passbook: NewItem = {
  ...{ name: '存折', quantity: 1, unit: '本', features: '红色封皮' },
  category: 'cards-securities',
  details: { issuer: '某银行', account: NUMBER },
  seal: { number: SEAL, signers: ['ou', 'wei'] },
}
const opens = (item: string) =>
  ({ type: 'custody.open-account-number', items: [item], reason: '核对银行回函' }) as const

/** One passbook in the safe of the store. */
function kept(): ReturnType<typeof submitted> {
  const made = submitted(passbook)
  const items = made.codes.map((item) => ({ item, location: made.safe, sealNumber: SEAL }))
  made.office.act('li', { type: 'custody.check-in', items }, { with: ['ou', 'sun'] })
  return made
}

describe('a number that is masked', () => {
  it.each([
    [NUMBER, '****9012'],
    ['6222 0234-5678 6789', '****6789'],
    ['12345678', '****5678'],
    // Four of so few would tell most of it.
    ['1234567', '****'],
    ['12', '****'],
    ['股东账户甲乙丙丁', '****甲乙丙丁'],
  ])('%s shows as %s', (number, shown) => {
    expect(masked(number)).toBe(shown)
  })

  it('nothing else of what was said is masked, and the whole is what was typed', () => {
    const details = { issuer: '某银行', account: NUMBER, freezeReceipt: '回执〔2026〕1号', currency: 'CNY' }
    expect(maskedDetails(details)).toEqual({ ...details, account: '****9012' })
    expect(guardedIn(details)).toBe(NUMBER)
    expect(guardedIn({ issuer: '某银行' })).toBeNull()
  })

  it('is of deposits, securities and cards alone', () => {
    const details = { ref: '', commitment: '' } as never
    const have = CATEGORIES.filter((category) => hasAccountNumber({ category, details }))
    expect(have).toEqual(['cards-securities', 'account'])
  })
})

describe('who reads the whole number', () => {
  it('with the department: an officer of the case and supervision', () => {
    const { office, codes } = officeWith(passbook)
    const [item = ''] = codes
    for (const person of ['ou', 'wei', 'jian']) office.act(person, opens(item))
    // A head by his post alone, a custodian who does not have it, and another department's officer.
    for (const person of ['zhao', 'tan', 'li', 'han'])
      expect(
        outcomeOf(() => office.act(person, opens(item))),
        person,
      ).toBe('custody.account-number-not-yours')
  })

  it('in the store: its custodians too, and no one who keeps another store or is of the case', () => {
    const { office, codes } = kept()
    const [item = ''] = codes
    for (const person of ['li', 'sun', 'ou', 'jian']) office.act(person, opens(item))
    for (const person of ['far', 'insider', 'cai'])
      expect(
        outcomeOf(() => office.act(person, opens(item))),
        person,
      ).toBe('custody.account-number-not-yours')
  })

  it('the page offers it to the same people', () => {
    const { office, codes } = kept()
    const item = office.item(codes[0] ?? '')
    const of = office.cases.get(item.case) as Case
    const may = (person: string) => mayOpenAccountNumber(item, of, actorOf(person))
    expect(['ou', 'wei', 'li', 'sun', 'jian'].map(may)).toEqual([true, true, true, true, true])
    expect(['zhao', 'tan', 'far', 'insider', 'cai', 'han'].map(may)).not.toContain(true)
  })

  it('to whoever is recused the item does not exist, whatever posts he holds', () => {
    const { office, codes } = kept()
    const [item = ''] = codes
    const { case: number } = office.item(item)
    const why = { case: number, ground: 'RELATIVE', reason: '近亲属' } as const
    office.act('ou', { type: 'custody.recuse', person: 'ou', ...why, successors: ['everything'] })
    office.act('zhao', { type: 'custody.recuse', person: 'li', ...why })
    for (const person of ['ou', 'li'])
      expect(
        outcomeOf(() => office.act(person, opens(item))),
        person,
      ).toBe('custody.unknown-item')
  })

  it('the register says who, in the book of who has it, and the item is as it was', () => {
    const { office, codes } = kept()
    const [item = ''] = codes
    const before = office.item(item)
    office.act('sun', opens(item))
    expect(office.facts.at(-1)).toMatchObject({
      ...{ register: 'store.store-1', type: 'custody.account-number-opened', actor: 'sun' },
      body: { subject: `item/${item}` },
    })
    expect(JSON.stringify(office.facts.at(-1))).not.toContain(NUMBER)
    expect(office.item(item)).toEqual(before)
  })

  it('what has no number has none to read', () => {
    const { office, codes } = officeWith(general)
    expect(outcomeOf(() => office.act('ou', opens(codes[0] ?? '')))).toBe('custody.account-number-none')
  })
})
