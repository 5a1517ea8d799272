import { sql } from 'kysely'
import { type Db, inTransaction, type Trx } from '../../database/connect.ts'
import { newId } from '../../id.ts'
import type { Reader } from '../../module.ts'
import { CLAIM_MS, KEEP_DAYS, type MessageState, type Standing } from '../../outbox/outbox.ts'
import type { Page } from '../../schemas.ts'
import { yearTable } from '../seeing/year.ts'
import '../tables.ts'

/** What is uploaded of a hall and a year: the lines of its export, which are sums of released counts. */
export interface UploadBody {
  readonly v: 1
  readonly id: string
  readonly at: string
  readonly hall: string
  readonly year: number
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface ClaimedUpload {
  readonly id: string
  readonly body: string
  readonly attempts: number
}

const MS_A_DAY = 86_400_000
const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString()
const REPLACED = '已由较新的计票结果代替 / newer counts take its place'

/**
 * Makes an upload of each hall and year of which more was counted than the last one held, or of which nothing was made since it goes where it goes now:
 * a new address knows nothing of what went to another. One that has not arrived is given up: the newer one holds all
 * that it did. Figures move with whole batches alone, so no two uploads differ by fewer votes than a batch has (R22).
 * @param since when it was last said where they go
 * @returns how many were made
 */
export async function gatherUploads(
  db: Db,
  { now, since }: { readonly now: string; readonly since: string },
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const mine = await sql<{ ok: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended('upload gather', 5)) as ok
    `.execute(trx)
    if (mine.rows[0]?.ok !== true) return 0
    const { rows } = await sql<{ hall: string; year: number; counted: number }>`
      with released as (
        select u.id as hall, extract(year from b.day)::int as year, sum(b.n)::int as counted
        from units u join rating_batches b on split_part(b.grp, '/', 1) = u.id where u.kind = 'hall' group by 1, 2
      )
      select r.hall, r.year, r.counted from released r
      where not exists (select from uploads_sent s where s.hall = r.hall and s.year = r.year and s.counted = r.counted
        and s.made_at >= ${since}::timestamptz)
      order by r.hall, r.year
    `.execute(trx)
    for (const { hall, year, counted } of rows) {
      const { title, columns, rows: lines } = await yearTable(trx, hall, year, now, 'zh')
      const id = newId()
      const body: UploadBody = {
        ...{ v: 1, id, at: now, hall, year, title: title.zh },
        columns: columns.map(({ zh }) => zh),
        rows: lines.map((line) => line.map(String)),
      }
      await sql`
        update uploads_sent set state = 'given-up', next_at = null, words = ${REPLACED}
        where hall = ${hall} and year = ${year} and next_at is not null
      `.execute(trx)
      await sql`
        insert into uploads_sent (id, hall, year, counted, body, state, attempts, made_at, next_at)
        values (${id}, ${hall}, ${year}, ${counted}, ${JSON.stringify(body)}, 'waiting', 0, ${now}, ${now})
      `.execute(trx)
    }
    // The last one of a hall and year stays: by it is known what was uploaded.
    await sql`
      delete from uploads_sent s where next_at is null and made_at < ${later(now, -KEEP_DAYS * MS_A_DAY)}::timestamptz
        and exists (select from uploads_sent l where l.hall = s.hall and l.year = s.year and l.made_at > s.made_at)
    `.execute(trx)
    return rows.length
  })
}

/** Takes uploads that are to go out now. The try is counted before it is made, as with messages. */
export async function claimUploads(db: Db, now: string, limit: number): Promise<ClaimedUpload[]> {
  const found = await sql<ClaimedUpload>`
    update uploads_sent set attempts = attempts + 1, tried_at = ${now}, next_at = ${later(now, CLAIM_MS)}
    where id in (
      select id from uploads_sent where next_at <= ${now}::timestamptz
      order by next_at, id limit ${limit} for update skip locked
    )
    returning id, body, attempts
  `.execute(db)
  return found.rows
}

/** Marks what came of a try, unless somebody else has it in hand meanwhile. */
export async function markUpload(
  db: Db,
  { id, attempts }: Pick<ClaimedUpload, 'id' | 'attempts'>,
  { state, nextAt }: Standing,
  words: string,
): Promise<void> {
  await sql`
    update uploads_sent set state = ${state}, next_at = ${nextAt}, words = ${words}
    where id = ${id} and attempts = ${attempts} and next_at is not null
  `.execute(db)
}

/** To be sent again now, under its id, with all its tries before it; false for none such, one on its way, and one that newer counts have replaced. */
export async function uploadAgain(trx: Trx, id: string, now: string): Promise<boolean> {
  const changed = await sql`
    update uploads_sent s set state = 'waiting', attempts = 0, next_at = ${now}
    where id = ${id} and state in ('delivered', 'given-up', 'failed')
      and not exists (select from uploads_sent l where l.hall = s.hall and l.year = s.year and l.id > s.id)
      and not coalesce(next_at = tried_at + ${CLAIM_MS} * interval '1 millisecond' and next_at > ${now}::timestamptz, false)
  `.execute(trx)
  return changed.numAffectedRows === 1n
}

export interface UploadRow {
  readonly id: string
  readonly hall: string
  readonly year: number
  readonly counted: number
  readonly state: MessageState
  readonly attempts: number
  readonly made_at: string
  readonly tried_at: string | null
  readonly next_at: string | null
  readonly words: string | null
}

/** Uploads, the newest first; never what they hold. */
export async function listUploads(db: Reader, { limit, after }: Page): Promise<UploadRow[]> {
  const found = await sql<UploadRow>`
    select id, hall, year, counted, state, attempts, made_at, tried_at, next_at, words from uploads_sent
    where ${after}::uuid is null or id < ${after}::uuid order by id desc limit ${limit}
  `.execute(db)
  return found.rows
}
