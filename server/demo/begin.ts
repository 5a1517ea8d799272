import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, ConfigRefused, readConfig } from '../config.ts'
import { type Cluster, removeCluster, startCluster } from '../database/cluster.ts'
import type { Log } from '../database/log.ts'
import { openDataDir } from '../database/place.ts'
import { openLog } from '../log.ts'
import { openPlainLog } from './plain-log.ts'
import { refuseTakenPort } from './port.ts'

/** What the demonstration stands on. */
export interface Begun {
  readonly config: Config
  readonly log: Log
  /** Whether thirteen weeks of a hall's votes are told too. */
  readonly votes: boolean
  /** Whether a province is told around it: its offices, halls and their votes. */
  readonly province: boolean
  /** Being started; a failure shows where it is awaited. */
  readonly cluster: Promise<Cluster>
}

/**
 * Reads the settings, empties the demonstration's folder unless `--keep` says otherwise, and sets PostgreSQL off: it makes its files in
 * processes of its own while this one loads the program.
 * @throws ConfigRefused, ClusterRefused, and the error of `listen` for a port that is taken
 */
export async function beginDemo(): Promise<Begun> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      keep: { type: 'boolean', default: false },
      votes: { type: 'boolean', default: false },
      province: { type: 'boolean', default: false },
    },
  })
  if (values.votes && values.province)
    throw new ConfigRefused('--province', '与 --votes 只取其一 / is told without --votes')
  const base = readConfig({ ...process.env, ...(values.port === undefined ? {} : { PORT: values.port }) })
  const dataDir = join(base.dataDir, 'demo')
  const log = process.env['LOG_LEVEL'] === undefined ? openPlainLog() : openLog(base.logLevel)
  await refuseTakenPort(base)
  process.stdout.write('正在准备演示，请稍候 / preparing the demonstration …\n')
  if (!values.keep) {
    await removeCluster({ dataDir, log })
    await rm(dataDir, { recursive: true, force: true })
  }
  await openDataDir(dataDir)
  const cluster = startCluster({ dataDir, log, allowUnlasting: true })
  // Awaited where the database is opened; until then a failure must not count as unhandled.
  cluster.catch(() => undefined)
  const { votes, province } = values
  return { config: { ...base, dataDir, databaseUrl: null, databaseOwnerUrl: null }, log, votes, province, cluster }
}
