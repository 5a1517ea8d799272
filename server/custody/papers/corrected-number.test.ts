import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import { paperSources } from '../../modules.ts'
import { signatureOf } from '../../testing.ts'
import { disposalRoutes } from '../disposal/routes.ts'
import { receiver } from '../disposal/testing.ts'
import { withLeave } from '../testing-leave.ts'
import type { PaperOffer, ShownDisposal, ShownStocktake } from '../protocol.ts'
import { stocktakeRoutes } from '../stocktake/routes.ts'
import { issuedRoutes } from './issued-routes.ts'

/** After the number of a case was put right, whatever is filled in goes by the new one. */

const START = '2026-03-02T01:00:00.000Z'
const WRONG = '云税稽〔2026〕17号'
const RIGHT = '云税稽〔2026〕71号'
let office: ClockOffice

async function posted<T>(person: string, url: string, payload: object): Promise<T> {
  const answer = await office.post(person, url, payload)
  expect(answer.statusCode, answer.body).toBeLessThan(300)
  return answer.json<T>()
}

async function textOf(url: string): Promise<string> {
  const file = await office.server.as('zhang-wei', { method: 'GET', url })
  return readPdf(file.rawPayload)
    .pages.map(({ text }) => text)
    .join(' ')
}

/** Books taken to be returned, and a phone that was moved in the store and went to the police with its case; then the number is corrected. */
beforeAll(async () => {
  office = await clockOffice(START, {
    extend: async (app, deps) => {
      await app.register(disposalRoutes, deps)
      await app.register(stocktakeRoutes, deps)
      await app.register(issuedRoutes, { ...deps, sources: paperSources })
    },
  })
  const [phone = '', kept = ''] = await office.take(WRONG, 2, START, 'TAX')
  await withLeave(office.server.deps, [phone])
  await office.act('zhang-wei', {
    ...{ type: 'custody.register', case: WRONG, relevance: '收入记载' },
    items: [
      {
        ...{ name: '账簿', category: 'documents', quantity: 1, unit: '册' },
        details: { pages: '80', original: 'original', bookYear: '2025' },
      },
    ],
    measure: { kind: 'EXTRACTED', noticeNumber: '调〔2026〕1号', place: '办公室', takenAt: START },
    holder: { attendance: 'SIGNED', name: '持有人甲' },
    witness: { attendance: 'SIGNED', name: '见证人乙' },
  })
  await office.checkIn([phone, kept])
  const { result } = await office.act('chen-jing', {
    ...{ type: 'custody.add-location', store: 'store-1', name: '二号架', storageClass: 'ordinary', capacity: 5 },
  })
  await office.act('chen-jing', { type: 'custody.move', items: [phone], location: String(result['code']) })
  const { disposal, approval } = await posted<{ disposal: string; approval: string }>(
    ...(['zhang-wei', '/api/custody/propose-disposal'] as const),
    {
      ...{ items: [phone], way: 'TRANSFER', destination: 'other-organ', suspectedCrime: true },
      ...{ reviewUnit: 'dept-2', opinion: '涉嫌犯罪，移送公安机关' },
    },
  )
  await posted('he-fang', `/api/approvals/${approval}/grant`, {})
  const { waiting } = await office.get<ShownDisposal>('zhang-wei', `/api/disposals/${disposal}`)
  await posted('sun-bo', `/api/approvals/${waiting}/grant`, {})
  await posted('chen-jing', '/api/custody/dispose', {
    ...{ items: [phone], signatures: [signatureOf('liu-yang')] },
    transfer: {
      ...{ organ: '云州市公安局', receipt: '收〔2026〕7号' },
      receiver: { ...receiver, relation: 'organ', authorisation: '介绍信' },
    },
  })
  await posted('zhang-wei', `/api/cases/${encodeURIComponent(WRONG)}/corrections`, {
    ...{ number: RIGHT, reason: '立案文号写反', signatures: [signatureOf('li-na')] },
  })
}, 180_000)
afterAll(() => office.server.close())

it('a count of what is of the case says the new number', async () => {
  const dueAt = new Date(Date.parse(office.now) + 86_400_000).toISOString()
  const counted = { store: 'store-1', scope: { kind: 'case', case: WRONG }, counters: ['chen-jing'], dueAt }
  const { code } = await posted<{ code: string }>('guo-tao', '/api/counts', counted)
  const { scope } = await office.get<ShownStocktake>('guo-tao', `/api/counts/${code}`)
  expect([scope.zh, scope.en]).toEqual([`案件 ${RIGHT}`, `Case ${RIGHT}`])
})

it('every paper of the case that is filled in from then on, and every receipt of one, goes by the new number', async () => {
  const { offers } = await office.get<{ offers: PaperOffer[] }>(
    'zhang-wei',
    `/api/cases/${encodeURIComponent(WRONG)}/paper-offers`,
  )
  const kinds = new Set<string>()
  for (const { kind, of, part, what, fields } of offers) {
    expect(what).not.toContain(WRONG)
    // What somebody writes has a test of its own.
    if (fields.length > 0) continue
    const wanted = { paper: kind.value, of, ...(part === null ? {} : { part }) }
    const { paper } = await posted<{ paper: string }>('zhang-wei', '/api/papers', wanted)
    kinds.add(kind.value)
    for (const path of ['file.pdf', 'receipt.pdf']) {
      const text = await textOf(`/api/papers/${paper}/${path}`)
      expect(text, `${kind.value} ${path}`).toContain(RIGHT)
      expect(text, `${kind.value} ${path}`).not.toContain(WRONG)
    }
  }
  for (const kind of ['move', 'transfer-notice', 'books', 'seizure-list', 'transfer-list'])
    expect(kinds).toContain(kind)
}, 120_000)
