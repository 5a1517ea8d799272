import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connect } from '../database/connect.ts'
import { takeLock } from '../database/lock.ts'
import { MIGRATIONS_FOLDER } from '../database/migrate.ts'
import { quietLog } from '../database/testing.ts'
import { pathOf } from '../files/disk.ts'
import { filesFolder } from '../files/files.ts'
import { loadKeys } from '../keys.ts'
import { signCheckpoint } from '../ledger/checkpoint.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { SYSTEM } from '../module.ts'
import { refuseUnfinishedRestore } from './data-dir.ts'
import { readParts } from './read.ts'
import {
  contentOf,
  emptyTarget,
  type EmptyTarget,
  type FilledStore,
  filledStore,
  filesIn,
  now,
  restoreFrom,
  tableNames,
  tamper,
} from './testing.ts'

let store: FilledStore
/** A backup of the store as it was filled. */
let file: string
let target: EmptyTarget
let backups = 0

const nextFile = (): string => join(store.folder, `${(backups += 1)}.backup`)

beforeAll(async () => {
  store = await filledStore()
  file = nextFile()
  await store.backup(file)
})
afterAll(() => store.close())
beforeEach(async () => {
  target = await emptyTarget()
})
afterEach(() => target.close())

/** One more unit in the register `org`. */
async function addUnit(unit: string): Promise<void> {
  await store.server.deps.act(
    { person: SYSTEM },
    { type: 'org.add-unit', unit, name: unit, kind: 'department', parent: 'organ' },
    { cause: unit, at: now() },
  )
}

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
  it('brings back every row of every table, every original, every checkpoint and the keys', async () => {
    const { ownerDb } = store.server.database
    const { faults, kept, backup } = await restoreFrom(store, { file, ...target })
    expect({ faults, kept }).toEqual({ faults: [], kept: true })
    const content = await contentOf(ownerDb)
    expect(await contentOf(target.database.ownerDb)).toEqual(content)
    expect(backup.totals).toMatchObject({
      tables: Object.keys(content).length,
      rows: Object.values(content).flat().length,
      photos: content['files']?.length,
      checkpoints: content['registers']?.length,
    })
    expect((await readdir(target.dataDir)).sort()).toEqual(['checkpoints', 'files', 'keys'])
    for (const folder of ['keys', 'checkpoints', 'files/originals']) {
      const original = await filesIn(join(store.server.dataDir, folder))
      expect(await filesIn(join(target.dataDir, folder))).toEqual(original)
    }
    const key = await stat(join(target.dataDir, 'keys', 'pepper.key'))
    expect(key.mode & 0o777).toBe(0o600)
  })

  it('leaves a store that goes on: the register is continued and signed', async () => {
    await restoreFrom(store, { file, ...target })
    const { signer, key, installation, ...rest } = await loadKeys(target.dataDir, { hasRegisters: true })
    const folder = checkpointFolderOf({ signer, key, installation, ...rest })
    const { db } = target.database
    const before = await folder.read('org')
    expect(await signCheckpoint({ db, folder, signer, key, installation, now }, 'org')).toBe(before)
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
    expect(await filesIn(join(target.dataDir, 'keys'))).toEqual(await filesIn(store.server.keys.folder))
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

describe('a backup', () => {
  it('names every table there is, after those that it refers to', async () => {
    const tables: string[] = []
    for await (const part of readParts(file)) if (part.part === 'table') tables.push(part.table)
    expect(tables.toSorted()).toEqual(await tableNames(store.server.database.ownerDb))
    expect(tables.indexOf('entries')).toBeGreaterThan(tables.indexOf('registers'))
    expect(tables.indexOf('station_readings')).toBeGreaterThan(tables.indexOf('stations'))
  })

  it('opens with any gzip, and holds no key unless it was asked to', async () => {
    const content = gunzipSync(await readFile(file))
    const header = JSON.parse(content.subarray(0, content.indexOf('\n')).toString()).header
    expect(header).toMatchObject({ format: 1, installation: store.server.keys.installation, withKeys: false })
    for (const text of Object.values(await filesIn(store.server.keys.folder))) {
      const secret = Buffer.from(text, 'base64').toString().trim()
      if (secret !== header.installation) expect(content.includes(secret)).toBe(false)
    }
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('is of one moment, while people write and registers are signed', async () => {
    let writing = true
    let written = 0
    const write = async (who: string): Promise<void> => {
      while (writing) await addUnit(`${who}-${(written += 1)}`)
    }
    const sign = async (): Promise<void> => {
      while (writing) await store.sign()
    }
    const busy = Promise.all([write('a'), write('b'), sign()])
    const during = nextFile()
    const backup = await store.backup(during).finally(() => {
      writing = false
    })
    await busy
    const { faults } = await restoreFrom(store, { file: during, ...target })
    expect(faults).toEqual([])
    const size = backup.header.registers.find(({ register }) => register === 'org')?.size ?? 0
    const now = await sql<{ size: number }>`select count(*) as size from entries where register = 'org'`.execute(
      store.server.database.ownerDb,
    )
    expect(size).toBeLessThan(now.rows[0]?.size ?? 0)
  })

  it('replaces no file unless it is told to, and leaves none when it fails', async () => {
    const taken = nextFile()
    await writeFile(taken, 'mine')
    await expect(store.backup(taken)).rejects.toMatchObject({ code: 'file-exists' })
    expect(await readFile(taken, 'utf8')).toBe('mine')
    await store.backup(taken, { force: true })
    expect((await stat(taken)).size).toBeGreaterThan(4)

    const elsewhere = join(store.folder, 'not-there', 'file')
    await expect(store.backup(elsewhere)).rejects.toMatchObject({ code: 'not-written' })
    const cutOff = nextFile()
    await writeFile(`${cutOff}.partial`, '')
    await expect(store.backup(cutOff)).rejects.toMatchObject({ code: 'backup-running' })

    const { ownerDb } = store.server.database
    await sql`create sequence strange`.execute(ownerDb)
    const failed = nextFile()
    await expect(store.backup(failed)).rejects.toMatchObject({ code: 'schema-unknown' })
    await sql`drop sequence strange`.execute(ownerDb)
    const left = (await readdir(store.folder)).filter((name) => failed.endsWith(name.replace('.partial', '')))
    expect(left).toEqual([])
  })

  it('tells which originals were lost before, and keeps all the others', async () => {
    const folder = filesFolder(store.server.dataDir)
    const [first = '', second = ''] = (await contentOf(store.server.database.ownerDb))['files']?.map((row) =>
      row.slice(1, 65),
    ) as string[]
    const original = pathOf(folder, 'originals', first)
    const changed = pathOf(folder, 'originals', second)
    const bytes = await readFile(changed)
    await rename(original, `${folder}/away`)
    await rm(changed)
    await writeFile(changed, 'something else')
    const losing = nextFile()
    const { lostPhotos, totals } = await store.backup(losing)
    await rename(`${folder}/away`, original)
    await rm(changed)
    await writeFile(changed, bytes, { mode: 0o400 })
    expect(lostPhotos).toEqual([
      { sha256: first, fault: 'missing' },
      { sha256: second, fault: 'changed' },
    ])
    expect(totals.lostPhotos + totals.photos).toBe(20)

    const { faults, kept } = await restoreFrom(store, { file: losing, ...target })
    expect(faults.map(({ what }) => what.en)).toEqual([
      `the original ${first} is missing`,
      `the original ${second} is missing`,
    ])
    expect(kept).toBe(false)
    await expectGone()
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
      await cp(join(store.server.keys.folder, name), join(keysFolder, name))
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
    await addUnit('after-the-backup')
    await store.sign()
    const apart = join(target.dataDir, 'checkpoints')
    await cp(join(store.server.dataDir, 'checkpoints'), apart, { recursive: true })
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
    const { database } = store.server
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
    const { database } = store.server
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
    const { signer, key, installation } = store.server.keys
    const fork = await emptyTarget()
    await restoreFrom(store, { file, ...fork })
    await tamper(fork.database, `delete from checkpoints where register = 'org'`)
    await tamper(fork.database, `update entries set text = text || ' ' where register = 'org' and seq = 3`)
    const forked = checkpointFolderOf({ ...store.server.keys, folder: join(target.dataDir, 'keys') })
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
