import { expect, it } from 'vitest'
import { accountOf, amountOf, balancesOf, countedOf, entriesOf, imbalances } from '../account/accounting.ts'
import { outcomeOf } from '../disposal/testing.ts'
import { cash } from '../testing.ts'
import { PAID_FEN, pays, pending } from './testing-trips.ts'

it('存入专户: the money lies in the account, finance answers for it, the list is done, and the account balances', () => {
  const made = pending()
  const { office, codes } = made
  const [code = ''] = codes
  const list = office.item(code).list ?? ''
  pays(made)
  const item = office.item(code)
  expect(item).toMatchObject({
    ...{ custodyStatus: 'DEPOSITED', sealStatus: 'OPENED', seal: null, list: null, store: null },
    deposit: { account: '专户 6222', voucher: '缴款 001', amount_fen: PAID_FEN, finance: 'cai' },
    retiredSeals: [{ number: 'F-100', end: 'OPENED' }],
  })
  expect(item.holdings.map(({ who }) => who)).toEqual(['unit/dept-1', 'unit/finance'])
  expect(office.lists.get(list)?.lines).toEqual([{ item: code, outcome: 'deposited' }])
  const booked = balancesOf(entriesOf(office.facts.filter(({ body }) => body.subject === `item/${code}`)))
  expect([accountOf(item), amountOf(item).fen, booked.get('deposited')?.fen]).toEqual(['deposited', PAID_FEN, PAID_FEN])
  expect(imbalances(booked, countedOf([item]))).toEqual([])
  expect(outcomeOf(() => pays(made))).toBe('custody.wrong-order')
})

it('what finance will not sign or two people did not count stays where it is', () => {
  const made = pending()
  const before = made.office.item(made.codes[0] ?? '')
  expect(outcomeOf(() => pays(made, {}, { with: ['han'] }))).toBe('custody.finance-missing')
  expect(made.office.item(made.codes[0] ?? '')).toEqual(before)
})

it('once the organ has named its special accounts, money goes into one of them and nowhere else (X-14)', () => {
  const made = pending()
  made.office.accounts.add('专户 0001')
  const before = made.office.item(made.codes[0] ?? '')
  expect(outcomeOf(() => pays(made))).toBe('custody.account-unnamed')
  expect(made.office.item(made.codes[0] ?? '')).toEqual(before)
  expect(outcomeOf(() => pays(made, { account: '专户 0001' }))).toBe('done')
})

it('one receipt speaks for one item, within an act as well', () => {
  const made = pending(cash, { ...cash, seal: { number: 'F-101', signers: ['ou', 'wei'] } })
  expect(outcomeOf(() => pays(made))).toBe('custody.voucher-twice')
})
