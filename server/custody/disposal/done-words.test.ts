import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import { signatureOf } from '../../testing.ts'
import { exportRoutes } from '../exports/export-routes.ts'
import type { ItemChain } from '../protocol.ts'

/** The life of what went back says how it went, and what it is since. */

const START = '2026-03-02T01:00:00.000Z'
const CASE = '云纪立〔2026〕61号'
let office: ClockOffice
beforeAll(async () => {
  office = await clockOffice(START, { extend: async (app, deps) => void (await app.register(exportRoutes, deps)) })
  const officers = ['zhang-wei', 'li-na', 'tang-yue']
  const opened = { number: CASE, title: '某某案', track: 'SUPERVISION', unit: 'dept-1', officers }
  await office.act('zhang-wei', { type: 'custody.open-case', ...opened })
}, 120_000)
afterAll(() => office.server.close())

async function taken(name: string, category: string, noticeNumber: string): Promise<string> {
  const { result } = await office.act('zhang-wei', {
    ...{ type: 'custody.register', case: CASE, relevance: '往来的联系方式' },
    items: [{ name, category, quantity: 1, unit: '把' }],
    measure: { noticeNumber, place: '办公室', takenAt: START },
    holder: { attendance: 'SIGNED', name: '持有人甲' },
    witness: { attendance: 'SIGNED', name: '见证人乙' },
  })
  return (result as unknown as { items: { code: string }[] }).items[0]?.code ?? ''
}

it('on the screen and on paper', async () => {
  const effects = await taken('雨伞', 'personal-effects', '扣〔2026〕1号')
  const evidence = await taken('雨伞', 'general', '扣〔2026〕2号')
  const { result } = await office.act('zhang-wei', {
    ...{ type: 'custody.propose-disposal', items: [effects], way: 'RETURN', destination: 'holder' },
    ...{ ground: 'unrelated', foundAt: office.now, suspectedCrime: false, opinion: '与案件无关' },
  })
  await office.act('qian-lei', { type: 'approvals.grant', approval: String(result['approval']) })
  const released = await office.post('li-na', '/api/custody/release', {
    ...{ items: [effects], noticeNumber: '解〔2026〕1号', handing: 'TO_EVIDENCE', becomes: evidence },
    signatures: [signatureOf('tang-yue')],
  })
  expect(released.statusCode, released.body).toBeLessThan(300)
  const { entries, intact } = await office.get<ItemChain>('zhou-ping', `/api/items/${effects}/chain`)
  expect(intact).toBe(true)
  const told = entries.flatMap(({ type, body, done }) => (done === undefined ? [] : [{ type, body, done }]))
  expect(told).toEqual([
    {
      type: 'custody.disposed',
      body: expect.objectContaining({ becomes: evidence }) as unknown,
      done: { zh: '解除并返还，转涉案财物', en: expect.stringMatching(/, Taken as evidence$/) as unknown },
    },
  ])
  const file = await office.server.as('zhou-ping', { method: 'GET', url: `/api/exports/chain.pdf?item=${effects}` })
  const text = readPdf(file.rawPayload)
    .pages.map((page) => page.text.replaceAll('\n', ''))
    .join('')
  expect(text).toContain('处置：解除并返还，转涉案财物')
  expect(text).toContain(evidence)
})
