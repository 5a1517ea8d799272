import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readParts } from './read.ts'
import {
  RESTORES_TIMEOUT_MS,
  addUnit,
  contentOf,
  emptyTarget,
  type EmptyTarget,
  type TestStore,
  filledStore,
  filesIn,
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
  store = await filledStore()
  file = nextFile()
  await store.backup(file)
})
afterAll(() => store.close())
beforeEach(async () => {
  target = await emptyTarget()
})
afterEach(() => target.close())

describe('a backup and its restore', () => {
  it('brings back every row of every table, every original, every checkpoint and the keys', async () => {
    const { ownerDb } = store.database
    const { faults, kept, backup } = await restoreFrom(store, { file, ...target })
    expect({ faults, kept }).toEqual({ faults: [], kept: true })
    const content = await contentOf(ownerDb)
    expect(await contentOf(target.database.ownerDb)).toEqual(content)
    expect(backup.totals).toMatchObject({
      tables: Object.keys(content).length,
      rows: Object.values(content).flat().length,
      photos: content['files']?.length,
      // Of every register, and of the activity log.
      checkpoints: (content['registers']?.length ?? 0) + 1,
    })
    expect((await readdir(target.dataDir)).sort()).toEqual(['checkpoints', 'files', 'keys'])
    for (const folder of ['keys', 'checkpoints', 'files/originals']) {
      const original = await filesIn(join(store.dataDir, folder))
      expect(await filesIn(join(target.dataDir, folder))).toEqual(original)
    }
    const key = await stat(join(target.dataDir, 'keys', 'pepper.key'))
    expect(key.mode & 0o777).toBe(0o600)
  })

  it('names every table there is, after those that it refers to', async () => {
    const tables: string[] = []
    for await (const part of readParts(file)) if (part.part === 'table') tables.push(part.table)
    expect(tables.toSorted()).toEqual(await tableNames(store.database.ownerDb))
    expect(tables.indexOf('entries')).toBeGreaterThan(tables.indexOf('registers'))
    expect(tables.indexOf('station_readings')).toBeGreaterThan(tables.indexOf('stations'))
  })

  it('opens with any gzip, and holds no key unless it was asked to', async () => {
    const content = gunzipSync(await readFile(file))
    const header = JSON.parse(content.subarray(0, content.indexOf('\n')).toString()).header
    expect(header).toMatchObject({ format: 1, installation: store.keys.installation, withKeys: false })
    for (const text of Object.values(await filesIn(store.keys.folder))) {
      const secret = Buffer.from(text, 'base64').toString().trim()
      if (secret !== header.installation) expect(content.includes(secret)).toBe(false)
    }
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('is of one moment, while people write and registers are signed', async () => {
    let writing = true
    let written = 0
    const write = async (who: string): Promise<void> => {
      while (writing) await addUnit(store, `${who}-${(written += 1)}`)
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
      store.database.ownerDb,
    )
    expect(size).toBeLessThan(now.rows[0]?.size ?? 0)
  })
})
