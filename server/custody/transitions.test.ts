import { describe, expect, it } from 'vitest'
import { Refusal } from '../refusal.ts'
import { custodyWords, type CustodyStatus } from './axes.ts'
import { custodyRefusals, type CustodyRefusal } from './refusals.ts'
import {
  asked,
  cash,
  filmed,
  gold,
  general,
  lent,
  officeWith,
  PHOTO,
  stored,
  submitted,
  unfilmedWith,
  withoutFilm,
  taking,
} from './testing.ts'
import { Office } from './testing-office.ts'
import { people } from './testing-people.ts'
import { depositTrips, pending } from './deposit/testing-trips.ts'
import { inPlace, measureTrips } from './measures/testing-trips.ts'
import { keepingTrips } from './keeping/testing-trips.ts'
import { lineageTrips } from './lineage/testing-trips.ts'
import { transitTrips } from './transit/testing-trips.ts'
import type { disposal } from './disposal/transitions.ts'
import { intake } from './intake/transitions.ts'
import { keeping } from './keeping/transitions.ts'
import { lineage } from './lineage/transitions.ts'
import { transit } from './transit/transitions.ts'
import { afterMove, mayMove, type Move, transitions } from './transitions.ts'

function refusalOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) {
      const { detail, remedy } = error.notice()
      for (const text of [detail.zh, detail.en, remedy.zh, remedy.en]) expect(text).not.toMatch(/\{\w+\}/)
      // The case number of these tests is the only Chinese that an English sentence may hold.
      for (const text of [detail.en, remedy.en]) expect(text.replaceAll('一案', '')).not.toMatch(/\p{Script=Han}/u)
      return error.code
    }
    throw error
  }
  return 'done'
}

/** An item of category general in each state that it can reach today, with its code and what each next step needs. */
const reached: Partial<Record<CustodyStatus, () => ReturnType<typeof officeWith> & { approval?: string }>> = {
  WITH_CASE_DEPT: () => officeWith(general),
  PENDING_HANDOVER: () => submitted(general),
  IN_STORE: () => {
    const made = stored(general)
    const approval = asked(made.office, made.codes)
    made.office.act('zhao', { type: 'approvals.grant', approval })
    return { ...made, approval }
  },
  BORROWED: () => lent(general),
}

const attempts: Partial<Record<Move, (made: ReturnType<typeof officeWith> & { approval?: string }) => unknown>> = {
  submit: ({ office, codes }) => office.act('ou', { type: 'custody.hand-over', items: codes, store: 'store-1' }),
  'check-in': ({ office, codes, shelf }) =>
    office.act('li', { type: 'custody.check-in', items: codes, location: shelf }),
  'send-back': ({ office, codes }) => office.act('li', { type: 'custody.refuse-item', items: codes, reason: '袋破' }),
  lend: ({ office, codes, approval }) =>
    office.act('li', { type: 'custody.borrow', items: codes, approval: approval ?? '' }),
  'take-back': ({ office, codes, shelf }) =>
    office.act('li', { type: 'custody.give-back', items: codes, location: shelf }),
  'open-incident': ({ office, codes }) =>
    office.act(office.item(codes[0] ?? '').custodyStatus === 'WITH_CASE_DEPT' ? 'ou' : 'li', {
      type: 'custody.incident',
      items: codes,
      kind: 'damage',
      note: '屏幕裂',
    }),
  move: ({ office, codes }) => {
    const { result } = office.act('li', {
      type: 'custody.add-location',
      store: 'store-1',
      name: '二号架',
      storageClass: 'bulk',
      capacity: 5,
    })
    return office.act('li', { type: 'custody.move', items: codes, location: (result as { code: string }).code })
  },
}

