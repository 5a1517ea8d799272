import { cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { connect } from '../database/connect.ts'
import { takeLock } from '../database/lock.ts'
import { MIGRATIONS_FOLDER } from '../database/migrate.ts'
import { quietLog } from '../database/testing.ts'
import { openDoor } from '../act.ts'
import { loadKeys } from '../keys.ts'
import { openActivityLog } from '../ledger/activity.ts'
import { openNote, parseCheckpoint } from '../ledger/note.ts'
import { modules } from '../modules.ts'
import { signCheckpoint } from '../ledger/checkpoint.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { refuseUnfinishedRestore } from './data-dir.ts'
import {
  RESTORES_TIMEOUT_MS,
  addUnit,
  contentOf,
  emptyTarget,
  type EmptyTarget,
  type TestStore,
  smallStore,
  filesIn,
  now,
  restoreFrom,
  tableNames,
  tamper,
} from './testing.ts'

vi.setConfig({ testTimeout: RESTORES_TIMEOUT_MS })

let store: TestStore
/** A backup of the store as it was filled. */
let file: string
let target: EmptyTarget
let backups = 0

const nextFile = (): string => join(store.folder, `${(backups += 1)}.backup`)

beforeAll(async () => {
  store = await smallStore()
  file = nextFile()
  await store.backup(file)
})
afterAll(() => store.close())
beforeEach(async () => {
  target = await emptyTarget()
})
afterEach(() => target.close())

async function expectUntouched(before: Readonly<Record<string, readonly string[]>>): Promise<void> {
  expect(await contentOf(target.database.ownerDb)).toEqual(before)
  await expect(stat(target.dataDir)).rejects.toMatchObject({ code: 'ENOENT' })
}

/** Nothing of a restore is left, in the database or in its folder. */
async function expectGone(): Promise<void> {
  expect(await tableNames(target.database.ownerDb)).toEqual([])
  await expect(stat(target.dataDir)).rejects.toMatchObject({ code: 'ENOENT' })
}

describe('a restore', () => {
  it('leaves a store that goes on: the running role continues the register, and what is signed extends what was', async () => {
    await restoreFrom(store, { file, ...target })
    const keys = await loadKeys(target.dataDir, { hasRegisters: true })
    const { signer, key, installation } = keys
    const { db } = target.database
    const sign = () => signCheckpoint({ db, folder: checkpointFolderOf(keys), signer, key, installation, now }, 'org')
    expect(await sign()).toBe(await checkpointFolderOf(store.keys).read('org'))
    await addUnit(openDoor({ db, modules, causeKey: keys.pepper, hash: 'sha256', now }), 'after-the-restore')
    expect(parseCheckpoint(openNote((await sign()) ?? '', key)).size).toBe(5)
  })

  it('goes into a database that holds nothing at all', async () => {
    const { ownerDb } = target.database
    await sql`drop schema public cascade`.execute(ownerDb)
    await sql`create schema public`.execute(ownerDb)
    expect((await restoreFrom(store, { file, ...target })).faults).toEqual([])
  })

  it('takes the keys from the backup when they are in it', async () => {
    const withKeys = nextFile()
    await store.backup(withKeys, { withKeys: true })
    expect((await restoreFrom(store, { file: withKeys, ...target, keysFolder: null })).faults).toEqual([])
    expect(await filesIn(join(target.dataDir, 'keys'))).toEqual(await filesIn(store.keys.folder))
  })

  it('brings an older schema forward', async () => {
    const migrations = await mkdtemp(join(tmpdir(), 'clearhold-migrations-'))
    await cp(MIGRATIONS_FOLDER, migrations, { recursive: true })
    const next = String((await readdir(migrations)).length + 1).padStart(4, '0')
    await writeFile(
      join(migrations, `${next}-later.sql`),
      'create table later as select count(*)::int as units from units; alter table later add primary key (units)',
    )
    const { faults } = await restoreFrom(store, { file, ...target, migrations })
    await rm(migrations, { recursive: true })
    expect(faults).toEqual([])
    const found = await sql<{ units: number }>`select units from later`.execute(target.database.ownerDb)
    expect(found.rows[0]?.units).toBeGreaterThan(0)
  })
})

describe('a restore refuses', () => {
  it('a database or folder that holds anything, and touches nothing', async () => {
    await sql`insert into registers values ('org', 'sha256', now())`.execute(target.database.ownerDb)
    const before = await contentOf(target.database.ownerDb)
    await expect(restoreFrom(store, { file, ...target })).rejects.toMatchObject({ code: 'target-not-empty' })
    await expectUntouched(before)

    const other = await emptyTarget()
    await mkdir(other.dataDir)
    await writeFile(join(other.dataDir, 'notes.txt'), 'mine')
    await expect(restoreFrom(store, { file, ...other })).rejects.toMatchObject({ code: 'target-not-empty' })
    expect(await readdir(other.dataDir)).toEqual(['notes.txt'])
    await other.close()
  })

  it("somebody else's empty tables and functions", async () => {
    const { ownerDb } = target.database
    await sql`drop schema public cascade`.execute(ownerDb)
    await sql`create schema public`.execute(ownerDb)
    await sql`create function theirs() returns int language sql as 'select 1'`.execute(ownerDb)
    await expect(restoreFrom(store, { file, ...target })).rejects.toMatchObject({ code: 'target-not-empty' })
    await sql`select theirs()`.execute(ownerDb)
  })

  it('without the keys, with too few, or with those of another installation', async () => {
    const before = await contentOf(target.database.ownerDb)
    const into = { file, ...target }
    await expect(restoreFrom(store, { ...into, keysFolder: null })).rejects.toMatchObject({ code: 'keys-needed' })
    const nowhere = join(store.folder, 'nowhere')
    await expect(restoreFrom(store, { ...into, keysFolder: nowhere })).rejects.toMatchObject({ code: 'keys-needed' })

    const strange = join(store.folder, 'strange')
    await loadKeys(strange, { hasRegisters: false })
    const keysFolder = join(strange, 'keys')
    await expect(restoreFrom(store, { ...into, keysFolder })).rejects.toMatchObject({ code: 'keys-wrong' })
    for (const name of ['installation', 'register-signing.key'])
      await cp(join(store.keys.folder, name), join(keysFolder, name))
    await expect(restoreFrom(store, { ...into, keysFolder })).rejects.toMatchObject({ code: 'keys-wrong' })
    await rm(join(keysFolder, 'pepper.key'))
    await expect(restoreFrom(store, { ...into, keysFolder })).rejects.toMatchObject({ code: 'keys-wrong' })
    await expectUntouched(before)
  })

  it('a later schema, or one that was changed', async () => {
    const before = await contentOf(target.database.ownerDb)
    const migrations = await mkdtemp(join(tmpdir(), 'clearhold-migrations-'))
    await cp(MIGRATIONS_FOLDER, migrations, { recursive: true })
    const last = join(migrations, (await readdir(migrations)).sort().at(-1) ?? '')
    await writeFile(last, 'select 1')
    await expect(restoreFrom(store, { file, ...target, migrations })).rejects.toMatchObject({ code: 'schema-differs' })
    await rm(last)
    await expect(restoreFrom(store, { file, ...target, migrations })).rejects.toMatchObject({ code: 'schema-newer' })
    await rm(migrations, { recursive: true })
    await expectUntouched(before)
  })

  it('a backup older than the checkpoints kept apart, and names what it lacks', async () => {
    const older = nextFile()
    const { header } = await store.backup(older)
    const size = header.registers.find(({ register }) => register === 'org')?.size ?? 0
    await addUnit(store, 'after-the-backup')
    await store.sign()
    const apart = join(target.dataDir, 'checkpoints')
    await cp(join(store.dataDir, 'checkpoints'), apart, { recursive: true })
    const before = await filesIn(apart)
    await expect(restoreFrom(store, { file: older, ...target })).rejects.toMatchObject({
      code: 'older-than-checkpoint',
      words: { zh: expect.stringContaining(`org ${size + 1}-${size + 1}`) },
    })
    expect(await filesIn(target.dataDir)).toEqual(
      Object.fromEntries(Object.entries(before).map(([name, text]) => [`checkpoints/${name}`, text])),
    )

    const newer = nextFile()
    await store.backup(newer)
    expect((await restoreFrom(store, { file: newer, ...target })).faults).toEqual([])
    expect(await filesIn(apart)).toEqual(before)
  })

  it('a backup whose activity log is older than its checkpoint kept apart', async () => {
    const { db } = store.database
    const note = async (about: string): Promise<void> => {
      const log = openActivityLog(db)
      await log.record({ at: now(), kind: 'read', person: 'p', station: null, about, outcome: 'ok' })
      await log.close()
      await store.sign()
    }
    await note('before')
    const older = nextFile()
    const { header, checkpoints } = await store.backup(older)
    const size = header.registers.find(({ register }) => register === 'activity')?.size ?? 0
    expect(size).toBeGreaterThan(0)
    expect([...checkpoints.keys()]).toContain('activity')
    await note('after')
    await cp(join(store.dataDir, 'checkpoints'), join(target.dataDir, 'checkpoints'), { recursive: true })
    await expect(restoreFrom(store, { file: older, ...target })).rejects.toMatchObject({
      code: 'older-than-checkpoint',
      words: { zh: expect.stringContaining(`activity ${size + 1}-${size + 1}`) },
    })
    const newer = nextFile()
    await store.backup(newer)
    expect((await restoreFrom(store, { file: newer, ...target })).faults).toEqual([])
  })

  it('checkpoints of another installation', async () => {
    const foreign = join(target.dataDir, 'checkpoints')
    await mkdir(foreign, { recursive: true })
    await writeFile(join(foreign, 'org.note'), 'other/org\n1\nAAAA\n\n— other AAAA\n')
    await expect(restoreFrom(store, { file, ...target })).rejects.toMatchObject({ code: 'checkpoint-foreign' })
    expect(await readdir(target.dataDir)).toEqual(['checkpoints'])
  })
})

describe('a restore that fails half-way', () => {
  it('leaves nothing, and the same place takes a whole backup afterwards', async () => {
    const { database } = store
    const changed = nextFile()
    const last =
      '(register, seq) = (select register, max(seq) from entries group by register order by register desc limit 1)'
    await tamper(database, `update entries set text = text || ' ' where ${last}`)
    await store.backup(changed)
    await tamper(database, `update entries set text = rtrim(text) where ${last}`)
    await expect(restoreFrom(store, { file: changed, ...target })).rejects.toThrow('does not hash to what it says')
    await expectGone()
    expect((await restoreFrom(store, { file, ...target })).faults).toEqual([])
  })

  it('takes away what does not pass verification, or keeps it when it is wanted as evidence', async () => {
    const { database } = store
    const altered = nextFile()
    await tamper(database, "update units set name = name || '!' where id = 'organ'")
    await store.backup(altered)
    await tamper(database, "update units set name = rtrim(name, '!') where id = 'organ'")
    const taken = await restoreFrom(store, { file: altered, ...target })
    expect(taken).toMatchObject({ kept: false, faults: [{ register: 'org' }] })
    await expectGone()
    const kept = await restoreFrom(store, { file: altered, ...target, keepBroken: true })
    expect(kept).toMatchObject({ kept: true, faults: [{ register: 'org' }] })
    expect(await readdir(target.dataDir)).toContain('keys')
  })

  it('finds in the checkpoints kept apart what the backup itself does not know', async () => {
    const apart = join(target.dataDir, 'checkpoints')
    const { signer, key, installation } = store.keys
    const fork = await emptyTarget()
    await restoreFrom(store, { file, ...fork })
    await tamper(fork.database, `delete from checkpoints where register = 'org'`)
    await tamper(fork.database, `update entries set text = text || ' ' where register = 'org' and seq = 3`)
    const forked = checkpointFolderOf({ ...store.keys, folder: join(target.dataDir, 'keys') })
    await signCheckpoint({ db: fork.database.ownerDb, folder: forked, signer, key, installation, now }, 'org')
    await fork.close()
    const before = await filesIn(apart)
    const report = await restoreFrom(store, { file, ...target })
    expect(report).toMatchObject({ kept: false, faults: [{ register: 'org' }] })
    expect(await filesIn(target.dataDir)).toEqual({ 'checkpoints/org.note': Object.values(before)[0] })
  })

  it('was cut off: the folder says so to every program, and the next restore sweeps it', async () => {
    await mkdir(join(target.dataDir, 'restoring'), { recursive: true })
    await mkdir(join(target.dataDir, 'files', 'originals', 'ab'), { recursive: true })
    await writeFile(join(target.dataDir, 'files', 'originals', 'ab', 'cd'), 'half')
    await expect(refuseUnfinishedRestore(target.dataDir)).rejects.toMatchObject({ code: 'restore-unfinished' })

    const lock = takeLock(join(target.dataDir, 'restoring', 'lock'))
    await expect(restoreFrom(store, { file, ...target })).rejects.toMatchObject({ code: 'restore-running' })
    lock?.release()
    expect((await restoreFrom(store, { file, ...target })).faults).toEqual([])
    await refuseUnfinishedRestore(target.dataDir)
    expect((await readdir(target.dataDir)).sort()).toEqual(['checkpoints', 'files', 'keys'])
  })

  it('lets nobody write into the database meanwhile', async () => {
    const intruder = connect(target.roles.owner, { log: quietLog })
    const restored = restoreFrom(store, { file, ...target })
    const attempt = (): Promise<string> =>
      intruder.db
        .transaction()
        .execute(async (trx) => {
          const found = await sql<{ locked: boolean }>`
            select exists (select from pg_locks where relation = to_regclass('units') and mode = 'ExclusiveLock' and granted) as locked
          `.execute(trx)
          if (found.rows[0]?.locked !== true) return 'not locked yet'
          await sql`set local lock_timeout = '1ms'`.execute(trx)
          await sql`insert into units values ('mine', 1, '{}', 'mine', 'organ', null)`.execute(trx)
          return 'got in'
        })
        .catch((error: unknown) => String(error))
    await expect.poll(attempt, { interval: 2, timeout: 10_000 }).toContain('lock timeout')
    expect((await restored).faults).toEqual([])
    await intruder.close()
  })
})
