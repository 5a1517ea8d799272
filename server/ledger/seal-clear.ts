import { sql } from 'kysely'
import { type ConnectionConfig, connect, type Db, inTransaction } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import { type ContentKey, SealBroken } from './content-key.ts'
import { openRow, sealedRow, type StoredPersonal } from './personal.ts'

const ROWS_AT_ONCE = 500
/** Stands as the table's comment from before its first row is sealed until its file was written anew. */
const DUE = 'the file may still keep what stood here in clear'

/**
 * Seals the personal content that stands in clear from before there was a key for it, some hundred rows a transaction: where it is cut off, the
 * next start goes on. Afterwards the table is written anew as its owner, so that its file on disk does not keep what stood there; where only that was
 * cut off, the next start does it.
 * @returns how many rows were sealed now
 * @throws ContentKeyMissing when what is sealed already was sealed with other keys: going on would mix two installations
 */
export async function sealClear(
  db: Db,
  owner: ConnectionConfig,
  { key, log }: { readonly key: ContentKey; readonly log: Log },
): Promise<number> {
  await mustBeOurs(db)
  const { rows } = await sql<{ clear: boolean; due: boolean }>`
    select exists (select from personal where content is not null) as clear,
      coalesce(obj_description('personal'::regclass, 'pg_class') = ${DUE}, false) as due
  `.execute(db)
  const [found] = rows
  if (found === undefined || (!found.clear && !found.due)) return 0
  const connection = connect(owner, { log, max: 1, unlimited: true })
  try {
    await sql`comment on table personal is ${sql.lit(DUE)}`.execute(connection.db)
    const sealed = await sealAll(db, key)
    await sql`vacuum full personal`.execute(connection.db)
    await sql`comment on table personal is null`.execute(connection.db)
    log.info({ rows: sealed }, '个人信息已加密存放 / personal content is sealed now')
    return sealed
  } finally {
    await connection.close()
  }
}

async function sealAll(db: Db, key: ContentKey): Promise<number> {
  for (let sealed = 0; ;) {
    const now = await inTransaction(db, async (trx) => {
      const { rows } = await sql<StoredPersonal & { salt: Buffer; content: string }>`
        select ref::text, salt, content, sealed from personal where content is not null order by ref limit ${ROWS_AT_ONCE} for update
      `.execute(trx)
      if (rows.length === 0) return 0
      await sql`
        update personal set salt = null, content = null, sealed = those.sealed
        from unnest(${rows.map(({ ref }) => ref)}::uuid[], ${rows.map((row) => sealedRow(key, row))}::bytea[]) as those (ref, sealed)
        where personal.ref = those.ref
      `.execute(trx)
      return rows.length
    })
    if (now === 0) return sealed
    sealed += now
  }
}

async function mustBeOurs(db: Db): Promise<void> {
  const { rows } = await sql<StoredPersonal>`
    select ref::text, salt, content, sealed from personal where sealed is not null limit 1
  `.execute(db)
  const [one] = rows
  if (one === undefined) return
  try {
    openRow(one)
  } catch (error) {
    // Verification names the entry whose content was altered; that one row must not keep everybody out.
    if (!(error instanceof SealBroken)) throw error
  }
}
