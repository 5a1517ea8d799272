import type { ClockEvent, Triggers } from '../clock/triggers.ts'
import type { Fact } from '../module.ts'
import type { MeasureStatus } from './axes.ts'
import { annualAwaited, annualEvents } from './account/annual-triggers.ts'
import { custodyFact } from './custody.ts'
import { type KeptOpenGround, keptOpenWords } from './disposal/words.ts'
import { intakeEvents } from './intake/triggers.ts'
import { RETENTION, retentionEvents } from './retention/triggers.ts'
import type { Surplus } from './worth/surplus.ts'

/** The three days of what was found unrelated, whatever the measure. */
const FOUND_UNRELATED = ['unrelatedFound', 'unrelatedFrozenFound', 'unrelatedExtractedFound']
/** What a finding starts: that it is unrelated, or that the tax is paid for which it is held (rules T-11). */
const FOUND = [...FOUND_UNRELATED, 'taxPaid']
/** What waits until the money or the goods are where they are kept. */
const TAKEN = ['moneyTaken', 'goodsTaken', 'measureTaken']

/** What custody's facts mean to the clocks: intake runs from the measure to the store, a loan until the last item is back. */
export const custodyTriggers: Triggers = {
  endedByFacts: [
    ...TAKEN,
    ...['borrowDue', 'emergencyMeasure', 'inTransit', 'complaintAccepted', 'reviewAccepted', 'complaintDecided'],
    ...FOUND,
    ...RETENTION,
    'filmOwed',
  ],
  types: [
    'custody.case-opened',
    'custody.kept-open',
    'custody.case-reopened',
    'custody.case-closed',
    'custody.case-passed-on',
    'custody.case-took-over',
    'custody.target-stated',
    'custody.registered',
    'custody.split',
    'custody.merged',
    'custody.released-to-store',
    'custody.deposited',
    'custody.video-noted',
    'custody.unfilmed-allowed',
    'custody.measure-confirmed',
    'custody.surrender-converted',
    'custody.carried',
    'custody.brought',
    'custody.proceeds-deposited',
    'custody.loan-opened',
    'custody.loan-extended',
    'custody.loan-checked',
    'custody.proposed-for-disposal',
    'custody.disposal-approved',
    'custody.proposal-dropped',
    'custody.disposed',
    'custody.disposal-carried-out',
    'custody.complaint-accepted',
    'custody.complaint-decided',
    'custody.complaint-decision-served',
    'custody.retention-asked',
    'custody.retention-answered',
    'custody.paper-served',
    'custody.paper-issued',
  ],
  events,
}

