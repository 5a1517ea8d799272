import pg from 'pg'
import type { ConnectionConfig } from './connect.ts'
import { DatabaseRefused } from './refused.ts'

/** Two ways into one database: who migrates, and who runs. */
export interface Roles {
  readonly owner: ConnectionConfig
  readonly app: ConnectionConfig
  /** The running server's role name, for the grants in migrations. */
  readonly appRole: string
}

/**
 * Roles from the environment. Throws `DatabaseRefused` (`one-role`) unless two different roles are named: who owns a table may change and
 * delete in it, so an owner that runs the server could rewrite the registers, triggers or not.
 */
export function rolesFromUrls(databaseUrl: string, databaseOwnerUrl: string | undefined): Roles {
  const app: ConnectionConfig = { connectionString: databaseUrl }
  const appRole = userOf(app)
  if (databaseOwnerUrl === undefined || userOf({ connectionString: databaseOwnerUrl }) === appRole) {
    throw new DatabaseRefused('one-role', {
      zh: '只有一个数据库角色不行：表的所有者能改、能删台账，触发器也拦不住。请另建一个角色，用 DATABASE_OWNER_URL 指定所有者（仅用于迁移），用 DATABASE_URL 指定运行角色。',
      en: 'One database role is not enough: the owner of a table may change and delete in a register, whatever the triggers say. Make a second role; name the owner in DATABASE_OWNER_URL (it only migrates) and the running role in DATABASE_URL.',
    })
  }
  return { owner: { connectionString: databaseOwnerUrl }, app, appRole }
}

/** Which role a way in names. */
export function userOf(config: ConnectionConfig): string {
  return new pg.Client(config).user ?? ''
}

/**
 * Looks, as the running role, at what migrations have left: the same database at the same schema, and nothing this role owns or could come to
 * own. Throws `DatabaseRefused` (`schema-elsewhere`, `role-too-strong`).
 */
export async function checkRunningRole(pool: pg.Pool, schema: number): Promise<void> {
  const { rows: there } = await pool.query<{ migrated: boolean }>(
    "select to_regclass('migrations') is not null as migrated",
  )
  const { rows: at } =
    there[0]?.migrated === true
      ? await pool.query<{ schema: number | null }>('select max(number) as schema from migrations')
      : { rows: [] }
  if (at[0]?.schema !== schema) {
    throw new DatabaseRefused('schema-elsewhere', {
      zh: 'DATABASE_URL 与 DATABASE_OWNER_URL 指向的不是同一个数据库。',
      en: 'DATABASE_URL and DATABASE_OWNER_URL do not name the same database.',
    })
  }
  const { rows: owned } = await pool.query<{ name: string }>(
    `select relname as name from pg_class
     where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and pg_has_role(current_user, relowner, 'member')
     order by relname limit 1`,
  )
  if (owned[0] !== undefined) {
    throw new DatabaseRefused('role-too-strong', {
      zh: `运行角色对表 ${owned[0].name} 有所有者权限（超级用户、所有者或其成员），可以改写台账。请换用没有这些权限的角色。`,
      en: `The running role has an owner's power over table ${owned[0].name} (superuser, owner or a member of it) and could rewrite registers. Use a role without it.`,
    })
  }
}
