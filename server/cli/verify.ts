import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { readConfig } from '../config.ts'
import { visitDatabase } from '../database/open.ts'
import { verifyFiles } from '../files/verify.ts'
import { loadKeys } from '../keys.ts'
import { disclosureHeader, type DisclosureReport, verifyDisclosure } from '../ledger/disclosure.ts'
import { type FileReport, verifyExport } from '../ledger/export.ts'
import type { LedgerFault } from '../ledger/fault.ts'
import { linesIn } from '../ledger/lines.ts'
import { parseVerifierKey } from '../ledger/note.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { NOT_COVERED, verifyStore } from '../ledger/verify.ts'
import { modules } from '../modules.ts'
import { filesFolder } from '../files/files.ts'

const INTACT = 0
const BROKEN = 1
const NOT_CHECKED = 2

const USAGE = `npm run verify                                   校验本系统全部台账和查询表 / every register and read table
npm run verify -- FILE [--key PUBLIC_KEY] [--checkpoint FILE]   离线校验导出文件 / an export, offline
npm run verify -- FILE [--key PUBLIC_KEY]                       离线校验一案的证明文件 / the proof of one case, offline

没有 --checkpoint 和 --key，只能证明文件自身前后相接 / without both, only that the file agrees with itself is proven`

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
    const { registers, activity, subjects, unchecked, erasures, faults } = await verifyStore({
      db,
      modules,
      folder,
      key: keys.key,
      installation: keys.installation,
    })
    const fileFaults = await verifyFiles({ db, folder: filesFolder(config.dataDir) })
    for (const { register, entries } of registers) console.log(`${register}\t${entries} 条 / entries`)
    console.log(`活动日志 / activity log\t${activity} 条 / records`)
    console.log(`查询表 / read tables\t${subjects} 个对象 / subjects`)
    if (unchecked > 0)
      console.log(
        `查询表未核对 / read tables not checked\t${unchecked} 个对象，其台账有误 / subjects, for a register of theirs is broken`,
      )
    for (const { register, seq, at, refs, ground, document } of erasures)
      console.log(
        `依法删除 / lawfully erased\t${register} ${seq}\t${at}\t${refs.length} 处 / pieces\t${ground}\t${document}`,
      )
    console.log(`不在校验之内 / not covered：${NOT_COVERED.zh} / ${NOT_COVERED.en}`)
    return conclude([...faults, ...fileFaults])
  } finally {
    await connection.close()
  }
}

async function checkFile(
  file: string,
  { key, checkpoint }: { key?: string | undefined; checkpoint?: string | undefined },
): Promise<number> {
  if (disclosureHeader(await firstLineOf(file)) !== null) return checkDisclosure(file, key)
  const report = await verifyExport(createReadStream(file), {
    key: key === undefined ? null : parseVerifierKey(key),
    checkpoint: checkpoint === undefined ? null : await readFile(checkpoint, 'utf8'),
  })
  console.log(`${report.register}\t${report.entries} 条 / entries${report.root === '' ? '' : `\troot ${report.root}`}`)
  if (report.fault !== null) return conclude([report.fault], file)
  const open = notProven(report, key !== undefined)
  console.log(`已证 / proven：${proven(report)}`)
  for (const words of open) console.log(`未证 / not proven：${words}`)
  if (open.length === 0) return conclude([])
  console.log('✓ 所查各项相符，未证之处如上 / what was checked holds; what was not proven stands above')
  return INTACT
}

async function firstLineOf(file: string): Promise<string> {
  for await (const line of linesIn(createReadStream(file))) return line
  return ''
}

async function checkDisclosure(file: string, key: string | undefined): Promise<number> {
  const report: DisclosureReport = await verifyDisclosure(
    createReadStream(file),
    key === undefined ? null : parseVerifierKey(key),
  )
  console.log(`${report.about}\t${report.entries} 条 / entries`)
  for (const { register, size } of report.registers) console.log(`${register}\t检查点 / checkpoint ${size}`)
  if (report.fault !== null) return conclude([report.fault], file)
  const { signedBy } = report
  console.log(
    `已证 / proven：${report.entries} 条逐条通到检查点的树根，一条不缺，正是抬头载明的全部 / ${report.entries} entries, each leads to the root in its register's checkpoint, none left out: they are all that the header states`,
  )
  if (signedBy !== null) {
    console.log(
      `检查点与条目齐全均由 ${signedBy} 签署，签名已验 / the checkpoints, and that all is there, are what ${signedBy} signed; the signatures hold`,
    )
    return conclude([])
  }
  console.log(
    '未证 / not proven：检查点与条目齐全的签名没有验：没有给公钥（--key） / the signatures of the checkpoints, and of all being there, were not checked: no public key was given (--key)',
  )
  console.log('✓ 所查各项相符，未证之处如上 / what was checked holds; what was not proven stands above')
  return INTACT
}

function proven({ entries, checkpoint }: FileReport): string {
  const chain = `${entries} 条逐条相接，正文与哈希相符 / ${entries} entries, each continues the one before and gives its hash`
  if (checkpoint === null) return chain
  const { size, signedBy } = checkpoint
  return signedBy === null
    ? `${chain}；前 ${size} 条与所给检查点的树根一致 / and the first ${size} give the root in the checkpoint given`
    : `${chain}；前 ${size} 条正是 ${signedBy} 签署的内容，签名已验 / and the first ${size} are what ${signedBy} signed; the signature holds`
}

function notProven({ entries, checkpoint }: FileReport, hasKey: boolean): string[] {
  if (checkpoint === null) {
    return [
      `没有对照检查点（--checkpoint）${hasKey ? '，--key 没有用到' : ''}：整份重写或截去末尾，这里查不出来 / ` +
        `no checkpoint was given (--checkpoint)${hasKey ? ', so --key was not used' : ''}: a file rewritten as a whole, or cut off at its end, would not be found`,
    ]
  }
  const beyond = entries - checkpoint.size
  return [
    ...(checkpoint.signedBy === null
      ? [
          '检查点的签名没有验：没有给公钥（--key），任何人都写得出这样一份检查点 / ' +
            "the checkpoint's signature was not checked: no public key was given (--key), and anybody can write such a checkpoint",
        ]
      : []),
    ...(beyond > 0
      ? [
          `检查点之后的 ${beyond} 条没有签名覆盖 / the ${beyond} entries after the checkpoint are covered by no signature`,
        ]
      : []),
  ]
}

/** @param file in which the faults were found; null where they are of the registers themselves */
function conclude(faults: readonly LedgerFault[], file: string | null = null): number {
  for (const { register, seq, what } of faults) {
    const place = [register, seq === null ? '' : `seq ${seq}`, file ?? ''].filter((part) => part !== '')
    console.error(`✗ ${place.join(' ')}：${what.zh} / ${what.en}`)
  }
  if (faults.length > 0) {
    console.error(`校验不通过：${faults.length} 处 / broken: ${faults.length}`)
    return BROKEN
  }
  console.log('✓ 完整无误 / intact')
  return INTACT
}

/** Why nothing could be checked; an option or a file that is not there comes from the runtime, which says it in one language. */
function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code = '', path = '' } = error as NodeJS.ErrnoException
  if (code.startsWith('ERR_PARSE_ARGS_'))
    return `选项有误 / an option is not known: ${error.message}

${USAGE}`
  return path === '' ? error.message : `文件读不出来 / the file cannot be read: ${path} (${code})`
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(`无法校验 / could not check: ${whyNot(error)}`)
  process.exitCode = NOT_CHECKED
}
