import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TRIES_A_DAY, TRIES_BEFORE_PAUSE } from '../access/tries.ts'
import { demoPerson } from '../demo/organisation.ts'
import { testServer, type TestServer } from '../testing.ts'
import type { Account } from './protocol.ts'

let server: TestServer

beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

async function accountOf(id: string): Promise<Account> {
  const answer = await server.as('ji-audit', { url: '/api/accounts' })
  expect(answer.statusCode).toBe(200)
  const found = answer.json<{ accounts: Account[] }>().accounts.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no account ${id}`)
  return found
}

async function guess(id: string, station: string, times: number): Promise<void> {
  const { login } = demoPerson(id)
  for (let time = 0; time < times; time += 1)
    await server.deps.signIn.open({ login, password: `a guess ${time}` }, { station }).catch(() => undefined)
}

describe('accounts', () => {
  it('are seen by the three administrators, and by nobody else', async () => {
    for (const by of ['xu-system', 'an-security', 'ji-audit'])
      expect((await server.as(by, { url: '/api/accounts' })).statusCode, by).toBe(200)
    for (const by of ['zhang-wei', 'chen-jing', 'zhou-ping', 'sun-bo'])
      expect((await server.as(by, { url: '/api/accounts' })).json(), by).toMatchObject({
        status: 403,
        code: 'access.no-post',
      })
  })

  it('tell posts by date, badges, and how the secrets stand', async () => {
    const { login, name, unit, badge } = demoPerson('zhao-min')
    expect(await accountOf('zhao-min')).toEqual({
      ...{
        id: 'zhao-min',
        login,
        name,
        unit,
        active: true,
        erased: null,
        secondFactor: null,
        provider: null,
        locks: [],
      },
      appointments: [{ post: 'officer', place: 'dept-2', from: expect.any(String) as string, to: null }],
      badges: [{ badge, active: true }],
      secrets: [
        { kind: 'password', standing: 'own', until: null },
        { kind: 'pin', standing: 'own', until: null },
      ],
    })
    const end = { person: 'zhao-min', post: 'officer', place: 'dept-2' }
    await server.as('an-security', { method: 'POST', url: '/api/appointments/end', payload: end })
    await server.as('xu-system', { method: 'POST', url: '/api/badges/revoke', payload: { person: 'zhao-min', badge } })
    expect(await accountOf('zhao-min')).toMatchObject({
      appointments: [{ post: 'officer', to: expect.any(String) as string }],
      badges: [{ badge, active: false }],
    })
  })

  it('tell a dealt secret until it is used or lapses, and one that was never set', async () => {
    const change = { command: 'org.deal-secret', person: 'wu-xia', kind: 'password' }
    const proposed = await server.as('xu-system', { method: 'POST', url: '/api/proposals', payload: { change } })
    const { id, half } = proposed.json<{ id: string; half: string }>()
    const confirmed = await server.as('an-security', { method: 'POST', url: `/api/proposals/${id}/confirm` })
    const standing = async () => (await accountOf('wu-xia')).secrets.map((one) => one.standing)
    expect(await standing()).toEqual(['dealt', 'own'])
    const password = `${half}${confirmed.json<{ half: string }>().half}`
    await server.deps.signIn.open({ login: demoPerson('wu-xia').login, password })
    expect(await standing()).toEqual(['over', 'own'])
    await sql`delete from credentials where person = 'wu-xia' and kind = 'pin'`.execute(server.deps.db)
    expect(await standing()).toEqual(['over', 'none'])
  })

  it('tell who is shut out, where and until when, as signing in does, and no more once he is unlocked', async () => {
    await guess('li-na', 'bench-1', TRIES_BEFORE_PAUSE - 1)
    expect((await accountOf('li-na')).locks).toEqual([])
    await guess('li-na', 'bench-1', 1)
    const [lock] = (await accountOf('li-na')).locks
    expect(lock).toMatchObject({ kind: 'password', place: null })
    const minutes = (Date.parse(lock?.until ?? '') - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(0)
    expect(minutes).toBeLessThanOrEqual(15)
    await server.as('an-security', { method: 'POST', url: '/api/people/li-na/unlock' })
    expect((await accountOf('li-na')).locks).toEqual([])
  })

  it('name a place of his own by itself, and the rest of the day after ten', async () => {
    const { login, password } = demoPerson('sun-bo')
    await server.deps.signIn.open({ login, password }, { station: 'bench-7' })
    await sql`
      insert into sign_in_tries (id, subject, place, known, wrong, at)
      select gen_random_uuid(), 'password of sun-bo', 'station bench-7', true, true, clock_timestamp() - make_interval(hours => 2)
      from generate_series(1, ${TRIES_A_DAY})
    `.execute(server.deps.db)
    await expect(server.deps.signIn.open({ login, password }, { station: 'bench-7' })).rejects.toMatchObject({
      code: 'access.locked-for-today',
    })
    const [lock, ...more] = (await accountOf('sun-bo')).locks
    expect(more).toEqual([])
    expect(lock).toMatchObject({ kind: 'password', place: 'station bench-7' })
    const hours = (Date.parse(lock?.until ?? '') - Date.now()) / 3_600_000
    expect(hours).toBeGreaterThan(21)
    expect(hours).toBeLessThanOrEqual(22)
    expect(await server.deps.signIn.open({ login, password }, { station: 'bench-8' })).toMatchObject({
      person: 'sun-bo',
    })
  })
})
