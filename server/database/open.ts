import type { Config } from '../config.ts'
import { APP_ROLE, type Cluster, ClusterRefused, holdsCluster, joinCluster, startCluster } from './cluster.ts'
import { connect, type Connection, type ConnectionConfig } from './connect.ts'
import type { Log } from './log.ts'
import { migrate, MIGRATIONS_FOLDER } from './migrate.ts'
import { checkRunningRole, type Roles, rolesFromUrls } from './roles.ts'
import { checkSettings } from './settings.ts'

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

function externalRoles(config: Config): Roles {
  return rolesFromUrls(config.databaseUrl ?? '', config.databaseOwnerUrl ?? undefined)
}
