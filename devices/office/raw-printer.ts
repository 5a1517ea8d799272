import type { OpenPort } from '../port.ts'
import { faultOf } from '../printer/job.ts'
import type { Fault, PrintOutcome } from '../reading.ts'
import { type OfficePrinter, oneByOne } from './office-printer.ts'

const CLOSED: Fault = { code: 'port-gone', detail: 'the printer was closed by us' }
const EXPIRED: Fault = { code: 'port-busy', detail: 'the deadline passed before the jobs before it were done' }
/** All that this way of printing can tell of a file that was sent. */
const SENT: Fault = {
  ...{ code: 'no-answer', detail: 'port 9100 says nothing of what becomes of a file' },
  words: { zh: '已送到打印机，请查看是否打出', en: 'sent to the printer; look whether it came out' },
}

export interface RawOptions {
  /** `tcp://HOST:9100` */
  readonly address: string
  readonly openPort: OpenPort
  readonly now: () => number
}

/**
 * A printer that takes bytes and says nothing (port 9100). A file that was sent ends as `unknown`, always: a person looks. One that could not
 * be sent because nobody answered is refused.
 */
export function openRawPrinter({ address, openPort, now }: RawOptions): OfficePrinter {
  const inLine = oneByOne()
  let closed = false

  async function print(pdf: Uint8Array, deadline_ms: number): Promise<PrintOutcome> {
    const left_ms = (): number => deadline_ms - now()
    if (closed) return refusal(CLOSED)
    if (left_ms() <= 0) return refusal(EXPIRED)
    let lost: Fault | null = null
    const opened = await openPort(address, { onBytes: () => undefined, onClose: (fault) => (lost = fault) }).catch(
      faultOf,
    )
    if ('code' in opened) return refusal(opened)
    try {
      await opened.write(pdf, left_ms())
      await opened.close()
      return { outcome: 'unknown', fault: lost ?? SENT, conditions: [] }
    } catch (error) {
      await opened.close()
      return { outcome: 'unknown', fault: faultOf(error), conditions: [] }
    }
  }

  return {
    print: ({ pdf }, deadline_ms) => inLine(() => print(pdf, deadline_ms)),
    status: () =>
      inLine(async () => {
        const opened = await openPort(address, { onBytes: () => undefined, onClose: () => undefined }).catch(faultOf)
        if ('code' in opened) return { state: 'gone', fault: opened }
        await opened.close()
        return { state: 'ready' }
      }),
    async close() {
      closed = true
      await inLine(() => Promise.resolve())
    },
  }
}

function refusal(fault: Fault): PrintOutcome {
  return { outcome: 'refused', fault, conditions: [] }
}
