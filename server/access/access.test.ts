import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claimCause } from '../causes.ts'
import { inTransaction } from '../database/connect.ts'
import { demoPerson } from '../demo/organisation.ts'
import { testServer, type TestServer } from '../testing.ts'

let server: TestServer

beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const officer = demoPerson('zhang-wei')

describe('signing in', () => {
  it('works with password, and with badge and PIN, and says who one is', async () => {
    for (const payload of [
      { login: officer.login, password: officer.password },
      { badge: officer.badge, pin: officer.pin },
    ]) {
      const answer = await server.app.inject({ method: 'POST', url: '/api/session', payload })
      expect(answer.statusCode).toBe(200)
      expect(answer.json()).toMatchObject({
        person: { id: 'zhang-wei', name: '张伟', unit: 'dept-1', posts: [{ post: 'officer', place: 'dept-1' }] },
      })
      const cookie = answer.cookies[0]
      expect(cookie).toMatchObject({ name: 'clearhold', httpOnly: true, sameSite: 'Strict' })
      const mine = await server.app.inject({ url: '/api/session', cookies: { clearhold: cookie?.value ?? '' } })
      expect(mine.json()).toMatchObject({ person: { id: 'zhang-wei' } })
    }
  })

  it('answers a wrong secret and an unknown name alike, and pauses after five tries, also for the right secret', async () => {
    const tries = async (login: string, password: string) =>
      (await server.app.inject({ method: 'POST', url: '/api/session', payload: { login, password } })).json()
    const wrong = await tries('li-na', 'not-the-password')
    const unknown = await tries('nobody', 'not-the-password')
    expect(wrong).toMatchObject({
      status: 401,
      code: 'access.wrong-secret',
      rule: expect.any(String) as string,
      remedy: expect.any(String) as string,
    })
    expect(unknown).toEqual(wrong)
    for (let attempt = 2; attempt <= 5; attempt += 1) await tries('li-na', 'not-the-password')
    expect(await tries('li-na', demoPerson('li-na').password)).toMatchObject({ status: 429, code: 'access.locked-out' })
    expect((await tries('wang-qiang', demoPerson('wang-qiang').password)) as object).toHaveProperty('token')
  })

  it('lets no more tries through when they come all at once: the right one behind the fifth opens nothing', async () => {
    const { login, password } = demoPerson('he-fang')
    const guesses = [...Array.from({ length: 39 }, (_, index) => `a guess ${index}`), password]
    const answers = await Promise.all(
      guesses.map((guess) =>
        server.app.inject({ method: 'POST', url: '/api/session', payload: { login, password: guess } }),
      ),
    )
    const codes = answers.map((answer) => answer.json<{ code?: string }>().code)
    expect(codes.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => 'access.wrong-secret'))
    expect(codes.slice(4)).toEqual(Array.from({ length: 36 }, () => 'access.locked-out'))
  })

  it('signs one person in many times at once', async () => {
    const { login, password } = demoPerson('sun-bo')
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        server.app.inject({ method: 'POST', url: '/api/session', payload: { login, password } }),
      ),
    )
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 20 }, () => 200))
  })

  it('opens nothing with a hash that somebody copied from his own row in the database', async () => {
    const { db } = server.deps
    const stored = (person: string) =>
      db.selectFrom('credentials').select('hash').where('person', '=', person).where('kind', '=', 'password')
    const before = await stored('guo-tao').executeTakeFirstOrThrow()
    const copied = await stored('wu-xia').executeTakeFirstOrThrow()
    const put = (hash: string) =>
      db
        .updateTable('credentials')
        .set({ hash })
        .where('person', '=', 'guo-tao')
        .where('kind', '=', 'password')
        .execute()
    await put(copied.hash)
    const { password } = demoPerson('wu-xia')
    await expect(server.deps.signIn.open({ login: 'guo-tao', password })).rejects.toMatchObject({
      code: 'access.wrong-secret',
    })
    await put(before.hash)
  })

  it('ends when nothing is done, however long an open line is asked after', async () => {
    const { db, signIn } = server.deps
    const { token } = await signIn.open({ badge: officer.badge, pin: officer.pin })
    const age = () => sql`update sessions set seen_at = seen_at - interval '14 minutes'`.execute(db)
    await age()
    expect(await signIn.isOpen(token)).toBe(true)
    await age()
    expect(await signIn.isOpen(token)).toBe(false)
    expect(await signIn.find(token)).toBeNull()
  })

  it('ends when the clock was put back: nobody knows how long it was left alone', async () => {
    const { db, signIn } = server.deps
    const { token } = await signIn.open({ badge: officer.badge, pin: officer.pin })
    // As it was written by a clock that was an hour ahead.
    const ahead = sql`update sessions set created_at = created_at + interval '1 hour', seen_at = seen_at + interval '1 hour'`
    await ahead.execute(db)
    expect(await signIn.find(token)).toBeNull()
    expect(await signIn.isOpen(token)).toBe(false)
    await sql`delete from sessions where seen_at > now()`.execute(db)
  })

  it('refuses bodies with unknown fields, other types and other content types', async () => {
    const send = (payload: string, type = 'application/json') =>
      server.app.inject({ method: 'POST', url: '/api/session', payload, headers: { 'content-type': type } })
    const good = { login: officer.login, password: officer.password }
    for (const bad of [
      { ...good, admin: true },
      { login: 7, password: 'x' },
      { login: [officer.login], password: officer.password },
      {},
      null,
    ]) {
      expect((await send(JSON.stringify(bad))).statusCode).toBe(400)
    }
    expect((await send('{"login":"a","__proto__":{"x":1}}')).statusCode).toBe(400)
    for (const type of ['text/plain', 'application/jsonx', 'application/x-www-form-urlencoded', 'application/json a']) {
      expect((await send(JSON.stringify(good), type)).json(), type).toMatchObject({
        status: expect.toSatisfy((s: number) => s === 415 || s === 400) as number,
      })
    }
  })

  it('ends with signing out', async () => {
    const { token } = (
      await server.app.inject({
        method: 'POST',
        url: '/api/session',
        payload: { badge: officer.badge, pin: officer.pin },
      })
    ).json<{ token: string }>()
    const headers = { authorization: `Bearer ${token}` }
    expect((await server.app.inject({ url: '/api/session', headers })).statusCode).toBe(200)
    expect((await server.app.inject({ method: 'DELETE', url: '/api/session', headers })).statusCode).toBe(204)
    expect((await server.app.inject({ url: '/api/session', headers })).statusCode).toBe(401)
  })

  it('refuses a write that a page of another site sends with our cookie', async () => {
    const { token } = await server.deps.signIn.open({ badge: officer.badge, pin: officer.pin })
    for (const headers of [
      { origin: 'https://localhost:80.evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const answer = await server.app.inject({
        method: 'DELETE',
        url: '/api/session',
        cookies: { clearhold: token },
        headers,
      })
      expect(answer.json(), JSON.stringify(headers)).toMatchObject({ code: 'access.foreign-origin', status: 403 })
    }
    expect(await server.deps.signIn.find(token)).not.toBeNull()
  })
})

