import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { removeCluster } from '../database/cluster.ts'
import { connect, inTransaction, type Trx } from '../database/connect.ts'
import { migrate } from '../database/migrate.ts'
import { checkRunningRole } from '../database/roles.ts'
import { checkSettings } from '../database/settings.ts'
import { filesFolder } from '../files/files.ts'
import { verifyFiles } from '../files/verify.ts'
import type { Keys } from '../keys.ts'
import { type CheckpointFolder, checkpointFolder } from '../ledger/checkpoint.ts'
import type { LedgerFault } from '../ledger/fault.ts'
import { verifyStore } from '../ledger/verify.ts'
import type { Module } from '../module.ts'
import { keepNotes, refuseOlder } from './checkpoints.ts'
import { type CheckedBackup, checkBackup } from './check.ts'
import { beginRestoring, lookAtDataDir } from './data-dir.ts'
import type { Header } from './format.ts'
import { preparePhotos, restorePhoto } from './photos.ts'
import { readParts } from './read.ts'
import { BackupRefused } from './refused.ts'
import { readKeyFiles, settleKeys, stageKeys } from './secrets.ts'
import { filledTables, insertRows, lockTables, readTables, settleSession, type Table } from './tables.ts'
import { lookAtDatabase, openTarget, type Target, type TargetOptions } from './target.ts'

export interface RestoreOptions extends TargetOptions {
  readonly file: string
  /** Of an encrypted backup; null for one in clear. */
  readonly passphrase: Buffer | null
  /** A copy of the keys folder; null when the backup was made with its keys. */
  readonly keysFolder: string | null
  readonly modules: readonly Module[]
  /** The folder of this program's migrations. */
  readonly migrations: string
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
  /** Keeps what was restored even where verification finds faults: a broken store is evidence too. */
  readonly keepBroken: boolean
}

export interface RestoreReport {
  readonly backup: CheckedBackup
  readonly registers: readonly { readonly register: string; readonly entries: number }[]
  readonly subjects: number
  readonly faults: readonly LedgerFault[]
  /** False when faults were found and everything was taken away again. */
  readonly kept: boolean
}

/**
 * Makes the installation of a backup again, in an empty DATA_DIR and database, and verifies it as `npm run verify` does. The keys get their
 * place last, so that no server takes what is not whole and verified; when anything fails, everything is taken away again.
 * @throws BackupDamaged, BackupRefused, DatabaseRefused; the target is then as empty as it was
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreReport> {
  const { file, passphrase, dataDir, keepBroken } = options
  const backup = await checkBackup(file, passphrase)
  await checkSchema(backup.header, options.migrations)
  const keyFiles = options.keysFolder === null ? needKeys(backup) : await readKeyFiles(options.keysFolder)
  await lookAtDataDir(dataDir)
  await lookAtDatabase(options)
  const notesApart = checkpointFolder(join(dataDir, 'checkpoints'))
  await refuseOlder(notesApart, backup.header)

  const restoring = await beginRestoring(dataDir, () => removeCluster(options))
  let target: Target | undefined
  const discard = async (): Promise<void> => {
    await target?.discard()
    await restoring.clear()
  }
  let report: RestoreReport
  try {
    const keys = await stageKeys(restoring.folder, keyFiles, backup.header)
    target = await openTarget(options)
    const notesOfBackup = checkpointFolder(join(restoring.folder, 'checkpoints'))
    for (const [register, note] of backup.checkpoints) await notesOfBackup.write(register, note)
    await fill(target, options, { header: backup.header, folder: restoring.folder })
    const found = await verifyAll(target, options, keys, { ofBackup: notesOfBackup, apart: notesApart })
    report = { backup, ...found, kept: found.faults.length === 0 || keepBroken }
    if (!report.kept) {
      await discard()
      return report
    }
    await target.close()
    await keepNotes(notesApart, backup.checkpoints, keys.key)
    await settleKeys(restoring.folder, dataDir)
  } catch (error) {
    await discard().catch((failed: unknown) => {
      throw notRemoved(options, error, failed)
    })
    throw error
  }
  await restoring.finish()
  return report
}

function needKeys({ keys }: CheckedBackup): ReadonlyMap<string, string> {
  if (keys.size > 0) return keys
  throw new BackupRefused('keys-needed', {
    zh: '这份备份不含密钥。请用 --keys 指明另行保管的密钥文件夹。',
    en: 'This backup does not hold the keys. Name the folder where they are kept with --keys.',
  })
}

/** @throws BackupRefused `schema-newer`, `schema-differs` unless this program has every migration of the backup, unchanged */
async function checkSchema({ migrations }: Header, folder: string): Promise<void> {
  for (const { file, sha256 } of migrations) {
    const text = await readFile(join(folder, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      throw new BackupRefused('schema-newer', {
        zh: `备份来自更新版本的程序（${file}），本版本不能恢复它。请安装新版本后再恢复。`,
        en: `The backup comes from a later release (${file}), so this one cannot restore it. Install the later release first.`,
      })
    })
    // As migrating reads it: the same migration with other line ends is the same.
    const found = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
    if (found !== sha256) throw schemaDiffers(file)
  }
}

