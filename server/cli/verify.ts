import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { readConfig } from '../config.ts'
import { visitDatabase } from '../database/open.ts'
import { verifyFiles } from '../files/verify.ts'
import { loadKeys } from '../keys.ts'
import { verifyExport } from '../ledger/export.ts'
import type { LedgerFault } from '../ledger/fault.ts'
import { parseVerifierKey } from '../ledger/note.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { modules } from '../modules.ts'
import { filesFolder } from '../files/files.ts'

const INTACT = 0
const BROKEN = 1
const NOT_CHECKED = 2

const USAGE = `npm run verify                                   校验本系统全部台账和查询表 / every register and read table
npm run verify -- FILE [--key PUBLIC_KEY] [--checkpoint FILE]   离线校验导出文件 / an export, offline`

/** Exit code of one check: 0 intact, 1 broken, 2 could not check. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { key: { type: 'string' }, checkpoint: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help === true) {
    console.log(USAGE)
    return INTACT
  }
  const [file, ...more] = positionals
  if (more.length > 0) throw new Error(USAGE)
  return file === undefined ? checkStore() : checkFile(file, values)
}

async function checkStore(): Promise<number> {
  const config = readConfig(process.env)
  const log = pino({ level: 'silent' })
  const connection = await visitDatabase(config, { log })
  try {
    const keys = await loadKeys(config.dataDir, { hasRegisters: true })
    const folder = checkpointFolderOf(keys)
    const { db } = connection
    const { registers, subjects, faults } = await verifyStore({
      db,
      modules,
      folder,
      key: keys.key,
      installation: keys.installation,
    })
    const fileFaults = await verifyFiles({ db, folder: filesFolder(config.dataDir) })
    for (const { register, entries } of registers) console.log(`${register}\t${entries} 条 / entries`)
    console.log(`查询表 / read tables\t${subjects} 个对象 / subjects`)
    return conclude([...faults, ...fileFaults])
  } finally {
    await connection.close()
  }
}

async function checkFile(
  file: string,
  { key, checkpoint }: { key?: string | undefined; checkpoint?: string | undefined },
): Promise<number> {
  const report = await verifyExport(createReadStream(file), {
    key: key === undefined ? null : parseVerifierKey(key),
    checkpoint: checkpoint === undefined ? null : await readFile(checkpoint, 'utf8'),
  })
  console.log(`${report.register}\t${report.entries} 条 / entries${report.root === '' ? '' : `\troot ${report.root}`}`)
  return conclude(report.fault === null ? [] : [report.fault])
}

function conclude(faults: readonly LedgerFault[]): number {
  for (const { register, seq, what } of faults) {
    console.error(`✗ ${register}${seq === null ? '' : ` seq ${seq}`}：${what.zh} / ${what.en}`)
  }
  if (faults.length > 0) {
    console.error(`校验不通过：${faults.length} 处 / broken: ${faults.length}`)
    return BROKEN
  }
  console.log('✓ 完整无误 / intact')
  return INTACT
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(`无法校验 / could not check: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = NOT_CHECKED
}
