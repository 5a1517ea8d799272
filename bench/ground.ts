import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type EmulatedScanner, startScanner } from '../devices/emulators/scanner.ts'
import { signIn } from '../server/access/sign-in.ts'
import { openDoor } from '../server/act.ts'
import { type ClockDependencies, turnClocks } from '../server/clock/keeper.ts'
import { readConfig } from '../server/config.ts'
import {
  APP_ROLE,
  type Cluster,
  DATABASE_NAME,
  joinCluster,
  OWNER_ROLE,
  removeCluster,
  startCluster,
} from '../server/database/cluster.ts'
import { custodyTriggers } from '../server/custody/triggers.ts'
import { clientConfig, connect, type Connection, type ConnectionConfig, type Db } from '../server/database/connect.ts'
import type { Log } from '../server/database/log.ts'
import { migrate, MIGRATIONS_FOLDER } from '../server/database/migrate.ts'
import { drawPhoto } from '../server/demo/photos.ts'
import { filesFolder, openFiles } from '../server/files/files.ts'
import { type Keys, loadKeys } from '../server/keys.ts'
import { type Server, startServer } from '../server/main.ts'
import { modules } from '../server/modules.ts'
import { fill, type Filled, startOf } from './fill.ts'
import { places, settle } from './organisation.ts'
import { type StatementTap, tapStatements } from './statements.ts'

/** How much there is to work on. */
export interface GroundSize {
  readonly casesInStore: number
  readonly movesAnItem: number
  /** Lists that wait at each place, in cases of twenty items. */
  readonly waiting: readonly number[]
}

/** A server on a store of that size, with one bench whose scanner is emulated on a pseudo terminal. */
export interface Ground {
  readonly server: Server
  readonly filled: Filled
  readonly scanner: EmulatedScanner
  /** What the server sends to PostgreSQL. */
  readonly statements: StatementTap
  /** The bearer token of each custodian, by person. */
  readonly tokens: ReadonlyMap<string, string>
  /** As the owner, without time limits. */
  readonly owner: Connection
  /** The same store, sign-ins included, as it was before the server started; for the running role. */
  readonly copy: Extract<ConnectionConfig, { host: string }>
  close(): Promise<void>
}

export const STATION = 'bench-1'

const PREFIX = 'clearhold-bench-'
/** Younger folders may belong to a run that is just starting. */
const LEFT_OVER_AFTER_MS = 3_600_000
const COPY_NAME = 'clearhold_copy'
const PHOTOS = 20

const log: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: (fields, message) => console.error(message, fields),
}

