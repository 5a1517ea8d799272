import { endOfDay } from '../../clock/calendar.ts'
import type { ClockEvent } from '../../clock/triggers.ts'
import { localDay } from '../../local-time.ts'
import type { MeasureStatus, Track } from '../axes.ts'
import type { CustodyFact } from '../custody.ts'
import { isFilmed } from '../videos/filming.ts'
import { keepingOf } from './details.ts'

/** Measures that the law lets last for a time only, by track: the event that starts their term. */
const TERMS: Partial<Record<Track, Partial<Record<MeasureStatus, string>>>> = {
  ADMIN: {
    ...{ SEIZED: 'seizureDecision', SEALED_UP: 'seizureDecision', REGISTERED_PRESERVED: 'registeredPreserve' },
    FROZEN: 'freezeDecision',
  },
  TAX: {
    ...{ SEIZED: 'taxPreservation', SEALED_UP: 'taxPreservation', FROZEN: 'taxPreservation' },
    REGISTERED_PRESERVED: 'registeredPreserve',
  },
}

/** What a registration starts: the way of the thing or the money to where it is kept, and what the measure itself may last or asks for. */
export function intakeEvents({ body }: Extract<CustodyFact, { type: 'custody.registered' }>): readonly ClockEvent[] {
  const shared = {
    kind: 'start',
    from: body.measure.takenAt,
    subjects: [body.subject],
    matter: `case/${body.case}`,
    unit: body.unit,
    store: null,
    responsible: body.measure.officers,
  } as const
  // Earlier registrations fixed the day themselves; it stays.
  const fixed = body.deadlines.find(({ rule }) => rule === 'DL-04')
  const term = TERMS[body.track]?.[body.measure.kind]
  const review = body.marks?.reviewOn
  const retention = body.marks?.retentionOn
  const books = body.track === 'TAX' ? body.marks?.bookYear : undefined
  const runs = (event: string) => ({ ...shared, event, dueAt: null })
  const isMoney = body.marks?.cashUse === 'DEPOSIT'
  const isStored = keepingOf(body.marks) === 'STORE'
  return [
    ...(isMoney ? [runs('moneyTaken')] : []),
    // What stays where it is has no shelf to come to.
    ...(isStored && !isMoney ? [{ ...shared, event: 'goodsTaken', dueAt: fixed?.dueAt ?? null }] : []),
    // Which of these run, the organ decides by its kind (police, procuratorate).
    ...[runs(isStored ? 'measureTaken' : 'offsiteMeasure'), runs('documentsIssued')],
    ...(body.measure.emergency === true ? [runs('emergencyMeasure')] : []),
    ...(body.measure.unregisteredTrader === true
      ? [runs(body.category === 'perishable' ? 'unregisteredPerishableSeize' : 'unregisteredSeize')]
      : []),
    ...(books === undefined ? [] : [runs(booksTaken(books, body.measure.takenAt))]),
    ...(review === undefined ? [] : [{ ...shared, event: 'earlyDisposalReview', dueAt: endOfDay(review) }]),
    ...(retention === undefined ? [] : [{ ...shared, event: 'retentionReview', dueAt: endOfDay(retention) }]),
    ...(isFilmed(body.track, body.measure.kind) ? [runs('filmOwed')] : []),
    ...(term === undefined ? [] : [{ ...shared, event: term, dueAt: null }]),
    ...(term === 'freezeDecision' ? [runs('freezeToServe')] : []),
  ]
}

/** Books of the year in which they were taken go back sooner (rules T-12). */
function booksTaken(bookYear: string, takenAt: string): string {
  return bookYear === localDay(takenAt).slice(0, 4) ? 'currentYearBooksTaken' : 'priorYearBooksTaken'
}
