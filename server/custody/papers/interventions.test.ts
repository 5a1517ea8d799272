import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TestServer } from '../../testing.ts'
import { wholeServer } from '../../testing-whole.ts'
import type { ShownPaper } from '../protocol.ts'

const [ONE, OTHER] = ['云纪立〔2026〕51号', '云纪立〔2026〕52号'] as const
const said = { when: '3月2日，电话', who: '某局长', post: '某单位', what: '打听进展' }
let server: TestServer

/** Two cases of two departments, with somebody who asked about each. */
beforeAll(async () => {
  server = await wholeServer()
  const open = (person: string, number: string, unit: string, officers: readonly string[]) =>
    server.deps.act(
      { person },
      { type: 'custody.open-case', number, title: '某案', track: 'DISCIPLINE', unit, officers },
      { cause: number },
    )
  await open('zhang-wei', ONE, 'dept-1', ['zhang-wei', 'li-na'])
  await open('wang-qiang', OTHER, 'dept-2', ['wang-qiang', 'zhao-min'])
  const issue = (person: string, payload: object) =>
    server.as(person, { method: 'POST', url: '/api/papers', payload: { paper: 'approach', said, ...payload } })
  for (const [person, of] of [
    ['zhang-wei', ONE],
    ['wang-qiang', OTHER],
  ] as const)
    expect((await issue(person, { of })).statusCode).toBe(201)
  expect((await issue('zhang-wei', { of: ONE, part: '1' })).statusCode).toBe(201)
  const written = { reason: '查办', scope: '财物', person: '某人', basis: '监察法第二十八条' }
  await issue('zhang-wei', { paper: 'measure-approval', of: ONE, said: written })
}, 120_000)
afterAll(() => server.close())

const list = async (person: string): Promise<readonly ShownPaper[]> =>
  (await server.as(person, { method: 'GET', url: '/api/papers?kind=approach' })).json<{ papers: ShownPaper[] }>().papers

it('a supervisor sees every record over all cases, the one that was replaced too; an officer those of his own', async () => {
  const all = await list('zhou-ping')
  expect(all.map(({ of, replacedBy }) => [of, replacedBy === null]).toSorted()).toEqual([
    [ONE, false],
    [ONE, true],
    [OTHER, true],
  ])
  expect([...new Set(all.map(({ form }) => form))]).toEqual(['F-20'])
  expect((await list('zhang-wei')).map(({ of }) => of)).toEqual([ONE, ONE])
  expect(await list('chen-jing')).toEqual([])
})

it('the list leaves as a file by the same sight, without a word of who asked or about what', async () => {
  const file = async (person: string): Promise<string> => {
    const answer = await server.as(person, { method: 'GET', url: '/api/exports/interventions.csv' })
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.body
  }
  const all = await file('zhou-ping')
  for (const number of [ONE, OTHER]) expect(all).toContain(number)
  expect(all).not.toMatch(/某局长|打听进展/)
  expect(await file('zhang-wei')).not.toContain(OTHER)
})
