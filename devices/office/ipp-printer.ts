import { setTimeout as pause } from 'node:timers/promises'
import type { TcpAddress } from '../port-address.ts'
import { conditionFault } from '../printer/job.ts'
import type { DeviceState, Fault, PrinterCondition, PrintOutcome } from '../reading.ts'
import { GROUP, type IppAnswer, type IppAttribute, isDone, OPERATION, SYNTAX, valuesOf } from './ipp.ts'
import { postIpp, type Posted } from './ipp-post.ts'
import type { Trust } from './ipp-tls.ts'
import { type OfficePrinter, oneByOne, type Pages } from './office-printer.ts'
import { conditionsAmong } from './reasons.ts'

/** How long a question may stay unanswered: a printer may have to wake. */
const ANSWER_MS = 8000
/** Between two questions about a job that is at work. */
const POLL_MS = 500
const PDF = 'application/pdf'

/** States of a printer and of a job (RFC 8011, 5.4.12 and 5.3.7). */
const PRINTER_STOPPED = 5
const JOB = { stopped: 6, canceled: 7, aborted: 8, completed: 9 } as const

const CLOSED: Fault = { code: 'port-gone', detail: 'the printer was closed by us' }
const EXPIRED: Fault = { code: 'port-busy', detail: 'the deadline passed before the jobs before it were done' }

export interface IppOptions {
  readonly address: TcpAddress
  /** Where the printer is on its host, `/ipp/print` on most. */
  readonly path: string
  /** By what it is known where it is spoken to over TLS (`ipps`); null for IPP in clear. */
  readonly trust: Trust | null
  readonly now: () => number
}

/**
 * A printer that speaks IPP. It is asked before anything is sent: one that is stopped, takes no jobs or no PDF is refused the file. A job that
 * it has taken is followed to its end; only its own word that the job is completed counts as printed.
 */
export function openIppPrinter({ address, path, trust, now }: IppOptions): OfficePrinter {
  const inLine = oneByOne()
  const closing = new AbortController()
  const { host, port } = address
  const uri = `${trust === null ? 'ipp' : 'ipps'}://${host}:${port}${path}`
  let id = 0

  function ask(operation: number, attributes: readonly IppAttribute[], within_ms: number, document?: Uint8Array) {
    id += 1
    const operations = { group: GROUP.operation, attributes: [...addressed(uri), ...attributes] }
    const message = { operation, id, groups: [operations], document: document ?? new Uint8Array(0) }
    return postIpp({ host, port, path, trust }, message, { within_ms, signal: closing.signal })
  }

  const howIs = (within_ms: number): Promise<Posted> =>
    ask(OPERATION.getPrinterAttributes, requested(PRINTER_ASKED), within_ms)

  async function print({ pdf, name }: Pages, deadline_ms: number): Promise<PrintOutcome> {
    const left_ms = (): number => deadline_ms - now()
    if (closing.signal.aborted) return refusal(CLOSED)
    if (left_ms() <= 0) return refusal(EXPIRED)
    const before = await howIs(Math.min(ANSWER_MS, left_ms()))
    if (before.answer === null) return refusal(before.fault)
    const not = whyNot(before.answer)
    if (not !== null) return not
    const taken = await ask(
      OPERATION.printJob,
      [
        { name: 'requesting-user-name', syntax: SYNTAX.name, value: 'clearhold' },
        { name: 'job-name', syntax: SYNTAX.name, value: name },
        { name: 'document-format', syntax: SYNTAX.mimeType, value: PDF },
      ],
      left_ms(),
      pdf,
    )
    if (taken.answer === null) return taken.left ? unknown(taken.fault) : refusal(taken.fault)
    // An error is the printer's word that there is no job (RFC 8011, 4.2.1).
    if (!isDone(taken.answer)) return refusal(statusFault(taken.answer))
    const [job] = valuesOf(taken.answer, GROUP.job, 'job-id')
    if (typeof job !== 'number')
      return unknown({ code: 'protocol', detail: 'the printer took the job and gave no number' })
    return follow(job, left_ms)
  }

  async function follow(job: number, left_ms: () => number): Promise<PrintOutcome> {
    let last: { fault: Fault; conditions: readonly PrinterCondition[] } = {
      fault: { code: 'no-answer', detail: 'not asked before the deadline' },
      conditions: [],
    }
    while (left_ms() > 0 && !closing.signal.aborted) {
      const asked = await ask(
        OPERATION.getJobAttributes,
        [{ name: 'job-id', syntax: SYNTAX.integer, value: job }, ...requested(JOB_ASKED)],
        Math.min(ANSWER_MS, left_ms()),
      )
      if (asked.answer === null) last = { fault: asked.fault, conditions: [] }
      else if (!isDone(asked.answer)) return unknown(statusFault(asked.answer))
      else {
        const end = endOf(asked.answer)
        if ('outcome' in end) return end
        last = end
      }
      await pause(Math.max(0, Math.min(POLL_MS, left_ms())), undefined, { signal: closing.signal }).catch(
        () => undefined,
      )
    }
    return { outcome: 'unknown', ...last }
  }

  return {
    print: (pages, deadline_ms) => inLine(() => print(pages, deadline_ms)),
    async status() {
      const { answer, fault } = await howIs(ANSWER_MS)
      // What answers and is not known is there; nobody should look for a cable.
      if (answer === null) return { state: fault.code === 'device-error' ? 'faulty' : 'gone', fault }
      const not = whyNot(answer)
      return not === null ? { state: 'ready' } : ({ state: 'faulty', fault: not.fault } satisfies DeviceState)
    },
    async close() {
      closing.abort()
      await inLine(() => Promise.resolve())
    },
  }
}