describe('allowed moves', () => {
  for (const [from, reach] of Object.entries(reached) as [CustodyStatus, () => ReturnType<typeof officeWith>][]) {
    for (const [move, attempt] of Object.entries(attempts) as [
      Move,
      (made: ReturnType<typeof officeWith>) => unknown,
    ][]) {
      const transition = transitions[move]
      const allowed = (transition.from as { custodyStatus: readonly string[] }).custodyStatus.includes(from)
      it(`${transition.name.zh}：${custodyWords[from].zh}${allowed ? '' : '，不允许'}`, () => {
        const made = reach()
        const before = made.office.item(made.codes[0] ?? '')
        const count = made.office.facts.length
        const outcome = refusalOf(() => attempt(made))
        const after = made.office.item(made.codes[0] ?? '')
        if (!allowed) {
          expect(outcome).toBe('custody.wrong-order')
          expect(after).toEqual(before)
          return
        }
        expect(outcome).toBe('done')
        expect(mayMove(before, move)).toBe(true)
        expect({ ...after }).toMatchObject(afterMove(before, move))
        expect(made.office.facts.slice(count).map(({ type }) => type)).toContain(transition.fact)
      })
      if (allowed) {
        it(`${transition.name.zh}：${custodyWords[from].zh}，有异常时冻结`, () => {
          const made = reach()
          attempts['open-incident']?.(made)
          expect(refusalOf(() => attempt(made))).toBe('custody.item-frozen')
        })
      }
    }
  }

  it('an incident is concluded by an approver and the item is where it was', () => {
    const { office, codes } = stored(general)
    const before = office.item(codes[0] ?? '')
    office.act('li', { type: 'custody.incident', items: codes, kind: 'damage', note: '屏幕裂' })
    expect(office.item(codes[0] ?? '').incident).not.toBeNull()
    office.act('zhao', { type: 'custody.resolve', items: codes, conclusion: '入库前已有' })
    const { lastAt: _, concluded, ...after } = office.item(codes[0] ?? '')
    const { lastAt: __, concluded: none, ...was } = before
    expect(after).toEqual(was)
    expect([none, concluded]).toMatchObject([[], [{ kind: 'damage', opener: 'li', concludedBy: 'zhao' }]])
  })
})

const tomorrow = (office: Office): string => new Date(Date.parse(office.now) + 86_400_000).toISOString()
const register = (office: Office, line: object, more: object = {}, person = 'ou') =>
  office.act(person, { type: 'custody.register', case: '一案', items: [{ ...general, ...line }], ...taking, ...more })
const goldLine = (made: ReturnType<typeof officeWith>, more: object = {}) => ({
  item: made.codes[0] ?? '',
  location: made.safe,
  weight_mg: 100_000,
  sealNumber: 'F-001',
  ...more,
})
const takeGold = (more: object, person = 'li', options: object = {}) => {
  const made = submitted(gold)
  return made.office.act(person, { type: 'custody.check-in', items: [goldLine(made, more)] }, options)
}
const elsewhere = (office: Office): string => {
  const { result } = office.act('far', {
    type: 'custody.add-location',
    store: 'store-2',
    name: '二库架',
    storageClass: 'ordinary',
    capacity: 1,
  })
  return (result as { code: string }).code
}
const fetch = (person: string, more: object = {}, options: object = {}) => {
  const made = stored(general)
  const approval = asked(made.office, made.codes)
  made.office.act('zhao', { type: 'approvals.grant', approval })
  return made.office.act(person, { type: 'custody.borrow', items: made.codes, approval, ...more }, options)
}
const bring = (person: string, more: object = {}, line: object = {}, options: object = {}) => {
  const made = lent(gold)
  const { item, location, weight_mg } = goldLine(made)
  const items = [{ item, location, weight_mg, seal: 'intact' as const, condition: 'same' as const, ...line }]
  return made.office.act(person, { type: 'custody.give-back', items, ...more }, options)
}
const shift = (person: string, more: (made: ReturnType<typeof officeWith>) => object, options: object = {}) => {
  const made = stored(general)
  return made.office.act(
    person,
    { type: 'custody.move', items: made.codes, location: made.safe, ...more(made) },
    options,
  )
}
const ABSENT = '00000000-0000-7000-8000-00000000dead'
const before = { at: '2026-03-01T00:00:00.000Z' }
/** An item of a class that two people handle, whatever it was registered as. */
const withCash = (made: ReturnType<typeof officeWith>): ReturnType<typeof officeWith> => {
  const code = made.codes[0] ?? ''
  made.office.items.set(code, { ...made.office.item(code), category: 'cash', seal: null })
  return made
}

