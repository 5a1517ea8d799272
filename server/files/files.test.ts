import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import { onDisk, pathOf } from './disk.ts'
import { type Files, openFiles } from './files.ts'
import { PHOTO_BYTES_MAX } from './header.ts'
import { jpeg, picture } from './testing-pictures.ts'
import { verifyFiles } from './verify.ts'

const AT = '2026-03-02T01:00:00.000Z'
const BY = { person: 'zhang-wei' }

let database: TestDatabase
let folder: string
let files: Files
let seed = 0

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearhold-files-'))
  files = await openFiles({ folder, db: database.db, now: () => AT })
  return () => rm(folder, { recursive: true })
})

const fresh = () => jpeg(200, 100, (seed += 1))
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const rowsOf = (hash: string) => database.db.selectFrom('files').selectAll().where('sha256', '=', hash).execute()
const everyFile = async (shelf: string) =>
  (await readdir(join(folder, shelf), { recursive: true, withFileTypes: true })).filter((one) => one.isFile())
const readCopy = async (hash: string, size: 'cleaned' | 'thumb') => {
  const { bytes, stream } = await files.openCopy(hash, size)
  const read = Buffer.concat(await stream.toArray())
  expect(read.length).toBe(bytes)
  return read
}

describe('keeping a photo', () => {
  it('seals the original as received under its hash, with copies beside it and a row that names it', async () => {
    const original = await fresh()
    const hash = sha256(original)
    expect(await files.keepPhoto(original, BY)).toEqual({
      sha256: hash,
      bytes: original.length,
      width: 200,
      height: 100,
      mime: 'image/jpeg',
    })
    const path = join(folder, 'originals', hash.slice(0, 2), hash.slice(2))
    expect((await readFile(path)).equals(original)).toBe(true)
    expect((await stat(path)).mode & 0o777).toBe(0o400)
    expect(await rowsOf(hash)).toEqual([
      {
        sha256: hash,
        bytes: original.length,
        mime: 'image/jpeg',
        width: 200,
        height: 100,
        kept_at: AT,
        kept_by: 'zhang-wei',
      },
    ])
    expect(await files.holds(hash)).toBe(true)
    expect(await files.holds('0'.repeat(64))).toBe(false)
    expect(await everyFile('incoming')).toEqual([])
  })

  it('takes a stream in small pieces', async () => {
    const original = await fresh()
    const pieces = async function* () {
      for (let at = 0; at < original.length; at += 97) yield original.subarray(at, at + 97)
    }
    expect(await files.keepPhoto(pieces(), BY)).toMatchObject({ sha256: sha256(original), bytes: original.length })
  })

  it('keeps the same content once, sent one after another or ten times at once', async () => {
    const original = await fresh()
    const hash = sha256(original)
    await Promise.all(Array.from({ length: 10 }, () => files.keepPhoto(original, BY)))
    const path = pathOf(folder, 'originals', hash)
    const { ino } = await stat(path)
    expect(await files.keepPhoto(original, { person: 'li-na' })).toMatchObject({ sha256: hash })
    expect((await stat(path)).ino).toBe(ino)
    expect(await everyFile('originals')).toHaveLength(1)
    expect(await everyFile('incoming')).toEqual([])
    expect(await rowsOf(hash)).toMatchObject([{ kept_by: 'zhang-wei' }])
  })

  it('stops reading at the limit and leaves nothing', async () => {
    let sent = 0
    const endless = async function* () {
      for (;;) {
        sent += 1_048_576
        yield Buffer.alloc(1_048_576)
      }
    }
    await expect(files.keepPhoto(endless(), { ...BY, position: 3 })).rejects.toMatchObject({
      code: 'file.too-large',
      values: { limit_mb: 20, position: 3 },
    })
    expect(sent).toBe(PHOTO_BYTES_MAX + 1_048_576)
    expect(await everyFile('.')).toEqual([])
  })

  it('leaves nothing of what is refused or breaks off', async () => {
    const original = await fresh()
    const torn = async function* () {
      yield original.subarray(0, 500)
      throw new Error('line dropped')
    }
    await expect(files.keepPhoto(torn(), BY)).rejects.toThrow('line dropped')
    await expect(files.keepPhoto(original.subarray(0, 2_000), BY)).rejects.toMatchObject({ code: 'file.broken' })
    await expect(files.keepPhoto(Buffer.from('<svg/>'), BY)).rejects.toMatchObject({ code: 'file.not-a-picture' })
    expect(await everyFile('.')).toEqual([])
    expect(await rowsOf(sha256(original.subarray(0, 2_000)))).toEqual([])
  })

  it('refuses to vouch for an original that something else stands in for', async () => {
    const original = await fresh()
    const { sha256: hash } = await files.keepPhoto(original, BY)
    await replace(pathOf(folder, 'originals', hash), await fresh())
    await expect(files.keepPhoto(original, BY)).rejects.toMatchObject({ code: 'file.original-damaged' })
  })
})

