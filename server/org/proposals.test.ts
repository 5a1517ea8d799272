import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmChange } from '../access/credentials.ts'
import { demoPerson } from '../demo/organisation.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { TEST_START, testServer, type TestServer } from '../testing.ts'

let server: TestServer

beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

interface Answer {
  readonly status: number
  readonly code?: string
  readonly id: string
  readonly half: string | null
}

async function post(by: string, url: string, payload?: object, key?: string): Promise<Answer> {
  const answer = await server.as(by, {
    method: 'POST',
    url,
    ...(payload === undefined ? {} : { payload }),
    ...(key === undefined ? {} : { key }),
  })
  return { ...answer.json<Answer>(), status: answer.statusCode }
}

const propose = (by: string, change: object, key?: string) => post(by, '/api/proposals', { change }, key)
const confirm = (by: string, id: string, key?: string) => post(by, `/api/proposals/${id}/confirm`, undefined, key)
const deal = (person: string, kind = 'password') => ({ command: 'org.deal-secret', person, kind })

async function signIn(payload: object, remoteAddress = '10.1.0.1') {
  const answer = await server.app.inject({ method: 'POST', url: '/api/session', payload, remoteAddress })
  return { status: answer.statusCode, ...answer.json<{ code?: string; token?: string; person?: object }>() }
}

