import { setTimeout as pause } from 'node:timers/promises'
import { drawPng } from './printer-picture.ts'

/** Everything that can be set at an emulated printer; the panel and the tests turn these. */
export interface PrinterConditions {
  readonly paperOut: boolean
  readonly headOpen: boolean
  readonly ribbonOut: boolean
  readonly paused: boolean
  /** The print head; it cools down by itself. */
  readonly tooHot: boolean
  /** The knife, where there is one. */
  readonly cutterStuck: boolean
  /** Prints, but answers no question. */
  readonly silent: boolean
  /** Time that every 100 rows of dots take. */
  readonly slow_ms: number
  /** Rows of dots left on the roll; null for a full one. At 0 the paper is out. */
  readonly paperLeft_rows: number | null
  /** Loses its power after so many more bytes. */
  readonly dieAfterBytes: number | null
  /** Answers a TSPL status question and leaves its bytes in the line that it is reading, as some clones do. */
  readonly leavesQuestionInLine: boolean
}

/** One picture, 1 is black, rows padded to whole bytes. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly rowBytes: number
  readonly bits: Uint8Array
}

export interface PrintedPage extends Picture {
  /** False when the paper ended within it. */
  readonly whole: boolean
  readonly png: Uint8Array
  /** The bytes that asked for it. */
  readonly job: Uint8Array
}

const IN_ORDER: PrinterConditions = {
  paperOut: false,
  headOpen: false,
  ribbonOut: false,
  paused: false,
  tooHot: false,
  cutterStuck: false,
  silent: false,
  slow_ms: 0,
  paperLeft_rows: null,
  dieAfterBytes: null,
  leavesQuestionInLine: false,
}

/** The pages that are kept for looking at; a demonstration runs for days. */
const KEPT_PAGES = 400

/** What one job can do with the paper. Both throw into the job when the power goes or the queue is cleared. */
export interface PaperPath {
  /** Waits until nothing is in the way of printing. */
  ready(): Promise<void>
  /** Moves the paper by so many rows as soon as nothing is in the way, and tells how many there were. */
  feed(rows: number): Promise<number>
  /** Puts a page on the pile. */
  drop(picture: Picture, whole: boolean, job: Uint8Array): Promise<void>
}

export type PrinterJob = (paper: PaperPath) => Promise<void>

class Cancelled extends Error {}

/** Paper, head and queue of a printer, whatever language its firmware speaks. */
export class PrinterMechanism {
  conditions: PrinterConditions = IN_ORDER
  readonly pages: PrintedPage[] = []
  #queue: PrinterJob[] = []
  #cancelled = new AbortController()
  #changed = Promise.withResolvers<void>()

  /** How many jobs have been taken and are not finished, the one at work included. */
  get underWay(): number {
    return this.#queue.length
  }

  /** Changes some conditions. New paper is a full roll unless it is said how much. */
  set(change: Partial<PrinterConditions>): void {
    const roll = change.paperOut === false ? { paperLeft_rows: null } : {}
    this.conditions = { ...this.conditions, ...roll, ...change }
    this.#wake()
  }

  /** Carries jobs out one after the other, in the order in which they came. */
  enqueue(job: PrinterJob): void {
    this.#queue.push(job)
    if (this.#queue.length === 1) void this.#run(this.#queue, this.#cancelled.signal)
  }

  /** Forgets what waits and gives up what is at work. */
  cancel(): void {
    this.#queue = []
    this.#cancelled.abort()
    this.#cancelled = new AbortController()
    this.#wake()
  }

  #wake(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }

  async #run(queue: PrinterJob[], signal: AbortSignal): Promise<void> {
    const paper: PaperPath = {
      ready: () => this.#ready(signal),
      feed: (rows) => this.#feed(rows, signal),
      drop: (picture, whole, job) => this.#drop({ ...picture, whole, job }, signal),
    }
    for (let job = queue[0]; job !== undefined && !signal.aborted; job = queue[0]) {
      try {
        await job(paper)
      } catch (error) {
        if (!(error instanceof Cancelled)) throw error
      }
      queue.shift()
    }
  }

  async #ready(signal: AbortSignal): Promise<void> {
    while (this.#stopped() && !signal.aborted) await this.#changed.promise
    if (signal.aborted) throw new Cancelled()
  }

  async #feed(rows: number, signal: AbortSignal): Promise<number> {
    await this.#ready(signal)
    const { slow_ms } = this.conditions
    if (slow_ms > 0) await pause((slow_ms * rows) / 100, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) throw new Cancelled()
    const left = this.conditions.paperLeft_rows
    if (left === null) return rows
    const fed = Math.min(rows, left)
    this.set(left === fed ? { paperLeft_rows: 0, paperOut: true } : { paperLeft_rows: left - fed })
    return fed
  }

  #stopped(): boolean {
    const { paperOut, headOpen, ribbonOut, paused, tooHot, cutterStuck } = this.conditions
    return paperOut || headOpen || ribbonOut || paused || tooHot || cutterStuck
  }

  async #drop(page: Omit<PrintedPage, 'png'>, signal: AbortSignal): Promise<void> {
    const png = await drawPng(page)
    if (signal.aborted) throw new Cancelled()
    this.pages.push({ ...page, png })
    if (this.pages.length > KEPT_PAGES) this.pages.shift()
  }
}
