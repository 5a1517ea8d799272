import { createHash } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { sql } from 'kysely'
import type { Db, Trx } from '../database/connect.ts'
import { exists, renameDurably } from '../database/files.ts'
import { filesFolder } from '../files/files.ts'
import type { Keys } from '../keys.ts'
import { ACTIVITY } from '../ledger/activity.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { backupSink } from './bytes.ts'
import { type CheckedBackup, checkBackup } from './check.ts'
import { FORMAT, type Header, type LandedMigration, lineOf, type RegisterAt } from './format.ts'
import { photoLines } from './photos.ts'
import type { Envelope } from './recipients.ts'
import { BackupRefused } from './refused.ts'
import { sealOf } from './seal.ts'
import { pepperCheck, readKeyFiles } from './secrets.ts'
import { readTables, settleSession, tableLines } from './tables.ts'

export interface BackupDependencies {
  /** As the owner, without time limits. */
  readonly db: Db
  readonly dataDir: string
  readonly keys: Keys
  readonly file: string
  /** Replaces `file`, and what a backup that was cut off left beside it. */
  readonly force: boolean
  /** Puts the keys and the pepper into the file, in clear unless all of it is encrypted. */
  readonly withKeys: boolean
  /** Encrypts the file; null leaves it in clear. */
  readonly passphrase: Buffer | null
  /** Stands in front of the file: its passphrase, sealed to those who are to open it. Absent where somebody knows the passphrase. */
  readonly envelope?: Pick<Envelope, 'bytes'>
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
}

const UNFINISHED = '.partial'
const COMPRESSED = 6
/** Photos are compressed already. */
const STORED = 0
const WRITE_BYTES = 256 * 1024

/**
 * Writes everything that the database and the folder of photos hold, as they are at one moment, into one file, while the server goes on.
 * The file is on the disk and was read back whole before it gets its name; otherwise there is none.
 * @throws BackupRefused `file-exists`, `backup-running`, `schema-unknown`, `line-too-long`, `not-written`
 */
export async function makeBackup(deps: BackupDependencies): Promise<CheckedBackup> {
  const file = resolve(deps.file)
  const unfinished = `${file}${UNFINISHED}`
  if (!deps.force && (await exists(file))) throw fileExists(file)
  const handle = await open(unfinished, deps.force ? 'w' : 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? backupRunning(unfinished) : notWritten(file, error)
  })
  try {
    try {
      await writeBackup(deps, handle)
    } finally {
      await handle.close()
    }
    const checked = await checkBackup(unfinished, deps.passphrase)
    await renameDurably(unfinished, file)
    return checked
  } catch (error) {
    await rm(unfinished, { force: true })
    throw isFileSystemError(error) ? notWritten(file, error) : error
  }
}

async function writeBackup(deps: BackupDependencies, handle: FileHandle): Promise<void> {
  // Before the snapshot: a note that is signed meanwhile would cover entries that the snapshot does not have.
  const checkpoints = await readCheckpointNotes(deps.keys)
  const keyFiles = deps.withKeys ? await readKeyFiles(deps.keys.folder) : new Map<string, string>()
  const sink = await backupSink(handle, deps.passphrase, deps.envelope ?? null)
  const hash = createHash('sha256')
  const write = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of chunks) {
      hash.update(chunk)
      await sink.write(chunk)
    }
  }
  await deps.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (snapshot) => {
      for (const { level, lines } of await sections(deps, { snapshot, keyFiles, checkpoints }))
        await pipeline(lines, createGzip({ level, chunkSize: WRITE_BYTES }), write)
    })
  await sink.write(sealOf(hash.digest('hex'), deps.keys.signer))
  await sink.end()
  await handle.sync()
}

interface Sources {
  readonly snapshot: Trx
  readonly keyFiles: ReadonlyMap<string, string>
  readonly checkpoints: ReadonlyMap<string, string>
}

interface Section {
  /** Of compression. */
  readonly level: number
  readonly lines: AsyncIterable<Buffer>
}