describe('a secret is dealt by two administrators of different roles', () => {
  it('neither alone, nor two of one role, nor the person himself, nor anybody else', async () => {
    const { id } = await propose('xu-system', deal('li-na'))
    expect(await confirm('xu-system', id)).toMatchObject({ status: 403, code: 'org.same-role' })
    expect(await confirm('chen-jing', id)).toMatchObject({ status: 403, code: 'access.no-post' })
    expect(await propose('ji-audit', deal('li-na'))).toMatchObject({ status: 403, code: 'access.no-post' })
    expect(await propose('xu-system', deal('xu-system'))).toMatchObject({ status: 403, code: 'org.own-change' })
    const { login, password } = demoPerson('li-na')
    expect(await signIn({ login, password })).toMatchObject({ status: 200 })

    const own = await propose('xu-system', deal('an-security'))
    expect(await confirm('an-security', own.id)).toMatchObject({ status: 403, code: 'org.own-change' })
    expect(await confirm('ji-audit', id), 'where the others cannot').toMatchObject({ status: 200 })
    expect(await signIn({ login, password })).toMatchObject({ status: 401 })
  })

  it('shows each administrator one half; together they open one session, in which nothing but changing is allowed', async () => {
    const { login } = demoPerson('wang-qiang')
    const { id, half: first } = await propose('xu-system', deal('wang-qiang'))
    const before = await server.as('wang-qiang', { url: '/api/session' })
    expect(before.statusCode).toBe(200)
    const { half: second } = await confirm('an-security', id)
    expect(first).toMatch(/^[a-z2-9]{8}$/)
    expect(second).toMatch(/^[a-z2-9]{8}$/)
    expect(first).not.toBe(second)
    expect((await server.as('wang-qiang', { url: '/api/session' })).statusCode).toBe(401)

    for (const half of [`${first}`, `${second}`, `${second}${first}`])
      expect(await signIn({ login, password: half })).toMatchObject({ code: 'access.wrong-secret' })
    expect(await signIn({ login, password: demoPerson('wang-qiang').password })).toMatchObject({ status: 401 })

    const password = `${first}${second}`
    const { token = '', person } = await signIn({ login, password })
    expect(person).toMatchObject({ id: 'wang-qiang', mustChange: 'password' })
    const headers = { authorization: `Bearer ${token}` }
    for (const url of ['/api/people', '/api/units', '/api/proposals', '/api/registers'])
      expect((await server.app.inject({ url, headers })).json(), url).toMatchObject({
        status: 403,
        code: 'access.must-change',
      })
    expect(await signIn({ login, password }), 'a second time').toMatchObject({ status: 403, code: 'access.dealt-over' })

    const change = (payload: object) =>
      server.app.inject({
        method: 'PUT',
        url: '/api/session/secret',
        payload,
        headers: { ...headers, 'idempotency-key': JSON.stringify(payload).length.toString() },
      })
    const { pin } = demoPerson('wang-qiang')
    expect((await change({ kind: 'pin', old: pin, secret: '830274' })).json()).toMatchObject({
      code: 'access.must-change',
    })
    expect((await change({ kind: 'password', old: password, secret: password })).json()).toMatchObject({
      code: 'access.same-secret',
    })
    const changed = await change({ kind: 'password', old: password, secret: 'known to nobody else' })
    expect(changed.statusCode).toBe(200)
    const renewed = { authorization: `Bearer ${changed.json<{ token: string }>().token}` }
    expect((await server.app.inject({ url: '/api/people', headers: renewed })).statusCode).toBe(200)
    expect((await server.app.inject({ url: '/api/session', headers })).statusCode).toBe(401)
    expect(await signIn({ login, password: 'known to nobody else' })).toMatchObject({
      status: 200,
      person: { mustChange: null },
    })
  })

  it('a dealt PIN signs nothing at a bench, and is not used up there', async () => {
    const { badge } = demoPerson('liu-yang')
    const { id, half } = await propose('an-security', deal('liu-yang', 'pin'))
    const pin = `${half}${(await confirm('xu-system', id)).half}`
    expect(pin).toMatch(/^\d{12}$/)
    await expect(server.deps.signIn.authenticate({ badge, pin })).rejects.toMatchObject({ code: 'access.must-change' })
    expect(await signIn({ badge, pin })).toMatchObject({ person: { id: 'liu-yang', mustChange: 'pin' } })
    await expect(server.deps.signIn.authenticate({ badge, pin })).rejects.toMatchObject({ code: 'access.dealt-over' })
  })

  it('opens one session also when it comes twice at once', async () => {
    const { badge } = demoPerson('zheng-kai')
    const { id, half } = await propose('an-security', deal('zheng-kai', 'pin'))
    const pin = `${half}${(await confirm('xu-system', id)).half}`
    const answers = await Promise.all([signIn({ badge, pin }), signIn({ badge, pin }), signIn({ badge, pin })])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 403, 403])
  })

  it('lapses when nobody uses it', async () => {
    const { login } = demoPerson('wu-xia')
    const { id, half } = await propose('xu-system', deal('wu-xia'))
    const password = `${half}${(await confirm('an-security', id)).half}`
    await server.deps.db
      .updateTable('credentials')
      .set({ good_until: '2026-01-01T00:00:00Z' })
      .where('person', '=', 'wu-xia')
      .where('kind', '=', 'password')
      .execute()
    expect(await signIn({ login, password })).toMatchObject({ status: 403, code: 'access.dealt-over' })
  })

  it('a request that is sent again shows the same half and does nothing more', async () => {
    const first = await propose('xu-system', deal('sun-bo'), 'once')
    expect(await propose('xu-system', deal('sun-bo'), 'once')).toEqual(first)
    const confirmed = await confirm('an-security', first.id, 'once-more')
    expect(await confirm('an-security', first.id, 'once-more')).toEqual(confirmed)
    expect(await confirm('an-security', first.id)).toMatchObject({ status: 409, code: 'org.proposal-decided' })
    const kept = JSON.stringify([
      await server.deps.db
        .selectFrom('causes' as never)
        .selectAll()
        .execute(),
      await server.deps.db
        .selectFrom('entries' as never)
        .selectAll()
        .execute(),
      await server.deps.db
        .selectFrom('activity' as never)
        .selectAll()
        .execute(),
    ])
    expect(kept).toContain(first.id)
    expect(kept).not.toContain(first.half)
    expect(kept).not.toContain(confirmed.half)
  })

  it('goes to nobody who holds no post', async () => {
    const payload = { person: 'new-one', login: 'new-one', name: '新人', unit: 'dept-1' }
    expect(await post('xu-system', '/api/people', payload)).toMatchObject({ status: 201 })
    expect(await propose('xu-system', deal('new-one'))).toMatchObject({ status: 409, code: 'org.no-post-yet' })
  })

  it('cannot be set in another way', async () => {
    for (const [method, url] of [
      ['PUT', '/api/people/li-na/secret'],
      ['POST', '/api/badges'],
      ['POST', '/api/appointments'],
    ] as const)
      expect((await server.as('xu-system', { method, url, payload: {} })).statusCode, url).toBe(404)
    for (const type of ['org.set-secret', 'org.deal-secret', 'org.issue-badge', 'org.appoint']) {
      const command = {
        'org.set-secret': { person: 'li-na', kind: 'pin', keyed: `${'A'.repeat(43)}=` },
        'org.deal-secret': { person: 'li-na', kind: 'pin' },
        'org.issue-badge': { person: 'li-na', badge: 'B900001' },
        'org.appoint': { person: 'li-na', post: 'clerk', place: 'hall-1' },
      }[type]
      for (const person of ['xu-system', 'an-security', 'ji-audit'])
        await expect(
          server.deps.act({ person }, { type, ...command }, { cause: `${type} ${person}` }),
          type,
        ).rejects.toMatchObject({ code: 'access.no-post' })
    }
  })
})