/** On the case still, and an officer of another department now. */
const withFormerOfficer = (made: ReturnType<typeof officeWith>): ReturnType<typeof officeWith> => {
  for (const [number, of] of made.office.cases)
    made.office.cases.set(number, { ...of, officers: [...of.officers, 'han'] })
  return made
}

type Made = ReturnType<typeof officeWith>
const countAs = (person: string, { office, codes }: Made, more: object = {}, options: object = {}) =>
  office.act(
    person,
    {
      type: 'custody.count-cash',
      item: codes[0] ?? '',
      lines: [{ face_minor: 10_000, bundles: 1, loose: 7 }],
      ...more,
    },
    options,
  )
const counted = (made: Made): Made => {
  for (const person of ['ou', 'wei']) countAs(person, made)
  return made
}
/** Counted by two officers, and on its way to store-1. */
const pendingCash = (): Made => {
  const made = counted(officeWith(cash))
  made.office.act('ou', { type: 'custody.hand-over', items: made.codes, store: 'store-1' })
  return made
}

/** Every guard of every move but those out of custody, by what trips it. */
const trips: Record<Exclude<Move, keyof typeof disposal>, Partial<Record<CustodyRefusal, () => unknown>>> = {
  ...keepingTrips,
  ...lineageTrips,
  ...transitTrips,
  ...measureTrips,
  deposit: depositTrips,
  register: {
    'custody.not-case-officer': () => register(officeWith().office, {}, {}, 'han'),
    'custody.measure-missing': () => register(officeWith().office, {}, { witness: undefined }),
    'custody.measure-officers': () =>
      register(officeWith().office, {}, { measure: { ...taking.measure, officers: ['ou', 'ou'] } }),
    'custody.measure-kind': () =>
      register(officeWith().office, {}, { measure: { ...taking.measure, kind: 'WITHHELD' } }),
    'custody.measure-time': () => {
      const { office } = officeWith()
      return register(office, {}, { measure: { ...taking.measure, takenAt: tomorrow(office) } })
    },
    'custody.presence-reason': () => register(officeWith().office, {}, { holder: { attendance: 'ABSENT' } }),
    'custody.relevance-missing': () => register(officeWith().office, {}, { relevance: undefined }),
    'custody.film-unsaid': () => register(officeWith().office, inPlace),
    'custody.effects-apart': () =>
      register(officeWith().office, {}, { items: [general, { ...general, category: 'personal-effects' }] }),
    'custody.field-not-asked': () => register(officeWith().office, { details: { plate: '云A12345' } }),
    'custody.field-value': () =>
      register(officeWith().office, { category: 'documents', details: { pages: '十', original: 'original' } }),
    'custody.field-missing': () => register(officeWith().office, { ...gold, features: undefined }),
    'custody.quantity': () => register(officeWith().office, { quantity: -1 }),
    'custody.weight-absurd': () => register(officeWith().office, { ...gold, weight_mg: 0 }),
    'custody.seal-missing': () => register(officeWith().office, { ...gold, seal: undefined }),
    'custody.seal-signers': () => register(officeWith().office, { ...gold, seal: { number: 'F-2', signers: ['ou'] } }),
    'custody.seal-taken': () => register(officeWith(gold).office, gold),
    'custody.cannot-draw': () => register(officeWith().office, { name: '🦄' }),
    'custody.measure-not-approved': () =>
      register(officeWith().office, {}, { measure: { ...taking.measure, approval: ABSENT } }),
    'custody.measure-emergency': () =>
      register(officeWith().office, {}, { measure: { ...taking.measure, emergency: true } }),
    'custody.trader-of-tax': () =>
      register(officeWith().office, {}, { measure: { ...taking.measure, unregisteredTrader: true } }),
  },
  'count-cash': {
    'custody.not-case-officer': () => countAs('han', officeWith(cash)),
    'custody.not-cash': () => countAs('ou', officeWith(general)),
    'custody.cash-counted-already': () => countAs('everything', counted(officeWith(cash))),
    'custody.cash-same-counter': () => {
      const made = officeWith(cash)
      countAs('ou', made)
      return countAs('ou', made)
    },
    'custody.cash-other-side': () => {
      const made = pendingCash()
      countAs('ou', made)
      return countAs('wei', made)
    },
    'custody.cash-face': () => countAs('ou', officeWith(cash), { lines: [{ face_minor: 300, bundles: 0, loose: 1 }] }),
    'custody.cash-serials': () => countAs('ou', officeWith(cash), { serials: ['AA0001', 'AA0001'] }),
    'custody.cash-too-much': () =>
      countAs('ou', officeWith(cash), { lines: [{ face_minor: 10_000, bundles: 10_001, loose: 0 }] }),
    'custody.officer-keeps': () => countAs('everything', pendingCash()),
    'custody.same-department': () => countAs('insider', pendingCash()),
    'custody.wrong-station': () => countAs('li', pendingCash(), {}, { station: 'store-2' }),
    'custody.before-last-event': () => countAs('ou', officeWith(cash), {}, before),
  },
  submit: {
    'custody.cash-not-counted': () => {
      const { office, codes } = officeWith(cash)
      return office.act('ou', { type: 'custody.hand-over', items: codes, store: 'store-1' })
    },
    'custody.not-case-officer': () => {
      const { office, codes } = officeWith(general)
      return office.act('han', { type: 'custody.hand-over', items: codes, store: 'store-1' })
    },
    'custody.photo-missing': () => {
      const { office } = officeWith()
      register(office, {})
      return office.act('ou', { type: 'custody.hand-over', items: [...office.items.keys()], store: 'store-1' })
    },
    'custody.film-first': () => {
      const { office, codes } = unfilmedWith(general)
      return office.act('ou', { type: 'custody.hand-over', items: codes, store: 'store-1' })
    },
    'custody.effects-apart': () => {
      const { office } = officeWith(general)
      register(office, { category: 'personal-effects' })
      const items = [...office.items.keys()]
      office.act('ou', { type: 'custody.add-photo', items: [{ item: items[1] ?? '', photos: [PHOTO] }] })
      return office.act('ou', { type: 'custody.hand-over', items, store: 'store-1' })
    },
    'custody.seal-needed': () => {
      const { office, codes } = opened(officeWith(gold))
      return office.act('ou', { type: 'custody.hand-over', items: codes, store: 'store-1' })
    },
    'custody.before-last-event': () => {
      const { office, codes } = officeWith(general)
      return office.act('ou', { type: 'custody.hand-over', items: codes, store: 'store-1' }, before)
    },
  },
  'check-in': {
    'custody.not-your-store': () => takeGold({}, 'far'),
    'custody.wrong-station': () => takeGold({}, 'li', { station: 'store-2' }),
    'custody.before-last-event': () => takeGold({}, 'li', before),
    'custody.officer-keeps': () => takeGold({}, 'everything'),
    'custody.same-department': () => takeGold({}, 'insider'),
    'custody.same-person': () => {
      const { office, codes, shelf } = officeWith(general)
      office.act('everything', { type: 'custody.hand-over', items: codes, store: 'store-1' })
      return office.act('everything', { type: 'custody.check-in', items: codes, location: shelf })
    },
    'custody.giver-signature': () => takeGold({}, 'li', { with: ['sun', 'han', 'everything'] }),
    'custody.second-person-needed': () => {
      const made = withCash(submitted(general))
      return made.office.act('li', { type: 'custody.check-in', items: made.codes, location: made.safe })
    },
    'custody.cash-not-counted': () => {
      const { office, codes, safe } = pendingCash()
      const items = codes.map((item) => ({ item, location: safe, sealNumber: 'F-100' }))
      return office.act('li', { type: 'custody.check-in', items }, { with: ['sun', 'ou'] })
    },
    'custody.location-elsewhere': () => {
      const { office, codes } = submitted(general)
      return office.act('li', { type: 'custody.check-in', items: codes, location: elsewhere(office) })
    },
    'custody.class-not-allowed': () => {
      const made = submitted(gold)
      return made.office.act('li', { type: 'custody.check-in', items: [goldLine(made, { location: made.shelf })] })
    },
    'custody.location-full': () => {
      const { office, codes, shelf } = submitted(general, general, general)
      return office.act('li', { type: 'custody.check-in', items: codes, location: shelf })
    },
    'custody.weight-missing': () => takeGold({ weight_mg: undefined }),
    'custody.weight-absurd': () => takeGold({ weight_mg: -5 }),
    'custody.weight-differs': () => takeGold({ weight_mg: 98_000 }),
    'custody.seal-not-checked': () => takeGold({ sealNumber: undefined }),
    'custody.seal-differs': () => takeGold({ sealNumber: 'F-002' }),
    'custody.seal-needed': () => {
      const { office, codes, shelf } = submitted(general)
      const [code = ''] = codes
      office.items.set(code, { ...office.item(code), sealStatus: 'BROKEN' })
      return office.act('li', { type: 'custody.check-in', items: codes, location: shelf })
    },
    'custody.photo-differs': () => takeGold({ photoMatches: false }),
    'custody.film-first': () => {
      const { office, codes, shelf } = withoutFilm(submitted(general))
      return office.act('li', { type: 'custody.check-in', items: codes, location: shelf })
    },
    'custody.money-to-account': () => {
      const { office, codes, safe } = pending({ ...cash, details: { currency: 'CNY', cashUse: 'DEPOSIT' } })
      return office.act('li', { type: 'custody.check-in', items: codes, location: safe }, { with: ['sun', 'ou'] })
    },
  },
  'send-back': {
    'custody.same-person': () => {
      const { office, codes } = officeWith(general)
      office.act('everything', { type: 'custody.hand-over', items: codes, store: 'store-1' })
      return office.act('everything', { type: 'custody.refuse-item', items: codes, reason: '不符' })
    },
    ...Object.fromEntries(
      (
        [
          ['custody.not-your-store', 'far', {}],
          ['custody.wrong-station', 'li', { station: 'store-2' }],
          ['custody.before-last-event', 'li', before],
          ['custody.officer-keeps', 'everything', {}],
          ['custody.same-department', 'insider', {}],
        ] as const
      ).map(([code, person, options]) => [
        code,
        () => {
          const { office, codes } = submitted(general)
          return office.act(person, { type: 'custody.refuse-item', items: codes, reason: '不符' }, options)
        },
      ]),
    ),
  },
  lend: {
    'custody.not-your-store': () => fetch('far'),
    'custody.wrong-station': () => fetch('li', {}, { station: 'store-2' }),
    'custody.before-last-event': () => fetch('li', {}, before),
    'custody.officer-keeps': () => fetch('everything'),
    'custody.same-department': () => fetch('insider'),
    'custody.same-person': () => fetch('li', { borrower: 'li' }),
    'custody.second-person-needed': () => {
      const made = stored(general)
      const approval = asked(made.office, made.codes)
      made.office.act('zhao', { type: 'approvals.grant', approval })
      return withCash(made).office.act('li', { type: 'custody.borrow', items: made.codes, approval })
    },
    'custody.not-approved': () => {
      const { office, codes } = stored(general)
      return office.act('li', { type: 'custody.borrow', items: codes, approval: '' })
    },
    'custody.grant-lapsed': () => {
      const { office, codes } = stored(general)
      const approval = asked(office, codes, 24 * 20)
      office.act('zhao', { type: 'approvals.grant', approval })
      office.wait(24 * 4)
      return office.act('li', { type: 'custody.borrow', items: codes, approval })
    },
    'custody.borrower': () => fetch('li', { borrower: 'han' }),
    'custody.signature-missing': () => fetch('li', {}, { with: ['wei', 'sun'] }),
    'custody.due-in-past': () => {
      const { office, codes } = stored(general)
      const approval = asked(office, codes, 1)
      office.act('zhao', { type: 'approvals.grant', approval })
      office.wait(2)
      return office.act('li', { type: 'custody.borrow', items: codes, approval })
    },
  },
  'take-back': {
    'custody.not-your-store': () => bring('far'),
    'custody.wrong-station': () => bring('li', {}, {}, { station: 'store-2' }),
    'custody.before-last-event': () => bring('li', {}, {}, before),
    'custody.officer-keeps': () => bring('everything'),
    'custody.same-department': () => bring('insider'),
    'custody.same-person': () => {
      const { office, codes, shelf } = stored(general)
      const approval = asked(office, codes)
      office.act('zhao', { type: 'approvals.grant', approval })
      office.act('li', { type: 'custody.borrow', items: codes, approval, borrower: 'everything' })
      return office.act('everything', { type: 'custody.give-back', items: codes, location: shelf })
    },
    'custody.signature-missing': () => bring('li', {}, {}, { with: ['sun', 'han'] }),
    'custody.returner': () => {
      const made = withFormerOfficer(lent(general))
      return made.office.act(
        'li',
        { type: 'custody.give-back', items: made.codes, location: made.shelf },
        { with: ['han'] },
      )
    },
    'custody.second-person-needed': () => {
      const made = withCash(lent(general))
      return made.office.act('li', { type: 'custody.give-back', items: made.codes, location: made.safe })
    },
    'custody.location-elsewhere': () => {
      const { office, codes } = lent(general)
      return office.act('li', { type: 'custody.give-back', items: codes, location: elsewhere(office) })
    },
    'custody.class-not-allowed': () => {
      const made = lent(gold)
      const { item, weight_mg } = goldLine(made)
      const items = [{ item, location: made.shelf, weight_mg, seal: 'intact' as const }]
      return made.office.act('li', { type: 'custody.give-back', items })
    },
    'custody.location-full': () => {
      const made = lent(general)
      register(made.office, {})
      register(made.office, {})
      const more = [...made.office.items.keys()].filter((code) => !made.codes.includes(code))
      made.office.act('ou', { type: 'custody.add-photo', items: more.map((item) => ({ item, photos: [PHOTO] })) })
      filmed({ office: made.office, codes: more })
      made.office.act('ou', { type: 'custody.hand-over', items: more, store: 'store-1' })
      made.office.act('li', { type: 'custody.check-in', items: more, location: made.shelf })
      return made.office.act('li', { type: 'custody.give-back', items: made.codes, location: made.shelf })
    },
    'custody.weight-missing': () => bring('li', {}, { weight_mg: undefined }),
    'custody.weight-absurd': () => bring('li', {}, { weight_mg: 0 }),
    'custody.seal-needed': () => {
      const made = opened(lent(gold))
      return made.office.act('li', {
        type: 'custody.give-back',
        items: [{ item: made.codes[0] ?? '', location: made.safe, weight_mg: 100_000 }],
      })
    },
  },
  'open-incident': {
    'custody.not-your-store': () => {
      const { office, codes } = stored(general)
      return office.act('far', { type: 'custody.incident', items: codes, kind: 'loss', note: '不见' })
    },
    'custody.not-case-officer': () => {
      const { office, codes } = officeWith(general)
      return office.act('han', { type: 'custody.incident', items: codes, kind: 'loss', note: '不见' })
    },
    'custody.wrong-station': () => {
      const { office, codes } = stored(general)
      return office.act(
        'li',
        { type: 'custody.incident', items: codes, kind: 'loss', note: '不见' },
        { station: 'store-2' },
      )
    },
    'custody.before-last-event': () => {
      const { office, codes } = stored(general)
      return office.act('li', { type: 'custody.incident', items: codes, kind: 'loss', note: '不见' }, before)
    },
    'custody.not-sealed': () => {
      const { office, codes } = stored(general)
      return office.act('li', {
        type: 'custody.incident',
        items: codes,
        kind: 'damage',
        note: '封条破',
        sealBroken: true,
      })
    },
  },
  'resolve-incident': {
    'custody.no-incident': () => {
      const { office, codes } = stored(general)
      return office.act('zhao', { type: 'custody.resolve', items: codes, conclusion: '无' })
    },
    'custody.nothing-weighed': () => {
      const { office, codes } = stored(general)
      office.act('li', { type: 'custody.incident', items: codes, kind: 'damage', note: '屏幕裂' })
      return office.act('zhao', { type: 'custody.resolve', items: codes, conclusion: '轻微', takeAsFound: true })
    },
    'custody.not-approver': () => resolving('qin'),
    'custody.same-person': () => resolving('everything'),
    'custody.officer-decides': () => resolving('chief'),
    'custody.before-last-event': () => resolving('zhao', before),
  },
  move: {
    'custody.not-your-store': () => shift('far', () => ({})),
    'custody.wrong-station': () => shift('li', () => ({}), { station: 'store-2' }),
    'custody.before-last-event': () => shift('li', () => ({}), before),
    'custody.officer-keeps': () => shift('everything', () => ({})),
    'custody.same-department': () => shift('insider', () => ({})),
    'custody.second-person-needed': () => {
      const { office, codes, safe } = withCash(stored(general))
      return office.act('li', { type: 'custody.move', items: codes, location: safe })
    },
    'custody.location-elsewhere': () => shift('li', ({ office }) => ({ location: elsewhere(office) })),
    'custody.class-not-allowed': () => {
      const made = stored(gold)
      return made.office.act('li', { type: 'custody.move', items: made.codes, location: made.shelf })
    },
    'custody.location-full': () => {
      const { office, codes } = stored(general, general)
      const { result } = office.act('li', {
        type: 'custody.add-location',
        store: 'store-1',
        name: '小格',
        storageClass: 'ordinary',
        capacity: 1,
      })
      return office.act('li', { type: 'custody.move', items: codes, location: (result as { code: string }).code })
    },
    'custody.already-there': () => shift('li', ({ shelf }) => ({ location: shelf })),
    'custody.seal-needed': () => {
      const made = opened(stored(gold))
      return made.office.act('li', { type: 'custody.move', items: made.codes, location: made.shelf })
    },
  },
  'grant-loan': {
    'custody.reserved': () => {
      const { office, codes } = stored(general)
      const [first, second] = [asked(office, codes), asked(office, codes)]
      office.act('zhao', { type: 'approvals.grant', approval: first })
      return office.act('zhao', { type: 'approvals.grant', approval: second })
    },
    'custody.due-in-past': () => {
      const { office, codes } = stored(general)
      const approval = asked(office, codes, 1)
      office.wait(2)
      return office.act('zhao', { type: 'approvals.grant', approval })
    },
    'custody.due-too-far': () => {
      const { office, codes } = stored(general)
      return asked(office, codes, 24 * 31)
    },
    'custody.not-case-officer': () => {
      const { office, codes } = stored(general)
      const deed = { command: 'borrow', items: codes, dueAt: tomorrow(office), purpose: 'COURT' } as const
      return office.act('han', { type: 'approvals.ask', deed, reason: '出庭' })
    },
    'custody.same-person': () => {
      const { office, codes } = stored(general)
      const approval = asked(office, codes)
      return office.act('everything', { type: 'approvals.grant', approval })
    },
    'custody.officer-decides': () => {
      const { office, codes } = stored(general)
      const approval = asked(office, codes)
      return office.act('chief', { type: 'approvals.grant', approval })
    },
  },
}