/** What follows one another in the file, each a gzip member; the next one is read only when the one before is written. */
async function sections(deps: BackupDependencies, sources: Sources): Promise<readonly Section[]> {
  const { snapshot, keyFiles, checkpoints } = sources
  await settleSession(snapshot)
  const header = await readHeader(deps, snapshot)
  const tables = await readTables(snapshot)
  const counted = { tables: tables.length, rows: 0, photos: 0, photoBytes: 0, lostPhotos: 0 }
  const rows = async function* (): AsyncGenerator<Buffer> {
    yield lineOf({ header })
    for (const [key, text] of keyFiles) yield lineOf({ key, text })
    for (const table of tables) yield* tableLines(snapshot, table, counted)
  }
  const rest = async function* (): AsyncGenerator<Buffer> {
    for (const [checkpoint, note] of checkpoints) yield lineOf({ checkpoint, note })
    yield lineOf({ totals: { ...counted, checkpoints: checkpoints.size } })
  }
  return [
    { level: COMPRESSED, lines: rows() },
    { level: STORED, lines: photoLines(snapshot, filesFolder(deps.dataDir), counted) },
    { level: COMPRESSED, lines: rest() },
  ]
}

async function readCheckpointNotes(keys: Keys): Promise<ReadonlyMap<string, string>> {
  const folder = checkpointFolderOf(keys)
  const notes = new Map<string, string>()
  for (const register of (await folder.registers()).sort()) {
    const note = await folder.read(register)
    if (note !== null) notes.set(register, note)
  }
  return notes
}

async function readHeader({ keys, withKeys, now }: BackupDependencies, trx: Trx): Promise<Header> {
  const migrations = await sql<LandedMigration>`select number, file, sha256 from migrations order by number`.execute(
    trx,
  )
  const registers = await sql<RegisterAt>`
    select r.id as register, coalesce(head.seq, 0) as size, encode(head.hash, 'hex') as head
    from registers r
    left join lateral (select seq, hash from entries where register = r.id order by seq desc limit 1) head on true
    union all
    select ${ACTIVITY}, coalesce(head.seq, 0), encode(head.hash, 'hex')
    from (select) log left join lateral (select seq, hash from activity order by seq desc limit 1) head on true
    order by 1
  `.execute(trx)
  const server = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(trx)
  return {
    format: FORMAT,
    madeAt: now(),
    installation: keys.installation,
    publicKey: keys.publicKey,
    pepperCheck: pepperCheck(keys.pepper),
    schema: migrations.rows.at(-1)?.number ?? 0,
    migrations: migrations.rows,
    registers: registers.rows,
    postgres: server.rows[0]?.version ?? '',
    withKeys,
  }
}

function fileExists(file: string): BackupRefused {
  return new BackupRefused('file-exists', {
    zh: `${file} 已经存在，未作改动。请换一个文件名；确要覆盖时加 --force。`,
    en: `${file} is there already and was left as it is. Choose another name, or add --force to replace it.`,
  })
}

function backupRunning(unfinished: string): BackupRefused {
  return new BackupRefused('backup-running', {
    zh: `${unfinished} 已经存在：另一个备份正在写它，或上次备份中断了。确认没有备份在运行后，删除它或加 --force。`,
    en: `${unfinished} is there: another backup is writing it, or one was cut off. When none is running, remove it or add --force.`,
  })
}

const FILE_SYSTEM_CODES: ReadonlySet<string> = new Set([
  ...['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS'],
  ...['EACCES', 'EPERM', 'ENOENT', 'ENOTDIR', 'EISDIR'],
])

function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && FILE_SYSTEM_CODES.has(String(error.code))
}

function notWritten(file: string, { code, message }: NodeJS.ErrnoException): BackupRefused {
  return new BackupRefused('not-written', {
    zh: `备份 ${file} 写不成（${code ?? message}），没有留下文件。请检查磁盘空间和权限。`,
    en: `The backup ${file} could not be written (${code ?? message}); no file was left. Look at disk space and permissions.`,
  })
}
