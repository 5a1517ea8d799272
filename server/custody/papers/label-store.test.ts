import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inTransaction } from '../../database/connect.ts'
import { testServer, type TestServer } from '../../testing.ts'
import { stripsElsewhere } from './label-store.ts'

/** A strip is asked for under the lock of a register: however many labels there are, those of its number are found by an index. */

let server: TestServer

beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

it('strips of one number on other things are found without reading every label', async () => {
  const scans = await inTransaction(server.deps.db, async (trx) => {
    await sql`set local enable_seqscan = off`.execute(trx)
    expect(await stripsElsewhere(trx, 'W02260000001I1', 'FT-7')).toBe(0)
    const { rows } = await sql<{ seq_scan: number }>`
      select seq_scan from pg_stat_xact_user_tables where relname = 'labels'
    `.execute(trx)
    return rows
  })
  expect(scans).toMatchObject([{ seq_scan: 0 }])
})
