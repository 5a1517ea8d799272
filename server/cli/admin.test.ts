import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type SignIn, signIn } from '../access/sign-in.ts'
import type { ConnectionConfig } from '../database/connect.ts'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import { loadKeys } from '../keys.ts'

/** Several programs one after the other, each from its start to its end. */
const TIMEOUT_MS = 120_000

let database: TestDatabase
let dataDir: string

beforeAll(async () => {
  database = await testDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'clearhold-admin-'))
})
afterAll(async () => {
  await database.close()
  await rm(dataDir, { recursive: true })
})

function admin(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { PATH = '', HOME = '' } = process.env
  const env = {
    ...{ PATH, HOME, DATA_DIR: dataDir },
    DATABASE_URL: urlOf(database.appConfig),
    DATABASE_OWNER_URL: urlOf(database.ownerConfig),
  }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, 'admin.ts'), ...args],
      { env, timeout: TIMEOUT_MS },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })
}

function urlOf(config: ConnectionConfig): string {
  if ('connectionString' in config) return config.connectionString
  const { host, port, user, password, database: name } = config
  return `postgres://${user}:${password}@localhost/${name}?host=${encodeURIComponent(host)}&port=${port}`
}

async function opens(access: SignIn, login: string, password: string): Promise<object> {
  return access.open({ login, password }).catch(({ code }: { code: string }) => ({ code }))
}

it(
  'makes three administrators, whose secrets open one session each, deals new ones and lifts the limits',
  async () => {
    const first = await admin('first', '--organ', '某机关')
    expect(first).toMatchObject({ code: 0, err: '' })
    const dealt = new Map(
      [...first.out.matchAll(/^(\S+)\t密码 \/ password (\S+)\tPIN (\d{12})\t/gm)].map(
        ([, login = '', password = '']) => [login, password],
      ),
    )
    expect([...dealt.keys()]).toEqual(['system-admin', 'security-admin', 'audit-admin'])
    const { pepper } = await loadKeys(dataDir, { hasRegisters: true })
    const access = signIn(database.db, pepper)
    const secret = dealt.get('system-admin') ?? ''
    expect(await opens(access, 'system-admin', secret)).toMatchObject({
      person: 'system-admin',
      mustChange: 'password',
    })
    expect(await opens(access, 'system-admin', secret)).toMatchObject({ code: 'access.dealt-over' })

    const alone = await admin('reset', 'system-admin')
    expect(alone).toMatchObject({ code: 1, out: '', err: expect.stringContaining('--break-glass') })
    const reset = await admin('reset', 'system-admin', '--break-glass', '口令信封遗失')
    expect(reset).toMatchObject({ code: 0, err: '' })
    expect(await admin('badge', 'system-admin', 'B900001')).toMatchObject({ code: 1 })
    expect(await admin('badge', 'system-admin', 'B900001', '--break-glass', '工牌遗失')).toMatchObject({ code: 0 })
    const again = /password (\S+)/.exec(reset.out)?.[1] ?? ''
    for (let index = 0; index < 5; index += 1) await opens(access, 'system-admin', 'not the password')
    expect(await opens(access, 'system-admin', again)).toMatchObject({ code: 'access.locked-out' })
    expect(await admin('unlock', 'system-admin')).toMatchObject({ code: 0, err: '' })
    expect(await opens(access, 'system-admin', again)).toMatchObject({ mustChange: 'password' })

    expect(await admin('first', '--organ', '某机关')).toMatchObject({
      code: 1,
      err: expect.stringContaining('已有人员'),
    })
    expect(await admin('unlock', 'nobody')).toMatchObject({ code: 1, err: expect.stringContaining('没有账号 nobody') })
  },
  TIMEOUT_MS,
)
