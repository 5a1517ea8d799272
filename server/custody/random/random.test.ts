import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDoor } from '../../act.ts'
import { testDatabase, type TestDatabase } from '../../database/testing.ts'
import { loadKeys } from '../../keys.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { modules } from '../../modules.ts'
import { overfull } from './testing-cast.ts'
import { DOOR_NOW, openHouse, runSequences } from './testing-run.ts'

/** Fixed, so that every run of the tests is the same run; `npm run bench -- random-acts` takes others. */
const SEED = 20_261_123
const SEQUENCES = 30
const LANES = 2
/** Some seconds; a busy machine is waited for. */
const TEST_MS = 240_000

let database: TestDatabase
let dataDir: string
beforeEach(async () => {
  database = await testDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'clearhold-random-'))
})
afterEach(async () => {
  await database.close()
  await rm(dataDir, { recursive: true })
})

it(
  'whatever people try by chance, nobody stands on two sides, no item has two holders or none, and every account balances',
  async () => {
    const { db } = database
    const { act } = openDoor({ db, modules, causeKey: randomBytes(32), hash: 'sha256', now: () => DOOR_NOW })
    const house = await openHouse(db, act)
    const { facts, refusals } = await runSequences(house, { seed: SEED, sequences: SEQUENCES, lanes: LANES })
    const keys = await loadKeys(dataDir, { hasRegisters: false })
    const { key, installation } = keys
    const { faults } = await verifyStore({ db, modules, folder: checkpointFolderOf(keys), key, installation })
    expect(faults).toEqual([])
    expect(await overfull(db)).toEqual([])
    // A run that gets nowhere proves nothing.
    for (const type of [
      'checked-in',
      'lent',
      'disposal-approved',
      'incident-resolved',
      'sealed',
      'dispatched',
      'measure-confirmed',
      'stocktake-counted',
      'stocktake-recounted',
      'stocktake-closed',
      'post-handed-over',
      'proceeds-deposited',
      'container-lent',
      'container-returned',
    ])
      expect(facts.get(`custody.${type}`) ?? 0, type).toBeGreaterThan(0)
    // Money alone is divided into what pays and what goes back.
    const shares = await db.selectFrom('items').select('state').execute()
    expect(shares.filter(({ state }) => state.share === 'surplus').length).toBeGreaterThan(0)
    for (const code of [
      'custody.wrong-order',
      'custody.second-person-needed',
      'custody.not-your-store',
      'custody.measure-unapproved',
      'access.no-post',
    ])
      expect(refusals.get(code) ?? 0, code).toBeGreaterThan(0)
  },
  TEST_MS,
)
