import { describe, expect, it } from 'vitest'
import type { ClockEvent } from '../clock/triggers.ts'
import { deadlineRules } from '../clock/deadline-rules.ts'
import { outcomeOf, proposal, receiver, sale, sellingEarly, waiting } from './disposal/testing.ts'
import { PAID_FEN, pays, pending } from './deposit/testing-trips.ts'
import {
  asksConfirming,
  asksConverting,
  frozen,
  handedIn,
  type Made,
  officeOf,
  takenOnTheSpot,
  takes,
} from './measures/testing-trips.ts'
import { agreed, cash, general, officeWith, recordingOf, stored, unfilmedWith } from './testing.ts'
import { arrives, sends } from './transit/testing-trips.ts'
import type { NewItem } from './schemas.ts'
import { custodyTriggers } from './triggers.ts'

const told = ({ office }: Made): ClockEvent[] =>
  office.facts
    .filter(({ type }) => custodyTriggers.types.includes(type))
    .flatMap((fact) => custodyTriggers.events(fact))
/** Events of rules that an organ of another kind enables. */
const ELSEWHERE = new Set(deadlineRules.filter(({ terms }) => !terms.enabled).map(({ event }) => event))
/** What every seizure owes until it is on film has a test of its own. */
const APART = new Set([...ELSEWHERE, 'filmOwed'])

/** The events whose clocks run over the first item now, or over something else. */
function running(made: Made, subject = `item/${made.codes[0] ?? ''}`): string[] {
  const open = new Set<string>()
  for (const event of told(made)) {
    if (event.kind === 'start' && event.subjects.includes(subject)) open.add(event.event)
    if (event.kind === 'end' && event.subjects.includes(subject)) event.events.forEach((one) => open.delete(one))
  }
  return [...open].sort()
}

const grants = ({ office }: Made, approval = waiting(office), person = 'zhao') =>
  office.act(person, { type: 'approvals.grant', approval })
const taken = (line: NewItem, measure: object): Made => {
  const made = officeOf('TAX')
  return { ...made, codes: takes(made, line, { kind: 'SEIZED', ...measure }) }
}
const books = (bookYear: string): NewItem => ({
  ...{ name: '账簿', category: 'documents', quantity: 1, unit: '册' },
  details: { pages: '80', original: 'original', bookYear },
})
const money: NewItem = { ...cash, details: { currency: 'CNY', cashUse: 'DEPOSIT' } }
const proposedReturn = (made: Made, ground: 'unrelated' | 'tax-paid' = 'unrelated'): Made => {
  const foundAt = made.office.now
  made.office.act('ou', proposal(made.codes, { way: 'RETURN', destination: 'holder', ground, foundAt }))
  return made
}
const given = (made: Made): Made => {
  grants(made)
  const { office, codes } = made
  office.act('wei', { type: 'custody.release', items: codes, noticeNumber: '解1', receiver }, { with: ['chief'] })
  return made
}
const confirmed = (made: Made): Made => {
  agreed(made.office, asksConfirming(made))
  return made
}
const withdrawn = (made: Made): Made => {
  made.office.act('ou', { type: 'approvals.withdraw', approval: waiting(made.office) })
  return made
}
/** The tax track's own item in the store, sold early; the item is its money. */
const soldForMoney = (): Made => {
  const made = stored(general)
  const { office, codes } = made
  const [code = ''] = codes
  office.items.set(code, { ...office.item(code), track: 'TAX' })
  const { reviewUnit: _, ...early } = proposal(codes, sellingEarly)
  office.act('ou', early)
  for (const person of ['zhao', 'tan']) grants(made, waiting(office), person)
  office.act('li', { type: 'custody.dispose', items: codes, sale }, { with: ['cai'] })
  const of = [...office.items.values()].find(({ proceeds }) => proceeds !== undefined)
  return { ...made, codes: [of?.code ?? ''] }
}
const travelling = (): Made => {
  const made = stored(general)
  sends(made)
  return made
}
const arrived = (): Made => {
  const made = travelling()
  arrives(made)
  return made
}
const reviewed = (isOver: boolean): Made => {
  const made = stored(general)
  const { office, codes: items } = made
  const complaint = { type: 'custody.complain', items, ground: 'misused', note: '被挪用' } as const
  const decision = { type: 'custody.decide-complaint', items, upheld: false, conclusion: '不属实' } as const
  office.act('jian', complaint)
  office.act('tan', decision)
  office.act('jian', { ...complaint, review: true })
  const superior = { organ: '市监委', number: '市复〔2026〕1号' }
  if (isOver) office.act('qin', { ...decision, superior })
  return made
}

