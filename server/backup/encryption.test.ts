import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { filesFolder, openFiles } from '../files/files.ts'
import { SYSTEM } from '../module.ts'
import { backupBytes, backupSink } from './bytes.ts'
import { checkBackup } from './check.ts'
import { HEAD_BYTES, PIECE_BYTES, SEALED_PIECE_BYTES } from './encryption.ts'
import { readPassphrase } from './passphrase.ts'
import { contentOf, emptyTarget, now, RESTORES_TIMEOUT_MS, restoreFrom, smallStore, type TestStore } from './testing.ts'

vi.setConfig({ testTimeout: RESTORES_TIMEOUT_MS })

const PASSPHRASE = Buffer.from('云州清管 2026 备份口令 Qk7')
const WRONG = Buffer.from('云州清管 2026 备份口令 Qk8')

let store: TestStore
let folder: string
/** Encrypted, of several pieces, with the keys in it. */
let file: string
let spoilt: string
let whole: Buffer

beforeAll(async () => {
  store = await smallStore()
  const files = await openFiles({ folder: filesFolder(store.dataDir), db: store.database.db, now })
  await files.keepPhoto(await noise(), { person: SYSTEM })
  folder = await mkdtemp(join(tmpdir(), 'clearhold-encrypted-'))
  file = join(folder, 'all.backup')
  spoilt = join(folder, 'spoilt.backup')
  await store.backup(file, { passphrase: PASSPHRASE, withKeys: true })
  whole = await readFile(file)
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

/** A photo that hardly gets smaller, so that the backup has several pieces. */
async function noise(): Promise<Buffer> {
  const [width, height] = [480, 320]
  let last = 7
  const pixels = Buffer.from(
    Array.from({ length: width * height * 3 }, () => (last = (last * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16),
  )
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer()
}

async function checking(bytes: Buffer, passphrase: Buffer | null = PASSPHRASE): Promise<string> {
  await writeFile(spoilt, bytes)
  return checkBackup(spoilt, passphrase).then(
    () => 'whole',
    (error: unknown) => String(error instanceof Error && 'code' in error ? error.code : error),
  )
}

const piece = (number: number): Buffer =>
  whole.subarray(HEAD_BYTES + number * SEALED_PIECE_BYTES, HEAD_BYTES + (number + 1) * SEALED_PIECE_BYTES)

describe('an encrypted backup', () => {
  it('is restored with its passphrase to the last row, and shows nothing without', async () => {
    expect(whole.length).toBeGreaterThan(HEAD_BYTES + 2 * SEALED_PIECE_BYTES)
    const clear = join(folder, 'clear.backup')
    await store.backup(clear, { withKeys: true })
    for (const known of [Buffer.from('1f8b080000000000', 'hex'), Buffer.from('clearhold-backup\n')]) {
      expect((await readFile(clear)).includes(known)).toBe(true)
      expect(whole.includes(known)).toBe(false)
    }
    const target = await emptyTarget()
    try {
      const { faults } = await restoreFrom(store, { file, passphrase: PASSPHRASE, ...target, keysFolder: null })
      expect(faults).toEqual([])
      expect(await contentOf(target.database.ownerDb)).toEqual(await contentOf(store.database.ownerDb))
    } finally {
      await target.close()
    }
  })

  it('is never written twice alike', async () => {
    const again = join(folder, 'again.backup')
    await store.backup(again, { passphrase: PASSPHRASE, withKeys: true })
    expect((await readFile(again)).subarray(0, HEAD_BYTES)).not.toEqual(whole.subarray(0, HEAD_BYTES))
  })

  it('refuses in words another passphrase and none; a backup in clear needs none', async () => {
    expect(await checking(whole, WRONG)).toBe('passphrase-wrong')
    expect(await checking(whole, null)).toBe('passphrase-needed')
    await expect(checkBackup(file, WRONG)).rejects.toThrow(/口令打不开.*does not open/s)
    await expect(checkBackup(file)).rejects.toThrow(/已加密.*--key/s)
    const clear = join(folder, 'in-clear.backup')
    await store.backup(clear)
    expect(await checking(await readFile(clear))).toBe('whole')
  })

  it('is found damaged wherever it is cut off, at the end of a piece too, and when a piece is left out, moved or added', async () => {
    const ends = [HEAD_BYTES - 1, HEAD_BYTES, HEAD_BYTES + 1, HEAD_BYTES + SEALED_PIECE_BYTES]
    for (const length of [...ends, HEAD_BYTES + 2 * SEALED_PIECE_BYTES, whole.length - 1])
      expect(await checking(whole.subarray(0, length)), `cut at ${length}`).toBe('damaged')
    const head = whole.subarray(0, HEAD_BYTES)
    const rest = whole.subarray(HEAD_BYTES + 2 * SEALED_PIECE_BYTES)
    for (const [what, bytes] of [
      ['left out', Buffer.concat([head, piece(1), rest])],
      ['moved', Buffer.concat([head, piece(1), piece(0), rest])],
      ['twice', Buffer.concat([head, piece(0), piece(0), rest])],
      ['followed', Buffer.concat([whole, Buffer.from('x')])],
    ] as const)
      expect(await checking(bytes), what).toBe('damaged')
  })

  it('is found damaged whichever byte has one bit changed; a head that was changed opens with no passphrase', async () => {
    const changed = async (offset: number): Promise<string> => {
      const bytes = Buffer.from(whole)
      bytes.writeUInt8((whole[offset] ?? 0) ^ 1, offset)
      return checking(bytes)
    }
    for (const offset of [40, HEAD_BYTES - 1]) expect(await changed(offset), `${offset}`).toBe('passphrase-wrong')
    const places = [HEAD_BYTES, HEAD_BYTES + SEALED_PIECE_BYTES - 1, HEAD_BYTES + SEALED_PIECE_BYTES, whole.length - 1]
    for (const offset of [0, ...places]) expect(await changed(offset), `${offset}`).toBe('damaged')
  })
})

it.each([0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES])(
  '%i bytes come back, from the beginning and from anywhere',
  async (length) => {
    const plain = Buffer.from(Array.from({ length }, (_, index) => (index * 31) % 251))
    const path = join(folder, `${length}.bytes`)
    const out = await open(path, 'w')
    const sink = await backupSink(out, PASSPHRASE)
    // In pieces of another length than those of the format.
    for (let at = 0; at < length; at += 40_000) await sink.write(plain.subarray(at, at + 40_000))
    await sink.end()
    await out.close()
    const handle = await open(path, 'r')
    const bytes = await backupBytes(path, handle, PASSPHRASE)
    const chunks: Buffer[] = []
    for await (const chunk of bytes.stream(bytes.size)) chunks.push(chunk)
    expect(bytes.size).toBe(length)
    expect(Buffer.concat(chunks).equals(plain)).toBe(true)
    for (const at of [0, length - 10, PIECE_BYTES - 5].filter((place) => place >= 0 && place < length))
      expect(await bytes.read(at, 10)).toEqual(plain.subarray(at, at + 10))
    await handle.close()
  },
)

describe('a passphrase file', () => {
  it('gives all of it but the line end behind it', async () => {
    const path = join(folder, 'passphrase')
    await writeFile(path, '云州清管 2026 备份口令 Qk7\r\n')
    expect(await readPassphrase(path)).toEqual(PASSPHRASE)
    expect(await readPassphrase(null)).toBeNull()
  })

  it.each([
    ['too short', 'fifteen letters', /16/],
    ['empty', '', /16/],
    ['another file', 'x'.repeat(5_000), /4096/],
  ])('is refused in words: %s', async (_, content, says) => {
    const path = join(folder, 'unfit')
    await writeFile(path, content)
    await expect(readPassphrase(path)).rejects.toMatchObject({
      code: 'passphrase-unfit',
      message: expect.stringMatching(says) as string,
    })
  })

  it('that is not there is refused in words', async () => {
    await expect(readPassphrase(join(folder, 'nothing'))).rejects.toThrow(/口令文件.*ENOENT/s)
  })
})
