import type { FastifyRequest } from 'fastify'
import type { Act, ActWithin, Who } from './act.ts'
import type { SessionPerson, SignIn } from './access/sign-in.ts'
import type { Db } from './database/connect.ts'
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
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sent this, if anybody signed in; set before any route runs. */
    session: SessionPerson | null
    sessionToken: string | null
  }
}

const KEY_SHAPE = /^[\x21-\x7e]{1,128}$/

/** @throws Refusal `access.not-signed-in` */
export function signedIn(request: FastifyRequest): SessionPerson {
  if (request.session === null) throw new Refusal('access.not-signed-in')
  return request.session
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

/** The language of an answer: Chinese unless the asker prefers English. */
export function languageOf(request: FastifyRequest): 'zh' | 'en' {
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh'
}
