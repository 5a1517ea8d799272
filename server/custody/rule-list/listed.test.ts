import { afterAll, beforeAll, expect, it } from 'vitest'
import { testServer, type TestServer } from '../../testing.ts'
import { custodyRoutes } from '../routes.ts'
import { rules } from '../rules.ts'
import type { ListedRule } from './protocol.ts'

let server: TestServer

beforeAll(async () => {
  server = await testServer({ extend: async (app, deps) => void (await app.register(custodyRoutes, deps)) })
})
afterAll(() => server.close())

const listed = async (person: string): Promise<readonly ListedRule[]> => {
  const answer = await server.as(person, { method: 'GET', url: '/api/custody/rules' })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<{ rules: ListedRule[] }>().rules
}

it.each(['zhou-ping', 'an-security', 'zhang-wei'])(
  '%s reads every rule, with its name, value and source',
  async (person) => {
    const all = await listed(person)
    expect(all.map(({ rule }) => rule)).toEqual(Object.keys(rules))
    for (const { rule, title, value, instrument, version, article } of all) {
      expect(title.zh, rule).toMatch(/\p{Script=Han}/u)
      expect(title.en, rule).not.toMatch(/\p{Script=Han}/u)
      expect([value.zh, value.en, instrument, version, article], rule).not.toContain('')
    }
  },
)

it('says values as people call them', async () => {
  const byId = new Map((await listed('zhou-ping')).map((one) => [one.rule, one]))
  expect(byId.get('officers_per_measure')).toMatchObject({
    ...{ value: { zh: '2', en: '2' }, instrument: '监察法', article: '44(1)', standing: 'statute' },
  })
  expect(byId.get('filmed_measures')?.value.zh).toContain('监察调查：扣押、查封')
  expect(byId.get('supervision_law_from')?.value.zh).toBe('2018-03-20')
  expect(byId.get('measure_checklist')?.value.en).toContain('Credentials shown')
  for (const { rule, value } of byId.values()) expect(value.zh, rule).not.toMatch(/[A-Z]{4}/)
})