const PRINTER_ASKED = [
  'printer-state',
  'printer-state-reasons',
  'printer-is-accepting-jobs',
  'document-format-supported',
] as const
const JOB_ASKED = ['job-state', 'job-state-reasons', 'job-impressions-completed', 'job-printer-state-reasons'] as const

/** What every operation begins with, in this order (RFC 8011, 4.1.4 and 4.1.5). */
function addressed(uri: string): IppAttribute[] {
  return [
    { name: 'attributes-charset', syntax: SYNTAX.charset, value: 'utf-8' },
    { name: 'attributes-natural-language', syntax: SYNTAX.language, value: 'zh-cn' },
    { name: 'printer-uri', syntax: SYNTAX.uri, value: uri },
  ]
}

function requested(names: readonly string[]): IppAttribute[] {
  return names.map((value) => ({ name: 'requested-attributes', syntax: SYNTAX.keyword, value }))
}

/** Why a printer is not to be sent anything, by its own word; null where nothing speaks against it. */
function whyNot(answer: IppAnswer): Extract<PrintOutcome, { outcome: 'refused' }> | null {
  if (!isDone(answer)) return refusal(statusFault(answer))
  const [state] = valuesOf(answer, GROUP.printer, 'printer-state')
  const conditions = conditionsAmong(valuesOf(answer, GROUP.printer, 'printer-state-reasons'))
  if (state === PRINTER_STOPPED || conditions.length > 0) {
    const those = conditions.length > 0 ? conditions : (['other-error'] as const)
    return { outcome: 'refused', fault: conditionFault(those), conditions: those }
  }
  if (valuesOf(answer, GROUP.printer, 'printer-is-accepting-jobs')[0] === false)
    return refusal({
      ...{ code: 'device-error', detail: 'takes no jobs' },
      words: { zh: '打印机现在不接受任务', en: 'the printer takes no jobs now' },
    })
  const formats = valuesOf(answer, GROUP.printer, 'document-format-supported')
  if (formats.length > 0 && !formats.includes(PDF))
    return refusal({
      ...{ code: 'device-error', detail: `takes ${formats.join(' ')}` },
      words: { zh: '打印机不能直接打印 PDF', en: 'the printer cannot print a PDF by itself' },
    })
  return null
}

/** How a job ended; or why it has not yet. */
function endOf(
  answer: IppAnswer,
): PrintOutcome | { readonly fault: Fault; readonly conditions: readonly PrinterCondition[] } {
  const [state] = valuesOf(answer, GROUP.job, 'job-state')
  const conditions = conditionsAmong([
    ...valuesOf(answer, GROUP.job, 'job-state-reasons'),
    ...valuesOf(answer, GROUP.job, 'job-printer-state-reasons'),
  ])
  if (state === JOB.completed) return { outcome: 'printed' }
  if (state === JOB.canceled || state === JOB.aborted) {
    const word = state === JOB.canceled ? 'canceled' : 'aborted'
    const fault: Fault = {
      ...{ code: 'device-error', detail: `the job was ${word}` },
      words: { zh: '打印任务已在打印机上取消或中止', en: `the job was ${word} at the printer` },
    }
    const [pages] = valuesOf(answer, GROUP.job, 'job-impressions-completed')
    // Only a count of none says that no sheet came out.
    return pages === 0 ? { outcome: 'refused', fault, conditions } : { outcome: 'unknown', fault, conditions }
  }
  const fault: Fault =
    conditions.length > 0
      ? conditionFault(conditions)
      : { code: 'device-error', detail: `not done before the deadline, job state ${String(state)}` }
  return { fault, conditions }
}

function statusFault({ status }: IppAnswer): Fault {
  return { code: 'device-error', detail: `IPP status 0x${status.toString(16).padStart(4, '0')}` }
}

function refusal(fault: Fault): Extract<PrintOutcome, { outcome: 'refused' }> {
  return { outcome: 'refused', fault, conditions: [] }
}

function unknown(fault: Fault): PrintOutcome {
  return { outcome: 'unknown', fault, conditions: [] }
}
