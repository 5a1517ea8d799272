import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { clientConfig, type ConnectionConfig } from './connect.ts'
import type { Log } from './log.ts'
import { DatabaseRefused } from './refused.ts'

export interface MigrateOptions {
  /** The role that will own what the migrations make. */
  readonly owner: ConnectionConfig
  /** Stands where a migration says `:app_role`. */
  readonly appRole: string
  /** Holds `0001-name.sql`, `0002-name.sql` ...; see `MIGRATIONS_FOLDER`. */
  readonly folder: string
  readonly log: Log
}

export interface Migrated {
  /** Number of the last migration in the database; 0 when there is none. */
  readonly schema: number
  /** Files applied by this call. */
  readonly applied: readonly string[]
}

export type MigrationRefusedCode =
  | 'schema-newer'
  | 'migration-changed'
  | 'migration-failed'
  | 'migration-commits'
  | 'migrations-misnumbered'

class MigrationRefused extends DatabaseRefused<MigrationRefusedCode> {}

/** The database has been migrated by a later release than this program. */
export class SchemaNewer extends MigrationRefused {}

interface Migration {
  readonly number: number
  readonly file: string
  readonly text: string
  readonly sha256: string
}

interface Landed {
  readonly number: number
  readonly file: string
  readonly sha256: string
}

/** The program's own migrations, whatever folder it is started from. */
export const MIGRATIONS_FOLDER = join(import.meta.dirname, '..', '..', 'migrations')

const FILE_NAME = /^(\d{4})-[a-z0-9-]+\.sql$/
/** Any constant will do as long as no other use of advisory locks takes it. */
const LOCK_KEY = 7_261_001

/**
 * Brings the database forward, each migration in a transaction of its own, in order, as the owner. Servers that start together do it once:
 * the others wait. Throws `MigrationRefused` before anything is touched when a file that has landed was changed or is missing, when
 * numbers have gaps, or (`SchemaNewer`) when the database knows a migration that the folder does not; `migration-failed` names the file whose
 * transaction was rolled back.
 */
export async function migrate({ owner, appRole, folder, log }: MigrateOptions): Promise<Migrated> {
  const migrations = await readMigrations(folder)
  const client = new pg.Client(clientConfig(owner, true))
  client.on('error', (error) => log.error({ err: error }, 'database connection lost while migrating'))
  await client.connect()
  try {
    await takeTurn(client, log)
    const landed = await readLanded(client, appRole)
    checkLanded(landed, migrations)
    const wanted = migrations.slice(landed.length)
    for (const migration of wanted) {
      await apply(client, migration, appRole)
      log.info({ migration: migration.file }, 'database migrated')
    }
    return { schema: migrations.length, applied: wanted.map(({ file }) => file) }
  } finally {
    // The lock goes with the session.
    await client.end()
  }
}

async function takeTurn(client: pg.Client, log: Log): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${LOCK_KEY}) as taken`)
  if (rows[0]?.taken === true) return
  log.info({}, 'another server is migrating the database: waiting for it')
  await client.query(`select pg_advisory_lock(${LOCK_KEY})`)
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    files.map(async (file, index) => {
      const number = Number(FILE_NAME.exec(file)?.[1])
      if (number !== index + 1) {
        throw new MigrationRefused('migrations-misnumbered', {
          zh: `迁移文件 ${file} 的编号或名称不对：应从 0001 起连续编号，形如 0001-name.sql。`,
          en: `Migration ${file} is misnumbered or misnamed: they run from 0001 without gaps, like 0001-name.sql.`,
        })
      }
      // A checkout on Windows may have changed the line ends; the migration is the same.
      const text = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n')
      return { number, file, text, sha256: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

async function readLanded(client: pg.Client, appRole: string): Promise<readonly Landed[]> {
  const { rows: there } = await client.query<{ present: boolean }>(
    "select to_regclass('migrations') is not null as present",
  )
  if (there[0]?.present !== true) {
    await client.query(`
      begin;
      create table migrations (
        number integer primary key check (number > 0),
        file text not null,
        sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
        applied_at timestamptz not null default clock_timestamp()
      );
      grant select on migrations to ${client.escapeIdentifier(appRole)};
      commit`)
  }
  const { rows } = await client.query<Landed>('select number, file, sha256 from migrations order by number')
  return rows
}

function checkLanded(landed: readonly Landed[], migrations: readonly Migration[]): void {
  const unknown = landed.find(({ number }) => number > migrations.length)
  if (unknown !== undefined) {
    throw new SchemaNewer('schema-newer', {
      zh: `数据库已由更新版本的程序升级过（${unknown.file}），本版本不能使用它，未作任何改动。请安装新版本，或恢复升级前的备份。`,
      en: `The database has been migrated by a later release (${unknown.file}); this one cannot use it, and nothing was changed. Install the later release, or restore the backup from before.`,
    })
  }
  for (const { number, file, sha256 } of landed) {
    const migration = migrations[number - 1]
    if (migration?.sha256 === sha256 && migration.file === file) continue
    throw new MigrationRefused('migration-changed', {
      zh: `已执行过的迁移 ${file} 与当前文件 ${migration?.file ?? '(无)'} 不一致。已落库的迁移不得修改，请恢复原文件，改动另写新的迁移。`,
      en: `Migration ${file} has landed and the file ${migration?.file ?? '(none)'} is not the same. A landed migration is never edited: put the file back and write the change as a new one.`,
    })
  }
}

async function apply(client: pg.Client, migration: Migration, appRole: string): Promise<void> {
  const text = migration.text.replace(/(?<!:):app_role\b/g, () => client.escapeIdentifier(appRole))
  try {
    await client.query('begin')
    const before = await transactionId(client)
    await client.query(text)
    if ((await transactionId(client)) !== before) throw commits(migration)
    await client.query('insert into migrations (number, file, sha256) values ($1, $2, $3)', [
      migration.number,
      migration.file,
      migration.sha256,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    if (error instanceof MigrationRefused) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new MigrationRefused(
      'migration-failed',
      {
        zh: `迁移 ${migration.file} 失败，已整体撤销，数据库仍是原来的样子：${reason}`,
        en: `Migration ${migration.file} failed and was rolled back as a whole; the database is as it was: ${reason}`,
      },
      { cause: error },
    )
  }
}

function commits({ file }: Migration): MigrationRefused {
  return new MigrationRefused('migration-commits', {
    zh: `迁移 ${file} 自行结束了事务。迁移文件中不得出现 begin、commit、rollback。`,
    en: `Migration ${file} ends its transaction itself. A migration holds no begin, commit or rollback.`,
  })
}

async function transactionId(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id')
  return rows[0]?.id
}
