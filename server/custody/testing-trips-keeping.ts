import type { CustodyRefusal } from './refusals.ts'
import { general, gold, officeWith, stored } from './testing.ts'
import type { ActOptions } from './testing-office.ts'

type Trips = Partial<Record<CustodyRefusal, () => unknown>>

const BEFORE = { at: '2026-03-01T00:00:00.000Z' }
const SIGNED = ['ou', 'wei']

const open = (person: string, options: ActOptions = {}): unknown => {
  const { office, codes } = stored(gold)
  return office.act(
    person,
    { type: 'custody.unseal', items: codes, reason: '辨认' },
    { with: SIGNED.filter((one) => one !== person), ...options },
  )
}

const close = (number: string, person: string, options: ActOptions = {}): unknown => {
  const { office, codes } = stored(general)
  return office.act(
    person,
    { type: 'custody.seal', items: codes, ...(number === '' ? {} : { number }) },
    { with: SIGNED.filter((one) => one !== person), ...options },
  )
}

const closeAgain = (number: string, person: string, options: ActOptions = {}): unknown => {
  const { office, codes } = stored(gold)
  office.act('li', { type: 'custody.unseal', items: codes, reason: '辨认' }, { with: SIGNED })
  return office.act(
    person,
    { type: 'custody.seal', items: codes, ...(number === '' ? {} : { number }) },
    { with: SIGNED.filter((one) => one !== person), ...options },
  )
}

/** Whoever opens or closes a seal, whatever the move. */
function whoSeals(attempt: (person: string, options?: ActOptions) => unknown): Trips {
  return {
    'custody.not-your-store': () => attempt('far'),
    'custody.wrong-station': () => attempt('li', { station: 'store-2' }),
    'custody.before-last-event': () => attempt('li', BEFORE),
    'custody.officer-keeps': () => attempt('everything'),
    'custody.same-department': () => attempt('insider'),
    'custody.seal-signers': () => attempt('li', { with: ['ou', 'sun', 'han'] }),
  }
}

const SEALS = {
  unseal: {
    ...whoSeals(open),
    'custody.not-case-officer': () => {
      const { office, codes } = officeWith(gold)
      return office.act('han', { type: 'custody.unseal', items: codes, reason: '辨认' }, { with: SIGNED })
    },
    'custody.seal-shared': () => {
      const { office, codes } = stored(gold, gold)
      return office.act('li', { type: 'custody.unseal', items: codes.slice(1), reason: '辨认' }, { with: SIGNED })
    },
  },
  seal: {
    ...whoSeals((person, options) => close('F-900', person, options)),
    'custody.not-case-officer': () => {
      const { office, codes } = officeWith(general)
      return office.act('han', { type: 'custody.seal', items: codes, number: 'F-900' }, { with: SIGNED })
    },
    'custody.seal-taken': () => {
      const { office, codes } = stored(general, gold)
      return office.act('li', { type: 'custody.seal', items: codes.slice(0, 1), number: 'F-001' }, { with: SIGNED })
    },
    'custody.seal-number-missing': () => close('', 'li'),
    'custody.cannot-draw': () => close('🦄', 'li'),
  },
  reseal: {
    ...whoSeals((person, options) => closeAgain('F-900', person, options)),
    'custody.not-case-officer': () => {
      const { office, codes } = officeWith(gold)
      office.act('ou', { type: 'custody.unseal', items: codes, reason: '辨认' }, { with: ['wei'] })
      return office.act('han', { type: 'custody.seal', items: codes, number: 'F-900' }, { with: SIGNED })
    },
    'custody.seal-taken': () => closeAgain('F-001', 'li'),
    'custody.seal-number-missing': () => closeAgain('', 'li'),
    'custody.cannot-draw': () => closeAgain('🦄', 'li'),
  },
} as const satisfies Record<string, Trips>

const correct = (line: object, options: ActOptions = {}, person = 'ou'): unknown => {
  const { office, codes } = officeWith(gold)
  return office.act(
    person,
    { type: 'custody.correct', items: [{ item: codes[0] ?? '', ...line }], reason: '笔误' },
    { with: ['wei'], ...options },
  )
}

const correctStored = (line: object, signers: readonly string[]): unknown => {
  const { office, codes } = stored(gold)
  const items = [{ item: codes[0] ?? '', ...line }]
  return office.act('ou', { type: 'custody.correct', items, reason: '笔误' }, { with: signers })
}

const CORRECTIONS = {
  correct: {
    'custody.not-case-officer': () => correct({ name: '金块' }, {}, 'han'),
    'custody.not-registrar': () => correct({ name: '金块' }, { with: ['ou'] }, 'wei'),
    'custody.before-last-event': () => correct({ name: '金块' }, BEFORE),
    'custody.nothing-corrected': () => correct({}),
    'custody.nothing-to-correct': () => {
      const { office, codes } = officeWith(general)
      const items = [{ item: codes[0] ?? '', sealNumber: 'F-900' }]
      return office.act('ou', { type: 'custody.correct', items, reason: '笔误' }, { with: ['wei'] })
    },
    'custody.corrected-to-same': () => correct({ name: gold.name }),
    'custody.weighed-since': () => correctStored({ weight_mg: 90_000 }, ['wei', 'li']),
    'custody.quantity': () => correct({ quantity: 0 }),
    'custody.weight-absurd': () => correct({ weight_mg: 0 }),
    'custody.seal-taken': () => {
      const { office, codes } = officeWith(gold, { ...gold, seal: { number: 'F-002', signers: ['ou', 'wei'] } })
      const items = [{ item: codes[0] ?? '', sealNumber: 'F-002' }]
      return office.act('ou', { type: 'custody.correct', items, reason: '笔误' }, { with: ['wei'] })
    },
    'custody.seal-corrected-together': () => {
      const { office, codes } = officeWith(gold, gold)
      const items = [{ item: codes[0] ?? '', sealNumber: 'F-002' }]
      return office.act('ou', { type: 'custody.correct', items, reason: '笔误' }, { with: ['wei'] })
    },
    'custody.cannot-draw': () => correct({ name: '🦄' }),
    'custody.correction-signers': () => correct({ name: '金块' }, { with: ['li', 'han'] }),
    'custody.keeper-signature': () => correctStored({ name: '金块' }, ['wei', 'insider', 'far']),
  },
} as const satisfies Record<string, Trips>

/** Every guard of the moves while an item is kept, by what trips it. */
export const keepingTrips = { ...SEALS, ...CORRECTIONS } as const
