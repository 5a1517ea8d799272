import { randomBytes, randomInt } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDoor } from '../server/act.ts'
import { overfull } from '../server/custody/random/testing-cast.ts'
import type { House } from '../server/custody/random/testing-acts.ts'
import { DOOR_NOW, openHouse, runSequences } from '../server/custody/random/testing-run.ts'
import { APP_ROLE, removeCluster, startCluster } from '../server/database/cluster.ts'
import { connect } from '../server/database/connect.ts'
import type { Log } from '../server/database/log.ts'
import { migrate, MIGRATIONS_FOLDER } from '../server/database/migrate.ts'
import { loadKeys } from '../server/keys.ts'
import { checkpointFolderOf } from '../server/ledger/places.ts'
import { verifyStore } from '../server/ledger/verify.ts'
import { modules } from '../server/modules.ts'
import type { Measured } from './report.ts'

const SEEDS = 2 ** 31
const LANES = 4
/** Between two lines about how far it is. */
const TELL_EVERY = 250

const log: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: (fields, message) => console.error(message, fields),
}

export interface RandomActs {
  readonly sequences: number
  /** The sequences of this seed; of one by chance when it is null. */
  readonly seed: number | null
  /** The first of them. */
  readonly from: number
}

/**
 * People do things by chance through the door on a database of their own, in so many sequences; what does not hold of the cases afterwards,
 * and, when all are done, of the registers and every read table. `tell` hears the seed first.
 * @throws Broken with the seed and the fewest steps for the first sequence that breaks something
 * @throws Error when the store does not verify
 */
export async function benchRandomActs(
  { sequences, seed: given, from }: RandomActs,
  tell: (progress: string) => void,
): Promise<Measured[]> {
  const seed = given ?? randomInt(SEEDS)
  tell(`seed ${seed}, ${sequences} sequences from ${from}`)
  const dataDir = await mkdtemp(join(tmpdir(), 'clearhold-bench-random-'))
  // As root, the database account must pass through here; otherwise the cluster would be made in /var/lib.
  await chmod(dataDir, 0o711)
  const cluster = await startCluster({ dataDir, log, allowUnlasting: true })
  try {
    await migrate({ owner: cluster.owner, appRole: APP_ROLE, folder: MIGRATIONS_FOLDER, log })
    const { db, close } = connect(cluster.app, { log })
    const owner = connect(cluster.owner, { log, unlimited: true })
    try {
      const { act } = openDoor({ db, modules, causeKey: randomBytes(32), hash: 'sha256', now: () => DOOR_NOW })
      const house = await openHouse(db, act)
      const took_s = await timed(() => live(house, { seed, from, sequences }, tell))
      const keys = await loadKeys(dataDir, { hasRegisters: false })
      const { key, installation } = keys
      const folder = checkpointFolderOf(keys)
      const { registers, faults } = await verifyStore({ db: owner.db, modules, folder, key, installation })
      const wrong = [...faults.map(({ what }) => what.en), ...(await overfull(db))]
      if (wrong.length > 0) throw new Error(`seed ${seed}: ${wrong.slice(0, 20).join('; ')}`)
      const entries = registers.reduce((sum, one) => sum + one.entries, 0)
      const against = `${sequences} sequences, ${entries} entries in ${Math.round(took_s)} s, seed ${seed}; none allowed`
      return [{ bench: 'random-acts broken', value: 0, unit: 'sequences', against, ratio: null }]
    } finally {
      await owner.close()
      await close()
    }
  } finally {
    await cluster.stop()
    await removeCluster({ dataDir, log })
    await rm(dataDir, { recursive: true })
  }
}

async function live(
  house: House,
  run: { readonly seed: number; readonly from: number; readonly sequences: number },
  tell: (progress: string) => void,
): Promise<void> {
  const told = (done: number): void => {
    if (done % TELL_EVERY === 0) tell(`${done} of ${run.sequences}`)
  }
  const { facts, refusals } = await runSequences(house, { ...run, lanes: LANES, told })
  for (const counted of [facts, refusals])
    tell(
      [...counted]
        .sort(([, a], [, b]) => b - a)
        .map(([name, times]) => `${name} ${times}`)
        .join(', '),
    )
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1_000
}
