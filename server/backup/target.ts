import { sql } from 'kysely'
import { APP_ROLE, removeCluster, startCluster } from '../database/cluster.ts'
import { connect, type ConnectionConfig, inTransaction } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import type { Roles } from '../database/roles.ts'
import { BackupRefused } from './refused.ts'
import { filledTables, readTables } from './tables.ts'

/** The database that a restore goes into. */
export interface Target extends Roles {
  /** Lets go of it as it is. */
  close(): Promise<void>
  /** Takes away everything that the restore put there. */
  discard(): Promise<void>
}

export interface TargetOptions {
  readonly dataDir: string
  /** null: a cluster of our own in `dataDir`. */
  readonly roles: Roles | null
  readonly log: Log
  readonly allowUnlasting: boolean
}

/** What stands in the schema `public` and came with no extension; names as SQL writes them. */
const objects = sql`
  select format('%I', relname) as name,
    case when relkind in ('r', 'p') then 'table' else 'other' end as kind
  from pg_class c
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'S', 'm', 'f') and not relispartition
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  union all
  select p.oid::regprocedure::text, 'function'
  from pg_proc p
  where pronamespace = 'public'::regnamespace
    and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
`

/**
 * Looks at the database of a restore without touching it. One of our own is made only later.
 * @throws BackupRefused `target-not-empty`
 */
export async function lookAtDatabase({ roles, log }: TargetOptions): Promise<void> {
  if (roles === null) return
  const { db, close } = connect(roles.owner, { log, unlimited: true })
  try {
    const found = await sql<{ objects: string[]; ours: boolean }>`
      select coalesce(jsonb_agg(name order by name), '[]') as objects, to_regclass('registers') is not null as ours
      from (${objects}) as object
    `.execute(db)
    const { objects: names = [], ours = false } = found.rows[0] ?? {}
    // A start that went no further than migrating left tables without a row.
    const filled = ours ? await filledTables(db, await readTables(db)) : names
    if (filled.length === 0) return
    throw new BackupRefused('target-not-empty', {
      zh: `数据库不是空的（已有 ${filled.join('、')}），未作任何改动。请恢复到新建的空数据库。`,
      en: `The database is not empty (${filled.join(', ')}); nothing was touched. Restore into a new, empty database.`,
    })
  } finally {
    await close()
  }
}

/** Opens an empty database for a restore; whoever calls has looked at it. */
export async function openTarget({ dataDir, roles, log, allowUnlasting }: TargetOptions): Promise<Target> {
  if (roles !== null) {
    await emptyDatabase(roles.owner, log)
    return { ...roles, close: async () => undefined, discard: () => emptyDatabase(roles.owner, log) }
  }
  const cluster = await startCluster({ dataDir, log, allowUnlasting })
  return {
    owner: cluster.owner,
    app: cluster.app,
    appRole: APP_ROLE,
    close: cluster.stop,
    discard: async () => {
      await cluster.stop()
      await removeCluster({ dataDir, log })
    },
  }
}

/** Takes away the tables and functions that migrations made, rows and all. */
async function emptyDatabase(owner: ConnectionConfig, log: Log): Promise<void> {
  const { db, close } = connect(owner, { log, unlimited: true })
  try {
    await inTransaction(db, async (trx) => {
      // A table takes its triggers along, and nothing else holds a function.
      const made = await sql<{ kind: string; name: string }>`
        select kind, name from (${objects}) as object where kind in ('table', 'function') order by kind desc
      `.execute(trx)
      for (const { kind, name } of made.rows) await sql.raw(`drop ${kind} ${name} cascade`).execute(trx)
    })
  } finally {
    await close()
  }
}