/** Makes a store in a folder of its own and starts the server on it. `tell` hears how far it is. */
export async function openGround(size: GroundSize, tell: (progress: string) => void): Promise<Ground> {
  const closers: (() => Promise<unknown>)[] = []
  const close = async (): Promise<void> => {
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer()
  }
  try {
    await removeLeftOvers()
    const dataDir = await mkdtemp(join(tmpdir(), PREFIX))
    // As root, the database account must pass through here; otherwise the cluster would be made in /var/lib.
    await chmod(dataDir, 0o711)
    closers.push(() => rm(dataDir, { recursive: true }))
    const cluster = await startCluster({ dataDir, log, allowUnlasting: true })
    closers.push(() => removeCluster({ dataDir, log }))
    const { filled, tokens } = await thenClose(make(cluster, dataDir, size, tell), cluster.stop)

    const scanner = await startScanner({ listen: `pty:${join(dataDir, 'scanner-1')}` })
    closers.push(scanner.close)
    const config = readConfig({ DATA_DIR: dataDir, PORT: '0' })
    const devices = [{ id: 'scanner-1', kind: 'scanner', protocol: 'line', port: scanner.address }] as const
    const bench = { id: STATION, name: '一号入库台', kind: 'bench', place: places[0]?.store ?? '', devices } as const
    const statements = tapStatements()
    closers.push(async () => statements.remove())
    const server = await startServer(config, { log, allowUnlasting: true, stations: [bench] })
    closers.push(server.close)
    const access = await joinCluster(dataDir)
    if (access === undefined || !('host' in access.app)) throw new Error('the database is not where it was made')
    const owner = connect(access.owner, { log, unlimited: true })
    closers.push(owner.close)
    return { server, filled, scanner, statements, tokens, owner, copy: { ...access.app, database: COPY_NAME }, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function make(
  cluster: Cluster,
  dataDir: string,
  { casesInStore, movesAnItem, waiting }: GroundSize,
  tell: (progress: string) => void,
): Promise<{ filled: Filled; tokens: Map<string, string> }> {
  await migrate({ owner: cluster.owner, appRole: APP_ROLE, folder: MIGRATIONS_FOLDER, log })
  const keys = await loadKeys(dataDir, { hasRegisters: false })
  const app = connect(cluster.app, { log })
  const began = performance.now()
  const made = await thenClose(makeStore(app, keys, dataDir), app.close)
  tell(`${made.filled.entries} entries in ${seconds(began)}`)
  await asSuperuser(cluster.superuser, DATABASE_NAME, 'vacuum analyze')
  await asSuperuser(
    cluster.superuser,
    'postgres',
    `create database ${COPY_NAME} template ${DATABASE_NAME} owner ${OWNER_ROLE} strategy file_copy`,
  )
  tell(`made and copied in ${seconds(began)}`)
  return made

  async function makeStore({ db }: Connection, { pepper }: Keys, folder: string) {
    const present_ms = Date.now()
    const now = (): string => new Date().toISOString()
    const door = openDoor({ db, modules, causeKey: pepper, hash: 'sha256', now })
    await settle({ db, ...door, pepper }, startOf(present_ms))
    const files = await openFiles({ folder: filesFolder(folder), db, now })
    const photos: string[] = []
    for (let index = 0; index < PHOTOS; index += 1)
      photos.push((await files.keepPhoto(await drawPhoto(index), { person: 'officer-1a' })).sha256)
    const plan = { places, casesInStore, movesAnItem, waiting, photos }
    const filled = await withoutTriggers(cluster, (all) => fill(all, plan, present_ms, pepper))
    await settleClocks({ db, ...door, triggers: custodyTriggers, now, log })
    const { open } = signIn(db, pepper)
    const tokens = new Map<string, string>()
    for (const { custodian } of places) {
      const { login, password } = custodian
      tokens.set(custodian.id, (await open({ login, password })).token)
    }
    return { filled, tokens }
  }
}

/** Every deadline that the made life has started or passed stands in the registers before anything is measured or copied. */
async function settleClocks(deps: ClockDependencies): Promise<void> {
  const due = deps.db.selectFrom('clocks').select('id').where('next_at', '<=', deps.now()).limit(1)
  do await turnClocks(deps)
  while ((await due.executeTakeFirst()) !== undefined)
}

/** Each entry's link and hash would be reckoned again by the trigger, which takes longer than everything else; `verify` looks at them all. */
async function withoutTriggers<T>({ superuser }: Cluster, work: (db: Db) => Promise<T>): Promise<T> {
  const { user } = superuser as Extract<ConnectionConfig, { host: string }>
  await asSuperuser(superuser, DATABASE_NAME, `alter role ${user} set session_replication_role = replica`)
  const connection = connect(superuser, { log, unlimited: true })
  const done = await thenClose(work(connection.db), connection.close)
  await asSuperuser(superuser, DATABASE_NAME, `alter role ${user} reset session_replication_role`)
  return done
}

async function thenClose<T>(work: Promise<T>, close: () => Promise<void>): Promise<T> {
  try {
    return await work
  } finally {
    await close()
  }
}

async function asSuperuser(superuser: ConnectionConfig, database: string, statement: string): Promise<void> {
  const client = new pg.Client({ ...clientConfig(superuser, true), database })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** What killed runs left behind, their PostgreSQL included. */
async function removeLeftOvers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const dataDir = join(tmpdir(), name)
    const found = await stat(dataDir).catch(() => undefined)
    if (found === undefined || found.uid !== process.getuid?.() || Date.now() - found.mtimeMs < LEFT_OVER_AFTER_MS)
      continue
    const removed = await removeCluster({ dataDir, log }).then(
      () => true,
      () => false,
    )
    if (removed) await rm(dataDir, { recursive: true, force: true })
  }
}

function seconds(since_ms: number): string {
  return `${((performance.now() - since_ms) / 1_000).toFixed(1)} s`
}
