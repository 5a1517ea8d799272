import { sql } from 'kysely'
import type { Act, ActOptions } from '../act.ts'
import { dayOf } from '../clock/calendar.ts'
import { connect, type ConnectionConfig, type Db } from '../database/connect.ts'
import { publishReportKey } from '../rating/reports.ts'
import { runTally } from '../rating/tally.ts'
import { openPlainLog } from './plain-log.ts'

const MATTERS = [
  ['invoice', '发票领用'],
  ['declare', '纳税申报'],
] as const

/** Clerks, each at a counter of the hall. */
export const COUNTERS = [
  ['wu-xia', 'counter-1'],
  ['zheng-kai', 'counter-2'],
] as const
export const HALL_HEAD = 'feng-yan'

/** What is done in the hall, and who sits where. */
export async function settleHall(act: Act, told: (cause: string) => ActOptions): Promise<void> {
  for (const [matter, name] of MATTERS)
    await act(
      { person: HALL_HEAD },
      { type: 'rating.list-matter', hall: 'hall-1', matter, name },
      told(`demo matter ${matter}`),
    )
  for (const [clerk, counter] of COUNTERS)
    await act({ person: clerk }, { type: 'rating.sign-on', counter }, told(`demo ${counter}`))
}

/** What opening a hall stands on. */
export interface HallGround {
  readonly db: Db
  readonly act: Act
  readonly tally: ConnectionConfig
  /** Where the tally keeps its keys. */
  readonly folder: string
  readonly present: string
}

/** With `--keep` the hall is there already. */
export async function isHallOpen(db: Db): Promise<boolean> {
  return (await db.selectFrom('rating_keys').select('id').limit(1).execute()).length > 0
}

/** What is counted while the past is told was dealt with then: it makes no follow-ups for the counters of today. */
export async function passOverCounted(db: Db): Promise<void> {
  await sql`insert into rating_batches_read (batch) select id from rating_batches on conflict do nothing`.execute(db)
}

/** Clerks at their counters, what is done there, and the tally's key: without it nobody could rate. */
export async function openHall({ act, tally: config, folder, present }: HallGround): Promise<void> {
  const tally = connect(config, { log: openPlainLog(), unlimited: true })
  try {
    await Promise.all([
      runTally({ db: tally.db, folder, now: () => present, today: () => dayOf(present) }),
      publishReportKey(tally.db, folder),
      settleHall(act, (cause) => ({ cause })),
    ])
  } finally {
    await tally.close()
  }
}