describe('badges and appointments', () => {
  it('take effect when they are confirmed, and are refused then if they no longer can', async () => {
    const appoint = { command: 'org.appoint', person: 'feng-yan', post: 'clerk', place: 'hall-1' }
    const [one, two] = [await propose('an-security', appoint), await propose('an-security', appoint)]
    expect(await confirm('xu-system', one.id)).toMatchObject({ status: 200, half: null })
    expect(await confirm('xu-system', two.id)).toMatchObject({ status: 409, code: 'org.already-there' })
    const people = (await server.as('xu-system', { url: '/api/people?unit=hall-1' })).json<{
      people: { id: string; posts: object[] }[]
    }>()
    expect(people.people.find(({ id }) => id === 'feng-yan')?.posts).toContainEqual({ post: 'clerk', place: 'hall-1' })
  })

  it('a badge moves from one person to another only by two', async () => {
    const { badge } = demoPerson('zhao-min')
    const issue = (person: string) => ({ command: 'org.issue-badge', person, badge })
    expect(await propose('xu-system', issue('li-na'))).toMatchObject({ status: 409, code: 'org.badge-taken' })
    await post('xu-system', '/api/badges/revoke', { person: 'zhao-min', badge })
    const { id } = await propose('xu-system', issue('li-na'))
    const { pin } = demoPerson('li-na')
    expect(await signIn({ badge, pin })).toMatchObject({ status: 401 })
    expect(await confirm('an-security', id)).toMatchObject({ status: 200 })
    expect(await signIn({ badge, pin })).toMatchObject({ status: 200, person: { id: 'li-na' } })
  })

  it('wait for minutes, can be declined, and are seen by administrators alone', async () => {
    const issue = { command: 'org.issue-badge', person: 'guo-tao', badge: 'B900002' }
    const declined = await propose('xu-system', issue)
    const listed = (await server.as('ji-audit', { url: '/api/proposals' })).json<{ proposals: { id: string }[] }>()
    expect(listed.proposals.map(({ id }) => id)).toContain(declined.id)
    expect((await server.as('chen-jing', { url: '/api/proposals' })).statusCode).toBe(403)
    expect(await post('xu-system', `/api/proposals/${declined.id}/decline`)).toMatchObject({ status: 200 })
    expect(await confirm('an-security', declined.id)).toMatchObject({ code: 'org.proposal-decided' })
    const late = await propose('xu-system', issue)
    server.setNow(new Date(Date.parse(TEST_START) + 16 * 60_000).toISOString())
    expect(await confirm('an-security', late.id)).toMatchObject({ status: 409, code: 'org.proposal-lapsed' })
    expect(await confirm('an-security', '00000000-0000-4000-8000-000000000000')).toMatchObject({ status: 404 })
  })
})

