import { afterAll, beforeAll, expect, it } from 'vitest'
import { signatureOf, testServer, type TestServer } from '../testing.ts'
import { approvalRoutes } from '../approvals/routes.ts'
import { custodyDeeds } from './module.ts'
import { custodyRoutes } from './routes.ts'
import { general, PHOTO } from './testing.ts'
import { onFilm } from './testing-film.ts'

const CASES = ['云纪立〔2026〕31号', '云纪立〔2026〕32号', '云纪立〔2026〕33号']
const DUE_AT = '2026-03-05T01:00:00.000Z'

let server: TestServer

/** Everything happens three times at one moment, so that only the cursor's second half tells one from another. */
beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
    },
  })
  const shelf = { name: '一号架', storageClass: 'ordinary', capacity: 20 }
  const { code: location } = await post<{ code: string }>('chen-jing', '/api/stores/store-1/locations', shelf)
  for (const number of CASES) {
    const officers = ['zhang-wei', 'li-na']
    await post('zhang-wei', '/api/cases', { number, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers })
    const registered = await post<{ items: { code: string }[] }>(
      'zhang-wei',
      `/api/cases/${encodeURIComponent(number)}/items`,
      {
        items: [general],
        measure: { noticeNumber: '扣〔2026〕1号', place: '办公室' },
        holder: { attendance: 'SIGNED', name: '张某' },
        witness: { attendance: 'SIGNED', name: '王某' },
        relevance: '涉嫌违纪违法事实中的财物',
      },
    )
    const item = registered.items[0]?.code ?? ''
    const photo = { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] }
    await server.deps.act({ person: 'zhang-wei' }, photo, { cause: `photo ${item}` })
    await onFilm(server.deps, [item])
    await post('zhang-wei', '/api/custody/hand-over', { items: [item], store: 'store-1' })
    const signatures = [signatureOf('zhang-wei')]
    await post('chen-jing', '/api/custody/check-in', { items: [{ item, location }], signatures })
    const deed = { command: 'borrow', items: [item], dueAt: DUE_AT, purpose: 'APPRAISAL' }
    const { id } = await post<{ id: string }>('zhang-wei', '/api/approvals', { deed, reason: '送鉴定机构' })
    await post('sun-bo', `/api/approvals/${id}/grant`, {})
    await post('chen-jing', '/api/custody/borrow', { items: [item], approval: id, signatures })
    await post('chen-jing', '/api/custody/incident', { items: [item], kind: 'damage', note: '外壳破损' })
  }
})
afterAll(() => server.close())

async function post<T>(person: string, url: string, payload: object): Promise<T> {
  const answer = await server.as(person, { method: 'POST', url, payload })
  expect(answer.statusCode, answer.body).toBeLessThan(300)
  return answer.json<T>()
}

async function page(person: string, url: string): Promise<{ rows: readonly unknown[]; after: string | null }> {
  const answer = await server.as(person, { url })
  expect(answer.statusCode, answer.body).toBe(200)
  const { after, ...lists } = answer.json<{ after: string | null }>()
  const [rows = []] = Object.values(lists) as unknown[][]
  return { rows, after }
}

/** The list read one row at a time. */
async function oneByOne(person: string, url: string): Promise<readonly unknown[]> {
  const read: unknown[] = []
  let after: string | null = null
  do {
    const next: URLSearchParams = new URLSearchParams({ limit: '1', ...(after === null ? {} : { after }) })
    const found = await page(person, `${url}${url.includes('?') ? '&' : '?'}${next.toString()}`)
    read.push(...found.rows)
    after = found.after
  } while (after !== null && read.length <= 2 * CASES.length)
  return read
}

const LISTS = [
  ['zhou-ping', '/api/cases'],
  ['zhou-ping', '/api/lists'],
  ['zhou-ping', '/api/loans'],
  ['zhou-ping', '/api/loans?overdue=false'],
  ['zhou-ping', '/api/incidents'],
  ['qian-lei', '/api/notices'],
  ['sun-bo', '/api/approvals'],
] as const

it('read page by page a list has every row once, in the order of the whole', async () => {
  for (const [person, url] of LISTS) {
    const { rows, after } = await page(person, url)
    expect(rows, url).toHaveLength(CASES.length)
    expect(after, url).toBeNull()
    expect(await oneByOne(person, url), url).toEqual(rows)
  }
})

it('what was concluded is read page by page too, and leaves the open ones in their order', async () => {
  const { rows: open } = await page('qian-lei', '/api/incidents')
  for (const { item } of open as { item: string }[])
    await post('qian-lei', '/api/custody/resolve', { items: [item], conclusion: '运输所致' })
  const { rows } = await page('zhou-ping', '/api/incidents?state=concluded')
  expect(rows).toHaveLength(CASES.length)
  expect(await oneByOne('zhou-ping', '/api/incidents?state=concluded')).toEqual(rows)
  expect(await oneByOne('zhou-ping', '/api/incidents')).toEqual([])
})
