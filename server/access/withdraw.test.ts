import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../database/connect.ts'
import { demoPerson } from '../demo/organisation.ts'
import { lockRegisters } from '../ledger/append.ts'
import { TEST_START, testServer, type TestServer } from '../testing.ts'

/** Until a statement is seen waiting for another's lock. */
const LOOK_AGAIN_MS = 10

let server: TestServer

beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

async function send(by: string, url: string, payload: object, key?: string): Promise<number> {
  const answer = await server.as(by, { method: 'POST', url, payload, ...(key === undefined ? {} : { key }) })
  return answer.statusCode
}

function enter(id: string, means: 'password' | 'badge') {
  const { login, password, badge, pin } = demoPerson(id)
  return server.deps.signIn.open(means === 'password' ? { login, password } : { badge, pin })
}

const isOpen = (token: string) => server.deps.signIn.isOpen(token)

describe('taking a badge back', () => {
  it('ends at once what was opened with a badge, and nothing else', async () => {
    const [byBadge, byPassword, other] = [
      await enter('li-na', 'badge'),
      await enter('li-na', 'password'),
      await enter('zhao-min', 'badge'),
    ]
    const { badge } = demoPerson('li-na')
    expect(await send('xu-system', '/api/badges/revoke', { person: 'li-na', badge })).toBe(201)
    expect(await isOpen(byBadge.token)).toBe(false)
    expect(await isOpen(byPassword.token)).toBe(true)
    expect(await isOpen(other.token)).toBe(true)
    await expect(enter('li-na', 'badge')).rejects.toMatchObject({ code: 'access.wrong-secret' })
  })

  it('a retry of the request ends nothing more', async () => {
    const { badge, pin } = demoPerson('wang-qiang')
    const revoke = () => send('xu-system', '/api/badges/revoke', { person: 'wang-qiang', badge }, 'revoke-once')
    expect(await revoke()).toBe(201)
    await server.deps.act(
      { person: 'system' },
      { type: 'org.issue-badge', person: 'wang-qiang', badge: 'B900001' },
      { cause: 'a new badge' },
    )
    const { token } = await server.deps.signIn.open({ badge: 'B900001', pin })
    expect(await revoke()).toBe(201)
    expect(await isOpen(token)).toBe(true)
  })

  it('ends nothing when it is refused', async () => {
    const { token } = await enter('sun-bo', 'badge')
    expect(await send('xu-system', '/api/badges/revoke', { person: 'sun-bo', badge: 'B999999' })).toBe(404)
    const { badge } = demoPerson('sun-bo')
    expect(await send('ji-audit', '/api/badges/revoke', { person: 'sun-bo', badge })).toBe(403)
    expect(await isOpen(token)).toBe(true)
  })
})

describe('making somebody inactive', () => {
  it('ends his sessions for good: being active again a moment later revives none', async () => {
    const sessions = [await enter('he-fang', 'badge'), await enter('he-fang', 'password')]
    expect(await send('xu-system', '/api/people/deactivate', { person: 'he-fang' })).toBe(201)
    for (const { token } of sessions) expect(await isOpen(token)).toBe(false)
    await server.deps.act(
      { person: 'system' },
      { type: 'org.reactivate', person: 'he-fang' },
      { cause: 'a moment later' },
    )
    for (const { token } of sessions) expect(await server.deps.signIn.find(token)).toBeNull()
    expect(await isOpen((await enter('he-fang', 'badge')).token)).toBe(true)
  })
})

describe('a sign-in that was under way', () => {
  it('opens nothing with what was true before', async () => {
    const { db, actWithin } = server.deps
    const { badge } = demoPerson('guo-tao')
    const command = { type: 'org.revoke-badge', person: 'guo-tao', badge }
    const opening = await inTransaction(db, async (trx) => {
      await actWithin(trx, { person: 'xu-system' }, command, { cause: 'while he signs in', at: TEST_START })
      const answered = enter('guo-tao', 'badge').then(
        () => 'opened',
        ({ code }: { code: string }) => code,
      )
      await waiting('select n from people')
      return { answered }
    })
    expect(await opening.answered).toBe('access.changed-meanwhile')
  })
})

describe('a change of one’s own secret that was under way', () => {
  it('does not replace what two administrators dealt meanwhile', async () => {
    const { db } = server.deps
    const { login, password } = demoPerson('guo-tao')
    const payload = { kind: 'password', old: password, secret: 'what an old holder would like' }
    const { token } = await enter('guo-tao', 'password')
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': 'the-old-holder' }
    const deal = { change: { command: 'org.deal-secret', person: 'guo-tao', kind: 'password' } }
    const proposed = await server.as('xu-system', { method: 'POST', url: '/api/proposals', payload: deal })
    const { id, half: first } = proposed.json<{ id: string; half: string }>()
    // Held where the old holder's secret has been looked at, and nothing of his change is written.
    const { changing, confirming } = await inTransaction(db, async (trx) => {
      await lockRegisters(trx, ['org'])
      const confirming = server
        .as('an-security', { method: 'POST', url: `/api/proposals/${id}/confirm` })
        .then((answer) => answer)
      await waiting('pg_advisory_xact_lock', 1)
      const changing = server.app
        .inject({ method: 'PUT', url: '/api/session/secret', payload, headers })
        .then((answer) => answer)
      await waiting('pg_advisory_xact_lock', 2)
      return { changing, confirming }
    })
    const { half: second } = (await confirming).json<{ half: string }>()
    expect((await changing).json()).toMatchObject({ status: 409, code: 'access.changed-meanwhile' })
    const open = (with_: string) => server.deps.signIn.open({ login, password: with_ })
    await expect(open(payload.secret)).rejects.toMatchObject({ code: 'access.wrong-secret' })
    expect(await open(`${first}${second}`)).toMatchObject({ person: 'guo-tao', mustChange: 'password' })
  })
})

/** Until so many statements that hold these words wait for somebody's lock. */
async function waiting(words: string, count = 1): Promise<void> {
  for (;;) {
    const found = await sql<{ waiting: number }>`
      select count(*)::int as waiting from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database() and query like ${`%${words}%`}
    `.execute(server.deps.db)
    if ((found.rows[0]?.waiting ?? 0) >= count) return
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}
