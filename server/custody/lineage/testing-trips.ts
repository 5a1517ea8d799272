import type { CustodyRefusal } from '../refusals.ts'
import type { Merge, Split } from './schemas.ts'
import { divides, PRICE, sells, states, taxed } from '../worth/testing-sales.ts'
import { asked, cash, general, gold, officeWith, stored } from '../testing.ts'
import type { ActOptions } from '../testing-office.ts'

export type Made = ReturnType<typeof officeWith>
type Trips = Partial<Record<CustodyRefusal, () => unknown>>

const BEFORE = { at: '2026-03-01T00:00:00.000Z' }
export const phones = { ...general, quantity: 3 }
const TWO: Split['items'][number]['parts'] = [{ quantity: 1 }, { quantity: 2 }]
const NOTES = [{ face_minor: 10_000, bundles: 1, loose: 7 }]

/** By who may: its custodian with an officer where it is in store, two officers where it is not. */
export function splits(
  made: Made,
  parts: Split['items'][number]['parts'] = TWO,
  options: ActOptions = {},
  person?: string,
) {
  const item = made.codes[0] ?? ''
  const inStore = made.office.item(item).custodyStatus === 'IN_STORE'
  return made.office.act(
    person ?? (inStore ? 'li' : 'ou'),
    { type: 'custody.split', items: [{ item, parts }], reason: '分别保管' },
    { with: [inStore ? 'ou' : 'wei'], ...options },
  )
}

export function merges(made: Made, more: Partial<Merge> = {}, options: ActOptions = {}, person?: string) {
  const inStore = made.office.item(made.codes[0] ?? '').custodyStatus === 'IN_STORE'
  return made.office.act(
    person ?? (inStore ? 'li' : 'ou'),
    { type: 'custody.merge', items: made.codes, reason: '一并保管', ...more },
    { with: [inStore ? 'ou' : 'wei'], ...options },
  )
}

/** Of a class that two people handle, whatever it was registered as. */
const asCash = (made: Made): Made => {
  for (const code of made.codes) made.office.items.set(code, { ...made.office.item(code), category: 'cash' })
  return made
}
const closed = (made: Made): Made => {
  const of = made.office.cases.get('一案')
  if (of !== undefined) made.office.cases.set('一案', { ...of, status: 'CLOSED' })
  return made
}
const granted = (made: Made): Made => {
  made.office.act('zhao', { type: 'approvals.grant', approval: asked(made.office, made.codes) })
  return made
}
const disputed = (made: Made): Made => {
  made.office.act('jian', { type: 'custody.complain', items: made.codes, ground: 'misused', note: '被挪用' })
  return made
}
/** Opened by two officers, so that it may be divided. */
export const opened = (made: Made): Made => {
  made.office.act('ou', { type: 'custody.unseal', items: made.codes, reason: '拆分' }, { with: ['wei'] })
  return made
}
/** Counted by two officers and opened. */
export const countedCash = (): Made => {
  const made = officeWith(cash)
  for (const person of ['ou', 'wei'])
    made.office.act(person, { type: 'custody.count-cash', item: made.codes[0] ?? '', lines: NOTES })
  return opened(made)
}

/** What stops either of them, whatever comes of it. */
function whoRegroups(
  act: (made: Made, options?: ActOptions, person?: string) => unknown,
  made: () => Made,
  name: (text: string) => unknown,
): Trips {
  return {
    'custody.not-your-store': () => act(made(), {}, 'far'),
    'custody.wrong-station': () => act(made(), { station: 'store-2' }),
    'custody.before-last-event': () => act(made(), BEFORE),
    'custody.officer-keeps': () => act(made(), {}, 'everything'),
    'custody.same-department': () => act(made(), {}, 'insider'),
    'custody.not-case-officer': () => act(officeWith(phones, phones), {}, 'han'),
    'custody.case-closed': () => act(closed(made())),
    'custody.second-person-needed': () => act(asCash(made())),
    'custody.regroup-signers': () => act(made(), { with: ['sun', 'han'] }),
    'custody.complaint-open': () => act(disputed(made())),
    'custody.reserved': () => act(granted(made())),
    'custody.cash-not-counted': () => act(asCash(officeWith(phones, phones))),
    'custody.cannot-draw': () => name('手机🦄'),
    'custody.names-person': () => name('持有人甲的手机'),
  }
}

