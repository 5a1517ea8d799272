import { afterAll, beforeAll, expect, it } from 'vitest'
import { metricsRoute } from './metrics.ts'
import { testServer, type TestServer } from './testing.ts'

let server: TestServer

beforeAll(async () => {
  server = await testServer({ extend: metricsRoute })
})
afterAll(() => server.close())

const url = '/metrics'

it('answers on this machine', async () => {
  for (const remoteAddress of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
    const answer = await server.app.inject({ url, remoteAddress })
    expect(answer.statusCode, remoteAddress).toBe(200)
    expect(answer.body).toMatch(/^clearhold_register_entries\{register="org"\} \d+$/m)
  }
})

it('tells nobody else but the system and the audit administrator', async () => {
  const code = async (answer: ReturnType<TestServer['as']>) => (await answer).statusCode
  expect(await code(server.app.inject({ url, remoteAddress: '10.0.0.9' }))).toBe(403)
  const behindProxy = { url, remoteAddress: '127.0.0.1', headers: { 'x-forwarded-for': '10.0.0.9' } }
  expect((await server.app.inject(behindProxy)).json()).toMatchObject({ code: 'access.this-machine' })
  for (const [person, status] of [
    ['chen-jing', 403],
    ['an-security', 403],
    ['xu-system', 200],
    ['ji-audit', 200],
  ] as const)
    expect(await code(server.as(person, { url, remoteAddress: '10.0.0.9' })), person).toBe(status)
})