function events(raw: Fact): readonly ClockEvent[] {
  const fact = custodyFact(raw)
  switch (fact.type) {
    case 'custody.case-opened': {
      const { subject, track, unit, officers } = fact.body
      const yearly = annualAwaited(unit, fact.at)
      if (track !== 'TAX') return [yearly]
      const started = { kind: 'start', event: 'taxInspectionFiled', from: fact.at, dueAt: null } as const
      return [yearly, { ...started, subjects: [subject], matter: subject, unit, store: null, responsible: officers }]
    }
    case 'custody.case-passed-on':
      return [
        ...(fact.body.how === 'merge'
          ? [{ kind: 'end', events: ['taxInspectionFiled'], subjects: [fact.body.subject] } as const]
          : []),
        ...surplusEvents(fact, fact.body.surplus),
      ]
    case 'custody.case-took-over':
    case 'custody.target-stated':
    case 'custody.disposal-carried-out':
      return surplusEvents(fact, fact.body.surplus)
    case 'custody.case-closed': {
      const { subject, grounds = [] } = fact.body
      return [
        { kind: 'end', events: ['taxInspectionFiled'], subjects: [subject] },
        // What began since it was granted stands still as well.
        ...grounds.map(({ item, ground, document }) => held(item, ground, document, null)),
      ]
    }
    case 'custody.kept-open': {
      const { subject, ground, document, approval } = fact.body
      return [held(subject.slice('item/'.length), ground, document, approval)]
    }
    case 'custody.case-reopened': {
      const { exceptions = [], approval } = fact.body
      const subjects = exceptions.map((code) => `item/${code}`)
      return subjects.length === 0 ? [] : [{ kind: 'free', events: EXCEPTED, subjects, approval }]
    }
    case 'custody.registered':
      return intakeEvents(fact)
    // What runs over a thing runs over what came of it: the same clock, the same day.
    case 'custody.split':
      return [
        { kind: 'pass', subjects: [fact.body.subject], to: fact.body.parts.map((part) => `item/${part}`) },
        // What runs was passed to the parts; what was set aside from the rest frees the rest of it.
        ...surplusEvents(fact, fact.body.surplus).filter(({ kind }) => kind === 'end'),
      ]
    case 'custody.merged':
      return [{ kind: 'pass', subjects: [fact.body.subject], to: [`item/${fact.body.into}`] }]
    case 'custody.released-to-store':
      return [{ kind: 'end', events: ['goodsTaken', 'measureTaken'], subjects: [fact.body.subject] }]
    case 'custody.deposited':
      return [{ kind: 'end', events: TAKEN, subjects: [fact.body.subject] }]
    case 'custody.video-noted':
      return fact.body.whole === true ? [{ kind: 'end', events: ['filmOwed'], subjects: [fact.body.subject] }] : []
    case 'custody.unfilmed-allowed':
      return [{ kind: 'end', events: ['filmOwed'], subjects: [fact.body.subject] }]
    case 'custody.surrender-converted': {
      const { film } = fact.body
      if (film === undefined) return []
      const started = { ...aboutItem(fact, fact.body.subject, film.case), responsible: film.officers }
      return [{ ...started, kind: 'start', event: 'filmOwed', from: fact.at }]
    }
    case 'custody.measure-confirmed':
      return [{ kind: 'end', events: ['emergencyMeasure'], subjects: [fact.body.subject] }]
    case 'custody.carried': {
      const { to, carrier, dueAt, case: number } = fact.body
      // Absent in entries of the time when only the store that sent it wrote down when it is due.
      if (dueAt === undefined || number === undefined) return []
      const started = aboutItem(fact, fact.body.subject, number)
      return [
        { ...started, kind: 'start', event: 'inTransit', from: fact.at, dueAt, store: to, responsible: [carrier] },
      ]
    }
    case 'custody.brought':
      return [{ kind: 'end', events: ['inTransit'], subjects: [fact.body.subject] }]
    case 'custody.proceeds-deposited': {
      const { track, subject, surplus } = fact.body
      if (surplus !== undefined) return surplusEvents(fact, fact.body.surplus)
      if (track !== 'TAX') return []
      return [{ ...aboutItem(fact, subject, fact.body.case), kind: 'start', event: 'saleSettled', from: fact.at }]
    }
    case 'custody.loan-opened': {
      const { body } = fact
      return [
        {
          kind: 'start',
          event: 'borrowDue',
          from: fact.at,
          dueAt: body.dueAt,
          subjects: subjectsOf(body.subject, body.items),
          matter: body.subject,
          unit: body.unit,
          store: body.store,
          responsible: [body.borrower],
        },
      ]
    }
    case 'custody.loan-extended': {
      const { subject, items, dueAt } = fact.body
      return [{ kind: 'move', events: ['borrowDue'], subjects: subjectsOf(subject, items), dueAt }]
    }
    case 'custody.loan-checked':
      return [{ kind: 'end', events: ['borrowDue'], subjects: subjectsOf(fact.body.subject, fact.body.returned) }]
    case 'custody.proposed-for-disposal': {
      const { found, subject } = fact.body
      const proposed = { kind: 'end', events: ['releaseDue'], subjects: [subject] } as const
      if (found === null) return [proposed]
      const started = aboutItem(fact, subject, fact.body.case)
      const event = found.ground === 'tax-paid' ? 'taxPaid' : foundUnrelated(found.measure)
      return [proposed, { ...started, kind: 'start', event, from: found.at }]
    }
    case 'custody.disposal-approved': {
      const { way, subject } = fact.body
      if (way === undefined || way === 'RETURN') return []
      return [{ kind: 'end', events: FOUND, subjects: [subject] }]
    }
    case 'custody.proposal-dropped': {
      const { way, why, findingEnds, subject } = fact.body
      if (way !== 'RETURN' || (why !== 'refused' && findingEnds !== true)) return []
      return [{ kind: 'end', events: FOUND, subjects: [subject] }]
    }
    case 'custody.disposed':
      return [{ kind: 'end', events: ENDED_BY_DISPOSAL, subjects: [fact.body.subject] }]
    case 'custody.retention-asked':
    case 'custody.retention-answered':
      return retentionEvents(fact)
    case 'custody.paper-served': {
      const { kind, items } = fact.body
      if (kind !== 'notice') return []
      return [{ kind: 'end', events: ['freezeToServe'], subjects: items.map((item) => `item/${item}`) }]
    }
    case 'custody.paper-issued':
      return annualEvents(fact)
    case 'custody.complaint-accepted':
      return [
        {
          ...aboutItem(fact, fact.body.subject, fact.body.case),
          ...{
            kind: 'start',
            event: fact.body.review === true ? 'reviewAccepted' : 'complaintAccepted',
            from: fact.at,
          },
        },
      ]
    case 'custody.complaint-decided': {
      const { subject, found, toServe } = fact.body
      const ended = { kind: 'end', events: ['complaintAccepted', 'reviewAccepted'], subjects: [subject] } as const
      const told: readonly ClockEvent[] =
        toServe === undefined
          ? []
          : [{ ...aboutItem(fact, subject, toServe), kind: 'start', event: 'complaintDecided', from: fact.at }]
      if (found === undefined || found === null) return [ended, ...told]
      const started = { ...aboutItem(fact, subject, found.case), responsible: found.officers }
      return [ended, ...told, { ...started, kind: 'start', event: foundUnrelated(found.measure), from: found.at }]
    }
    case 'custody.complaint-decision-served':
      return [{ kind: 'end', events: ['complaintDecided'], subjects: [fact.body.subject] }]
    default:
      return []
  }
}

