import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createRawServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { receivedBytes } from './received.ts'

/** What can be the matter with it. */
export interface OfficeConditions {
  readonly paperOut: boolean
  /** Stopped at its own panel. */
  readonly paused: boolean
  readonly takesJobs: boolean
  readonly takesPdf: boolean
  /** The next job is aborted by its own machine, after so many pages. */
  readonly abortsAfter: number | null
  /** It prints, and its answer to the job is lost. */
  readonly losesAnswer: boolean
  /** It takes connections and says nothing. */
  readonly silent: boolean
  /** For one job. */
  readonly prints_ms: number
}

/** A file whose pages came out. */
export interface PrintedFile {
  /** What its job was called; empty where nobody says. */
  readonly job: string
  readonly file: Uint8Array
  readonly pages: number
}

export interface EmulatedOfficePrinter {
  /** Where a driver finds it. */
  readonly address: string
  /** The last that came out, oldest first. */
  printed(): readonly PrintedFile[]
  /** Names of the jobs that it took. */
  jobs(): readonly string[]
  /** How often it was asked what had become of a job. */
  asked(): number
  conditions(): OfficeConditions
  /** The last of what it was sent, and how much there was: of IPP the messages, without HTTP around them. */
  received(): Uint8Array
  receivedCount(): number
  set(change: Partial<OfficeConditions>): void
  /** Takes the cable away: nobody reaches it, and what it was sent lies where it was. */
  unplug(): Promise<void>
  replug(): Promise<void>
  close(): Promise<void>
}

const WELL: OfficeConditions = {
  ...{ paperOut: false, paused: false, takesJobs: true, takesPdf: true },
  ...{ abortsAfter: null, losesAnswer: false, silent: false, prints_ms: 50 },
}
/** What may be set of it. */
export const OFFICE_CONDITIONS = Object.keys(WELL) as (keyof OfficeConditions)[]
/** Files that are kept for looking at; a demonstration runs for days. */
const FILES_KEPT = 20

interface Job {
  readonly id: number
  readonly name: string
  /** RFC 8011, 5.3.7: 3 pending, 5 processing, 6 processing-stopped, 8 aborted, 9 completed. */
  state: 3 | 5 | 6 | 8 | 9
  impressions: number
}

/**
 * An office printer that exists only on its wire, written from RFC 8010 and RFC 8011 and from nothing of our driver: it takes PDF by IPP at
 * `/ipp/print`, or whatever comes where `protocol` is `raw`.
 */
