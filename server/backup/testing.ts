import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { type Act, openDoor } from '../act.ts'
import { APP_ROLE } from '../database/cluster.ts'
import { clientConfig, type Db } from '../database/connect.ts'
import { MIGRATIONS_FOLDER } from '../database/migrate.ts'
import type { Roles } from '../database/roles.ts'
import { quietLog, testDatabase, type TestDatabase } from '../database/testing.ts'
import { historyClock, tellHistory } from '../demo/history.ts'
import { drawGoods, drawPhoto } from '../demo/photos.ts'
import { filesFolder, openFiles } from '../files/files.ts'
import { signAll } from '../ledger/keep-checkpoints.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { type Keys, loadKeys } from '../keys.ts'
import { SYSTEM } from '../module.ts'
import { modules } from '../modules.ts'
import { seedStations } from '../stations/registry.ts'
import { TEST_START, testServer } from '../testing.ts'
import { type BackupDependencies, makeBackup } from './backup.ts'
import type { CheckedBackup } from './check.ts'
import { type RestoreOptions, type RestoreReport, restoreBackup } from './restore.ts'

/** A restore migrates, loads and verifies a whole database: seconds, and many of them beside other tests. */
export const RESTORES_TIMEOUT_MS = 90_000

const DAY_MS = 86_400_000
const PRESENT_MS = Date.parse(TEST_START) + 40 * DAY_MS

export const now = (): string => new Date(PRESENT_MS).toISOString()

/** An installation to make backups of. */
export interface TestStore {
  readonly database: TestDatabase
  readonly dataDir: string
  readonly keys: Keys
  readonly act: Act
  /** For what a test writes; gone with the store. */
  readonly folder: string
  /** Signs every register and the activity log, as the running server does now and then. */
  sign(): Promise<void>
  backup(file: string, options?: Partial<BackupDependencies>): Promise<CheckedBackup>
  close(): Promise<void>
}

