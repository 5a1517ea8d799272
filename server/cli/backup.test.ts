import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { smallStore, type TestStore } from '../backup/testing.ts'
import type { ConnectionConfig } from '../database/connect.ts'
import { removeCluster } from '../database/cluster.ts'
import { quietLog } from '../database/testing.ts'

/** A dozen programs one after the other, each from its start to its end. */
const TIMEOUT_MS = 120_000

let store: TestStore
let folder: string
let dataDir: string
let file: string

beforeAll(async () => {
  store = await smallStore()
  folder = await mkdtemp(join(tmpdir(), 'clearhold-cli-'))
  dataDir = join(folder, 'data')
  file = join(folder, 'all.backup')
})

afterAll(async () => {
  await removeCluster({ dataDir, log: quietLog })
  await rm(folder, { recursive: true })
  await store.close()
})

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

function run(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  const { PATH = '', HOME = '' } = process.env
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, program), ...args],
      { env: { PATH, HOME, ...env }, timeout: TIMEOUT_MS },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })
}

function urlOf(config: ConnectionConfig): string {
  if ('connectionString' in config) return config.connectionString
  const { host, port, user, password, database } = config
  return `postgres://${user}:${password}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`
}

/** Where a store is, as its operator says it. */
function sourceOf({ dataDir, database: { appConfig, ownerConfig } }: TestStore): Readonly<Record<string, string>> {
  return { DATA_DIR: dataDir, DATABASE_URL: urlOf(appConfig), DATABASE_OWNER_URL: urlOf(ownerConfig) }
}

describe('npm run backup and npm run restore', () => {
  it(
    'move an installation from a database of its own to the embedded one, where it verifies',
    async () => {
      const source = sourceOf(store)
      const written = await run('backup.ts', [file], source)
      expect(written).toMatchObject({ code: 0, err: '' })
      expect(written.out).toContain('org\t4 条')
      expect(written.out).toContain(store.keys.folder)
      expect(await run('backup.ts', [file], source)).toMatchObject({ code: 2, err: expect.stringContaining('--force') })

      expect(await run('restore.ts', [file, '--check'], {})).toMatchObject({ code: 0, err: '' })
      const here = { DATA_DIR: dataDir }
      expect(await run('restore.ts', [file], here)).toMatchObject({ code: 2, err: expect.stringContaining('--keys') })
      const restored = await run('restore.ts', [file, '--keys', store.keys.folder], here)
      expect(restored).toMatchObject({ code: 0, err: '' })
      expect(restored.out).toContain('✓ 已恢复，完整无误 / restored, intact')
      expect(await run('verify.ts', [], here)).toMatchObject({ code: 0, err: '' })
      expect(await readdir(dataDir)).not.toContain('restoring')

      const again = await run('restore.ts', [file, '--keys', store.keys.folder], here)
      expect(again).toMatchObject({ code: 2, err: expect.stringContaining('不是空的') })
      const onwards = await run('backup.ts', [join(folder, 'embedded.backup'), '--with-keys'], here)
      expect(onwards).toMatchObject({ code: 0, err: '' })
    },
    TIMEOUT_MS,
  )

  it(
    'encrypt with a passphrase file, and say in words when it is not there or another one',
    async () => {
      const [onwards, passphrase, wrong] = [
        join(folder, 'encrypted.backup'),
        join(folder, 'passphrase'),
        join(folder, 'wrong'),
      ]
      await writeFile(passphrase, '云州清管 2026 备份口令 Qk7\n')
      await writeFile(wrong, '云州清管 2026 备份口令 Qk8\n')
      const encrypted = await run('backup.ts', [onwards, '--with-keys', '--key', passphrase], sourceOf(store))
      expect(encrypted).toMatchObject({ code: 0, err: '', out: expect.stringContaining('备份已加密') })
      const checking = (...key: string[]) => run('restore.ts', [onwards, '--check', ...key], {})
      expect(await checking('--key', passphrase)).toMatchObject({ code: 0, err: '' })
      expect(await checking()).toMatchObject({ code: 2, err: expect.stringContaining('--key') })
      expect(await checking('--key', wrong)).toMatchObject({ code: 2, err: expect.stringContaining('口令打不开') })
      expect(await checking('--key', join(folder, 'nothing'))).toMatchObject({
        ...{ code: 2, err: expect.stringContaining('口令文件') },
      })
    },
    TIMEOUT_MS,
  )

  it(
    'say in words what is no backup, or no command',
    async () => {
      const text = join(folder, 'text')
      await writeFile(text, 'not a backup')
      const here = { DATA_DIR: join(folder, 'nowhere') }
      expect(await run('restore.ts', [text, '--check'], here)).toMatchObject({
        code: 1,
        err: expect.stringContaining('不是完整的备份'),
      })
      expect(await run('restore.ts', [join(folder, 'not-there')], here)).toMatchObject({
        code: 2,
        err: expect.stringContaining('没有恢复 / not restored'),
      })
      expect(await run('restore.ts', [], here)).toMatchObject({
        code: 2,
        err: expect.stringContaining('npm run restore'),
      })
      expect(await run('backup.ts', ['a', 'b'], here)).toMatchObject({
        code: 2,
        err: expect.stringContaining('npm run backup'),
      })
      expect(await readdir(folder)).not.toContain('nowhere')
    },
    TIMEOUT_MS,
  )
})
