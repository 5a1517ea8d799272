import { sql } from 'kysely'
import { type Db, inTransaction } from '../database/connect.ts'
import type { Json, Reader } from '../module.ts'
import { canonicalText, entryHash, NOTHING_BEFORE } from './entry.ts'
import { fault, type LedgerFault } from './fault.ts'

/** What is written down of a read, a sign-in, a refusal or a device fault. Never content, never a name. */
export interface ActivityRecord {
  readonly at: string
  readonly kind: 'read' | 'sign-in' | 'sign-out' | 'refusal' | 'device'
  readonly person: string | null
  readonly station: string | null
  /** What it was about: an id, a code, a route. */
  readonly about: string
  readonly outcome: string
}

export interface ActivityLog {
  /** Resolves when the record is on disk; a read of sealed data waits for this. */
  record(record: ActivityRecord): Promise<void>
  /** Writes what is waiting. */
  close(): Promise<void>
}

/** Records that gather while the last group is being written go together; at most this many. */
const RECORDS_A_GROUP = 500

/** Appends in groups, so that reads never queue up behind one disk flush each. Never takes a register's lock. */
export function openActivityLog(db: Db): ActivityLog {
  let waiting: { record: ActivityRecord; done: () => void; failed: (error: unknown) => void }[] = []
  let writing: Promise<void> | null = null

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting.slice(0, RECORDS_A_GROUP)
      waiting = waiting.slice(RECORDS_A_GROUP)
      try {
        await appendGroup(
          db,
          group.map((one) => one.record),
        )
        for (const one of group) one.done()
      } catch (error) {
        for (const one of group) one.failed(error)
      }
    }
    writing = null
  }

  return {
    record: (record) =>
      new Promise((done, failed) => {
        waiting.push({ record, done, failed })
        writing ??= drain()
      }),
    close: async () => {
      await writing
    },
  }
}

async function appendGroup(db: Db, records: readonly ActivityRecord[]): Promise<void> {
  await inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('activity', 3))`.execute(trx)
    const head = await sql<{
      seq: number
      hash: Buffer
    }>`select seq, hash from activity order by seq desc limit 1`.execute(trx)
    let seq = head.rows[0]?.seq ?? 0
    let prev = head.rows[0]?.hash ?? NOTHING_BEFORE
    const rows = records.map((record) => {
      seq += 1
      const text = canonicalText({ seq, ...record } as Json)
      const row = { seq, at: record.at, text, prev, hash: entryHash('sha256', prev, text) }
      prev = row.hash
      return row
    })
    await sql`
      insert into activity (seq, at, text, prev, hash)
      select * from unnest(${rows.map((row) => row.seq)}::bigint[], ${rows.map((row) => row.at)}::timestamptz[],
        ${rows.map((row) => row.text)}::text[], ${rows.map((row) => row.prev)}::bytea[], ${rows.map((row) => row.hash)}::bytea[])
    `.execute(trx)
  })
}

const ROWS_A_PAGE = 5_000

/** The first record that is not as it was written, if any. */
export async function verifyActivity(db: Reader): Promise<LedgerFault | null> {
  let prev: Buffer = NOTHING_BEFORE
  let seq = 0
  for (;;) {
    const page = await sql<{ seq: number; text: string; prev: Buffer; hash: Buffer }>`
      select seq, text, prev, hash from activity where seq > ${seq} order by seq limit ${ROWS_A_PAGE}
    `.execute(db)
    if (page.rows.length === 0) return null
    for (const row of page.rows) {
      seq += 1
      const holds = row.seq === seq && row.prev.equals(prev) && row.hash.equals(entryHash('sha256', prev, row.text))
      if (!holds)
        return fault(
          'activity',
          seq,
          `活动日志第 ${seq} 条不符`,
          `activity log: record ${seq} is not as it was written`,
        )
      prev = row.hash
    }
  }
}
