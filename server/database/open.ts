import type { Config } from '../config.ts'
import {
  APP_ROLE,
  type Cluster,
  ClusterRefused,
  holdsCluster,
  joinCluster,
  startCluster,
  TALLY_ROLE,
} from './cluster.ts'
import { connect, type Connection, type ConnectionConfig } from './connect.ts'
import type { Log } from './log.ts'
import { migrate, MIGRATIONS_FOLDER } from './migrate.ts'
import { DatabaseRefused } from './refused.ts'
import { checkRunningRole, type Roles, rolesFromUrls, userOf } from './roles.ts'
import { checkSettings } from './settings.ts'
import { grantTally } from './tally-role.ts'

export interface OpenDatabase {
  /** As the running server. */
  readonly app: Connection
  readonly appConfig: ConnectionConfig
  readonly ownerConfig: ConnectionConfig
  /** Resolves when the embedded PostgreSQL is lost for good; never for a database that is not ours to run. */
  readonly lost: Promise<ClusterRefused>
  close(): Promise<void>
}

export interface OpenOptions {
  readonly log: Log
  /** For demonstrations and tests: also on a disk that does not last. */
  readonly allowUnlasting?: boolean
  /** Where the embedded one is being started already; whoever opens the database then stops it. */
  readonly cluster?: Promise<Cluster>
}

/**
 * The database that the settings name, at this program's schema, checked for settings that could lose what was acknowledged.
 * @throws DatabaseRefused with words for people
 */
export async function openDatabase(
  config: Config,
  { log, allowUnlasting = false, cluster: begun }: OpenOptions,
): Promise<OpenDatabase> {
  const cluster =
    config.databaseUrl === null ? await (begun ?? startCluster({ dataDir: config.dataDir, log, allowUnlasting })) : null
  try {
    const roles =
      cluster === null ? externalRoles(config) : { owner: cluster.owner, app: cluster.app, appRole: APP_ROLE }
    const { schema } = await migrate({ ...roles, folder: MIGRATIONS_FOLDER, log })
    const tallyRole = cluster === null ? roleIn(config.databaseTallyUrl) : TALLY_ROLE
    if (tallyRole !== null) await grantTally(roles.owner, tallyRole)
    const app = connect(roles.app, { log })
    try {
      await checkSettings(app.pool)
      await checkRunningRole(app.pool, schema)
    } catch (error) {
      await app.close()
      throw error
    }
    return {
      app,
      appConfig: roles.app,
      ownerConfig: roles.owner,
      lost: cluster?.lost ?? new Promise(() => undefined),
      close: async () => {
        await app.close()
        await cluster?.stop()
      },
    }
  } catch (error) {
    await cluster?.stop()
    throw error
  }
}

/**
 * For programs beside the server: enters the database as its owner, without time limits; starts the embedded one only when no server
 * runs it. Nothing is migrated, and nothing is made where there is none.
 * @throws ClusterRefused also `no-store`
 */
export async function visitDatabase(config: Config, { log }: Pick<OpenOptions, 'log'>): Promise<Connection> {
  if (config.databaseUrl !== null) return connect(externalRoles(config).owner, { log, unlimited: true })
  const joined = await joinCluster(config.dataDir)
  if (joined !== undefined) return connect(joined.owner, { log, unlimited: true })
  if (!(await holdsCluster(config.dataDir)))
    throw new ClusterRefused('no-store', {
      zh: `${config.dataDir} 里没有数据库。请用 DATA_DIR 指明正在使用的目录（演示数据在 DATA_DIR 下的 demo 目录）；什么也没有新建。`,
      en: `There is no database in ${config.dataDir}. Say with DATA_DIR which folder is in use (a demonstration keeps its data in the folder demo under it); nothing was made.`,
    })
  const cluster = await startCluster({ dataDir: config.dataDir, log, allowUnlasting: true })
  const connection = connect(cluster.owner, { log, unlimited: true })
  return {
    ...connection,
    close: async () => {
      await connection.close()
      await cluster.stop()
    },
  }
}

/**
 * For the tally, a program beside the server: enters the database as its own role, which counts sealed ballots and sees nobody who was served.
 * @throws ClusterRefused as `visitDatabase`; DatabaseRefused `no-tally-role`
 */
export async function visitAsTally(config: Config, { log }: OpenOptions): Promise<Connection> {
  if (config.databaseUrl !== null) {
    if (config.databaseTallyUrl === null)
      throw new DatabaseRefused('no-tally-role', {
        zh: '计票要用单独的数据库角色：请另建一个登录角色，用 DATABASE_TALLY_URL 指明，重启服务后再计票。',
        en: 'The tally has a database role of its own: make one that may log in, name it in DATABASE_TALLY_URL, and start the server anew before counting.',
      })
    return connect({ connectionString: config.databaseTallyUrl }, { log, unlimited: true })
  }
  const owner = await visitDatabase(config, { log })
  try {
    const joined = await joinCluster(config.dataDir)
    if (joined === undefined) throw new Error('the database is not there')
    const tally = connect(joined.tally, { log, unlimited: true })
    return {
      ...tally,
      close: async () => {
        await tally.close()
        await owner.close()
      },
    }
  } catch (error) {
    await owner.close()
    throw error
  }
}

function roleIn(url: string | null): string | null {
  return url === null ? null : userOf({ connectionString: url })
}

function externalRoles(config: Config): Roles {
  return rolesFromUrls(config.databaseUrl ?? '', config.databaseOwnerUrl ?? undefined)
}