describe('when a process is killed or a write fails', () => {
  it('what was unfinished is never a photo, and is swept an hour later', async () => {
    const original = await fresh()
    const unfinished = join(folder, 'incoming', '5b1c.part')
    await writeFile(unfinished, original.subarray(0, 300))
    const opened = new Date(AT)
    await utimes(unfinished, opened, new Date(opened.getTime() - 3_599_000))
    await openFiles({ folder, db: database.db, now: () => AT })
    expect(await everyFile('incoming')).toHaveLength(1)
    await utimes(unfinished, opened, new Date(opened.getTime() - 3_601_000))
    await openFiles({ folder, db: database.db, now: () => AT })
    expect(await everyFile('incoming')).toEqual([])
    expect(await everyFile('originals')).toEqual([])
  })

  it('an original that no row names yet is taken up when it is sent again', async () => {
    const original = await fresh()
    const elsewhere = await testDatabase()
    await elsewhere.ownerDb.schema.dropTable('files').execute()
    const cutOff = await openFiles({ folder, db: elsewhere.db, now: () => AT })
    await expect(cutOff.keepPhoto(original, BY)).rejects.toThrow('files')
    await elsewhere.close()
    expect(await files.holds(sha256(original))).toBe(false)
    expect(await files.keepPhoto(original, BY)).toMatchObject({ sha256: sha256(original) })
    expect(await files.holds(sha256(original))).toBe(true)
    expect(await everyFile('originals')).toHaveLength(1)
  })

  it('a disk that does not take it is a refusal, and no row is written', async () => {
    const original = await fresh()
    await rm(join(folder, 'originals'), { recursive: true })
    await writeFile(join(folder, 'originals'), 'no folder')
    await expect(files.keepPhoto(original, BY)).rejects.toMatchObject({ code: 'file.disk-failed' })
    expect(await rowsOf(sha256(original))).toEqual([])
    expect(await everyFile('incoming')).toEqual([])
    await rm(join(folder, 'incoming'), { recursive: true })
    await expect(files.keepPhoto(original, BY)).rejects.toMatchObject({
      code: 'file.disk-failed',
      values: { reason: 'ENOENT', position: 1 },
    })
    await rm(join(folder, 'originals'))
  })

  it.runIf(process.platform === 'linux')('a full disk has its own word', async () => {
    await expect(onDisk(() => writeFile('/dev/full', 'x'))).rejects.toMatchObject({ code: 'file.disk-full' })
  })

  it('a bug keeps its own word', async () => {
    await expect(onDisk(() => Promise.reject(new TypeError('bug')))).rejects.toThrow(TypeError)
  })
})

