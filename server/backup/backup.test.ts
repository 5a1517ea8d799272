import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { pathOf } from '../files/disk.ts'
import { filesFolder } from '../files/files.ts'
import {
  RESTORES_TIMEOUT_MS,
  contentOf,
  emptyTarget,
  type EmptyTarget,
  type TestStore,
  smallStore,
  restoreFrom,
  tableNames,
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

/** Nothing of a restore is left, in the database or in its folder. */
async function expectGone(): Promise<void> {
  expect(await tableNames(target.database.ownerDb)).toEqual([])
  await expect(stat(target.dataDir)).rejects.toMatchObject({ code: 'ENOENT' })
}

describe('a backup', () => {
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

    const { ownerDb } = store.database
    await sql`create sequence strange`.execute(ownerDb)
    const failed = nextFile()
    await expect(store.backup(failed)).rejects.toMatchObject({ code: 'schema-unknown' })
    await sql`drop sequence strange`.execute(ownerDb)
    const left = (await readdir(store.folder)).filter((name) => failed.endsWith(name.replace('.partial', '')))
    expect(left).toEqual([])
  })

  it('tells which originals were lost before, and keeps all the others', async () => {
    const folder = filesFolder(store.dataDir)
    const [first = '', second = ''] = (await contentOf(store.database.ownerDb))['files']?.map((row) =>
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
    expect(totals).toMatchObject({ lostPhotos: 2, photos: 0 })

    const { faults, kept } = await restoreFrom(store, { file: losing, ...target })
    expect(faults.map(({ what }) => what.en)).toEqual([
      `the original ${first} is missing`,
      `the original ${second} is missing`,
    ])
    expect(kept).toBe(false)
    await expectGone()
  })
})
