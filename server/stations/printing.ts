import { sql } from 'kysely'
import type { FaultCode, PrinterCondition, PrintOutcome, StationConfig } from '../../devices/reading.ts'
import { type Stations, UnknownDevice } from '../../devices/station.ts'
import type { Layout } from '../../labels/layout.ts'
import { type LabelRefusalCode, LabelRefused } from '../../labels/refused.ts'
import { type Dpi, toBitmap } from '../../labels/render.ts'
import type { Stock } from '../../labels/templates/parts.ts'
import type { Act } from '../act.ts'
import type { Db } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import { type Command, type Reader, SYSTEM } from '../module.ts'
import { Refusal } from '../refusal.ts'

/** A page must have begun within this time or it is not sent at all. */
const PRINT_MS = 30_000
/** Jobs looked for at once. */
const JOBS_A_LOOK = 50
const DEFAULT_DPI = 203
const DEFAULT_STOCK = '100x60'

export interface LabelJob {
  readonly id: string
  readonly station: string
}

/** Where label jobs come from and what is told of them: the module that owns labels. */
export interface LabelJobs {
  /** Types of facts after which there may be new jobs. */
  readonly wakes: readonly string[]
  /** Jobs wanted at this station and not settled, oldest first. */
  wanted(db: Reader, station: string, limit: number): Promise<readonly LabelJob[]>
  /** The label as it will look; `LabelRefused` when it cannot be drawn on this stock. */
  draw(db: Reader, job: string, stock: Stock): Promise<Layout>
  /** What the register takes down of a job that is over. */
  settle(job: string, outcome: JobOutcome): Command
}

export type JobOutcome =
  | { readonly outcome: 'printed' }
  | { readonly outcome: 'failed'; readonly fault: JobFault }
  | { readonly outcome: 'unknown'; readonly fault: JobFault }

/** What became of a job in codes: what is written into a register names nobody and nothing that was typed. */
export interface JobFault {
  readonly code: FaultCode | LabelRefusalCode | 'interrupted' | 'no-printer' | 'nothing-to-draw'
  readonly conditions: readonly PrinterCondition[]
}

export interface Printing {
  /** Looks for jobs of a station that is ours. */
  wake(station: StationConfig): void
  close(): Promise<void>
}

export interface PrintingDependencies {
  readonly db: Db
  readonly act: Act
  readonly log: Log
  readonly labels: LabelJobs
  readonly stations: Pick<Stations, 'print'>
  readonly isDriven: (station: string) => boolean
}

/**
 * Prints what is wanted. A job is claimed for good before its first byte leaves, and settled in the register after; a claim without an
 * outcome (this process or another died in between) becomes unknown and is never printed again by itself.
 */
export function openPrinting(deps: PrintingDependencies): Printing {
  const lines = new Map<string, { running: boolean; again: boolean; recovered: boolean; done: Promise<void> }>()
  let closed = false

  const wake = (station: StationConfig): void => {
    if (closed || !deps.isDriven(station.id)) {
      lines.delete(station.id)
      return
    }
    const line = lines.get(station.id) ?? { running: false, again: false, recovered: false, done: Promise.resolve() }
    lines.set(station.id, line)
    if (line.running) {
      line.again = true
      return
    }
    line.running = true
    line.done = (async () => {
      try {
        // Only we drive this station: what is claimed and open was left by somebody who is gone.
        if (!line.recovered) await recover(deps, station.id)
        line.recovered = true
        do {
          line.again = false
          await printWanted(deps, station, () => closed || !deps.isDriven(station.id))
        } while (line.again)
      } catch (error) {
        // A claim that has lost its printing is open like one that was left behind.
        line.recovered = false
        deps.log.warn({ err: error, station: station.id }, 'label jobs could not be read; the poll tries again')
      } finally {
        line.running = false
      }
    })()
  }

  return {
    wake,
    close: async () => {
      closed = true
      await Promise.all([...lines.values()].map(({ done }) => done))
    },
  }
}

async function recover(deps: PrintingDependencies, station: string): Promise<void> {
  const open = await sql<{ label: string }>`
    select label from label_attempts where station = ${station} and outcome is null
  `.execute(deps.db)
  for (const { label } of open.rows)
    await settle(deps, label, { outcome: 'unknown', fault: { code: 'interrupted', conditions: [] } })
}

async function printWanted(deps: PrintingDependencies, station: StationConfig, mustStop: () => boolean): Promise<void> {
  const printer = station.devices.find(({ kind }) => kind === 'label-printer')
  if (printer === undefined) return
  for (const { id } of await deps.labels.wanted(deps.db, station.id, JOBS_A_LOOK)) {
    if (mustStop()) return
    if (!(await claim(deps.db, id, station.id, printer.id))) continue
    await settle(deps, id, await print(deps, station.id, printer, id))
  }
}

/** True when this job is ours to send: the row is on disk before the first byte leaves, and stays. */
async function claim(db: Db, label: string, station: string, device: string): Promise<boolean> {
  const claimed = await sql`
    insert into label_attempts (label, station, device) values (${label}, ${station}, ${device})
    on conflict (label) do nothing
  `.execute(db)
  return claimed.numAffectedRows === 1n
}

async function print(
  { db, labels, stations }: PrintingDependencies,
  station: string,
  printer: StationConfig['devices'][number],
  job: string,
): Promise<JobOutcome> {
  try {
    const layout = await labels.draw(db, job, (printer.stock ?? DEFAULT_STOCK) as Stock)
    const page = await toBitmap(layout, (printer.dpi ?? DEFAULT_DPI) as Dpi)
    return outcomeOf(await stations.print(station, printer.id, page, PRINT_MS))
  } catch (error) {
    if (error instanceof LabelRefused) return { outcome: 'failed', fault: { code: error.code, conditions: [] } }
    if (error instanceof Refusal) return { outcome: 'failed', fault: { code: 'nothing-to-draw', conditions: [] } }
    // The station was set up anew or given up between claim and print: nothing was sent.
    if (error instanceof UnknownDevice) return { outcome: 'failed', fault: { code: 'no-printer', conditions: [] } }
    throw error
  }
}

function outcomeOf(printed: PrintOutcome): JobOutcome {
  if (printed.outcome === 'printed') return { outcome: 'printed' }
  const fault = { code: printed.fault.code, conditions: printed.conditions }
  return printed.outcome === 'refused' ? { outcome: 'failed', fault } : { outcome: 'unknown', fault }
}

/** The register first: if we stop between the two, the claim is still open and the same cause gives the same answer. */
async function settle({ db, act, labels, log }: PrintingDependencies, job: string, outcome: JobOutcome): Promise<void> {
  try {
    await act({ person: SYSTEM }, labels.settle(job, outcome), { cause: `label:${job}:${outcome.outcome}` })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Voided or settled by a person meanwhile; the attempt is over all the same.
    log.info({ job, refused: error.code }, 'the outcome of a label was not wanted any more')
  }
  await sql`
    update label_attempts set outcome = ${outcome.outcome}, settled_at = clock_timestamp()
    where label = ${job} and outcome is null
  `.execute(db)
}