describe('showing a photo', () => {
  it('shows copies only, and makes them again from the original when they are gone', async () => {
    const original = await picture(3_000, 1_500, (seed += 1))
      .png()
      .toBuffer()
    const { sha256: hash } = await files.keepPhoto(original, BY)
    const before = [await readCopy(hash, 'cleaned'), await readCopy(hash, 'thumb')] as const
    await rm(join(folder, 'cleaned'), { recursive: true })
    await rm(join(folder, 'thumbs'), { recursive: true })
    expect((await readCopy(hash, 'thumb')).equals(before[1])).toBe(true)
    expect((await readCopy(hash, 'cleaned')).equals(before[0])).toBe(true)
    expect(await everyFile('cleaned')).toHaveLength(1)
  })

  it('shows nothing made from an original that is missing or changed', async () => {
    const { sha256: hash } = await files.keepPhoto(await fresh(), BY)
    await unlink(pathOf(folder, 'cleaned', hash))
    await replace(pathOf(folder, 'originals', hash), await fresh())
    await expect(files.openCopy(hash, 'cleaned')).rejects.toMatchObject({ code: 'file.original-damaged' })
    await unlink(pathOf(folder, 'originals', hash))
    await expect(files.openCopy(hash, 'cleaned')).rejects.toMatchObject({ code: 'file.original-damaged' })
  })
})

describe('the table', () => {
  it('takes rows and gives them up to nobody', async () => {
    await files.keepPhoto(await fresh(), BY)
    for (const statement of ["update files set kept_by = 'x'", 'delete from files', 'truncate files']) {
      await expect(sql.raw(statement).execute(database.db), statement).rejects.toMatchObject({ code: '42501' })
      await expect(sql.raw(statement).execute(database.ownerDb), statement).rejects.toThrow(/append-only/)
    }
  })

  it('holds the limits again', async () => {
    const row = {
      sha256: 'a'.repeat(64),
      bytes: 1,
      mime: 'image/png',
      width: 8_000,
      height: 5_000,
      kept_at: AT,
      kept_by: 'x',
    }
    for (const wrong of [
      { sha256: 'A'.repeat(64) },
      { bytes: PHOTO_BYTES_MAX + 1 },
      { mime: 'image/svg+xml' },
      { width: 8_001 },
      { height: 0 },
    ]) {
      await expect(
        database.db
          .insertInto('files')
          .values({ ...row, ...wrong })
          .execute(),
      ).rejects.toThrow(/check constraint/)
    }
  })
})

describe('verification', () => {
  it('names each original that is missing or changed, and nothing else', async () => {
    const apart = await testDatabase()
    const store = await openFiles({ folder, db: apart.db, now: () => AT })
    const kept: string[] = []
    for (let index = 0; index < 4; index += 1) kept.push((await store.keepPhoto(await fresh(), BY)).sha256)
    const [sound, missing, changed, unnamed] = kept as [string, string, string, string]
    expect(await verifyFiles({ db: apart.db, folder })).toEqual([])

    await unlink(pathOf(folder, 'originals', missing))
    await flipOneBit(pathOf(folder, 'originals', changed))
    await rm(pathOf(folder, 'cleaned', unnamed))
    await writeFile(pathOf(folder, 'originals', sound) + '0', 'stray')
    await mkdir(pathOf(folder, 'originals', sound) + '1')
    const faults = await verifyFiles({ db: apart.db, folder })
    expect(faults.map(({ register, seq }) => ({ register, seq }))).toEqual(
      Array.from({ length: 4 }, () => ({ register: 'files', seq: null })),
    )
    const words = faults.map(({ what }) => what.en).join('\n')
    expect(words).toContain(`${missing} is missing`)
    expect(words).toContain(`${changed} was changed`)
    expect(words).toContain(`${sound}0 was changed`)
    expect(words).toContain(`${sound}1 cannot be read (EISDIR)`)
    expect(words).not.toContain(unnamed)
    await apart.close()
  })
})

async function replace(path: string, bytes: Buffer): Promise<void> {
  await chmod(path, 0o600)
  await writeFile(path, bytes)
}

async function flipOneBit(path: string): Promise<void> {
  const bytes = await readFile(path)
  bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40)
  await replace(path, bytes)
}