const GOODS = 'goodsTaken'
const PRESERVED = 'taxPreservation'

/** Rule, the act, and what runs over the item after it. */
const rows: readonly (readonly [rule: string, act: string, reach: () => Made, runs: readonly string[]])[] = [
  ['DL-03', 'money is taken', () => taken(money, {}), ['moneyTaken', PRESERVED]],
  ['DL-03', 'and is paid in', () => paidIn(), []],
  ['DL-04', 'cash that is evidence goes to the store', () => pending(), [GOODS]],
  ['DL-07', 'taken on the spot', () => takenOnTheSpot(), ['emergencyMeasure', GOODS, 'seizureDecision']],
  ['DL-07', 'approved afterwards', () => confirmed(takenOnTheSpot()), [GOODS, 'seizureDecision']],
  ['DL-07', 'or released', () => given(proposedReturn(takenOnTheSpot())), []],
  ['DL-02', 'an account is frozen', () => frozen(), []],
  ['DL-02', 'found unrelated', () => proposedReturn(frozen()), ['unrelatedFrozenFound']],
  ['DL-02', 'unfrozen', () => given(proposedReturn(frozen())), []],
  ['DL-11', 'tax paid', () => proposedReturn(taken(general, {}), 'tax-paid'), [GOODS, 'taxPaid', PRESERVED]],
  ['DL-11', 'and released', () => given(proposedReturn(taken(general, {}), 'tax-paid')), []],
  ['DL-12', 'sold', () => soldForMoney(), ['saleSettled']],
  ['DL-13', 'books of earlier years', () => taken(books('2024'), {}), [GOODS, 'priorYearBooksTaken', PRESERVED]],
  ['DL-13a', 'books of this year', () => taken(books('2026'), {}), ['currentYearBooksTaken', GOODS, PRESERVED]],
  ['DL-13', 'given back', () => given(proposedReturn(taken(books('2024'), {}))), []],
  [
    ...(['DL-14', 'from an unregistered trader'] as const),
    ...([() => taken(general, { unregisteredTrader: true }), [GOODS, PRESERVED, 'unregisteredSeize']] as const),
  ],
  ['DL-01', 'a return is proposed', () => proposedReturn(stored(general)), ['unrelatedFound']],
  ['DL-01', 'and withdrawn', () => withdrawn(proposedReturn(stored(general))), []],
  ['DL-01', 'and proposed anew', () => proposedReturn(withdrawn(proposedReturn(stored(general)))), ['unrelatedFound']],
  ['DL-20a', 'a review is accepted', () => reviewed(false), ['complaintDecided', 'reviewAccepted']],
  ['DL-20b', 'and decided: the first decision is to be served', () => reviewed(true), ['complaintDecided']],
  ['DL-54', 'on its way', () => travelling(), ['inTransit']],
  ['DL-54', 'and arrived', () => arrived(), []],
]

function paidIn(): Made {
  const made = pending(money)
  pays(made, { items: made.codes.map((item) => ({ item, voucher: '缴款 002', amount_fen: PAID_FEN })) })
  return made
}

