import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { approvalRoutes } from '../../approvals/routes.ts'
import { paperSources } from '../../modules.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import { custodyDeeds } from '../module.ts'
import { issuedRoutes } from '../papers/issued-routes.ts'
import type { CaseAccount, ShownDisposal, ShownPaper } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { disposalRoutes } from './routes.ts'
import { receiver } from './testing.ts'

const CASE = '云市监立〔2026〕12号'
const of = `/api/cases/${encodeURIComponent(CASE)}`
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let code: string

async function answer<T>(person: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<T> {
  clock += 60_000
  server.setNow(new Date(clock).toISOString())
  const got = await server.as(person, { method, url, ...(payload === undefined ? {} : { payload }) })
  expect(got.statusCode, got.body).toBeLessThan(300)
  return got.json<T>()
}
const get = <T>(person: string, url: string): Promise<T> => answer<T>(person, 'GET', url)
const post = <T>(person: string, url: string, payload: object): Promise<T> => answer<T>(person, 'POST', url, payload)
const account = () => get<CaseAccount>('zhang-wei', of)

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(disposalRoutes, deps)
      await app.register(issuedRoutes, { ...deps, sources: paperSources })
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
    },
  })
  const officers = ['zhang-wei', 'li-na']
  await post('zhang-wei', '/api/cases', { number: CASE, title: '某某案', track: 'ADMIN', unit: 'dept-1', officers })
  const measure = { ...taking.measure, kind: 'SEIZED', emergency: true }
  const { items } = await post<{ items: { code: string }[] }>('zhang-wei', `${of}/items`, {
    ...{ ...taking, measure, items: [general] },
  })
  code = items[0]?.code ?? ''
  const photo = { type: 'custody.add-photo', items: [{ item: code, photos: [PHOTO] }] }
  const at = new Date((clock += 1_000)).toISOString()
  await server.deps.act({ person: 'zhang-wei' }, photo, { cause: 'photo', at })
  const shelf = { name: '一号架', storageClass: 'ordinary', capacity: 9 }
  const { code: location } = await post<{ code: string }>('chen-jing', '/api/stores/store-1/locations', shelf)
  await post('zhang-wei', '/api/custody/hand-over', { items: [code], store: 'store-1' })
  await post('chen-jing', '/api/custody/check-in', { items: [code], location, signatures: [signatureOf('zhang-wei')] })
})
afterAll(() => server.close())

it('what goes with its case on suspicion of a crime is told to its party by itself, and stays open until it was served', async () => {
  const proposed = await post<{ disposal: string; approval: string }>('zhang-wei', '/api/custody/propose-disposal', {
    ...{ items: [code], way: 'TRANSFER', destination: 'other-organ', suspectedCrime: true },
    ...{ reviewUnit: 'dept-2', opinion: '涉嫌犯罪，移送公安机关' },
  })
  await post('he-fang', `/api/approvals/${proposed.approval}/grant`, {})
  const { waiting } = await get<ShownDisposal>('zhang-wei', `/api/disposals/${proposed.disposal}`)
  await post('sun-bo', `/api/approvals/${waiting}/grant`, {})
  expect((await account()).untold).toEqual([])
  await post('chen-jing', '/api/custody/dispose', {
    ...{ items: [code], signatures: [signatureOf('li-na')] },
    transfer: {
      ...{ organ: '云州市公安局', receipt: '收〔2026〕7号' },
      receiver: { ...receiver, relation: 'organ', authorisation: '介绍信' },
    },
  })
  const after = await account()
  expect(after.untold).toEqual([])
  const notice = after.unserved.find(({ kind }) => kind.value === 'transfer-notice')
  expect(notice?.number).toBe('告〔2026〕02-0001号')
  const { papers } = await get<{ papers: ShownPaper[] }>('zhang-wei', `/api/papers?case=${encodeURIComponent(CASE)}`)
  expect(papers.find(({ paper }) => paper === notice?.paper)).toMatchObject({
    form: 'X-12',
    copies: ['当事人', '附卷', '存根'],
  })
  const file = await server.as('zhang-wei', { method: 'GET', url: `/api/papers/${notice?.paper}/file.pdf` })
  const text = readPdf(file.rawPayload).pages[0]?.text ?? ''
  for (const part of ['涉案财物移送告知书', '云州市公安局', '收〔2026〕7号', '行政强制法 21', code, '持有人甲'])
    expect(text).toContain(part)
  await post('zhang-wei', `/api/papers/${notice?.paper}/services`, {
    ...{ way: 'DIRECT', servedAt: new Date(clock).toISOString(), receiver: '持有人甲', relation: '本人' },
  })
  expect((await account()).unserved.map(({ kind }) => kind.value)).not.toContain('transfer-notice')
})
