import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoPeople } from '../demo/organisation.ts'
import { testServer, type TestServer } from '../testing.ts'

let server: TestServer

beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

/** The ids of a list, read page by page to its end. */
async function allOf(path: string, limit: number): Promise<string[]> {
  const rows = path.slice('/api/'.length)
  const ids: string[] = []
  for (let after: string | null = null, first = true; first || after !== null; first = false) {
    const url: string = `${path}?limit=${limit}${after === null ? '' : `&after=${after}`}`
    const answer = await server.as('ji-audit', { url })
    expect(answer.statusCode, answer.body).toBe(200)
    const body = answer.json<Record<string, { id: string }[]> & { after: string | null }>()
    const page = body[rows] ?? []
    expect(page.length).toBeLessThanOrEqual(limit)
    ids.push(...page.map(({ id }) => id))
    after = body.after
  }
  return ids
}

it.each(['/api/people', '/api/accounts', '/api/units', '/api/stores', '/api/registers'])(
  '%s comes by pages that leave nothing out and repeat nothing',
  async (path) => {
    const whole = await allOf(path, 500)
    expect(whole).toEqual([...new Set(whole)].toSorted())
    for (const limit of [1, 2, whole.length]) expect(await allOf(path, limit), `${limit}`).toEqual(whole)
  },
)

it('lists everybody once', async () => {
  expect(await allOf('/api/people', 7)).toEqual(demoPeople.map(({ id }) => id).toSorted())
})

it.each(['limit=0', 'limit=501', 'limit=x', 'after=A', 'page=2'])('refuses %s', async (query) => {
  const answer = await server.as('ji-audit', { url: `/api/people?${query}` })
  expect(answer.json()).toMatchObject({ status: 400, code: 'request.invalid' })
})
