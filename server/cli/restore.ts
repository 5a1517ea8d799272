import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { type CheckedBackup, checkBackup } from '../backup/check.ts'
import { readPassphrase } from '../backup/passphrase.ts'
import { BackupDamaged } from '../backup/refused.ts'
import { restoreBackup } from '../backup/restore.ts'
import { readConfig } from '../config.ts'
import { MIGRATIONS_FOLDER } from '../database/migrate.ts'
import { rolesFromUrls } from '../database/roles.ts'
import { modules } from '../modules.ts'

const INTACT = 0
const BROKEN = 1
const NOT_RESTORED = 2

const USAGE = `npm run restore -- FILE [--key FILE] [--keys DIR] [--keep-broken]   恢复到空的 DATA_DIR（和空的数据库）/ into an empty DATA_DIR (and database)
npm run restore -- FILE [--key FILE] --check                        只检查备份文件 / checks the file and restores nothing
  --key FILE      加密备份的口令文件，或密封备份的私钥 / the passphrase file of an encrypted backup, or the private key of a sealed one
  --keys DIR      密钥文件夹的副本；备份带密钥时不需要 / the copy of the keys folder; not needed when the backup holds the keys
  --keep-broken   校验不通过也保留，供查证 / keeps what does not pass verification, as evidence`

/** Exit code: 0 intact, 1 broken (the file, or what verification found), 2 not restored. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      keys: { type: 'string' },
      check: { type: 'boolean', default: false },
      'keep-broken': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) {
    console.log(USAGE)
    return INTACT
  }
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new Error(USAGE)
  const passphrase = await readPassphrase(values.key ?? null)
  if (!values.check) return restore(file, passphrase, values.keys ?? null, values['keep-broken'])
  tell(await checkBackup(file, passphrase))
  console.log('✓ 备份文件完整 / the file is whole')
  return INTACT
}

async function restore(
  file: string,
  passphrase: Buffer | null,
  keysFolder: string | null,
  keepBroken: boolean,
): Promise<number> {
  const started_ms = performance.now()
  const { dataDir, databaseUrl, databaseOwnerUrl } = readConfig(process.env)
  const { backup, registers, subjects, faults, kept } = await restoreBackup({
    file,
    passphrase,
    dataDir,
    roles: databaseUrl === null ? null : rolesFromUrls(databaseUrl, databaseOwnerUrl ?? undefined),
    keysFolder,
    modules,
    migrations: MIGRATIONS_FOLDER,
    now: () => new Date().toISOString(),
    log: pino({ level: 'silent' }),
    keepBroken,
    allowUnlasting: false,
  })
  tell(backup)
  for (const { register, entries } of registers) console.log(`${register}\t${entries} 条 / entries`)
  console.log(`查询表 / read tables\t${subjects} 个对象 / subjects`)
  for (const { register, seq, what } of faults)
    console.error(`✗ ${register}${seq === null ? '' : ` seq ${seq}`}：${what.zh} / ${what.en}`)
  const seconds = ((performance.now() - started_ms) / 1_000).toFixed(1)
  if (faults.length === 0) {
    console.log(`✓ 已恢复，完整无误 / restored, intact\t${dataDir}\t${seconds} s`)
    return INTACT
  }
  console.error(
    kept
      ? `校验不通过：${faults.length} 处，按要求保留 / broken: ${faults.length}; kept as asked`
      : `校验不通过：${faults.length} 处，已全部撤除 / broken: ${faults.length}; everything was taken away again`,
  )
  return BROKEN
}

function tell({ header, totals, lostPhotos }: CheckedBackup): void {
  console.log(`${header.installation}\t${header.madeAt}\tPostgreSQL ${header.postgres}`)
  console.log(`表 / tables\t${totals.tables}\n行 / rows\t${totals.rows}`)
  console.log(`照片 / photos\t${totals.photos}\t${totals.photoBytes} 字节 / bytes`)
  for (const { sha256 } of lostPhotos) console.error(`✗ ${sha256}：备份时原件已缺损 / lost before the backup was made`)
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(`没有恢复 / not restored: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = error instanceof BackupDamaged ? BROKEN : NOT_RESTORED
}
