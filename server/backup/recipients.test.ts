import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { checkBackup } from './check.ts'
import { readPassphrase } from './passphrase.ts'
import { newEnvelope, readRecipients, writeRecipient } from './recipients.ts'
import { contentOf, emptyTarget, RESTORES_TIMEOUT_MS, restoreFrom, smallStore, type TestStore } from './testing.ts'

vi.setConfig({ testTimeout: RESTORES_TIMEOUT_MS })

let store: TestStore
let folder: string
let file: string
const keyFile = (name: string): string => join(folder, name)

beforeAll(async () => {
  store = await smallStore()
  folder = await mkdtemp(join(tmpdir(), 'clearhold-sealed-'))
  file = join(folder, 'all.backup')
  for (const name of ['first', 'second', 'other']) await writeRecipient(keyFile(name))
  const envelope = await newEnvelope(await readRecipients([keyFile('first.pub'), keyFile('second.pub')]))
  await store.backup(file, { passphrase: envelope.passphrase, envelope, withKeys: true })
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const checkedWith = async (key: Buffer | null): Promise<string> =>
  checkBackup(file, key).then(
    () => 'whole',
    (error: unknown) => String((error as { code?: string }).code ?? error),
  )

it('each of those to whom it was sealed opens it, and nobody else, with no passphrase or public key either', async () => {
  expect(await checkedWith(await readPassphrase(keyFile('first')))).toBe('whole')
  expect(await checkedWith(await readPassphrase(keyFile('second')))).toBe('whole')
  expect(await checkedWith(await readPassphrase(keyFile('other')))).toBe('passphrase-wrong')
  expect(await checkedWith(await readPassphrase(keyFile('first.pub')))).toBe('passphrase-wrong')
  expect(await checkedWith(null)).toBe('passphrase-needed')
})

it('is restored by its keeper to the last row', async () => {
  const target = await emptyTarget()
  try {
    const passphrase = await readPassphrase(keyFile('second'))
    const { faults } = await restoreFrom(store, { file, passphrase, ...target, keysFolder: null })
    expect(faults).toEqual([])
    expect(await contentOf(target.database.ownerDb)).toEqual(await contentOf(store.database.ownerDb))
  } finally {
    await target.close()
  }
})

it('a byte that was changed in front or behind is found', async () => {
  const whole = await readFile(file)
  const key = await readPassphrase(keyFile('first'))
  for (const at of [40, whole.length - 20]) {
    const spoilt = Buffer.from(whole)
    spoilt[at] = (spoilt[at] ?? 0) ^ 1
    await writeFile(join(folder, 'spoilt.backup'), spoilt)
    await expect(checkBackup(join(folder, 'spoilt.backup'), key)).rejects.toThrow(/passphrase|piece|口令/)
  }
})

it('a pair of keys is never written over, and the private one is nobody else’s to read', async () => {
  await expect(writeRecipient(keyFile('first'))).rejects.toMatchObject({ code: 'file-exists' })
  expect((await stat(keyFile('first'))).mode & 0o077).toBe(0)
  await expect(readRecipients([keyFile('first')])).rejects.toMatchObject({ code: 'recipient-unfit' })
})