/** The money of a sale in a tax case, with so much owed; null where nobody has said how much. */
const moneyOfSale = (owed_fen: number | null): Made => {
  const made = taxed(1)
  if (owed_fen !== null) states(made.office, owed_fen)
  return { ...made, codes: made.codes.map((code) => sells(made.office, code)) } as Made
}
const setAside = (): Made => moneyOfSale(PRICE - 1)
const divided = (made: Made, options: ActOptions = {}, person?: string) =>
  divides(made.office, made.codes[0] ?? '', 1, options, person)

/** Every guard of splitting, dividing money and merging, by what trips it. */
export const lineageTrips = {
  split: {
    ...whoRegroups(
      (made, options, person) => splits(made, TWO, options, person),
      () => stored(phones),
      (name) => splits(stored(phones), [{ quantity: 1, name }, { quantity: 2 }]),
    ),
    'custody.parts-quantity': () => splits(stored(phones), [{ quantity: 1 }, { quantity: 1 }]),
    'custody.quantity': () => splits(stored(phones), [{ quantity: 0 }, { quantity: 3 }]),
    'custody.parts-cash': () => splits(countedCash(), [{ quantity: 1 }, { quantity: 1 }]),
    'custody.not-cash': () => splits(stored(phones), [{ quantity: 1, cash: NOTES }, { quantity: 2 }]),
    'custody.parts-weight': () =>
      splits(opened(officeWith({ ...gold, quantity: 2 })), [
        { quantity: 1, weight_mg: 50_000 },
        { quantity: 1, weight_mg: 49_000 },
      ]),
    'custody.weight-missing': () =>
      splits(opened(officeWith({ ...gold, quantity: 2 })), [{ quantity: 1, weight_mg: 50_000 }, { quantity: 1 }]),
    'custody.weight-absurd': () =>
      splits(opened(officeWith({ ...gold, quantity: 2 })), [{ quantity: 1, weight_mg: 0 }, { quantity: 1 }]),
    'custody.location-full': () => splits(stored(phones), [{ quantity: 1 }, { quantity: 1 }, { quantity: 1 }]),
  },
  divide: {
    'custody.before-last-event': () => divided(setAside(), BEFORE),
    'custody.not-case-officer': () => divided(setAside(), {}, 'han'),
    'custody.case-closed': () => divided(closed(setAside())),
    'custody.complaint-open': () => divided(disputed(setAside())),
    'custody.finance-missing': () => divided(setAside(), { with: ['wei'] }),
    'custody.not-sale-money': () => divided(stored(phones)),
    'custody.surplus-unknown': () => divided(moneyOfSale(null)),
    'custody.surplus-over': () => divided(moneyOfSale(PRICE)),
    'custody.surplus-whole': () => {
      const made = taxed(2)
      states(made.office, PRICE)
      const [money = ''] = made.codes.map((code) => sells(made.office, code))
      return divides(made.office, money, PRICE)
    },
  },
  merge: {
    ...whoRegroups(
      (made, options, person) => merges(made, {}, options, person),
      () => stored(phones, phones),
      (name) => merges(stored(phones, phones), { name }),
    ),
    'custody.merge-few': () => merges(stored(phones)),
    'custody.not-alike': () => merges(stored(phones, { ...phones, unit: '台' })),
    'custody.twice': () => {
      const made = stored(phones)
      const [code = ''] = made.codes
      return merges(made, { items: [code, code] })
    },
  },
} as const satisfies Record<string, Trips>
