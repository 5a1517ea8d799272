/** A process that sends what a database has to send, once, at a standing time, for a test to kill. Takes all as JSON. */

import { connect, type ConnectionConfig } from '../database/connect.ts'
import { contentKeyOf } from '../ledger/content-key.ts'
import { openLog } from '../log.ts'
import { turnOutbox } from './keeper.ts'
import { webhookWay } from './webhook.ts'

const { config, at, url, secret, pepper } = JSON.parse(process.argv[2] ?? '') as {
  config: ConnectionConfig
  at: string
  url: string
  secret: string
  /** Of the installation, in base64: opens the addresses. */
  pepper: string
}
contentKeyOf(Buffer.from(pepper, 'base64'))
const log = openLog('info')
const { db } = connect(config, { log })
const now = (): string => at
await turnOutbox({ db, ways: [webhookWay({ url, secret }, now)], site: null, now, log })
