import { sql } from 'kysely'
import { type Db, inTransaction } from '../database/connect.ts'
import type { Json, Reader } from '../module.ts'
import { canonicalText, entryHash, type HashName, NOTHING_BEFORE } from './entry.ts'

/** The activity log among the registers: the name it is signed under. No register can be called so (migrations). */
export const ACTIVITY = 'activity'
export const ACTIVITY_HASH: HashName = 'sha256'

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
      const row = { seq, at: record.at, text, prev, hash: entryHash(ACTIVITY_HASH, prev, text) }
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

/** A record as it stands in the log. */
export interface ActivityRow {
  readonly seq: number
  readonly at: string
  readonly text: string
  readonly prev: Buffer
  readonly hash: Buffer
}

/** Up to `limit` records after `after`, in order. */
export async function readActivity(db: Reader, after: number, limit: number): Promise<ActivityRow[]> {
  const found = await sql<ActivityRow>`
    select seq, at, text, prev, hash from activity where seq > ${after} order by seq limit ${limit}
  `.execute(db)
  return found.rows
}

/** How many records there are (the highest seq; gaps show in verification). */
export async function activitySize(db: Reader): Promise<number> {
  const found = await sql<{ size: number }>`select coalesce(max(seq), 0) as size from activity`.execute(db)
  return found.rows[0]?.size ?? 0
}
