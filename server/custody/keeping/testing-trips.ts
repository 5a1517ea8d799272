import type { CustodyRefusal } from '../refusals.ts'
import { rules } from '../rules.ts'
import { asked, general, gold, officeWith, stored } from '../testing.ts'
import type { ActOptions } from '../testing-office.ts'

type Made = ReturnType<typeof officeWith>
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

const IN_DAYS = (made: Made, days: number): string =>
  new Date(Date.parse(made.office.now) + days * 86_400_000).toISOString()

/** What li sends to appraisal with ou. */
const sending = (made: Made, more: object = {}, person = 'li', options: ActOptions = {}): unknown =>
  made.office.act(
    person,
    {
      ...{ type: 'custody.appraise', items: made.codes, institution: '省鉴定中心', commission: '委〔2026〕1号' },
      dueAt: IN_DAYS(made, 20),
      ...more,
    },
    { with: ['ou'], ...options },
  )

/** Sent, and brought back by ou to li. */
const back = (
  made: Made,
  line: object = {},
  options: ActOptions = {},
  { person = 'li', report = '鉴〔2026〕1号' }: { person?: string; report?: string } = {},
): unknown => {
  if (made.office.item(made.codes[0] ?? '').custodyStatus === 'IN_STORE') sending(made)
  const shelf = made.office.item(made.codes[0] ?? '').category === 'general' ? made.shelf : made.safe
  const items = made.codes.map((item) => ({ item, location: shelf, ...line }))
  return made.office.act(person, { type: 'custody.appraised', items, report }, { with: ['ou'], ...options })
}

/** A custodian of the store who keeps apart from the case, at a bench of the store, in the order of time. */
function whoKeeps(attempt: (person: string, options?: ActOptions) => unknown): Trips {
  return {
    'custody.not-your-store': () => attempt('far'),
    'custody.wrong-station': () => attempt('li', { station: 'store-2' }),
    'custody.before-last-event': () => attempt('li', BEFORE),
    'custody.officer-keeps': () => attempt('everything'),
    'custody.same-department': () => attempt('insider'),
    'custody.appraisal-officer': () => attempt('li', { with: ['han', 'sun'] }),
  }
}

/** A shelf of the other store, or a small one of the same. */
const shelfOf = ({ office }: Made, store: string, capacity: number): string => {
  const terms = { name: '小格', storageClass: 'ordinary', capacity } as const
  const { result } = office.act(store === 'store-1' ? 'li' : 'far', { type: 'custody.add-location', store, ...terms })
  return (result as { code: string }).code
}
const asCash = (made: Made): Made => {
  const [code = ''] = made.codes
  made.office.items.set(code, { ...made.office.item(code), category: 'cash' })
  return made
}

const APPRAISALS = {
  appraise: {
    ...whoKeeps((person, options) => sending(stored(general), {}, person, options)),
    'custody.second-person-needed': () => sending(asCash(stored(general))),
    'custody.due-in-past': () => sending(stored(general), { dueAt: '2026-03-01T00:00:00.000Z' }),
    'custody.appraisal-too-long': () => {
      const made = stored(general)
      return sending(made, { dueAt: IN_DAYS(made, rules.appraisal_days_max.value + 1) })
    },
    'custody.reserved': () => {
      const made = stored(general)
      made.office.act('zhao', { type: 'approvals.grant', approval: asked(made.office, made.codes) })
      return sending(made)
    },
    'custody.complaint-open': () => {
      const made = stored(general)
      made.office.act('jian', { type: 'custody.complain', items: made.codes, ground: 'misused', note: '被挪用' })
      return sending(made)
    },
    'custody.case-closed': () => {
      const made = stored(general)
      const of = made.office.cases.get('一案')
      if (of !== undefined) made.office.cases.set('一案', { ...of, status: 'CLOSED' })
      return sending(made)
    },
    'custody.cannot-draw': () => sending(stored(general), { institution: '鉴定🙂' }),
  },
  'return-from-appraisal': {
    ...whoKeeps((person, options) => back(stored(general), {}, options, { person })),
    'custody.second-person-needed': () => {
      const made = stored(general)
      sending(made)
      return back(asCash(made))
    },
    'custody.location-elsewhere': () => {
      const made = stored(general)
      return back(made, { location: shelfOf(made, 'store-2', 9) })
    },
    'custody.class-not-allowed': () => {
      const made = stored(gold)
      return back(made, { location: made.shelf, weight_mg: 100_000, seal: 'intact' })
    },
    'custody.location-full': () => {
      const made = stored(general, general)
      return back(made, { location: shelfOf(made, 'store-1', 1) })
    },
    'custody.weight-missing': () => back(stored(gold), { seal: 'intact' }),
    'custody.weight-absurd': () => back(stored(gold), { weight_mg: 0, seal: 'intact' }),
    'custody.seal-not-checked': () => back(stored(gold), { weight_mg: 100_000 }),
    'custody.seal-needed': () => {
      const made = stored(gold)
      sending(made)
      made.office.act('ou', { type: 'custody.unseal', items: made.codes, reason: '鉴定' }, { with: ['wei'] })
      return back(made, { weight_mg: 100_000 })
    },
    'custody.cannot-draw': () => back(stored(general), {}, {}, { report: '鉴🙂' }),
  },
} as const satisfies Record<string, Trips>

/** Every guard of the moves while an item is kept, by what trips it. */
export const keepingTrips = { ...SEALS, ...CORRECTIONS, ...APPRAISALS } as const
