import type { FastifyContextConfig, FastifyRequest } from 'fastify'
import type { Act, ActWithin, Who } from './act.ts'
import type { OpenSession, SignIn } from './access/sign-in.ts'
import type { Db } from './database/connect.ts'
import type { Log } from './database/log.ts'
import type { ActivityLog } from './ledger/activity.ts'
import { Refusal } from './refusal.ts'

/** What every module's routes are given. */
export interface RouteDependencies {
  readonly db: Db
  readonly act: Act
  readonly actWithin: ActWithin
  readonly activity: ActivityLog
  readonly signIn: SignIn
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
  /** For what goes wrong after an answer is settled. */
  readonly log: Log
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of a write: it may come without `Idempotency-Key`, or writes nothing and takes none. */
    key?: 'optional' | 'none'
    /** Nothing of it goes to the activity log, refusals included: a report must not be traced to who sent it. */
    unrecorded?: boolean
  }
  interface FastifyRequest {
    /** Who sent this, if anybody signed in; set before any route runs. */
    session: OpenSession | null
    /** Who signed in with a dealt secret; `session` is then null, so that no route takes this for being signed in. */
    changing: OpenSession | null
    /** What was shown to prove it, whether or not it still opens a session. */
    sessionToken: string | null
    /** Numbers of cases as the request says them, by those they were registered under; null before a route is asked. */
    askedCases: ReadonlyMap<string, string> | null
  }
}

const KEY_SHAPE = /^[\x21-\x7e]{1,128}$/

/** @throws Refusal `access.not-signed-in`, or `access.must-change` for who signed in with a dealt secret */
export function signedIn(request: FastifyRequest): OpenSession {
  if (request.session !== null) return request.session
  if (request.changing === null) throw new Refusal('access.not-signed-in')
  throw new Refusal(request.changing.mustChange === 'second-factor' ? 'access.must-set-up' : 'access.must-change')
}

/**
 * Also who signed in with a dealt secret: for the few routes by which it is changed.
 * @throws Refusal `access.not-signed-in`
 */
export function signedInOrChanging(request: FastifyRequest): OpenSession {
  return request.changing ?? signedIn(request)
}

/** Whether anybody is signed in, be it only to change a dealt secret. */
export function isSignedIn(request: FastifyRequest): boolean {
  return request.session !== null || request.changing !== null
}

/** The signed-in person as the one door takes it. */
export function whoOf(request: FastifyRequest): Who {
  return { person: signedIn(request).person }
}

/**
 * The cause of a write: its `Idempotency-Key`.
 * @throws Refusal `request.key-missing`
 */
export function causeOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || !KEY_SHAPE.test(key)) throw new Refusal('request.key-missing')
  return `request:${key}`
}

/**
 * The same where a write may come without one.
 * @throws Refusal `request.key-missing` for one that is none
 */
export function causeIfAny(request: FastifyRequest): string | null {
  return request.headers['idempotency-key'] === undefined ? null : causeOf(request)
}

/**
 * Before a write is looked at: its key. Who has to sign in first is told that instead, and routes that say so come without.
 * @throws Refusal `request.key-missing`
 */
export async function mustBringKey(request: FastifyRequest): Promise<void> {
  const { config, schema } = request.routeOptions
  if (!isWrite(request.method) || config.key !== undefined || !request.url.startsWith('/api/')) return
  const isOpenToAll = schema?.security?.length === 0
  if (isOpenToAll || isSignedIn(request)) causeOf(request)
}

function isWrite(method: string): boolean {
  return method === 'POST' || method === 'PUT' || method === 'DELETE'
}

/** How the description of the API says of a write that it takes a key; null where it takes none. */
export function keyHeader(method: string, key: FastifyContextConfig['key']): object | null {
  if (!isWrite(method) || key === 'none') return null
  return {
    type: 'object',
    properties: { 'Idempotency-Key': { type: 'string', pattern: KEY_SHAPE.source } },
    required: key === 'optional' ? [] : ['Idempotency-Key'],
  }
}

/** The language of an answer: Chinese unless the asker prefers English. */
export function languageOf(request: FastifyRequest): 'zh' | 'en' {
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh'
}

/** The content policy of a PDF that pages of our own show in a frame. */
export const FRAMED_PDF = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
