import { join } from 'node:path'
import type { Cluster } from '../database/cluster.ts'
import { dayOf } from '../clock/calendar.ts'
import { connect } from '../database/connect.ts'
import type { Server } from '../main.ts'
import { publishReportKey } from '../rating/reports.ts'
import { runTally } from '../rating/tally.ts'
import { openPlainLog } from './plain-log.ts'

const MATTERS = [
  ['invoice', '发票领用'],
  ['declare', '纳税申报'],
] as const

/** Clerks at their counters, what is done there, and the tally's key: without it nobody could rate. With `--keep` all of it is there already. */
export async function openHall({ deps }: Server, cluster: Promise<Cluster>, dataDir: string): Promise<void> {
  const known = await deps.db.selectFrom('rating_keys').select('id').limit(1).execute()
  if (known.length > 0) return
  const tally = connect((await cluster).tally, { log: openPlainLog(), unlimited: true })
  const now = (): string => new Date().toISOString()
  const folder = join(dataDir, 'tally')
  const publishing = Promise.all([
    runTally({ db: tally.db, folder, now, today: () => dayOf(now()) }),
    publishReportKey(tally.db, folder),
  ])
  const opening = (async () => {
    for (const [matter, name] of MATTERS)
      await deps.act(
        { person: 'feng-yan' },
        { type: 'rating.list-matter', hall: 'hall-1', matter, name },
        { cause: `demo matter ${matter}` },
      )
    for (const [clerk, counter] of [
      ['wu-xia', 'counter-1'],
      ['zheng-kai', 'counter-2'],
    ] as const)
      await deps.act({ person: clerk }, { type: 'rating.sign-on', counter }, { cause: `demo ${counter}` })
  })()
  try {
    await Promise.all([publishing, opening])
  } finally {
    await tally.close()
  }
}
