import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { signIn } from '../server/access/sign-in.ts'
import { openDoor } from '../server/act.ts'
import { readConfig } from '../server/config.ts'
import {
  APP_ROLE,
  type ClusterAccess,
  DATABASE_NAME,
  OWNER_ROLE,
  removeCluster,
  startCluster,
} from '../server/database/cluster.ts'
import { clientConfig, connect, type ConnectionConfig } from '../server/database/connect.ts'
import type { Log } from '../server/database/log.ts'
import { migrate, MIGRATIONS_FOLDER } from '../server/database/migrate.ts'
import { drawPhoto } from '../server/demo/photos.ts'
import { filesFolder, openFiles } from '../server/files/files.ts'
import { type Keys, loadKeys } from '../server/keys.ts'
import { modules } from '../server/modules.ts'
import { fill, type Filled, ITEMS_A_CASE, startOf } from './fill.ts'
import { type Place, places, settle } from './organisation.ts'

/** How large the store is that benches work in. */
export interface GroundSize {
  readonly casesInStore: number
  readonly movesAnItem: number
  /** Lists that wait at each place, in cases of twenty items. */
  readonly waiting: readonly number[]
}

export interface Ground {
  readonly dataDir: string
  readonly keys: Keys
  readonly filled: Filled
  /** The same store in a database of its own, as it was before any bench touched it. */
  readonly copy: ConnectionConfig
  /** The bearer token of each place's custodian; known to the copy too. */
  tokenOf(place: Place): string
  /** Enters the cluster that runs on `dataDir` now. */
  readonly superuser: ConnectionConfig
}

export const quietLog: Log = {
  info: () => undefined,
  warn: (fields, message) => process.stderr.write(`${message}: ${String(fields['err'] ?? '')}\n`),
  error: (fields, message) => process.stderr.write(`${message}: ${String(fields['err'] ?? '')}\n`),
}

const COPY_NAME = 'clearhold_copy'
const PHOTOS = 20
