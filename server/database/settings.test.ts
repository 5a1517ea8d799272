import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mustChangeAccount, run, unprivilegedAccount } from './account.ts'
import { packageFolder, readyBinaries } from './binaries.ts'
import { connect } from './connect.ts'
import { checkSettings, SettingsRefused } from './settings.ts'
import { quietLog, type TestDatabase, testDatabase } from './testing.ts'

let database: TestDatabase
let superuser: pg.Client

beforeAll(async () => {
  database = await testDatabase()
  superuser = new pg.Client(database.superConfig)
  await superuser.connect()
})

afterAll(async () => {
  await superuser.end()
  await database.close()
})

describe('checkSettings', () => {
  it('passes our own cluster', async () => {
    const { pool, close } = connect(database.appConfig, { log: quietLog })
    await checkSettings(pool)
    await close()
  })

  it('refuses a role or database for which commits are not waited for', async () => {
    const { rows } = await superuser.query<{ name: string }>('select current_database() as name')
    await superuser.query(`alter database ${rows[0]?.name} set synchronous_commit = off`)
    const { pool, close } = connect(database.appConfig, { log: quietLog })
    await expect(checkSettings(pool)).rejects.toMatchObject({
      code: 'unsafe-setting',
      problems: [{ name: 'synchronous_commit', found: 'off', wanted: 'on' }],
    })
    await close()
  })

  it('refuses a server that does not keep what it acknowledges, and names everything at once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'clearhold-unsafe-'))
    await chmod(folder, 0o711)
    const account = mustChangeAccount() ? await unprivilegedAccount() : undefined
    if (account !== undefined) await chown(folder, account.uid, account.gid)
    const { initdb, pgCtl } = await readyBinaries(await packageFolder(), folder, account)
    const data = join(folder, 'data')
    const settings = [`unix_socket_directories=${folder}`, 'listen_addresses=', 'fsync=off', 'full_page_writes=off']
    const made = await run(
      initdb,
      [
        '-D',
        data,
        '-U',
        'somebody',
        '--auth=trust',
        '--encoding=LATIN1',
        '--locale=C',
        '--no-sync',
        '--no-data-checksums',
      ],
      account,
      folder,
    )
    expect(made.code, made.output).toBe(0)
    const flags = settings.map((setting) => `-c ${setting}`).join(' ')
    const started = await run(
      pgCtl,
      ['start', '-D', data, '-w', '-l', join(folder, 'log'), '-o', flags],
      account,
      folder,
    )
    expect(started.code, started.output).toBe(0)
    const config = { host: folder, port: 5432, user: 'somebody', password: '', database: 'postgres' }
    const { pool, close } = connect(config, { log: quietLog })
    const refused = await checkSettings(pool).catch((error: unknown) => error)
    await close()
    await run(pgCtl, ['stop', '-D', data, '-m', 'fast', '-w'], account, folder)
    await rm(folder, { recursive: true })
    expect(refused).toBeInstanceOf(SettingsRefused)
    expect((refused as SettingsRefused).problems.map(({ name }) => name).sort()).toEqual([
      'data_checksums',
      'fsync',
      'full_page_writes',
      'server_encoding',
    ])
  })
})