describe('what an act starts and ends', () => {
  it.each(rows)('%s %s', (rule, _, reach, runs) => {
    expect(deadlineRules.map(({ id }) => id)).toContain(rule)
    expect(running(reach()).filter((event) => !APART.has(event))).toEqual([...runs].sort())
  })

  it('DL-61: a seizure owes its recording until the whole of it is noted, or its absence excused', () => {
    expect(running(unfilmedWith(general))).toContain('filmOwed')
    expect(running(officeWith(general))).not.toContain('filmOwed')
    const made = unfilmedWith(general)
    const deed = { command: 'allow-unfilmed', items: made.codes } as const
    made.office.act('ou', { type: 'approvals.ask', deed, reason: '执法仪故障' })
    for (const person of ['zhao', 'tan']) grants(made, waiting(made.office), person)
    expect(running(made)).not.toContain('filmOwed')
    expect(running(taken(general, {}))).not.toContain('filmOwed')
    expect(running(handedIn())).not.toContain('filmOwed')
    const converted = handedIn()
    agreed(converted.office, asksConverting(converted))
    expect(running(converted)).toContain('filmOwed')
    const onFilm = handedIn()
    const { office, codes } = onFilm
    office.act('ou', recordingOf(codes, office.item(codes[0] ?? '').measure.takenAt))
    agreed(office, asksConverting(onFilm))
    expect(running(onFilm)).not.toContain('filmOwed')
  })

  it('DL-15, DL-16, DL-23: what another organ enables has facts that start it, and what is in the store waits no more', () => {
    const over = (made: Made): string[] => running(made).filter((event) => ELSEWHERE.has(event))
    expect(over(taken(general, {}))).toEqual(['documentsIssued', 'measureTaken'])
    expect(over(stored(general))).toEqual(['documentsIssued'])
    expect(over(frozen())).toEqual(['documentsIssued', 'offsiteMeasure'])
    expect(over(given(proposedReturn(frozen())))).toEqual(['documentsIssued'])
    expect([...ELSEWHERE].sort()).toEqual(['documentsIssued', 'measureTaken', 'offsiteMeasure'])
  })

  it('DL-22: a tax case is decided in its days, from the opening of its account to its close; no other case has such a clock', () => {
    const made = officeWith()
    const opens = (number: string, track: 'TAX' | 'ADMIN'): string => {
      const officers = ['ou', 'wei']
      made.office.act('ou', { type: 'custody.open-case', number, title: '某案', track, unit: 'dept-1', officers })
      return `case/${number}`
    }
    const tax = opens('税一案', 'TAX')
    expect(running(made, opens('行一案', 'ADMIN'))).toEqual([])
    expect(running(made, tax)).toEqual(['taxInspectionFiled'])
    expect(told(made).find((one) => one.kind === 'start' && one.event === 'taxInspectionFiled')).toMatchObject({
      ...{ matter: tax, unit: 'dept-1', responsible: ['ou', 'wei'], dueAt: null },
    })
    made.office.act('ou', { type: 'custody.close-case', case: '税一案' })
    expect(running(made, tax)).toEqual([])
  })

  it('every event that a fact ends has a rule that runs by it', () => {
    const events = new Set(deadlineRules.map(({ event }) => event))
    expect(custodyTriggers.endedByFacts.filter((event) => !events.has(event))).toEqual([])
  })
})

it('a review is asked for once, within a month, and not accepted by who decided', () => {
  const made = stored(general)
  const { office, codes: items } = made
  const complaint = { type: 'custody.complain', items, ground: 'misused', note: '被挪用' } as const
  const review = { ...complaint, review: true } as const
  expect(outcomeOf(() => office.act('jian', review))).toBe('custody.nothing-to-review')
  office.act('jian', complaint)
  office.act('tan', { type: 'custody.decide-complaint', items, upheld: false, conclusion: '不属实' })
  expect(outcomeOf(() => office.act('tan', review))).toBe('custody.same-person')
  office.wait(24 * 40)
  expect(outcomeOf(() => office.act('jian', review))).toBe('custody.review-too-late')
})
