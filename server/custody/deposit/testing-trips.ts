import type { CustodyRefusal } from '../refusals.ts'
import type { NewItem } from '../schemas.ts'
import { cash, general, officeWith, submitted, withoutFilm } from '../testing.ts'
import type { ActOptions } from '../testing-office.ts'
import type { DepositMoney } from './schemas.ts'

type Made = ReturnType<typeof officeWith>
type Trips = Partial<Record<CustodyRefusal, () => unknown>>

/** What `pending` holds: 107 notes of 100 yuan. */
export const PAID_FEN = 1_070_000

/** Counted alike by two officers, and on a list to store-1. */
export function pending(line: NewItem = cash, ...more: readonly NewItem[]): Made {
  const made = officeWith(line, ...more)
  for (const item of made.codes)
    for (const person of ['ou', 'wei'])
      made.office.act(person, {
        type: 'custody.count-cash',
        item,
        lines: [{ face_minor: 10_000, bundles: 1, loose: 7 }],
      })
  made.office.act('ou', { type: 'custody.hand-over', items: made.codes, store: 'store-1' })
  return made
}

/** Paid in by ou, finance signs. */
export function pays(made: Made, more: Partial<DepositMoney> = {}, options: ActOptions = {}, person = 'ou') {
  const items = made.codes.map((item) => ({ item, voucher: '缴款 001', amount_fen: PAID_FEN }))
  const command = { type: 'custody.deposit', items, account: '专户 6222', ...more } as const
  return made.office.act(person, command, { with: ['cai'], ...options })
}

const line = ({ codes }: Made, more: object) => ({
  items: codes.map((item) => ({ item, voucher: '缴款 001', amount_fen: PAID_FEN, ...more })),
})

/** Every guard of paying in, by what trips it. */
export const depositTrips: Trips = {
  'custody.not-case-officer': () => pays(pending(), {}, {}, 'han'),
  'custody.not-cash': () => pays(submitted(general)),
  'custody.deposit-evidence': () => pays(pending({ ...cash, details: { currency: 'CNY', cashUse: 'EVIDENCE' } })),
  'custody.deposit-currency': () => pays(pending({ ...cash, details: { currency: 'USD' } })),
  'custody.deposit-differs': () => {
    const made = pending()
    return pays(made, line(made, { amount_fen: PAID_FEN - 1 }))
  },
  'custody.voucher-twice': () => {
    const made = pending(cash, { ...cash, seal: { number: 'F-101', signers: ['ou', 'wei'] } })
    const [one = [], other = []] = line(made, { voucher: 'R-001' }).items.map((paid) => [paid])
    pays(made, { items: one })
    return pays(made, { items: other })
  },
  'custody.film-first': () => pays(withoutFilm(pending())),
  'custody.twice': () => {
    const made = pending()
    const { items } = line(made, {})
    return pays(made, { items: items.flatMap((one) => [one, { ...one, voucher: '缴款 002' }]) })
  },
  'custody.finance-missing': () => pays(pending(), {}, { with: ['wei'] }),
  'custody.account-unnamed': () => {
    const made = pending()
    made.office.accounts.add('专户 0001')
    return pays(made)
  },
  'custody.names-person': () => pays(pending(), { account: '持有人甲的账户' }),
  'custody.cannot-draw': () => pays(pending(), { account: '专户🙂' }),
  'custody.before-last-event': () => pays(pending(), {}, { at: '2026-03-01T00:00:00.000Z' }),
}
