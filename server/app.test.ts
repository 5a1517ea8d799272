import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppDependencies, buildApp } from './app.ts'
import { quietLog } from './database/testing.ts'
import { openHub } from './hub.ts'
import { testServer, type TestServer } from './testing.ts'

let server: TestServer
const closers: (() => Promise<void>)[] = []

beforeAll(async () => {
  server = await testServer()
})
afterAll(async () => {
  for (const close of closers.reverse()) await close()
  await server.close()
})

async function appWith(more: Partial<AppDependencies>): Promise<FastifyInstance> {
  const hub = await openHub({ db: server.deps.db, config: server.database.appConfig, log: quietLog })
  const app = await buildApp({
    ...{ ...server.deps, keys: server.keys, hub, log: quietLog },
    ...{
      hintsFor: async () => [],
      registerApart: async () => false,
      origins: [],
      secure: false,
      tls: null,
      readiness: async () => ({ database: true, unsound: [] }),
      fullCheck: server.fullCheck.latest,
    },
    extend: async (instance) => {
      instance.get('/who-asks', async (request) => ({ ip: request.ip }))
    },
    ...more,
  })
  closers.push(hub.close, () => app.close())
  return app
}

describe('who asks', () => {
  const asked = async (app: FastifyInstance, remoteAddress: string) =>
    (
      await app.inject({ url: '/who-asks', remoteAddress, headers: { 'x-forwarded-for': '203.0.113.7, 10.0.0.9' } })
    ).json<{ ip: string }>().ip

  it('is taken from a proxy only where one ends TLS for us, on this machine', async () => {
    const behindProxy = await appWith({ secure: true })
    expect(await asked(behindProxy, '127.0.0.1')).toBe('10.0.0.9')
    expect(await asked(behindProxy, '10.0.0.1')).toBe('10.0.0.1')
    expect(await asked(await appWith({}), '127.0.0.1')).toBe('127.0.0.1')
  })
})

describe('what a client may take', () => {
  it('is bounded: the head in bytes, lines and time, the body in time, connections in number', () => {
    const { headersTimeout, requestTimeout, keepAliveTimeout, maxHeadersCount, maxConnections } = server.app.server
    for (const limit of [headersTimeout, requestTimeout, keepAliveTimeout, maxHeadersCount ?? 0, maxConnections])
      expect(limit).toBeGreaterThan(0)
    expect(headersTimeout).toBeLessThanOrEqual(10_000)
  })
})

describe('the description of the API', () => {
  it('says what people, sign-in and organisation answer, to the last member', async () => {
    const { paths } = (await server.app.inject({ url: '/api/openapi.json' })).json<{
      paths: Record<string, Record<string, { tags?: string[]; responses?: Record<string, { content?: object }> }>>
    }>()
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })),
    )
    const ours = operations.filter(({ tags }) => tags?.some((tag) => tag === 'access' || tag === 'organisation'))
    expect(ours.length).toBeGreaterThan(15)
    for (const { name, responses = {} } of ours) {
      const [status = '', answer] = Object.entries(responses)[0] ?? []
      expect(status, name).toMatch(/^20[014]$/)
      if (status === '204') continue
      expect(JSON.stringify(answer?.content), name).toContain('"additionalProperties":false')
    }
  })
})

describe('a body that cannot be read', () => {
  const headers = { 'content-type': 'application/json' }
  it.each(['{"unit":', '', 'nonsense'])('is refused in words of our own: %j', async (payload) => {
    const answer = await server.as('xu-system', { method: 'POST', url: '/api/units', headers, payload })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({
      code: 'request.not-json',
      words: {
        detail: { zh: '提交的内容无法作为 JSON 读取', en: 'The body cannot be read as JSON' },
        remedy: { en: expect.stringContaining('JSON in UTF-8') as string },
      },
    })
  })
})

describe('a field that is wrong', () => {
  it('is named as people know it, in both languages, with what to do; programs read where it stands', async () => {
    const payload = { unit: 'dept-7', name: '室'.repeat(61), kind: 'department', parent: null }
    const answer = await server.as('xu-system', { method: 'POST', url: '/api/units', payload })
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({
      code: 'request.invalid',
      detail: '名称过长，最多 60 个字',
      remedy: '请改正该项后重新提交',
      values: { what: expect.stringContaining('/name') as string },
      words: { detail: { en: 'name is too long: 60 characters at most' } },
    })
  })
})
