import { chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { run } from './account.ts'
import { type Binaries, packageFolder, readyBinaries } from './binaries.ts'
import { ClusterRefused } from './cluster-refused.ts'
import type { ConnectionConfig } from './connect.ts'
import { exists, renameDurably } from './files.ts'
import { guard } from './guard.ts'
import { isLocked, type Lock, takeLock } from './lock.ts'
import type { Log } from './log.ts'
import { checkLasting, findPlace, makePlace, openDataDir, type Place, removePlace } from './place.ts'
import { type Address, addressOf, chooseAddress, removeSocketFolder, settle, type Site, start } from './postmaster.ts'
import { makeSecret, readSecret, secretFile, type Secret } from './secret.ts'

export { ClusterRefused, type ClusterRefusedCode } from './cluster-refused.ts'

/** How to enter the cluster of a DATA_DIR. */
export interface ClusterAccess {
  /** Owns the schema and migrates. */
  readonly owner: ConnectionConfig
  /** The running server; has the rights that migrations grant it. */
  readonly app: ConnectionConfig
  /** Counts sealed ballots; has the rights of `tally-role.ts`. */
  readonly tally: ConnectionConfig
  /** For backups and for tests that tamper. */
  readonly superuser: ConnectionConfig
}

export interface Cluster extends ClusterAccess {
  /** PostgreSQL's data directory; not always inside DATA_DIR. */
  readonly data: string
  /** Resolves with the reason when PostgreSQL died and could not be brought back; the program should then end. */
  readonly lost: Promise<ClusterRefused>
  /** Stops PostgreSQL cleanly and lets the folder go. May be called again. */
  stop(): Promise<void>
}

export interface ClusterOptions {
  readonly dataDir: string
  readonly log: Log
  /** For demonstrations and tests: also where a restart loses everything (tmpfs), or where fsync may lie (network mounts). */
  readonly allowUnlasting?: boolean
  /** The platform's package; found by its name when not given. */
  readonly packageDir?: string
}

export const OWNER_ROLE = 'clearhold_owner'
export const APP_ROLE = 'clearhold_app'
export const TALLY_ROLE = 'clearhold_tally'
export const DATABASE_NAME = 'clearhold'
const SUPERUSER = 'clearhold_superuser'
const LOCK_FILE = 'postgres.lock'
const PLACE_LOCK_FILE = 'lock'
const UNFINISHED = 'creating-'
const JOIN_TIMEOUT_MS = 30_000
const JOIN_POLL_MS = 20
const INVALID_PASSWORD = '28P01'

/** Time limits for who enters as the running server by another way than connect.ts, say with psql. */
const APP_ROLE_SETTINGS: readonly string[] = [
  "statement_timeout = '15s'",
  "lock_timeout = '5s'",
  "idle_in_transaction_session_timeout = '15s'",
]

/**
 * Starts the PostgreSQL of this DATA_DIR, making it when there is none. Only this process can use the folder until `stop`, and it keeps
 * running until then; a PostgreSQL that an earlier, killed process left behind is stopped first. Throws `ClusterRefused` with words for
 * people; the folder is then as it was and another process that uses it is unharmed.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const dataDir = await openDataDir(options.dataDir)
  const locks = new Locks()
  try {
    locks.take(join(dataDir, LOCK_FILE), dataDir)
    return await startLocked(dataDir, options, locks)
  } catch (error) {
    locks.release()
    throw error
  }
}

async function startLocked(dataDir: string, options: ClusterOptions, locks: Locks): Promise<Cluster> {
  const { log } = options
  const place = (await findPlace(dataDir)) ?? (await makePlace(dataDir, log))
  if (!place.inDataDir) locks.take(join(place.folder, PLACE_LOCK_FILE), dataDir)
  if (options.allowUnlasting !== true) await checkLasting(place.folder)

  const site = await siteOf(place, options)
  await removeUnfinished(place, log)
  const found = await readSecret(dataDir)
  const isNew = !(await checkVersion(site))
  if (!isNew && found === undefined) throw secretMissing(dataDir)
  const secret = found ?? (await makeSecret(dataDir))
  if (isNew) await create(site, secret)
  else await settle(site, log)

  const address = await chooseAddress(site)
  const running = await start(site, address).catch(async (error: unknown) => {
    await removeSocketFolder(site, address.host)
    throw error
  })
  const guarded = guard(site, running, log)
  const access = accessTo(address, secret)
  try {
    await ensureRoles(address, secret, dataDir)
  } catch (error) {
    await guarded.stop()
    throw error
  }
  let stopped: Promise<void> | undefined
  return {
    ...access,
    data: site.data,
    lost: guarded.lost,
    stop: () => (stopped ??= guarded.stop().finally(() => locks.release())),
  }
}

/** Whether a cluster of ours lies in this DATA_DIR, running or not. Makes nothing. */
export async function holdsCluster(dataDir: string): Promise<boolean> {
  if (!(await exists(dataDir))) return false
  const place = await findPlace(await openDataDir(dataDir))
  return place !== undefined && (await exists(join(place.folder, 'data')))
}

/**
 * For programs beside the server (administration, verification, backup): how to enter the cluster that a live process runs on this
 * DATA_DIR, waiting up to 30 s while it is starting. Resolves with undefined when none does; `startCluster` may then be called.
 */
export async function joinCluster(dataDir: string): Promise<ClusterAccess | undefined> {
  const folder = await openDataDir(dataDir)
  const deadline = performance.now() + JOIN_TIMEOUT_MS
  while (performance.now() < deadline && isLocked(join(folder, LOCK_FILE))) {
    const place = await findPlace(folder)
    const address = place === undefined ? undefined : await addressOf(join(place.folder, 'data'))
    const secret = await readSecret(folder)
    if (address !== undefined && secret !== undefined) return accessTo(address, secret)
    await pause(JOIN_POLL_MS)
  }
  return undefined
}

/**
 * Takes the cluster of this DATA_DIR away with everything in it, wherever it lies, stopping it first if its process was killed. For data that
 * was never meant to stay (demonstrations, tests). Throws `ClusterRefused` (`in-use`).
 */
export async function removeCluster(options: ClusterOptions): Promise<void> {
  const dataDir = await openDataDir(options.dataDir)
  const locks = new Locks()
  try {
    locks.take(join(dataDir, LOCK_FILE), dataDir)
    const place = await findPlace(dataDir).catch((error: unknown) => {
      if (error instanceof ClusterRefused && error.code === 'place-gone') return undefined
      throw error
    })
    if (place !== undefined) {
      if (!place.inDataDir) locks.take(join(place.folder, PLACE_LOCK_FILE), dataDir)
      const site = await siteOf(place, options)
      if (await exists(site.data)) await settle(site, options.log)
    }
    await removePlace(dataDir, place)
    await rm(secretFile(dataDir), { force: true })
  } finally {
    locks.release()
  }
}

/** The locks of one start, let go together. */
class Locks {
  readonly #held: Lock[] = []

  take(path: string, dataDir: string): void {
    const lock = takeLock(path)
    if (lock === undefined) {
      throw new ClusterRefused('in-use', {
        zh: `${dataDir} 正被另一个正在运行的程序使用。请先停止它，或换一个 DATA_DIR。`,
        en: `${dataDir} is in use by another running program. Stop that one first, or choose another DATA_DIR.`,
      })
    }
    this.#held.push(lock)
  }

  release(): void {
    for (const lock of this.#held.splice(0).reverse()) lock.release()
  }
}

async function siteOf(place: Place, options: ClusterOptions): Promise<Site> {
  const binaries: Binaries = await readyBinaries(
    options.packageDir ?? (await packageFolder()),
    place.folder,
    place.account,
  )
  return { place, binaries, data: join(place.folder, 'data') }
}

/** False when there is no cluster yet. Throws `ClusterRefused` (`wrong-version`, `damaged`). */
async function checkVersion({ binaries, data }: Site): Promise<boolean> {
  if (!(await exists(data))) return false
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  )
  if (version === undefined) {
    throw new ClusterRefused('damaged', {
      zh: `${data} 不是完整的数据库（缺 PG_VERSION）。程序不会动它；请从备份恢复，或查明后移走该目录。`,
      en: `${data} is not a whole database (PG_VERSION is missing). It was left as it is; restore from a backup, or find out what happened and move it away.`,
    })
  }
  if (version === binaries.major) return true
  throw new ClusterRefused('wrong-version', {
    zh: `${data} 是 PostgreSQL ${version} 的数据，本程序自带的是 ${binaries.major}，未作任何改动。请用原来的程序版本执行 npm run backup 导出，再用本版本在空的 DATA_DIR 上执行 npm run restore。`,
    en: `${data} holds data of PostgreSQL ${version}, this program carries ${binaries.major}; nothing was changed. Dump it with the release that made it (npm run backup), then restore into an empty DATA_DIR with this one (npm run restore).`,
  })
}

/** What starts that died half-way have left. Their initdb may still be writing there, never where we do. */
async function removeUnfinished(place: Place, log: Log): Promise<void> {
  for (const name of await readdir(place.folder)) {
    if (!name.startsWith(UNFINISHED)) continue
    await rm(join(place.folder, name), { recursive: true, force: true }).catch((error: unknown) => {
      log.warn({ err: error }, 'an unfinished database could not be removed yet')
    })
  }
}

/** Makes a cluster under another name, on the disk as a whole, and gives it its name last: a start that dies half-way leaves none. */
async function create({ place, binaries, data }: Site, secret: Secret): Promise<void> {
  const creating = await mkdtemp(join(place.folder, UNFINISHED))
  const passwordFile = join(creating, 'password')
  await writeFile(passwordFile, secret.superuser, { mode: 0o600 })
  if (place.account !== undefined) {
    for (const path of [passwordFile, creating]) await chown(path, place.account.uid, place.account.gid)
  }
  const { code, output } = await run(
    binaries.initdb,
    [
      ...['-D', join(creating, 'data'), '-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
      ...['--data-checksums', '--no-instructions'],
    ],
    place.account,
    creating,
  )
  if (code !== 0) {
    throw new ClusterRefused('create-failed', {
      zh: `无法在 ${place.folder} 建立数据库：${output}`,
      en: `The database could not be made in ${place.folder}: ${output}`,
    })
  }
  await renameDurably(join(creating, 'data'), data)
  await rm(creating, { recursive: true })
}

/** Roles and database, whatever of them is missing: an earlier first start may have died between any two of them. */
async function ensureRoles(address: Address, secret: Secret, dataDir: string): Promise<void> {
  const client = new pg.Client({ ...address, user: SUPERUSER, password: secret.superuser, database: 'postgres' })
  try {
    await client.connect().catch((error: unknown) => {
      throw error instanceof pg.DatabaseError && error.code === INVALID_PASSWORD ? secretWrong(dataDir) : error
    })
    // The log keeps statements that change the schema, and these carry passwords.
    await client.query('set log_statement = none')
    const { rows } = await client.query<{ name: string }>('select rolname as name from pg_roles')
    const present = new Set(rows.map(({ name }) => name))
    if (!present.has(OWNER_ROLE)) {
      await client.query(`create role ${OWNER_ROLE} login password ${client.escapeLiteral(secret.owner)}`)
    }
    if (!present.has(APP_ROLE)) {
      const limits = APP_ROLE_SETTINGS.map((setting) => `alter role ${APP_ROLE} set ${setting};`)
      await client.query(
        `create role ${APP_ROLE} login password ${client.escapeLiteral(secret.app)}; ${limits.join(' ')}`,
      )
    }
    if (!present.has(TALLY_ROLE))
      await client.query(`create role ${TALLY_ROLE} login password ${client.escapeLiteral(secret.tally)}`)
    const made = await client.query('select from pg_database where datname = $1', [DATABASE_NAME])
    if (made.rowCount === 0) await client.query(`create database ${DATABASE_NAME} owner ${OWNER_ROLE}`)
  } finally {
    await client.end()
  }
}

function accessTo(address: Address, secret: Secret): ClusterAccess {
  const as = (user: string, password: string): ConnectionConfig => ({
    ...address,
    user,
    password,
    database: DATABASE_NAME,
  })
  return {
    owner: as(OWNER_ROLE, secret.owner),
    app: as(APP_ROLE, secret.app),
    tally: as(TALLY_ROLE, secret.tally),
    superuser: as(SUPERUSER, secret.superuser),
  }
}

function secretMissing(dataDir: string): ClusterRefused {
  const file = secretFile(dataDir)
  return new ClusterRefused('secret-missing', {
    zh: `数据库还在，但它的口令文件 ${file} 不见了。请从备份放回该文件后重试。`,
    en: `The database is there, but the file with its passwords, ${file}, is gone. Put that file back from a backup and start again.`,
  })
}

function secretWrong(dataDir: string): ClusterRefused {
  const file = secretFile(dataDir)
  return new ClusterRefused('secret-wrong', {
    zh: `口令文件 ${file} 不属于这个数据库。请放回与数据库同一备份中的文件。`,
    en: `The passwords in ${file} do not belong to this database. Put back the file from the same backup as the database.`,
  })
}
