import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openDoor } from '../act.ts'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import { drawPhoto } from '../demo/photos.ts'
import { filesFolder, openFiles } from '../files/files.ts'
import { type Keys, loadKeys } from '../keys.ts'
import { SYSTEM } from '../module.ts'
import { modules } from '../modules.ts'
import { TEST_START } from '../testing.ts'
import { makeBackup } from './backup.ts'
import { checkBackup } from './check.ts'
import { sealOf } from './seal.ts'
import { RESTORES_TIMEOUT_MS } from './testing.ts'

const now = (): string => TEST_START
/** Each byte where the file begins and where it is sealed; between them, where all are alike, one in so many. */
const EDGE_BYTES = 320
const SAMPLE = 53

vi.setConfig({ testTimeout: RESTORES_TIMEOUT_MS })

let database: TestDatabase
let folder: string
let keys: Keys
let strangers: Keys
let whole: Buffer
let spoilt: string

beforeAll(async () => {
  database = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'clearhold-damage-'))
  keys = await loadKeys(folder, { hasRegisters: false })
  strangers = await loadKeys(join(folder, 'strange'), { hasRegisters: false })
  const { db, ownerDb } = database
  const unit = { type: 'org.add-unit', unit: 'organ', name: '纪委', kind: 'organ', parent: null }
  await openDoor({ db, modules, causeKey: keys.pepper, hash: 'sha256', now }).act({ person: SYSTEM }, unit, {
    cause: '1',
    at: now(),
  })
  const files = await openFiles({ folder: filesFolder(folder), db, now })
  await files.keepPhoto(await drawPhoto(0), { person: SYSTEM })
  const file = join(folder, 'whole.backup')
  await makeBackup({ db: ownerDb, dataDir: folder, keys, file, force: false, withKeys: true, passphrase: null, now })
  whole = await readFile(file)
  spoilt = join(folder, 'spoilt.backup')
})

afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

function step(offset: number): number {
  return offset < EDGE_BYTES || offset >= whole.length - EDGE_BYTES ? 1 : SAMPLE
}

async function checking(bytes: Buffer): Promise<string> {
  await writeFile(spoilt, bytes)
  return checkBackup(spoilt).then(
    () => 'whole',
    (error: unknown) => String(error instanceof Error && 'code' in error ? error.code : error),
  )
}

/** What a forger would do who knows the format and not the key. */
function resealed(content: Buffer, by: Keys): Buffer {
  const member = gzipSync(content)
  return Buffer.concat([member, sealOf(createHash('sha256').update(member).digest('hex'), by.signer)])
}

/** Everything but the seal, unpacked. */
function unpacked(): Buffer {
  const content = gunzipSync(whole)
  return content.subarray(0, content.lastIndexOf('clearhold-backup\n'))
}

function replaced(from: string, to: string): Buffer {
  const [before, after] = [Buffer.from(from), Buffer.from(to)]
  const content = unpacked()
  const at = content.indexOf(before)
  return Buffer.concat([content.subarray(0, at), after, content.subarray(at + before.length)])
}

/** Without what stands from one text up to another. */
function without(from: string, to: string): Buffer {
  const content = unpacked()
  const at = content.indexOf(from)
  return Buffer.concat([content.subarray(0, at), content.subarray(content.indexOf(to, at))])
}

describe('a backup file', () => {
  it('is whole as it was written', async () => {
    expect(await checking(whole)).toBe('whole')
    expect(await checking(resealed(unpacked(), keys))).toBe('whole')
  })

  it('is found damaged whichever byte has one bit changed', async () => {
    const found = new Set<string>()
    for (let offset = 0; offset < whole.length; offset += step(offset)) {
      const changed = Buffer.from(whole)
      changed.writeUInt8((whole[offset] ?? 0) ^ (1 << (offset % 8)), offset)
      found.add(await checking(changed))
    }
    expect([...found]).toEqual(['damaged'])
  })

  it('is found damaged wherever it is cut off, and when anything follows it', async () => {
    const found = new Set<string>()
    for (let length = 0; length < whole.length; length += step(length))
      found.add(await checking(whole.subarray(0, length)))
    found.add(await checking(Buffer.concat([whole, Buffer.from('\n')])))
    found.add(await checking(Buffer.concat([whole, whole])))
    expect([...found]).toEqual(['damaged'])
  })

  it.each([
    ['an empty file', () => Buffer.alloc(0)],
    ['a text', () => Buffer.from('备份'.repeat(100))],
    ['a gzip file of something else', () => gzipSync('x'.repeat(1_000))],
    ['a seal around nothing', () => resealed(Buffer.alloc(0), keys)],
    ['a row changed and sealed with another key', () => resealed(replaced('纪委', '监委'), strangers)],
    ['a photo changed and sealed again', () => resealed(replaced('JFIF', 'JFIX'), keys)],
    ['a row too few', () => resealed(without('["organ",', '{"rows":1}'), keys)],
    ['a table too few', () => resealed(without('{"table":"units"', '{"photo":'), keys)],
    ['an entry that the header does not know', () => resealed(replaced('"size":1', '"size":2'), keys)],
    ['something after its end', () => resealed(Buffer.concat([unpacked(), Buffer.from('{}\n')]), keys)],
  ])('is not %s', async (_, make) => {
    expect(await checking(make())).toBe('damaged')
  })

  it('of a later format is left to the release that knows it', async () => {
    expect(await checking(resealed(replaced('"format":1', '"format":2'), keys))).toBe('format-newer')
  })
})
