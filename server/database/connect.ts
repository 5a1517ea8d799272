import { setTimeout as pause } from 'node:timers/promises'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Database } from './database.ts'
import type { Log } from './log.ts'
import { PreparingClient } from './prepared.ts'
import { DatabaseRefused } from './refused.ts'
import { columnTypes } from './values.ts'

/** For functions that read. */
export type Db = Kysely<Database>
/** For functions that write: only inside a transaction is there one of these. */
export type Trx = Transaction<Database>

/** Where a database is and as whom to enter it. `host` may be the folder of a Unix socket. */
export type ConnectionConfig =
  | {
      readonly host: string
      readonly port: number
      readonly user: string
      readonly password: string
      readonly database: string
    }
  | { readonly connectionString: string }

export interface Connection {
  readonly db: Db
  readonly pool: pg.Pool
  /** Ends every connection; waits for the queries that run. */
  close(): Promise<void>
}

export interface ConnectOptions {
  readonly log: Log
  /** Connections at most. */
  readonly max?: number
  /** Without the time limits of the running server: for migrations, verification and backups. */
  readonly unlimited?: boolean
}

const POOL_MAX = 10
const CONNECT_TIMEOUT_MS = 5_000
const IDLE_MS = 30_000
const STATEMENT_TIMEOUT_MS = 15_000
const LOCK_TIMEOUT_MS = 5_000
const IDLE_IN_TRANSACTION_MS = 15_000
/** A transaction is run again at most this often in all. */
const TRANSACTION_ATTEMPTS = 5
const RETRY_FIRST_MS = 10

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'

/**
 * A pool and a typed query builder. Every session speaks UTC and ISO dates and looks in the schema `public` alone; unless `unlimited`, a statement ends after 15 s, a wait for a
 * lock after 5 s, an idle transaction after 15 s. Opens no connection by itself. A connection that the server closes is logged and
 * replaced; the query on it rejects. Throws `DatabaseRefused` (`options-in-url`) when the URL sets session options of its own.
 */
export function connect(
  config: ConnectionConfig,
  { log, max = POOL_MAX, unlimited = false }: ConnectOptions,
): Connection {
  const pool = new pg.Pool({
    ...clientConfig(config, unlimited),
    max,
    idleTimeoutMillis: IDLE_MS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    Client: PreparingClient,
  })
  const lost = (error: Error): void => log.warn({ err: error }, 'database connection lost')
  pool.on('error', lost)
  // A client in use emits its loss itself, and an 'error' without a listener would end the process.
  pool.on('connect', (client) => client.on('error', lost))
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, close: () => db.destroy() }
}

/** Settings of one session, for a pool or a single client. Throws as `connect` does. */
export function clientConfig(config: ConnectionConfig, unlimited: boolean): pg.ClientConfig {
  if ('connectionString' in config && /[?&]options=/.test(config.connectionString)) {
    throw new DatabaseRefused('options-in-url', {
      zh: 'DATABASE_URL 里不得带 options=：会话参数由程序设定。请去掉后重试。',
      en: 'DATABASE_URL must not carry options=: the program sets the session parameters itself. Remove it and start again.',
    })
  }
  const settings = ['TimeZone=UTC', 'DateStyle=ISO', 'search_path=public']
  if (!unlimited) {
    settings.push(
      `statement_timeout=${STATEMENT_TIMEOUT_MS}`,
      `lock_timeout=${LOCK_TIMEOUT_MS}`,
      `idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS}`,
    )
  }
  return {
    ...config,
    application_name: 'clearhold',
    keepAlive: true,
    options: settings.map((setting) => `-c ${setting}`).join(' '),
    types: columnTypes,
  }
}

/**
 * Runs `fn` in one transaction: commits when it resolves, rolls back when it rejects, and rejects with what `fn` threw. Only after a
 * serialization failure or a deadlock is the whole of it run again, five times at most, after a short random wait; so `fn` may
 * have no effect outside the transaction.
 */
export async function inTransaction<T>(db: Db, fn: (trx: Trx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(db, fn)
    } catch (error) {
      if (attempt === TRANSACTION_ATTEMPTS || !mayRunAgain(error)) throw error
      await pause(RETRY_FIRST_MS * 2 ** attempt * Math.random())
    }
  }
}

async function once<T>(db: Db, fn: (trx: Trx) => Promise<T>): Promise<T> {
  let thrown: { readonly error: unknown } | undefined
  try {
    return await db.transaction().execute(async (trx) => {
      try {
        return await fn(trx)
      } catch (error) {
        thrown = { error }
        throw error
      }
    })
  } catch (error) {
    // On a dead connection the rollback fails too, and its error would hide the one that matters.
    throw thrown === undefined ? error : thrown.error
  }
}

function mayRunAgain(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED
}