function opened(made: ReturnType<typeof officeWith>): ReturnType<typeof officeWith> {
  const { office, codes } = made
  const held = office.item(codes[0] ?? '').custodyStatus === 'IN_STORE'
  office.act(
    held ? 'li' : 'ou',
    { type: 'custody.unseal', items: codes, reason: '辨认' },
    { with: held ? ['ou', 'wei'] : ['wei'] },
  )
  return made
}

function resolving(person: string, options: object = {}): unknown {
  const { office, codes } = stored(general)
  office.act('li', { type: 'custody.incident', items: codes, kind: 'loss', note: '不见' })
  return office.act(person, { type: 'custody.resolve', items: codes, conclusion: '已找到' }, options)
}

describe('guards', () => {
  for (const [move, { name, guards }] of Object.entries({ ...intake, ...keeping, ...lineage, ...transit })) {
    for (const guard of guards) {
      it(`${name.zh}：${guard}`, () => {
        const trip = trips[move as keyof typeof trips][guard]
        expect(trip, `${move} has no case for ${guard}`).toBeDefined()
        expect(refusalOf(() => trip?.())).toBe(guard)
      })
    }
  }

  it('every refusal names what a person can do about it, in both languages', () => {
    for (const [code, { detail, remedy }] of Object.entries(custodyRefusals)) {
      for (const text of [detail.zh, detail.en, remedy.zh, remedy.en]) expect(text.length, code).toBeGreaterThan(3)
    }
    expect(Object.keys(people)).toContain('everything')
  })
})