export async function startOfficePrinter({
  protocol,
  port = 0,
  tls,
}: {
  readonly protocol: 'ipp' | 'raw'
  readonly port?: number
  /** Its key and certificate in PEM: it speaks IPP over TLS alone. */
  readonly tls?: { readonly key: string; readonly cert: string }
}): Promise<EmulatedOfficePrinter> {
  let conditions = WELL
  const printed: PrintedFile[] = []
  const received = receivedBytes()
  const jobs: Job[] = []
  let asked = 0
  const closing = new AbortController()

  function out(job: string, file: Uint8Array): number {
    const pages = pagesIn(file)
    printed.push({ job, file, pages })
    if (printed.length > FILES_KEPT) printed.shift()
    return pages
  }

  async function work(job: Job, file: Uint8Array): Promise<void> {
    job.state = 5
    await pause(conditions.prints_ms, undefined, { signal: closing.signal })
    const { abortsAfter } = conditions
    if (abortsAfter !== null) {
      job.impressions = abortsAfter
      job.state = 8
      return
    }
    while (conditions.paperOut || conditions.paused) {
      job.state = 6
      await pause(20, undefined, { signal: closing.signal })
    }
    job.impressions = out(job.name, file)
    job.state = 9
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    if (conditions.silent) return
    if (request.method !== 'POST' || request.url !== '/ipp/print') {
      response.writeHead(404).end()
      return
    }
    const body = Buffer.concat(parts)
    received.add(body)
    const { operation, id, attributes, rest } = read(body)
    const send = (status: number, groups: Buffer[]): void => {
      const head = Buffer.alloc(8)
      head.set([2, 0])
      head.writeUInt16BE(status, 2)
      head.writeUInt32BE(id, 4)
      const operations = group(1, [
        value(0x47, 'attributes-charset', 'utf-8'),
        value(0x48, 'attributes-natural-language', 'en'),
      ])
      response
        .writeHead(200, { 'content-type': 'application/ipp' })
        .end(Buffer.concat([head, operations, ...groups, Buffer.of(3)]))
    }
    switch (operation) {
      case 0x0b:
        send(0, [printerGroup()])
        return
      case 0x02: {
        if (!conditions.takesJobs) return send(0x0506, [])
        if (attributes.get('document-format') === 'application/pdf' && !conditions.takesPdf) return send(0x040a, [])
        const job: Job = { id: jobs.length + 1, name: attributes.get('job-name') ?? '', state: 3, impressions: 0 }
        jobs.push(job)
        work(job, Uint8Array.from(rest)).catch(() => undefined)
        if (conditions.losesAnswer) request.socket.destroy()
        else send(0, [jobGroup(job)])
        return
      }
      case 0x09: {
        asked += 1
        const job = jobs.find((one) => String(one.id) === attributes.get('job-id'))
        if (job === undefined) send(0x0406, [])
        else send(0, [jobGroup(job)])
        return
      }
      default:
        send(0x0501, [])
    }
  }

  function printerGroup(): Buffer {
    const { paperOut, paused, takesJobs, takesPdf } = conditions
    const reasons = [...(paperOut ? ['media-empty-error'] : []), ...(paused ? ['paused'] : [])]
    return group(4, [
      number(0x23, 'printer-state', paperOut || paused ? 5 : 3),
      value(0x44, 'printer-state-reasons', reasons[0] ?? 'none'),
      ...reasons.slice(1).map((reason) => value(0x44, '', reason)),
      Buffer.concat([Buffer.of(0x22), counted('printer-is-accepting-jobs'), counted(Buffer.of(takesJobs ? 1 : 0))]),
      value(0x49, 'document-format-supported', 'application/octet-stream'),
      ...(takesPdf ? [value(0x49, '', 'application/pdf')] : []),
    ])
  }

  function jobGroup(job: Job): Buffer {
    return group(2, [
      number(0x21, 'job-id', job.id),
      number(0x23, 'job-state', job.state),
      value(0x44, 'job-state-reasons', job.state === 6 ? 'printer-stopped' : 'none'),
      value(0x44, 'job-printer-state-reasons', conditions.paperOut ? 'media-empty-error' : 'none'),
      number(0x21, 'job-impressions-completed', job.impressions),
    ])
  }

  const heard = (request: IncomingMessage, response: ServerResponse): void =>
    void answer(request, response).catch(() => response.destroy())
  const server =
    protocol === 'ipp'
      ? tls === undefined
        ? createServer(heard)
        : createTlsServer(tls, heard)
      : createRawServer((station) => {
          const parts: Buffer[] = []
          station.on('data', (part: Buffer) => {
            received.add(part)
            parts.push(part)
          })
          station.on('error', () => undefined)
          station.on('end', () => {
            if (parts.length > 0) out('', Buffer.concat(parts))
            station.end()
          })
        })
  const stations = new Set<Socket>()
  server.on('connection', (station: Socket) => {
    stations.add(station)
    station.on('close', () => stations.delete(station))
  })
  const listen = (at: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(at, '127.0.0.1', () => resolve())
    })
  await listen(port)
  const taken = server.address()
  if (taken === null || typeof taken === 'string') throw new Error('no TCP address')

  async function unplug(): Promise<void> {
    if (!server.listening) return
    const closed = new Promise((resolve) => server.close(resolve))
    for (const station of stations) station.destroy()
    await closed
  }

  return {
    address: `tcp://127.0.0.1:${taken.port}`,
    printed: () => printed,
    jobs: () => jobs.map(({ name }) => name),
    asked: () => asked,
    conditions: () => conditions,
    received: received.all,
    receivedCount: received.count,
    set: (change) => (conditions = { ...conditions, ...change }),
    unplug,
    replug: () => listen(taken.port),
    async close() {
      closing.abort()
      await unplug()
    },
  }
}

/** How many sheets' sides a PDF fills: its page objects (ISO 32000-1, 7.7.3.3), which ours never pack away. */
function pagesIn(file: Uint8Array): number {
  return (
    Buffer.from(file)
      .toString('latin1')
      .match(/\/Type\s*\/Page\b/g)?.length ?? 0
  )
}

/** A request: its operation, its number, what its attributes say, and the file behind them (RFC 8010, 3.1). */
function read(body: Buffer) {
  const attributes = new Map<string, string>()
  let at = 8
  for (;;) {
    const tag = body.readUInt8(at)
    at += 1
    if (tag === 3) break
    if (tag < 0x10) continue
    const nameLength = body.readUInt16BE(at)
    const name = body.toString('latin1', at + 2, at + 2 + nameLength)
    at += 2 + nameLength
    const length = body.readUInt16BE(at)
    const bytes = body.subarray(at + 2, at + 2 + length)
    at += 2 + length
    if (name !== '')
      attributes.set(name, tag === 0x21 || tag === 0x23 ? String(bytes.readInt32BE(0)) : bytes.toString())
  }
  return { operation: body.readUInt16BE(2), id: body.readUInt32BE(4), attributes, rest: body.subarray(at) }
}

function group(tag: number, attributes: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.of(tag), ...attributes])
}

function value(tag: number, name: string, text: string): Buffer {
  return Buffer.concat([Buffer.of(tag), counted(name), counted(text)])
}

function number(tag: number, name: string, figure: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(figure)
  return Buffer.concat([Buffer.of(tag), counted(name), counted(bytes)])
}

function counted(of: string | Buffer): Buffer {
  const bytes = Buffer.from(of)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}