/** An organ with a few units and two photos, signed. */
export async function smallStore(): Promise<TestStore> {
  const database = await testDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'clearhold-small-'))
  const keys = await loadKeys(dataDir, { hasRegisters: false })
  const { db } = database
  const { act } = openDoor({ db, modules, causeKey: keys.pepper, hash: 'sha256', now })
  const files = await openFiles({ folder: filesFolder(dataDir), db, now })
  for (const kind of [0, 1]) await files.keepPhoto(await drawPhoto(kind), { person: SYSTEM })
  const store = await storeOf({ database, dataDir, keys, act })
  for (const unit of ['organ', 'dept-1', 'dept-2', 'dept-3']) await addUnit(store, unit)
  await store.sign()
  return {
    ...store,
    close: async () => {
      await store.close()
      await database.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

/** The demonstration with its forty days behind it, signed, and something in every table. */
export async function filledStore(): Promise<TestStore> {
  const server = await testServer()
  const { database, keys, dataDir, deps } = server
  const { db, ownerDb } = database
  await tellHistory({
    teller: (start_ms) => {
      const clock = historyClock(start_ms)
      return { clock, ...openDoor({ db, modules, causeKey: keys.pepper, hash: 'sha256', now: clock.now }) }
    },
    files: await openFiles({ folder: filesFolder(dataDir), db, now }),
    pictures: drawGoods(),
    present_ms: PRESENT_MS,
  })
  await seedStations(db, deps.act, [
    { id: 'bench-1', name: '一号入库台', kind: 'bench', place: 'store-1', devices: [] },
  ])
  await server.as('chen-jing', { url: '/api/registers' })
  await server.app.inject({ method: 'POST', url: '/api/session', payload: { login: 'chen-jing', password: 'wrong' } })
  for (const statement of BESIDE_THE_REGISTERS) await sql.raw(statement).execute(ownerDb)
  const store = await storeOf({ database, dataDir, keys, act: deps.act })
  await store.sign()
  return {
    ...store,
    close: async () => {
      await store.close()
      await server.close()
    },
  }
}

async function storeOf(ground: Pick<TestStore, 'database' | 'dataDir' | 'keys' | 'act'>): Promise<TestStore> {
  const folder = await mkdtemp(join(tmpdir(), 'clearhold-backup-'))
  const { database, dataDir, keys } = ground
  const { signer, key, installation } = keys
  const { db, ownerDb } = database
  return {
    ...ground,
    folder,
    sign: async () => {
      const forked = await signAll({ db, folder: checkpointFolderOf(keys), signer, key, installation, now })
      if (forked[0] !== undefined) throw forked[0]
    },
    backup: (file, options) =>
      makeBackup({
        db: ownerDb,
        dataDir,
        keys,
        file,
        force: false,
        withKeys: false,
        passphrase: null,
        now,
        ...options,
      }),
    close: () => rm(folder, { recursive: true }),
  }
}

/** One more entry in the register `org`. */
export async function addUnit({ act }: Pick<TestStore, 'act'>, unit: string): Promise<void> {
  const kind = unit === 'organ' ? 'organ' : 'department'
  const parent = unit === 'organ' ? null : 'organ'
  await act({ person: SYSTEM }, { type: 'org.add-unit', unit, name: unit, kind, parent }, { cause: unit, at: now() })
}

/** What devices and screens leave: awkward text and bytes among it. */
const BESIDE_THE_REGISTERS: readonly string[] = [
  `insert into station_sessions (station, version, session, changed_at)
    values ('bench-1', 3, '{"step":"行\\n二\\t\\"","zero":null,"half":0.5}', '2026-03-02T01:00:00.123456Z')`,
  `insert into station_readings (station, reading, device, at, kind, raw, outcome)
    values ('bench-1', 'r1', 'scale-1', now(), 'weight', decode('00ff0a0d5c22', 'hex'), '称重' || chr(10) || '\\N "x"')`,
  `insert into station_codes (code_hash, station, made_by, made_at, ends_at)
    values (sha256('code'), 'bench-1', 'system', now(), 'infinity')`,
  `insert into station_screens (id, token_hash, station, made_by, made_at)
    values (gen_random_uuid(), sha256('token'), 'bench-1', 'system', now())`,
  `insert into station_devices (station, device, state, changed_at, heard_at)
    values ('bench-1', 'scale-1', '{"state":"ready"}', now(), now())`,
  `insert into label_attempts (label, station, device) values ('label-1', 'bench-1', 'printer-1')`,
]

/** What somebody with every right in the database would do: no trigger fires. */
export async function tamper(database: TestDatabase, statement: string): Promise<void> {
  const superuser = new pg.Client(clientConfig(database.superConfig, true))
  await superuser.connect()
  try {
    await superuser.query('set session_replication_role = replica')
    await superuser.query(statement)
  } finally {
    await superuser.end()
  }
}

/** A restore that takes everything from `store` but what is named. */
export async function restoreFrom(
  store: TestStore,
  options: Pick<RestoreOptions, 'file' | 'dataDir' | 'roles'> & Partial<RestoreOptions>,
): Promise<RestoreReport> {
  return restoreBackup({
    keysFolder: store.keys.folder,
    passphrase: null,
    modules,
    migrations: MIGRATIONS_FOLDER,
    now,
    log: quietLog,
    keepBroken: false,
    allowUnlasting: true,
    ...options,
  })
}

/** Where a restore may go: a database that was migrated and holds nothing, and the name of a folder that is not there. */
export interface EmptyTarget {
  readonly database: TestDatabase
  readonly roles: Roles
  readonly dataDir: string
  close(): Promise<void>
}

export async function emptyTarget(): Promise<EmptyTarget> {
  const database = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'clearhold-target-'))
  return {
    database,
    roles: { owner: database.ownerConfig, app: database.appConfig, appRole: APP_ROLE },
    dataDir: join(folder, 'data'),
    close: async () => {
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** Names of all tables but the one that migrating writes. */
export async function tableNames(db: Db): Promise<readonly string[]> {
  const found = await sql<{ tablename: string }>`
    select tablename from pg_tables where schemaname = 'public' and tablename <> 'migrations' order by 1
  `.execute(db)
  return found.rows.map(({ tablename }) => tablename)
}

/** Every file below a folder, by its path there. */
export async function filesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {}
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile()) found[relative(folder, path)] = (await readFile(path)).toString('base64')
  }
  return found
}

/** Every row of every table as text, in an order of its own. */
export async function contentOf(db: Db): Promise<Readonly<Record<string, readonly string[]>>> {
  const content: Record<string, readonly string[]> = {}
  for (const name of await tableNames(db)) {
    const found = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t order by 1`.execute(db)
    content[name] = found.rows.map(({ row }) => row)
  }
  return content
}
