import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { dayOf } from '../clock/calendar.ts'
import { readConfig } from '../config.ts'
import { visitAsTally } from '../database/open.ts'
import { fetchReports, publishReportKey } from '../rating/reports.ts'
import { LEAST_BALLOTS, runTally, type Tallied } from '../rating/tally.ts'

const BALANCED = 0
const UNBALANCED = 1
const NOT_COUNTED = 2

const USAGE = `npm run tally [-- --keys DIR] [--least N] [--reports DIR]
  打开满 N 张的选票组，洗混、计数、签署账目；服务器可照常运行
  opens groups of N ballots or more, shuffles, counts, signs the account; the server may go on
  --keys DIR    计票密钥的存放处，默认 DATA_DIR/tally；请放在服务器读不到的地方
                where the tally's keys lie, DATA_DIR/tally when not said; better where the server cannot read
  --reports DIR 只取出检举控告，每件一个文件 / only takes reports out, a file each
  --least N     少于 N 张不开票，默认也是最少 ${LEAST_BALLOTS} / fewer are not opened; ${LEAST_BALLOTS} when not said, and at least`

/** Exit code: 0 counted and balanced, 1 the account does not balance, 2 not counted. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      keys: { type: 'string' },
      least: { type: 'string', default: String(LEAST_BALLOTS) },
      reports: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const least = Number(values.least)
  if (values.help === true) {
    console.log(USAGE)
    return BALANCED
  }
  if (!Number.isInteger(least) || least < LEAST_BALLOTS) throw new Error(USAGE)
  const config = readConfig(process.env)
  const connection = await visitAsTally(config, { log: pino({ level: 'silent' }) })
  try {
    const folder = values.keys === undefined ? join(config.dataDir, 'tally') : resolve(values.keys)
    await publishReportKey(connection.db, folder)
    if (values.reports !== undefined) {
      const count = await fetchReports(connection.db, folder, resolve(values.reports))
      console.log(`取出检举控告 / reports taken out\t${count} 件`)
      return BALANCED
    }
    const now = (): string => new Date().toISOString()
    const tallied = await runTally({ db: connection.db, folder, least, now, today: () => dayOf(now()) })
    tell(tallied)
    return tallied.account.balanced ? BALANCED : UNBALANCED
  } finally {
    await connection.close()
  }
}

function tell({ batches, ballots, carried, destroyed, account }: Tallied): void {
  console.log(`本次计票 / counted now\t${batches} 组 / groups\t${ballots} 张 / ballots`)
  if (carried > 0) console.log(`转入本期密钥 / sealed to the new key\t${carried} 张 / ballots`)
  for (const id of destroyed) console.log(`已销毁密钥 / key destroyed\t${id}`)
  const { issued, used, expired, open, counted, waiting, balanced } = account
  console.log(`发出 ${issued} = 已评 ${used} + 未评价 ${expired} + 未到期 ${open} / issued = used + unrated + open`)
  console.log(`已评 ${used} = 已计 ${counted} + 待计 ${waiting} / used = counted + waiting`)
  console.log(balanced ? '✓ 账目相符，已签署 / balanced and signed' : '✗ 账目不符，已签署 / does not balance; signed')
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(`没有计票 / not counted: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = NOT_COUNTED
}
