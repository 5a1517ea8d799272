import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clientConfig, inTransaction } from '../database/connect.ts'
import { MIGRATIONS_FOLDER } from '../database/migrate.ts'
import { demoPerson } from '../demo/organisation.ts'
import { testServer, type TestServer } from '../testing.ts'
import { seedStations } from './registry.ts'
import { newSession, type Session } from './session.ts'
import { lockSession, readSession, saveSession } from './store.ts'

const AT = '2026-03-02T01:00:00.000Z'
let server: TestServer

beforeAll(async () => {
  server = await testServer()
  await seedStations(
    server.database.db,
    server.deps.act,
    ['bench-1', 'bench-2'].map((id) => ({ id, name: id, kind: 'bench', place: 'store-1', devices: [] })),
  )
})
afterAll(() => server.close())

it('a shift that does not say by which badge is opened again, and nothing that it had begun is asked any more', async () => {
  const { db } = server.database
  const work = { module: 'custody', version: 1, state: {} }
  const li = { id: 'li', name: 'li' }
  const earlier = {
    ...{ ...newSession(AT), custodian: { ...li, signedAt: AT, setUp: '1' }, locked: false },
    ...{ work, before: { work }, signing: { ...li, badge: 'B-li', purpose: 'second' } },
  } as unknown as Session
  await inTransaction(db, async (trx) => {
    const { version } = await lockSession(trx, 'bench-1', AT)
    await saveSession(trx, 'bench-1', { version: version + 1, session: earlier }, AT)
  })
  expect((await readSession(db, 'bench-1', AT)).session).toMatchObject({
    ...{ custodian: null, signing: null, locked: true, work: null, before: null },
  })
})

it('keeps ids of people alone; whoever reads it is told their names as they are then', async () => {
  const { db, ownerDb } = server.database
  const [custodian, officer] = [demoPerson('chen-jing'), demoPerson('zhang-wei')]
  const named = ({ id, name }: typeof custodian) => ({ id, name })
  const state = { officer: named(officer), lines: [{ item: 'W1', name: '手机', borrower: named(officer) }], none: null }
  const session: Session = {
    ...newSession(AT),
    custodian: { ...named(custodian), badge: custodian.badge, signedAt: AT, setUp: '1' },
    signing: { ...named(officer), badge: officer.badge, purpose: 'second' },
    work: { module: 'custody', version: 1, state },
  }
  await inTransaction(db, async (trx) => {
    const { version } = await lockSession(trx, 'bench-2', AT)
    await saveSession(trx, 'bench-2', { version: version + 1, session }, AT)
  })
  const kept = await sql<{ text: string }>`select session::text as text from station_sessions`.execute(ownerDb)
  for (const { name } of [custodian, officer]) expect(kept.rows.map(({ text }) => text).join()).not.toContain(name)
  expect((await readSession(db, 'bench-2', AT)).session).toEqual(session)
})

it('names that an earlier version kept are taken out of what stations are in the middle of, and nothing else', async () => {
  const { db, ownerDb } = server.database
  const [custodian, officer] = [demoPerson('chen-jing'), demoPerson('zhang-wei')]
  const named = ({ id, name }: typeof custodian) => ({ id, name })
  const state = {
    officer: named(officer),
    lines: [{ item: 'W1', name: '手机', signers: [named(officer)] }],
    hand: null,
  }
  const session: Session = {
    ...newSession(AT),
    custodian: { ...named(custodian), badge: custodian.badge, signedAt: AT, setUp: '1' },
    work: { module: 'custody', version: 1, state },
  }
  const { version } = await readSession(db, 'bench-2', AT)
  const earlier = { ...session, verdict: { words: { zh: `${officer.name} 已登录` } } }
  await sql`update station_sessions set session = ${JSON.stringify(earlier)}::jsonb where station = 'bench-2'`.execute(
    ownerDb,
  )
  const migration = await readFile(join(MIGRATIONS_FOLDER, '0020-sessions-without-names.sql'), 'utf8')
  // Twice: what holds no names stays as it is.
  for (let time = 0; time < 2; time += 1) {
    const client = new pg.Client(clientConfig(server.database.ownerConfig, true))
    await client.connect()
    try {
      await client.query(migration)
    } finally {
      await client.end()
    }
    const kept = await sql<{ text: string }>`select session::text as text from station_sessions`.execute(ownerDb)
    for (const { name } of [custodian, officer]) expect(kept.rows.map(({ text }) => text).join()).not.toContain(name)
    expect(await readSession(db, 'bench-2', AT)).toEqual({ version, session })
  }
})
