import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { TOLD_IN } from '../../kiosk/journeys/told-once.ts'
import { APP_ROLE, type ClusterAccess, removeCluster, startCluster, TALLY_ROLE } from './cluster.ts'
import type { Log } from './log.ts'
import { migrate, MIGRATIONS_FOLDER } from './migrate.ts'
import { grantTally } from './tally-role.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's cluster, or in words why there is none: only tests that need it then fail. */
    readonly cluster: ClusterAccess | { readonly failed: string }
  }
}

const PREFIX = 'clearhold-test-'
/** Younger folders may belong to a run that is just starting. */
const LEFT_OVER_AFTER_MS = 3_600_000

const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** One cluster for a whole run: its database `clearhold`, migrated once, is the template that test databases are cloned from. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftOvers()
  const dataDir = await mkdtemp(join(tmpdir(), PREFIX))
  // As root, the database account must pass through here; otherwise the cluster would be made in /var/lib.
  await chmod(dataDir, 0o711)
  const options = { dataDir, log: quiet, allowUnlasting: true }
  // Told when a test first asks for it.
  process.env[TOLD_IN] = join(dataDir, 'told-once')
  let stop = async (): Promise<void> => undefined
  try {
    const cluster = await startCluster(options)
    stop = cluster.stop
    const { owner, app, tally, superuser } = cluster
    await migrate({ owner, appRole: APP_ROLE, folder: MIGRATIONS_FOLDER, log: quiet })
    await grantTally(owner, TALLY_ROLE)
    project.provide('cluster', { owner, app, tally, superuser })
  } catch (error) {
    project.provide('cluster', { failed: error instanceof Error ? error.message : String(error) })
  }
  return async () => {
    await stop()
    await removeCluster(options)
    await rm(dataDir, { recursive: true })
  }
}

/** What killed runs left behind, their PostgreSQL included. */
async function removeLeftOvers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const dataDir = join(tmpdir(), name)
    const found = await stat(dataDir).catch(() => undefined)
    if (found === undefined || found.uid !== process.getuid?.() || Date.now() - found.mtimeMs < LEFT_OVER_AFTER_MS)
      continue
    const removed = await removeCluster({ dataDir, log: quiet }).then(
      () => true,
      () => false,
    )
    if (removed) await rm(dataDir, { recursive: true, force: true })
  }
}