/**
 * 余款 (rules X-17): while something of a case's sales has to go back, or nobody can say, the three days run over all the money that is there;
 * once nothing has, over none of it. The days of what runs already are not counted again.
 */
function surplusEvents(
  fact: Pick<Fact, 'register' | 'actor' | 'at'>,
  surplus: Surplus | undefined,
): readonly ClockEvent[] {
  if (surplus === undefined) return []
  const over = (codes: readonly string[]): string[] => codes.map((code) => `item/${code}`)
  const { over_fen, money, free = [] } = surplus
  const done = over(over_fen === 0 ? [...money, ...free] : free)
  const ended = done.length === 0 ? [] : [{ kind: 'end', events: ['saleSettled'], subjects: done } as const]
  if (over_fen === 0 || money.length === 0) return ended
  const started = { ...aboutItem(fact, '', surplus.case), subjects: over(money) }
  return [{ ...started, kind: 'start', once: true, event: 'saleSettled', from: fact.at }, ...ended]
}

/** Whose clock it is: the department in whose register the fact stands, and who wrote it. */
function aboutItem({ register, actor }: Pick<Fact, 'register' | 'actor'>, subject: string, number: string) {
  return {
    dueAt: null,
    subjects: [subject],
    matter: `case/${number}`,
    unit: register.slice(register.indexOf('.') + 1),
    store: null,
    responsible: [actor],
  } as const
}

/** The three days run by the kind of measure (rules ). */
function foundUnrelated(measure: MeasureStatus): string {
  if (measure === 'FROZEN') return 'unrelatedFrozenFound'
  return measure === 'EXTRACTED' ? 'unrelatedExtractedFound' : 'unrelatedFound'
}

/** What is gone for good waits for nothing any more. */
const ENDED_BY_DISPOSAL = [
  ...FOUND,
  ...TAKEN,
  ...['emergencyMeasure', 'saleSettled', 'priorYearBooksTaken', 'currentYearBooksTaken', 'unregisteredSeize'],
  'unregisteredPerishableSeize',
  'inTransit',
  'seizureDecision',
  'freezeDecision',
  'freezeToServe',
  'taxPreservation',
  'registeredPreserve',
  'earlyDisposalReview',
  'offsiteMeasure',
  ...RETENTION,
]

/**
 * What does not run while a thing may lawfully stay open (rules X-19): the disposal that its case waits for, the reviews of whether it is
 * still needed, and the term of the house for its recording, which it needs all the same to be handed over. What the law itself fixes for a measure, for books or for what was found unrelated goes on, and so does the way to the store.
 */
const EXCEPTED: readonly string[] = [...RETENTION, 'filmOwed']

function held(item: string, ground: KeptOpenGround, document: string, approval: string | null): ClockEvent {
  const on = { ground: keptOpenWords[ground], document, approval }
  return { kind: 'hold', events: EXCEPTED, subjects: [`item/${item}`], ...on }
}

/** The items of one loan: the same item of an earlier loan is another subject. */
function subjectsOf(loan: string, items: readonly string[]): string[] {
  return items.map((item) => `${loan}/${item}`)
}
