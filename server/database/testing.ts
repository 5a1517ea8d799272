import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { DATABASE_NAME, OWNER_ROLE } from './cluster.ts'
import { connect, type ConnectionConfig, type Db } from './connect.ts'
import type { Log } from './log.ts'
import './testing-setup.ts'

/** A database of its own for one test file, at the newest schema and empty but for what migrations put in. */
export interface TestDatabase {
  /** As the running server. */
  readonly db: Db
  /** As the owner, without time limits. */
  readonly ownerDb: Db
  readonly appConfig: ConnectionConfig
  readonly ownerConfig: ConnectionConfig
  /** As the tally. */
  readonly tallyConfig: ConnectionConfig
  readonly superConfig: ConnectionConfig
  /** Drops the database, whoever is still connected. */
  close(): Promise<void>
}

/** For tests that do not look at what is logged. */
export const quietLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Clones the template of this run's cluster, for a `beforeAll`. Throws when the cluster could not be started or migrated. */
export async function testDatabase(): Promise<TestDatabase> {
  const cluster = inject('cluster')
  if ('failed' in cluster) throw new Error(`the tests' database is not there: ${cluster.failed}`)
  const name = `test_${randomBytes(6).toString('hex')}`
  const asSuperuser = async (statement: string): Promise<void> => {
    const client = new pg.Client({ ...cluster.superuser, database: 'postgres' })
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  await asSuperuser(`create database ${name} template ${DATABASE_NAME} owner ${OWNER_ROLE}`)
  const here = (access: ConnectionConfig): ConnectionConfig => ({ ...access, database: name })
  const [appConfig, ownerConfig, tallyConfig, superConfig] = [
    here(cluster.app),
    here(cluster.owner),
    here(cluster.tally),
    here(cluster.superuser),
  ]
  const app = connect(appConfig, { log: quietLog })
  const owner = connect(ownerConfig, { log: quietLog, unlimited: true })
  return {
    db: app.db,
    ownerDb: owner.db,
    appConfig,
    ownerConfig,
    tallyConfig,
    superConfig,
    close: async () => {
      await Promise.all([app.close(), owner.close()])
      await asSuperuser(`drop database ${name} with (force)`)
    },
  }
}
