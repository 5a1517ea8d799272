import { sql } from 'kysely'
import type { Trx } from '../../database/connect.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Reader } from '../../module.ts'
import type { Counts } from '../counts.ts'
import { followUps } from '../projections.ts'
import { groupOf, hallRegister } from '../rating.ts'
import '../tables.ts'
import type { FollowCounterState, WrittenBatch } from './bad-batch.ts'

export type ReadBatch = WrittenBatch & { readonly id: string }

interface BatchRow {
  readonly id: string
  readonly grp: string
  readonly day: string
  readonly counts: Counts
  readonly of_hall: boolean
}

const batchRow = sql`
  b.id, b.grp, b.day::text as day, b.counts,
  exists (select from units u where u.id = split_part(b.grp, '/', 1) and u.kind = 'hall') as of_hall
`

function batchOf({ id, grp, day, counts, of_hall: ofHall }: BatchRow): ReadBatch {
  return { id, group: groupOf(grp), day, counts, ofHall }
}

/** Batches that nobody has looked at yet, by id: a page of them. */
export async function batchesToRead(
  db: Reader,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<ReadBatch[]> {
  const { rows } = await sql<BatchRow>`
    select ${batchRow} from rating_batches b
    where not exists (select from rating_batches_read r where r.batch = b.id) and (${after}::uuid is null or b.id > ${after}::uuid)
    order by b.id limit ${limit}
  `.execute(db)
  return rows.map(batchOf)
}

/** Marks these as looked at; answers with those that nobody had. */
export async function markRead(trx: Trx, batches: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ batch: string }>`
    insert into rating_batches_read (batch) select unnest(${batches}::uuid[]) on conflict do nothing returning batch
  `.execute(trx)
  return rows.map(({ batch }) => batch)
}

/** The number of the tally's last statement: each run ends with one, so the same number means that nothing was counted since. */
export async function lastStatement(db: Reader): Promise<number> {
  const found = await sql<{ seq: string }>`select coalesce(max(seq), 0) as seq from rating_accounts`.execute(db)
  return Number(found.rows[0]?.seq ?? 0)
}

async function readBatch(db: Reader, id: string): Promise<ReadBatch | null> {
  const { rows } = await sql<BatchRow>`select ${batchRow} from rating_batches b where b.id = ${id}::uuid`.execute(db)
  return rows[0] === undefined ? null : batchOf(rows[0])
}

/** The register of the hall; none where it is no batch of a hall, which the decision then refuses. */
export async function registersOfBatch(db: Reader, id: string): Promise<string[]> {
  const batch = await readBatch(db, id)
  return batch?.ofHall === true ? [hallRegister(batch.group.hall)] : []
}

/** `there` says that the batch has its follow-up already: a batch has one, under its own id. */
export async function loadFollowCounter(trx: Trx, id: string): Promise<FollowCounterState> {
  return { batch: await readBatch(trx, id), there: (await loadStates(trx, followUps, [id])).has(id) }
}
