import { afterAll, beforeAll, expect, it } from 'vitest'
import { inTransaction } from '../database/connect.ts'
import { testServer, type TestServer } from '../testing.ts'
import { seedStations } from './registry.ts'
import { newSession, type Session } from './session.ts'
import { lockSession, readSession, saveSession } from './store.ts'

const AT = '2026-03-02T01:00:00.000Z'
let server: TestServer

beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

it('a shift that does not say by which badge is opened again, and nothing that it had begun is asked any more', async () => {
  const { db } = server.database
  await seedStations(db, server.deps.act, [
    { id: 'bench-1', name: 'bench-1', kind: 'bench', place: 'store-1', devices: [] },
  ])
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
