import { expect, it, vi } from 'vitest'
import { signIn } from '../access/sign-in.ts'
import { readConfig } from '../config.ts'
import type { CaseAccount } from '../custody/protocol.ts'
import { taking } from '../custody/testing.ts'
import type { ConnectionConfig } from '../database/connect.ts'
import { quietLog } from '../database/testing.ts'
import { demoPerson } from '../demo/organisation.ts'
import { newId } from '../id.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { type Server, startServer } from '../main.ts'
import { modules } from '../modules.ts'
import { RESTORES_TIMEOUT_MS, emptyTarget, filledStore, restoreFrom, type TestStore } from './testing.ts'

/** The whole program on what a backup brought elsewhere: people sign in, the registers go on where they ended, and all of it verifies. */

/** The screens may have to be built first. */
const TEST_MS = RESTORES_TIMEOUT_MS + 180_000
const OFFICER = 'zhang-wei'
const CASE = '云监立〔2026〕5号'
const ACCOUNT = `/api/cases/${encodeURIComponent(CASE)}`

vi.setConfig({ testTimeout: TEST_MS })

function urlOf(config: ConnectionConfig): string {
  if ('connectionString' in config) return config.connectionString
  const { host, port, user, password, database } = config
  return `postgres://${user}:${password}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`
}

interface Answered<T> {
  readonly status: number
  readonly body: T
}

async function ask<T>({ url }: Server, path: string, token: string | null, payload?: object): Promise<Answered<T>> {
  const answer = await fetch(`${url}${path}`, {
    method: payload === undefined ? 'GET' : 'POST',
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(payload === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': newId() }),
    },
    ...(payload === undefined ? {} : { body: JSON.stringify(payload) }),
  })
  return { status: answer.status, body: (await answer.json()) as T }
}

/** Where a register ended when it was backed up: nothing is written at home any more. */
async function headOf({ database }: TestStore, register: string): Promise<{ seq: number; hash: Buffer }> {
  return database.db
    .selectFrom('entries')
    .select(['seq', 'hash'])
    .where('register', '=', register)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}

it('is signed in to and worked with elsewhere: registers continue, what was open before is closed, everything verifies', async () => {
  const store = await filledStore()
  const target = await emptyTarget()
  try {
    const { login, password } = demoPerson(OFFICER)
    const before = await signIn(store.database.db, store.keys.pepper).open({ login, password })
    const file = `${store.folder}/moved.backup`
    await store.backup(file)
    await restoreFrom(store, { file, ...target })

    const server = await startServer(
      readConfig({
        ...{ DATA_DIR: target.dataDir, PORT: '0', LOG_LEVEL: 'silent' },
        DATABASE_URL: urlOf(target.database.appConfig),
        DATABASE_OWNER_URL: urlOf(target.database.ownerConfig),
      }),
      { log: quietLog, allowUnlasting: true },
    )
    try {
      expect((await ask(server, ACCOUNT, before.token)).status).toBe(401)
      const { status, body } = await ask<{ token: string }>(server, '/api/session', null, { login, password })
      expect(status).toBe(200)
      const account = await ask<CaseAccount>(server, ACCOUNT, body.token)
      expect(account.status).toBe(200)

      const items = [{ name: '恢复后登记', category: 'general', quantity: 1, unit: '件' }]
      const made = await ask<{
        items: { code: string; ordinal: number }[]
        facts: { register: string; seq: number }[]
      }>(...[server, `${ACCOUNT}/items`, body.token, { items, ...taking }])
      expect(made.status, JSON.stringify(made.body)).toBe(201)
      const [fact] = made.body.facts
      const head = await headOf(store, fact?.register ?? '')
      expect(head.seq).toBeGreaterThan(0)
      // Deadlines may have begun in it meanwhile.
      expect(fact?.seq).toBeGreaterThan(head.seq)
      const next = await target.database.db
        .selectFrom('entries')
        .select('prev')
        .where('register', '=', fact?.register ?? '')
        .where('seq', '=', head.seq + 1)
        .executeTakeFirst()
      expect(next?.prev).toEqual(head.hash)
      const [item] = made.body.items
      expect(item?.ordinal).toBe(account.body.items.length + 1)
      expect(account.body.items.map(({ code }) => code)).not.toContain(item?.code)
      const chain = await ask<{ intact: boolean }>(server, `/api/items/${item?.code ?? ''}/chain`, body.token)
      expect(chain.body).toMatchObject({ intact: true })
    } finally {
      await server.close()
    }

    const { keys } = server
    const { key, installation } = keys
    const { ownerDb } = target.database
    const found = await verifyStore({ db: ownerDb, modules, folder: checkpointFolderOf(keys), key, installation })
    expect(found.faults).toEqual([])
  } finally {
    await target.close()
    await store.close()
  }
})
