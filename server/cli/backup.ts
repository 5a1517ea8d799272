import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { makeBackup } from '../backup/backup.ts'
import type { CheckedBackup } from '../backup/check.ts'
import { refuseUnfinishedRestore } from '../backup/data-dir.ts'
import { readPassphrase } from '../backup/passphrase.ts'
import { newEnvelope, readRecipients, writeRecipient } from '../backup/recipients.ts'
import { readConfig } from '../config.ts'
import { visitDatabase } from '../database/open.ts'
import { filesFolder } from '../files/files.ts'
import { type Keys, loadKeys } from '../keys.ts'

const WRITTEN = 0
const WRITTEN_WITH_LOSSES = 1
const NOT_WRITTEN = 2

const USAGE = `npm run backup -- FILE [--key FILE | --seal FILE.pub] [--force] [--with-keys]
  把全部数据和照片写入一个文件，服务器可照常运行 / everything, photos included, in one file; the server may go on
  --key FILE    用此文件里的口令加密 / encrypts it with the passphrase in this file
  --seal FILE   用此公钥密封，只有私钥保管人能打开，可多次给出 / sealed to this public key: only who holds its private key opens it; may be given again
  --force       覆盖已有文件 / replaces a file that is there
  --with-keys   连同密钥（不加密时为明文）/ with the keys, in clear unless it is encrypted
npm run backup -- --new-key FILE   生成一对密钥：FILE 由保管人离线保存，FILE.pub 给本机 / a pair of keys: FILE for its keeper, away from here; FILE.pub for this machine`

/** Exit code: 0 written and checked, 1 written but photos were already lost, 2 not written. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      seal: { type: 'string', multiple: true, default: [] },
      'new-key': { type: 'string' },
      force: { type: 'boolean', default: false },
      'with-keys': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) {
    console.log(USAGE)
    return WRITTEN
  }
  const newKey = values['new-key']
  if (newKey !== undefined) {
    const { publicFile } = await writeRecipient(newKey)
    console.log(
      `✓ ${newKey}：私钥，请离线保管，系统管理员不应持有 / private: keep it away from here, and from the system administrator\n✓ ${publicFile}：公钥，写备份时用 --seal / public: for --seal`,
    )
    return WRITTEN
  }
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new Error(USAGE)
  const started_ms = performance.now()
  if (values.key !== undefined && values.seal.length > 0) throw new Error(USAGE)
  const envelope = values.seal.length === 0 ? null : await newEnvelope(await readRecipients(values.seal))
  const passphrase = envelope === null ? await readPassphrase(values.key ?? null) : envelope.passphrase
  const config = readConfig(process.env)
  await refuseUnfinishedRestore(config.dataDir)
  const connection = await visitDatabase(config, { log: pino({ level: 'silent' }) })
  try {
    const keys = await loadKeys(config.dataDir, { hasRegisters: true })
    const { force, 'with-keys': withKeys } = values
    const now = (): string => new Date().toISOString()
    const written = await makeBackup({
      ...{ db: connection.db, dataDir: config.dataDir, keys, file, force, withKeys, passphrase, now },
      ...(envelope === null ? {} : { envelope }),
    })
    tell(file, written, performance.now() - started_ms)
    tellKeys(keys, withKeys, envelope === null ? (values.key ?? null) : values.seal.join(', '))
    if (envelope !== null)
      console.log(
        '已密封：本机不能打开，恢复时用保管人的私钥（--key）。/ Sealed: nothing here opens it; to restore, its keeper’s private key goes to --key.',
      )
    return tellLosses(written, filesFolder(config.dataDir))
  } finally {
    await connection.close()
  }
}

function tell(file: string, { header, totals, bytes }: CheckedBackup, spent_ms: number): void {
  const seconds = (spent_ms / 1_000).toFixed(1)
  for (const { register, size } of header.registers) console.log(`${register}\t${size} 条 / entries`)
  console.log(`表 / tables\t${totals.tables}\n行 / rows\t${totals.rows}`)
  console.log(`照片 / photos\t${totals.photos}\t${totals.photoBytes} 字节 / bytes`)
  console.log(`✓ 已写成并复核 / written and read back: ${file}\t${bytes} 字节 / bytes\t${seconds} s`)
}

function tellKeys({ folder }: Keys, withKeys: boolean, passphraseFile: string | null): void {
  const isOpen = passphraseFile === null
  if (!withKeys)
    console.log(
      `密钥不在备份里，没有密钥不能恢复：请把 ${folder} 另行保管。/ The keys are not in it, and without them it cannot be restored: keep a copy of ${folder} elsewhere.`,
    )
  else if (isOpen)
    console.log(
      '！备份里有明文的密钥：得到它的人可以冒签台账。请锁好。/ The keys are in it, in clear: whoever has the file can sign as this installation. Lock it away.',
    )
  console.log(
    isOpen
      ? '备份含个人信息，未加密：请存放在只有授权人员能进的地方。/ It holds personal data and is not encrypted: keep it where only those entitled get to.'
      : `备份已加密：没有口令谁也不能恢复，请把 ${passphraseFile} 与备份分开保管。/ It is encrypted: nobody restores it without the passphrase; keep ${passphraseFile} apart from it.`,
  )
}

function tellLosses({ lostPhotos }: CheckedBackup, folder: string): number {
  for (const { sha256, fault } of lostPhotos) console.error(`✗ ${sha256}：原件 ${FAULTS[fault]}`)
  if (lostPhotos.length === 0) return WRITTEN
  console.error(
    `${folder} 中有 ${lostPhotos.length} 张照片原件已经缺损，备份里没有它们。请从更早的备份找回。/ ` +
      `${lostPhotos.length} originals are no longer what they were and are not in the backup: get them from an earlier one.`,
  )
  return WRITTEN_WITH_LOSSES
}

const FAULTS = {
  missing: '不见了 / the original is missing',
  changed: '已被改动 / the original was changed',
  unreadable: '无法读取 / the original cannot be read',
} as const

try {
  process.exitCode = await main()
} catch (error) {
  console.error(`没有备份 / not backed up: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = NOT_WRITTEN
}
