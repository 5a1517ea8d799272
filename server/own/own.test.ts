import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testServer, type TestServer } from '../testing.ts'
import type { OwnDraft, OwnViews } from './protocol.ts'
import { ownRoutes } from './routes.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer({ extend: async (app, deps) => void (await app.register(ownRoutes, deps)) })
})
afterAll(() => server.close())

const VIEWS = '/api/session/views'
const keep = (person: string, name: string, path: string) =>
  server.as(person, { method: 'PUT', url: VIEWS, payload: { name, path } })
const namesOf = async (person: string): Promise<string[]> =>
  (await server.as(person, { method: 'GET', url: VIEWS })).json<OwnViews>().views.map(({ name }) => name)

it('a kept list is its keeper’s own, is replaced under its name, and goes when he says so', async () => {
  expect((await keep('zhou-ping', '逾期未还', '/supervise/figures?figure=loans&age=late')).statusCode).toBe(200)
  const again = await keep('zhou-ping', '逾期未还', '/supervise/figures?figure=loans&age=week')
  expect(again.json<OwnViews>().views).toMatchObject([{ path: '/supervise/figures?figure=loans&age=week' }])
  expect(await namesOf('zhang-wei')).toEqual([])
  const { rows } = await sql`select sealed from own_views`.execute(server.database.ownerDb)
  expect(JSON.stringify(rows.map((row) => String((row as { sealed: Buffer }).sealed)))).not.toMatch(/loans|逾期/)
  const gone = `${VIEWS}?name=${encodeURIComponent('逾期未还')}`
  expect((await server.as('zhou-ping', { method: 'DELETE', url: gone })).json<OwnViews>().views).toEqual([])
})

it('leads nowhere but to pages of this program, and there are no more than fifty', async () => {
  for (const path of ['//example.org/x', 'https://example.org', '/\\example.org', 'supervise'])
    expect((await keep('zhou-ping', '外站', path)).statusCode, path).toBe(400)
  for (let n = 1; n <= 50; n += 1) await keep('li-na', `清单 ${n}`, '/supervise')
  expect((await keep('li-na', '清单 51', '/supervise')).json<{ code: string }>().code).toBe('own.views-full')
  expect((await keep('li-na', '清单 50', '/supervise?q=1')).statusCode).toBe(200)
})

it('a draft comes back to its writer alone, until it is done or thirty days have gone', async () => {
  const draftOf = async (person: string): Promise<string | null> => {
    const got = await server.as(person, { method: 'GET', url: '/api/session/draft?about=register%2F1' })
    return got.json<OwnDraft>().draft?.content ?? null
  }
  const write = (content: string | null) =>
    server.as('zhang-wei', { method: 'PUT', url: '/api/session/draft', payload: { about: 'register/1', content } })
  server.setNow('2026-03-02T01:00:00.000Z')
  expect((await write('{"lines":[]}')).statusCode).toBe(204)
  expect(await draftOf('zhang-wei')).toBe('{"lines":[]}')
  expect(await draftOf('li-na')).toBeNull()
  await write(null)
  expect(await draftOf('zhang-wei')).toBeNull()
  await write('{"lines":[1]}')
  server.setNow('2026-04-02T01:00:00.000Z')
  expect(await draftOf('zhang-wei')).toBeNull()
})
