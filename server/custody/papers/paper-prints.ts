import { type Circumstances, type Decision, SYSTEM } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { type CustodyFact, draft, unitRegister } from '../custody.ts'
import type { PrintPaper, SettlePrint } from '../schemas.ts'
import type { LabelFault } from './label-faults.ts'
import type { Paper } from './papers.ts'

export const PRINT_STATES = ['wanted', 'printed', 'failed', 'unknown'] as const
export type PrintState = (typeof PRINT_STATES)[number]

/** One time that an archived file was sent to an office printer. */
export type PaperPrint = {
  readonly job: string
  readonly station: string
  readonly by: string
  readonly at: string
  readonly state: PrintState
  readonly fault: LabelFault | null
}

type PrintFact = Extract<CustodyFact, { type: 'custody.paper-print-wanted' | 'custody.paper-print-settled' }>

/** What one more fact makes of the printings of an archived file, oldest first. */
export function evolvePrints(prints: readonly PaperPrint[], fact: PrintFact): readonly PaperPrint[] {
  if (fact.type === 'custody.paper-print-wanted') {
    const { job, station } = fact.body
    return [...prints, { job, station, by: fact.actor, at: fact.at, state: 'wanted', fault: null }]
  }
  const { job, outcome, fault } = fact.body
  return prints.map((one) => (one.job === job ? { ...one, state: outcome, fault } : one))
}

export interface PrintPaperState {
  readonly paper: Paper
  /** Whether the station has an office printer. */
  readonly hasPrinter: boolean
}

/**
 * The archived file is to go to a station's office printer. As long as nobody knows what became of the last time, it is not sent again.
 * @throws Refusal `request.not-found`, `custody.no-office-printer`, `custody.paper-printing`
 */
export function printPaper(state: PrintPaperState | null, command: PrintPaper, { mint }: Circumstances): Decision {
  if (state === null) throw new Refusal('request.not-found', { what: command.paper })
  const { paper, hasPrinter } = state
  if (!hasPrinter) throw new Refusal('custody.no-office-printer', { station: command.station })
  const last = paper.prints?.at(-1)
  if (last?.state === 'wanted' || last?.state === 'unknown')
    throw new Refusal('custody.paper-printing', { number: paper.number })
  const job = mint.id()
  const body = { job, station: command.station }
  return {
    facts: [draft(unitRegister(paper.unit), 'custody.paper-print-wanted', `paper/${paper.id}`, body)],
    result: { job },
  }
}

/**
 * What became of a file that was sent: by the program while it is under way, by a person who looked once nobody can say.
 * @throws Refusal `request.not-found`, `custody.print-order`
 */
export function settlePrint(
  state: PrintPaperState | null,
  { paper: wanted, job, outcome, fault }: SettlePrint,
  { actor }: Circumstances,
): Decision {
  const paper = state?.paper
  const print = paper?.prints?.find((one) => one.job === job)
  if (paper === undefined || print === undefined) throw new Refusal('request.not-found', { what: wanted })
  const looked = actor.person !== SYSTEM
  if (print.state !== (looked ? 'unknown' : 'wanted') || (looked && outcome === 'unknown'))
    throw new Refusal('custody.print-order', { number: paper.number })
  const why = looked && outcome === 'failed' ? NOTHING_SEEN : (fault ?? null)
  const body = { job, outcome, fault: why }
  return { facts: [draft(unitRegister(paper.unit), 'custody.paper-print-settled', `paper/${paper.id}`, body)] }
}

/** A person looked: nothing had come out. */
const NOTHING_SEEN: LabelFault = { code: 'nothing-seen', conditions: [] }
