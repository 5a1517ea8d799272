/** A process that keeps the clocks of a database at a standing time, for a test to kill. Takes all as JSON, the key in base64. */

import { openDoor } from '../act.ts'
import { connect, type ConnectionConfig } from '../database/connect.ts'
import { openLog } from '../log.ts'
import { modules, triggers } from '../modules.ts'
import { keepClocks } from './keeper.ts'

const { config, at, pepper } = JSON.parse(process.argv[2] ?? '') as {
  config: ConnectionConfig
  at: string
  pepper: string
}
const log = openLog('info')
const { db } = connect(config, { log })
const now = (): string => at
const door = openDoor({ db, modules, causeKey: Buffer.from(pepper, 'base64'), hash: 'sha256', now })
keepClocks({ db, ...door, triggers, now, log }, () => () => undefined)