function schemaDiffers(what: string): BackupRefused {
  return new BackupRefused('schema-differs', {
    zh: `备份的库结构与本程序的不一致：${what}。请用写出这份备份的程序版本恢复。`,
    en: `The schema of the backup is not this program's: ${what}. Restore it with the release that wrote it.`,
  })
}

interface Room {
  readonly header: Header
  /** For what is needed only meanwhile. */
  readonly folder: string
}

/** Everything but keys and checkpoints: the schema as it was, rows and photos, then the schema as it is now. */
async function fill(target: Target, options: RestoreOptions, { header, folder }: Room): Promise<void> {
  const { log, now, migrations } = options
  const then = join(folder, 'migrations')
  await mkdir(then)
  for (const { file } of header.migrations) await copyFile(join(migrations, file), join(then, file))
  await migrate({ ...target, folder: then, log })
  const app = connect(target.app, { log })
  try {
    await checkSettings(app.pool)
    await checkRunningRole(app.pool, header.schema)
  } finally {
    await app.close()
  }
  await preparePhotos(filesFolder(options.dataDir), now())
  const owner = connect(target.owner, { log, unlimited: true })
  try {
    // Should it be run again, the photos that stand already are the same.
    await inTransaction(owner.db, (trx) => load(trx, options))
    await migrate({ ...target, folder: migrations, log })
    await sql`analyze`.execute(owner.db)
  } finally {
    await owner.close()
  }
}

async function load(trx: Trx, { file, passphrase, dataDir }: RestoreOptions): Promise<void> {
  await settleSession(trx)
  const tables = await readTables(trx)
  await lockTables(trx, tables)
  const filled = await filledTables(trx, tables)
  if (filled.length > 0) throw new Error(`somebody wrote into the database meanwhile: ${filled.join(', ')}`)
  const waiting = new Map(tables.map((table) => [table.name, table]))
  let current: Table | undefined
  for await (const part of readParts(file, passphrase)) {
    switch (part.part) {
      case 'table':
        current = tableOf(waiting, part.table, part.columns)
        waiting.delete(part.table)
        break
      case 'rows':
        if (current !== undefined) await insertRows(trx, current, part.lines)
        break
      case 'photo':
        await restorePhoto(filesFolder(dataDir), part.sha256, part.content)
        break
      case 'header':
      case 'key':
      case 'lost-photo':
      case 'checkpoint':
      case 'totals':
        break
    }
  }
  if (waiting.size > 0) throw schemaDiffers([...waiting.keys()].join(', '))
}

/** The table as the backup lists its columns. */
function tableOf(known: ReadonlyMap<string, Table>, name: string, columns: readonly string[]): Table {
  const table = known.get(name)
  const listed = columns.flatMap((column) => table?.columns.find((one) => one.name === column) ?? [])
  if (table === undefined || listed.length !== columns.length || listed.length !== table.columns.length)
    throw schemaDiffers(name)
  return { ...table, columns: listed }
}

async function verifyAll(
  { owner }: Target,
  { dataDir, modules, migrations, log }: RestoreOptions,
  { key, installation }: Keys,
  { ofBackup, apart }: { readonly ofBackup: CheckpointFolder; readonly apart: CheckpointFolder },
): Promise<Pick<RestoreReport, 'registers' | 'subjects' | 'faults'>> {
  const { db, close } = connect(owner, { log, unlimited: true })
  try {
    const deps = { db, modules, migrations, key, installation }
    const { registers, subjects, faults } = await verifyStore({ ...deps, folder: ofBackup })
    // Notes that were there before speak for themselves: what the backup brought along may not cover for them.
    const others = (await apart.registers()).length > 0 ? await verifyStore({ ...deps, folder: apart }) : { faults: [] }
    const photos = await verifyFiles({ db, folder: filesFolder(dataDir) })
    return { registers, subjects, faults: [...faults, ...others.faults, ...photos] }
  } finally {
    await close()
  }
}

function notRemoved({ dataDir, roles }: RestoreOptions, error: unknown, failed: unknown): BackupRefused {
  const where = roles === null ? dataDir : `${dataDir} + DATABASE_URL`
  const why = error instanceof Error ? error.message : String(error)
  return new BackupRefused(
    'not-removed',
    {
      zh: `恢复没有成功，而且已写入 ${where} 的内容没能清除干净：其中的数据不可使用，请清空后再恢复。原因：${why}`,
      en: `The restore failed, and what it had put into ${where} could not be taken away: that data is not to be used; empty it before the next try. Reason: ${why}`,
    },
    { cause: new AggregateError([error, failed]) },
  )
}
