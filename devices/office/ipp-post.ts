import { Agent, request } from 'node:http'
import type { Socket } from 'node:net'
import type { TcpAddress } from '../port-address.ts'
import type { Fault } from '../reading.ts'
import { ANSWER_BYTES_MAX, encodeIpp, type IppAnswer, type IppRequest, readIpp } from './ipp.ts'
import { openTls, type Trust, UntrustedPrinter } from './ipp-tls.ts'

/** What became of a message: the printer's answer, or why there is none, and whether a byte of it may have left. */
export type Posted =
  | { readonly answer: IppAnswer; readonly fault: null }
  | { readonly answer: null; readonly fault: Fault; readonly left: boolean }

const OK = 200
const FIRST_SERVER_ERROR = 500

/** Where a printer is, and by what it is known where it is spoken to over TLS; null in clear. */
export interface IppPlace extends Pick<TcpAddress, 'host' | 'port'> {
  readonly path: string
  readonly trust: Trust | null
}

/**
 * Sends one message over HTTP on a connection of its own (RFC 8010, section 4) and reads the answer. Never rejects.
 * @param signal gives it up; what may have left then counts as left
 */
export async function postIpp(
  place: IppPlace,
  message: IppRequest,
  { within_ms, signal: closing }: { readonly within_ms: number; readonly signal: AbortSignal },
): Promise<Posted> {
  const signal = AbortSignal.any([closing, AbortSignal.timeout(Math.max(1, Math.ceil(within_ms)))])
  if (place.trust === null) return post(place, null, message, signal)
  try {
    return await post(place, await openTls(place, place.trust, signal), message, signal)
  } catch (error) {
    // Nothing is said to a printer before it is known which it is.
    return { answer: null, fault: lossFault(error as Error), left: false }
  }
}

function post(
  { host, port, path }: IppPlace,
  secure: Socket | null,
  message: IppRequest,
  signal: AbortSignal,
): Promise<Posted> {
  const body = encodeIpp(message)
  return new Promise((resolve) => {
    let left = secure !== null
    const none = (fault: Fault): void => resolve({ answer: null, fault, left })
    const asked = request({
      ...{ host, port, path, method: 'POST', signal },
      ...(secure === null ? { agent: new Agent({ keepAlive: false }) } : { createConnection: () => secure }),
      headers: { 'content-type': 'application/ipp', 'content-length': body.length },
    })
    asked.on('socket', (socket) => socket.once('connect', () => (left = true)))
    asked.on('error', (error) => none(lossFault(error)))
    asked.on('response', (answer) => {
      const parts: Buffer[] = []
      let length = 0
      answer.on('data', (part: Buffer) => {
        length += part.length
        if (length <= ANSWER_BYTES_MAX) parts.push(part)
        else asked.destroy(new Error('the answer is too long'))
      })
      answer.on('error', (error) => none(lossFault(error)))
      answer.on('end', () => {
        const status = answer.statusCode ?? 0
        if (status !== OK) {
          // Turned away at the door, the message was not read.
          if (status < FIRST_SERVER_ERROR) left = false
          none({ code: 'protocol', detail: `HTTP ${status}` })
          return
        }
        const read = readIpp(Buffer.concat(parts))
        if ('code' in read) none(read)
        else if (read.id !== message.id) none({ code: 'protocol', detail: `answers ${read.id}, not ${message.id}` })
        else resolve({ answer: read, fault: null })
      })
    })
    asked.end(body)
  })
}

function lossFault(error: Error): Fault {
  if (error instanceof UntrustedPrinter) return error.fault
  const code = 'code' in error ? error.code : undefined
  if (code === 'ECONNREFUSED') return { code: 'port-refused', detail: error.message }
  if (error.name === 'AbortError' || error.name === 'TimeoutError' || code === 'ABORT_ERR')
    return { code: 'no-answer', detail: 'no answer in time' }
  return { code: 'port-gone', detail: error.message }
}
