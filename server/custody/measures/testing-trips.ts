import type { CustodyRefusal } from '../refusals.ts'
import type { MeasureStatus, Track } from '../axes.ts'
import type { NewItem } from '../schemas.ts'
import { asksFor, filmed, general, granted, officeWith, PHOTO, taking } from '../testing.ts'

export type Made = ReturnType<typeof officeWith>
type Trips = Partial<Record<CustodyRefusal, () => unknown>>

export const account: NewItem = {
  ...{ name: '银行存款', category: 'account', quantity: 1, unit: '户' },
  details: {
    ...{ issuer: '云州银行', account: '6222 0000', frozenAmount: '120000.50', currency: 'CNY' },
    ...{ freezeReceipt: '回执〔2026〕1号', keeping: 'THIRD_PARTY' },
  },
}

/** What is sealed up where it stands. */
export const inPlace: NewItem = {
  ...{ name: '商铺', category: 'immovable', quantity: 1, unit: '处', features: '临街，一层' },
  details: { address: '云州市城东区一号', keeping: 'IN_PLACE', registryNotice: '协〔2026〕1号' },
}

/** An office whose one case is of this track. */
export function officeOf(track: Track): Made {
  const made = officeWith()
  const of = made.office.cases.get('一案')
  if (of === undefined) throw new Error('no case')
  made.office.cases.set('一案', { ...of, track })
  return made
}

/** Registered by ou under this measure and photographed; the codes. */
export function takes({ office }: Made, line: NewItem, measure: object, more: object = {}): string[] {
  const { result } = office.act('ou', {
    ...{ type: 'custody.register', case: '一案', items: [line], ...taking },
    ...{ measure: { ...taking.measure, ...measure }, ...more },
  })
  const codes = (result as unknown as { items: { code: string }[] }).items.map(({ code }) => code)
  office.act('ou', { type: 'custody.add-photo', items: codes.map((item) => ({ item, photos: [PHOTO] })) })
  filmed({ office, codes })
  return codes
}

/** Handed in with approval, undecided. */
export function handedIn(line: NewItem = general, more: object = {}): Made {
  const made = officeWith()
  const approval = granted(made.office, 'VOLUNTARY_RECEIVED')
  return { ...made, codes: takes(made, line, { kind: 'VOLUNTARY_RECEIVED', approval }, more) }
}

/** Taken on the spot from a trader of the administrative track. */
export function takenOnTheSpot(): Made {
  const made = officeOf('ADMIN')
  return { ...made, codes: takes(made, general, { kind: 'SEIZED', emergency: true }) }
}

/** Frozen with approval, at the bank. */
export function frozen(): Made {
  const made = officeWith()
  const approval = granted(made.office, 'FROZEN')
  return { ...made, codes: takes(made, account, { kind: 'FROZEN', approval }) }
}

export function asksConverting({ office, codes }: Made, more: object = {}, person = 'ou'): string {
  const deed = {
    command: 'convert-surrender',
    items: codes,
    kind: 'SEIZED',
    document: '扣字〔2026〕9号',
    ...more,
  } as const
  const { result } = office.act(person, { type: 'approvals.ask', deed, reason: '立案后转扣押' })
  return (result as { id: string }).id
}

export function asksConfirming({ office, codes }: Made, person = 'ou'): string {
  const deed = { command: 'confirm-measure', items: codes } as const
  const { result } = office.act(person, { type: 'approvals.ask', deed, reason: '情况紧急' })
  return (result as { id: string }).id
}

/** The same, handed over and taken in by li. */
export function intoStore(made: Made): Made {
  const { office, codes, shelf } = made
  office.act('ou', { type: 'custody.hand-over', items: codes, store: 'store-1' })
  office.act('li', { type: 'custody.check-in', items: codes, location: shelf })
  return made
}

const grants = ({ office }: Made, approval: string, person = 'zhao'): unknown =>
  office.act(person, { type: 'approvals.grant', approval })

function closed(made: Made): Made {
  for (const [number, of] of made.office.cases) made.office.cases.set(number, { ...of, status: 'CLOSED' })
  return made
}

/** What keeps somebody from deciding over a measure, by what trips it. */
const decided = (reach: () => Made, asks: (made: Made, person?: string) => string): Trips => ({
  'custody.not-case-officer': () => asks(reach(), 'han'),
  'custody.officer-decides': () => {
    const made = reach()
    return grants(made, asks(made), 'chief')
  },
  'custody.same-person': () => {
    const made = intoStore(reach())
    return grants(made, asks(made), 'everything')
  },
  'custody.complaint-open': () => {
    const made = reach()
    made.office.act('jian', { type: 'custody.complain', items: made.codes, ground: 'unrelated', note: '与案件无关' })
    return asks(made)
  },
  'custody.case-closed': () => {
    const made = reach()
    const approval = asks(made)
    return grants(closed(made), approval)
  },
})

const fewOfficers = { officers: ['ou', 'ou'] }
const unnamed = { holder: { attendance: 'ABSENT' } }
const under = (kind: MeasureStatus, line: NewItem, measure: object = {}, more: object = {}): unknown => {
  const made = officeWith()
  return takes(made, line, { kind, approval: granted(made.office, kind), ...measure }, more)
}

/** Every guard of the moves that begin or change a measure, by what trips it. */
export const measureTrips = {
  'propose-measure': {
    'custody.not-case-officer': () => asksFor(officeWith().office, 'SEIZED', 'han'),
    'custody.measure-kind': () => asksFor(officeWith().office, 'WITHHELD'),
    'custody.officer-decides': () => {
      const made = officeWith()
      return grants(made, asksFor(made.office, 'SEIZED'), 'chief')
    },
    'custody.case-closed': () => {
      const made = officeWith()
      const approval = asksFor(made.office, 'EXTRACTED')
      return grants(closed(made), approval)
    },
  },
  'confirm-measure': {
    'custody.nothing-to-confirm': () => asksConfirming(handedIn()),
    ...decided(takenOnTheSpot, asksConfirming),
  },
  'receive-surrender': {
    'custody.measure-not-approved': () => takes(officeWith(), general, { kind: 'VOLUNTARY_RECEIVED' }),
    'custody.measure-officers': () => under('VOLUNTARY_RECEIVED', general, fewOfficers),
    'custody.presence-reason': () => under('VOLUNTARY_RECEIVED', general, {}, unnamed),
  },
  'convert-surrender': {
    'custody.measure-kind': () => asksConverting(handedIn(), { kind: 'WITHHELD' }),
    'custody.relevance-unsaid': () => asksConverting(handedIn(general, { relevance: undefined })),
    'custody.convert-kind': () => asksConverting(handedIn(), { kind: 'FROZEN' }),
    'custody.film-unsaid': () => asksConverting(handedIn(inPlace)),
    'custody.names-person': () => asksConverting(handedIn(), { document: '持有人甲 1 号' }),
    'custody.cannot-draw': () => asksConverting(handedIn(), { document: '扣🙂' }),
    ...decided(handedIn, (made, person) => asksConverting(made, {}, person)),
  },
  freeze: {
    'custody.measure-not-approved': () => takes(officeWith(), account, { kind: 'FROZEN' }),
    'custody.measure-officers': () => under('FROZEN', account, fewOfficers),
    'custody.frozen-account': () => under('FROZEN', general),
    'custody.field-missing': () =>
      under('FROZEN', { ...account, details: { ...account.details, issuer: undefined } as never }),
    'custody.field-value': () =>
      under('FROZEN', { ...account, details: { ...account.details, frozenAmount: '十二万' } }),
  },
} satisfies Record<string, Trips>
