import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from './connect.ts'
import { checkSettings } from './settings.ts'
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
})