describe('the register', () => {
  it('tells who proposed and who confirmed, in which role, and its tables follow from it', async () => {
    const entries = await server.deps.db
      .selectFrom('entries' as never)
      .select(['type', 'actor', 'text'] as never[])
      .where('type' as never, 'in', ['org.change-proposed', 'org.change-confirmed', 'org.secret-dealt'] as never)
      .execute()
    const told = entries as { type: string; actor: string; text: string }[]
    expect(new Set(told.map(({ type }) => type)).size).toBe(3)
    const confirmed = told.filter(({ type }) => type === 'org.change-confirmed')
    expect(confirmed.some(({ actor, text }) => actor === 'ji-audit' && text.includes('"role":"audit-admin"'))).toBe(
      true,
    )
    const { key, installation } = server.keys
    const report = await verifyStore({
      db: server.database.ownerDb,
      modules: server.modules,
      folder: checkpointFolderOf(server.keys),
      ...{ key, installation },
    })
    expect(report.faults).toEqual([])
  })
})

describe('an inactive person', () => {
  it('comes back by two administrators, never by one', async () => {
    const back = { command: 'org.reactivate', person: 'zhao-min' }
    expect(await propose('xu-system', back)).toMatchObject({ status: 409, code: 'org.active-already' })
    expect(await post('xu-system', '/api/people/deactivate', { person: 'zhao-min' })).toMatchObject({ status: 201 })
    const { login, password } = demoPerson('zhao-min')
    expect(await post('xu-system', '/api/people/deactivate', { person: 'zhao-min', active: true })).toMatchObject({
      status: 400,
    })
    expect(await propose('an-security', back)).toMatchObject({ status: 403, code: 'access.no-post' })
    const { id } = await propose('xu-system', back)
    expect(await confirm('xu-system', id)).toMatchObject({ status: 403, code: 'org.same-role' })
    expect(await signIn({ login, password })).toMatchObject({ status: 401 })
    expect(await confirm('ji-audit', id)).toMatchObject({ status: 200, half: null })
    expect(await signIn({ login, password })).toMatchObject({ status: 200 })
  })
})

describe('two administrator roles stay with somebody who can sign in', () => {
  const end = (by: string, person: string, role: string) =>
    post(by, '/api/appointments/end', { person, post: role, place: 'organ' })
  const stop = (person: string) => post('xu-system', '/api/people/deactivate', { person })

  it('whoever ends the others’ posts, makes them inactive, or himself', async () => {
    expect(await end('an-security', 'ji-audit', 'audit-admin')).toMatchObject({ status: 201 })
    expect(await end('an-security', 'xu-system', 'system-admin')).toMatchObject({
      status: 409,
      code: 'org.two-roles-stay',
    })
    expect(await end('an-security', 'an-security', 'security-admin')).toMatchObject({ code: 'org.two-roles-stay' })
    for (const person of ['an-security', 'xu-system'])
      expect(await stop(person), person).toMatchObject({ status: 409, code: 'org.two-roles-stay' })
    const { badge } = demoPerson('an-security')
    await server.deps.db
      .deleteFrom('credentials')
      .where('person', '=', 'an-security')
      .where('kind', '=', 'password')
      .execute()
    expect(await post('xu-system', '/api/badges/revoke', { person: 'an-security', badge }), 'all he has').toMatchObject(
      {
        code: 'org.two-roles-stay',
      },
    )
    expect(await end('an-security', 'feng-yan', 'nothing'), 'nobody else is kept').toMatchObject({ status: 400 })
    expect(await stop('zhao-min')).toMatchObject({ status: 201 })
  })
})

it('nobody has a secret hashed who could not confirm', async () => {
  const { id } = await propose('xu-system', deal('li-na'))
  const pepper = new Proxy(new Uint8Array(), {
    get: () => {
      throw new Error('it was hashed')
    },
  })
  const confirming = confirmChange({ ...server.deps, pepper }, { person: 'chen-jing' }, id, {
    ...{ cause: 'not his', at: TEST_START },
  })
  await expect(confirming).rejects.toMatchObject({ code: 'access.no-post' })
})
