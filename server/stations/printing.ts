import { sql } from 'kysely'
import type { DeviceKind, FaultCode, PrinterCondition, PrintOutcome, StationConfig } from '../../devices/reading.ts'
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
/** The same of a file of many pages, until its printer says that it is done. */
const PAGES_MS = 180_000
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

/** A kind of printer and where its jobs come from. */
export interface PrintWay {
  readonly kind: DeviceKind
  /** Stands before the job in the list of attempts: each way takes up only what it had begun itself. */
  readonly prefix: '' | 'page:'
  /** What becomes of jobs whose station has no such printer (any more): they wait for one, or have failed. */
  readonly withoutPrinter: 'wait' | 'fail'
  wanted(db: Reader, station: string, limit: number): Promise<readonly LabelJob[]>
  /** Sends one job to the printer; throws as `LabelJobs.draw`, or `UnknownDevice`. */
  print(station: string, printer: StationConfig['devices'][number], job: string): Promise<JobOutcome>
  settle(job: string, outcome: JobOutcome): Command
}

export interface PrintingDependencies {
  readonly db: Db
  readonly act: Act
  readonly log: Log
  readonly isDriven: (station: string) => boolean
}

/** Labels, by the station's label printer. */
export function labelWay(db: Db, labels: LabelJobs, stations: Pick<Stations, 'print'>): PrintWay {
  return {
    ...{ kind: 'label-printer', prefix: '', withoutPrinter: 'wait' },
    wanted: (reader, station, limit) => labels.wanted(reader, station, limit),
    async print(station, printer, job) {
      const layout = await labels.draw(db, job, (printer.stock ?? DEFAULT_STOCK) as Stock)
      const page = await toBitmap(layout, (printer.dpi ?? DEFAULT_DPI) as Dpi)
      return outcomeOf(await stations.print(station, printer.id, page, PRINT_MS))
    },
    settle: (job, outcome) => labels.settle(job, outcome),
  }
}

/** Where files come from that an office printer prints: the module that owns papers. */
export interface PageJobs extends Pick<LabelJobs, 'wakes' | 'wanted' | 'settle'> {
  /** The file as it was archived. @throws Refusal where it is gone */
  file(db: Reader, job: string): Promise<{ readonly pdf: Uint8Array; readonly name: string }>
}

/** Papers, by the station's office printer. */
export function pageWay(db: Db, pages: PageJobs, stations: Pick<Stations, 'printPages'>): PrintWay {
  return {
    ...{ kind: 'office-printer', prefix: 'page:', withoutPrinter: 'fail' },
    wanted: (reader, station, limit) => pages.wanted(reader, station, limit),
    print: async (station, printer, job) =>
      outcomeOf(await stations.printPages(station, printer.id, await pages.file(db, job), PAGES_MS)),
    settle: (job, outcome) => pages.settle(job, outcome),
  }
}

/**
 * Prints what is wanted. A job is claimed for good before its first byte leaves, and settled in the register after; a claim without an
 * outcome (this process or another died in between) becomes unknown and is never printed again by itself.
 */
export function openPrinting(deps: PrintingDependencies, way: PrintWay): Printing {
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
        if (!line.recovered) await recover(deps, way, station.id)
        line.recovered = true
        do {
          line.again = false
          await printWanted(deps, way, station, () => closed || !deps.isDriven(station.id))
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

async function recover(deps: PrintingDependencies, way: PrintWay, station: string): Promise<void> {
  const open = await sql<{ label: string }>`
    select label from label_attempts
    where station = ${station} and outcome is null and (label like 'page:%') = ${way.prefix !== ''}
  `.execute(deps.db)
  for (const { label } of open.rows)
    await settle(deps, way, label.slice(way.prefix.length), {
      ...{ outcome: 'unknown', fault: { code: 'interrupted', conditions: [] } },
    })
}

async function printWanted(
  deps: PrintingDependencies,
  way: PrintWay,
  station: StationConfig,
  mustStop: () => boolean,
): Promise<void> {
  const printer = station.devices.find(({ kind }) => kind === way.kind)
  if (printer === undefined && way.withoutPrinter === 'wait') return
  for (const { id } of await way.wanted(deps.db, station.id, JOBS_A_LOOK)) {
    if (mustStop()) return
    if (printer === undefined) {
      await settle(deps, way, id, { outcome: 'failed', fault: { code: 'no-printer', conditions: [] } })
      continue
    }
    if (!(await claim(deps.db, `${way.prefix}${id}`, station.id, printer.id))) continue
    await settle(deps, way, id, await print(way, station.id, printer, id))
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
  way: PrintWay,
  station: string,
  printer: StationConfig['devices'][number],
  job: string,
): Promise<JobOutcome> {
  try {
    return await way.print(station, printer, job)
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
async function settle(
  { db, act, log }: PrintingDependencies,
  { prefix, settle: commandOf }: PrintWay,
  job: string,
  outcome: JobOutcome,
): Promise<void> {
  try {
    const cause = `${prefix === '' ? 'label' : 'page'}:${job}:${outcome.outcome}`
    await act({ person: SYSTEM }, commandOf(job, outcome), { cause })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Voided or settled by a person meanwhile; the attempt is over all the same.
    log.info({ job, refused: error.code }, 'the outcome of a label was not wanted any more')
  }
  await sql`
    update label_attempts set outcome = ${outcome.outcome}, settled_at = clock_timestamp()
    where label = ${`${prefix}${job}`} and outcome is null
  `.execute(db)
}
