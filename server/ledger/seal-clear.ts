import { sql } from 'kysely'
import { type ConnectionConfig, connect, type Db, inTransaction } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import { type ContentKey, SealBroken } from './content-key.ts'
import { openRow, sealedRow, type StoredPersonal } from './personal.ts'

const ROWS_AT_ONCE = 500

/**
 * Seals the personal content that stands in clear from before there was a key for it, some hundred rows a transaction: where it is cut off, the
 * next start goes on. Afterwards the table is written anew as its owner, so that its file on disk does not keep what stood there.
 * @returns how many rows were sealed now
 * @throws ContentKeyMissing when what is sealed already was sealed with other keys: going on would mix two installations
 */
export async function sealClear(
  db: Db,
  owner: ConnectionConfig,
  { key, log }: { readonly key: ContentKey; readonly log: Log },
): Promise<number> {
  await mustBeOurs(db)
  let sealed = 0
  for (;;) {
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
    if (now === 0) break
    sealed += now
  }
  if (sealed === 0) return 0
  const connection = connect(owner, { log, max: 1, unlimited: true })
  try {
    await sql`vacuum full personal`.execute(connection.db)
  } finally {
    await connection.close()
  }
  log.info({ rows: sealed }, '个人信息已加密存放 / personal content is sealed now')
  return sealed
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
