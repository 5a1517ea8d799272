/** The server's HTTP, as values: an expected wrong is an answer, never an exception. */

import { Deed } from './deed.ts'
import { noticeOf, type Notice } from './notice.ts'

/**
 * What came of a request. `offline`: no answer, so a write may or may not have been done; sending the same deed again is safe.
 * `failed`: the server broke (a bug), or spoke in no known form.
 */
export type Answer<Body> =
  | { readonly kind: 'done'; readonly status: number; readonly body: Body }
  | { readonly kind: 'refused'; readonly status: number; readonly notice: Notice }
  | { readonly kind: 'offline' }
  | { readonly kind: 'failed'; readonly status: number }

export interface ApiOptions {
  /** `''` in the browser: the page's own origin. */
  readonly base: string
  /** For `Accept-Language`, asked at each request. */
  readonly language: () => string
  /** Told of every 401 except the sign-in's own and those of a station's screen, so that the page can ask for the badge again. */
  readonly onsignedout: () => void
  /** Pauses before a write whose answer was lost, or which still runs, is sent again under its key. */
  readonly retry_ms: readonly number[]
}

/** How long an answer may take. */
export const ANSWER_MS = 15_000
/** How long photos may take on a slow line. */
const UPLOAD_MS = 120_000
/** Two more tries within the time a person waits without wondering. */
export const RETRY_MS: readonly number[] = [300, 1_200]

/** Rows of a list on one page, as many as the server gives. */
const PAGE_MOST = 500
/** More than any house has of what a screen reads to its end (people, units, places). */
const PAGES_MOST = 40

/** Members that are undefined are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>

/** A list that comes by pages. */
export interface Paged {
  /** What to ask on with; null when this page is the last. */
  readonly after: string | null
}

const IN_PROGRESS = 'request.in-progress'
const SIGN_IN = '/api/session'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export class Api {
  readonly #options: ApiOptions

  constructor(options: ApiOptions) {
    this.#options = options
  }

  /** Reads; the path may ask something already. */
  get<Body>(path: string, query: Query = {}): Promise<Answer<Body>> {
    const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
    const search = new URLSearchParams(given).toString()
    const address = search === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${search}`
    return this.#ask<Body>('GET', address, {}, undefined, ANSWER_MS)
  }

  /**
   * Reads a list to its end, page by page: the first page's answer, with the rows of all of them under `rows`. What fails on the way is
   * the answer. After `most` pages it ends, and `after` says that there is more.
   */
  async all<Body extends object>(
    path: string,
    rows: keyof Body,
    query: Query = {},
    most = PAGES_MOST,
  ): Promise<Answer<Body & Paged>> {
    const asked = { limit: PAGE_MOST, ...query }
    const first = await this.get<Body & Paged>(path, asked)
    if (first.kind !== 'done') return first
    const rowsOf = (body: Body): readonly unknown[] => body[rows] as readonly unknown[]
    const read = [...rowsOf(first.body)]
    let { after } = first.body
    for (let pages = 1; after !== null && pages < most; pages += 1) {
      const next = await this.get<Body & Paged>(path, { ...asked, after })
      if (next.kind !== 'done') return next
      read.push(...rowsOf(next.body))
      after = next.body.after
    }
    return { ...first, body: { ...first.body, [rows]: read, after } }
  }

  /** Reads what is no JSON, as it is: a signed checkpoint. */
  text(path: string): Promise<Answer<string>> {
    return this.#ask<string>('GET', path, {}, undefined, ANSWER_MS, (text) => text)
  }

  /**
   * Writes JSON under the deed's key; a lost answer is asked for again after each pause. A scan takes no pauses (`[]`): late, it would
   * mean something else.
   */
  write<Body>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body: unknown,
    deed = new Deed(),
    pauses_ms = this.#options.retry_ms,
  ): Promise<Answer<Body>> {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const headers: Record<string, string> = text === undefined ? {} : { 'Content-Type': 'application/json' }
    return this.#write<Body>(method, path, headers, text, `${method} ${path} ${text ?? ''}`, deed, pauses_ms, ANSWER_MS)
  }

  /** Sends files as multipart, each under `field`, with `values` before them. */
  upload<Body>(
    path: string,
    field: string,
    files: readonly File[],
    values: Readonly<Record<string, string>> = {},
    deed = new Deed(),
  ): Promise<Answer<Body>> {
    const form = new FormData()
    for (const [name, value] of Object.entries(values)) form.append(name, value)
    for (const file of files) form.append(field, file, file.name)
    const content = JSON.stringify([path, values, files.map((file) => [file.name, file.size, file.lastModified])])
    return this.#write<Body>('POST', path, {}, form, content, deed, this.#options.retry_ms, UPLOAD_MS)
  }

  async #write<Body>(
    method: Method,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string | FormData | undefined,
    content: string,
    deed: Deed,
    pauses_ms: readonly number[],
    limit_ms: number,
  ): Promise<Answer<Body>> {
    const keyed = { ...headers, 'Idempotency-Key': deed.keyFor(content) }
    let answer = await this.#ask<Body>(method, path, keyed, body, limit_ms)
    for (const pause_ms of pauses_ms) {
      if (!isUnsettled(answer)) break
      await new Promise((resolve) => setTimeout(resolve, pause_ms))
      answer = await this.#ask<Body>(method, path, keyed, body, limit_ms)
    }
    if (answer.kind === 'done' || (answer.kind === 'refused' && !isUnsettled(answer))) deed.settle()
    return answer
  }

  async #ask<Body>(
    method: Method,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string | FormData | undefined,
    limit_ms: number,
    read: (text: string) => unknown = readJson,
  ): Promise<Answer<Body>> {
    let response: Response
    let text: string
    try {
      response = await fetch(this.#options.base + path, {
        method,
        headers: { Accept: 'application/json', 'Accept-Language': this.#options.language(), ...headers },
        ...(body === undefined ? {} : { body }),
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(limit_ms),
      })
      text = await response.text()
    } catch {
      return { kind: 'offline' }
    }
    const answer = answerOf<Body>(response.status, text, response.ok ? read : readJson)
    if (response.status === 401 && path !== SIGN_IN && !isOfScreen(answer)) this.#options.onsignedout()
    return answer
  }
}

/** That this browser is no screen of a station says nothing about who is signed in. */
function isOfScreen(answer: Answer<unknown>): boolean {
  return answer.kind === 'refused' && answer.notice.code.startsWith('stations.')
}

function isUnsettled(answer: Answer<unknown>): boolean {
  return answer.kind === 'offline' || (answer.kind === 'refused' && answer.notice.code === IN_PROGRESS)
}

function readJson(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text)
}

function answerOf<Body>(status: number, text: string, read: (text: string) => unknown): Answer<Body> {
  let body: unknown
  try {
    body = read(text)
  } catch {
    return { kind: 'failed', status }
  }
  if (status >= 200 && status < 300) return { kind: 'done', status, body: body as Body }
  const notice = noticeOf(body)
  return notice === null ? { kind: 'failed', status } : { kind: 'refused', status, notice }
}