describe('administering', () => {
  it('keeps the three administrators apart, and lets nobody appoint himself', async () => {
    const refused = async (by: string, change: object) =>
      (
        await server.as(by, {
          method: 'POST',
          url: '/api/proposals',
          payload: { change: { command: 'org.appoint', ...change } },
        })
      ).json<{ code: string }>().code
    expect(await refused('an-security', { person: 'xu-system', post: 'audit-admin', place: 'organ' })).toBe(
      'org.administrators-exclude',
    )
    expect(await refused('an-security', { person: 'ji-audit', post: 'custodian', place: 'store-1' })).toBe(
      'org.administrators-exclude',
    )
    expect(await refused('an-security', { person: 'an-security', post: 'security-admin', place: 'dept-1' })).toBe(
      'org.own-appointment',
    )
    expect(await refused('xu-system', { person: 'li-na', post: 'approver', place: 'dept-1' })).toBe('access.no-post')
    expect(await refused('chen-jing', { person: 'li-na', post: 'approver', place: 'dept-1' })).toBe('access.no-post')
  })

  it('lets nobody be called what the program calls itself', async () => {
    const answer = await server.as('xu-system', {
      method: 'POST',
      url: '/api/people',
      payload: { person: 'system', login: 'root', name: '某某', unit: 'organ' },
    })
    expect(answer.json()).toMatchObject({ status: 409, code: 'org.already-there' })
  })

  it('ends every session of a person who is set inactive, at once', async () => {
    const before = await server.as('zhao-min', { url: '/api/session' })
    expect(before.statusCode).toBe(200)
    await server.as('xu-system', {
      method: 'POST',
      url: '/api/people/deactivate',
      payload: { person: 'zhao-min' },
    })
    expect((await server.as('zhao-min', { url: '/api/session' })).statusCode).toBe(401)
  })
})

