import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TEST_START, testServer, type TestServer } from './testing.ts'

let server: TestServer

beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

it('says that it lives', async () => {
  expect((await server.app.inject('/api/health')).json()).toEqual({ alive: true })
})

it('warns of a clock that was put back behind what is written already', async () => {
  const warned = async (): Promise<string[]> =>
    (await server.app.inject('/api/ready')).json<{ warnings: string[] }>().warnings
  expect(await warned()).toEqual([])
  server.setNow('2026-03-02T00:30:00.000Z')
  expect(await warned()).toEqual([expect.stringMatching(/早 30 分钟.*30 min behind/)])
  server.setNow(TEST_START)
})

it('tells everybody that a register does not hold, and only supervisors and administrators which', async () => {
  await sql`update units set name = '别的名字' where id = 'dept-2'`.execute(server.database.ownerDb)
  server.fullCheck.begin()
  await expect.poll(() => server.fullCheck.latest().state, { timeout: 60_000 }).toBe('done')
  const told = async (person: string | null): Promise<string> => {
    const answer =
      person === null ? await server.app.inject('/api/ready') : await server.as(person, { url: '/api/ready' })
    expect(answer.statusCode).toBe(503)
    const { ready, reasons, check } = answer.json<{ ready: boolean; reasons: string[]; check: object }>()
    expect({ ready, check }).toMatchObject({ ready: false, check: { state: 'done', faults: 1 } })
    return reasons.join('\n')
  }
  for (const person of [null, 'zhang-wei', 'chen-jing']) {
    const words = await told(person)
    expect(words).toContain('a register does not hold')
    expect(words).not.toContain('dept-2')
  }
  for (const person of ['zhou-ping', 'xu-system', 'an-security', 'ji-audit'])
    expect(await told(person)).toContain('dept-2')
})