describe('writing twice', () => {
  const payload = { unit: 'dept-9', name: '第九室', kind: 'department', parent: 'organ' }
  const add = (body: object, key?: string) =>
    server.as('xu-system', { method: 'POST', url: '/api/units', payload: body, ...(key === undefined ? {} : { key }) })

  it('the same key gives the first answer, with another body 422, and no key is refused', async () => {
    const first = await add(payload, 'once')
    expect(first.statusCode).toBe(201)
    expect((await add(payload, 'once')).json()).toEqual(first.json())
    expect((await add({ ...payload, name: '别室' }, 'once')).json()).toMatchObject({
      status: 422,
      code: 'request.key-reused',
    })
    const bare = await server.as('xu-system', {
      method: 'POST',
      url: '/api/units',
      payload,
      headers: { 'idempotency-key': '' },
    })
    expect(bare.json()).toMatchObject({ status: 400, code: 'request.key-missing' })
  })

  it('the same key at once from many clients has one effect; the others get the answer or are told that it runs', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => add({ ...payload, unit: 'dept-10' }, 'at-once')))
    const codes = answers.map((answer) => answer.statusCode)
    expect(codes).toContain(201)
    expect(codes.filter((code) => code !== 201 && code !== 409)).toEqual([])
    const facts = new Set(answers.filter((answer) => answer.statusCode === 201).map((answer) => answer.body))
    expect(facts.size).toBe(1)
  })
})

describe('the registers', () => {
  it('are open to supervisors and audit administrators only, and every look is recorded', async () => {
    expect((await server.as('xu-system', { url: '/api/registers' })).json()).toMatchObject({ code: 'access.no-post' })
    const list = await server.as('zhou-ping', { url: '/api/registers' })
    expect(list.json()).toMatchObject({ registers: [{ id: 'org', hash: 'sha256' }] })
    const entries = await server.as('ji-audit', { url: '/api/registers/org/entries?after=2&limit=3' })
    expect(entries.json<{ entries: { seq: number }[] }>().entries.map(({ seq }) => seq)).toEqual([3, 4, 5])
    const proof = await server.as('zhou-ping', { url: '/api/registers/org/proof?seq=3&size=7' })
    expect(proof.json()).toMatchObject({ index: 2, size: 7 })
    expect((await server.as('zhou-ping', { url: '/api/registers/org/checkpoint' })).body).toMatch(
      /^clearhold-\w+\/org\n\d+\n/,
    )
    const recorded = await server.deps.db
      .selectFrom('activity' as never)
      .select('text' as never)
      .execute()
    expect(JSON.stringify(recorded)).toContain('registers/org/entries'.replace('/entries', ''))
  })
})

describe('a session that is asked for again', () => {
  const { login, password } = demoPerson('zheng-kai')
  const ask = (key: string, payload: object) =>
    server.app.inject({ method: 'POST', url: '/api/session', payload, headers: { 'idempotency-key': key } })
  const end = (token: string) =>
    server.app.inject({ method: 'DELETE', url: '/api/session', headers: { authorization: `Bearer ${token}` } })

  it('under its key is the same session, of which nothing is kept that opens it', async () => {
    const first = await ask('one-session', { login, password })
    const again = await ask('one-session', { login, password })
    expect(again.json()).toEqual(first.json())
    const { token } = first.json<{ token: string }>()
    const kept = await sql<{
      row: string
    }>`select c::text as row from causes c where key = 'request:one-session'`.execute(server.database.db)
    expect(kept.rows).toHaveLength(1)
    for (const secret of [token, password]) expect(kept.rows[0]?.row).not.toContain(secret)
    const open = await sql`select from sessions where person = 'zheng-kai'`.execute(server.database.db)
    expect(open.rows).toHaveLength(1)
    expect((await ask('another-session', { login, password })).json<{ token: string }>().token).not.toBe(token)
  })

  it('with other credentials of the same person is another request; a wrong secret is just wrong', async () => {
    const { badge, pin } = demoPerson('zheng-kai')
    expect((await ask('one-session', { badge, pin })).json()).toMatchObject({ code: 'request.key-reused' })
    expect((await ask('one-session', { login, password: 'wrong' })).json()).toMatchObject({
      code: 'access.wrong-secret',
    })
  })

  it('while it is still being opened is told so', async () => {
    await inTransaction(server.database.db, async (trx) => {
      await claimCause(trx, 'zheng-kai', 'request:busy-session')
      expect((await ask('busy-session', { login, password })).json()).toMatchObject({ code: 'request.in-progress' })
    })
    expect((await ask('busy-session', { login, password })).statusCode).toBe(200)
  })

  it('is not opened anew once it has ended; ending it again is no error', async () => {
    const { token } = (await ask('ended-session', { login, password })).json<{ token: string }>()
    expect((await end(token)).statusCode).toBe(204)
    expect((await end(token)).statusCode).toBe(204)
    expect((await ask('ended-session', { login, password })).json()).toMatchObject({ code: 'access.not-signed-in' })
    expect((await server.app.inject({ method: 'DELETE', url: '/api/session' })).statusCode).toBe(401)
  })
})
