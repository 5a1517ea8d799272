import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { addDays, addMonths } from '../../clock/calendar.ts'
import type { ShownClock } from '../../clock/protocol.ts'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import { paperSources } from '../../modules.ts'
import { issuedRoutes } from './issued-routes.ts'

/** Papers that say until when a measure holds (rules F-01, F-21, T-03, T-04, T-13). */

const START = '2026-03-02T01:00:00.000Z'
const TAKEN = '2026-03-02'
const NOTICE = '扣〔2026〕1号'

let office: ClockOffice
beforeAll(async () => {
  office = await clockOffice(START, {
    extend: async (app, deps) => void (await app.register(issuedRoutes, { ...deps, sources: paperSources })),
  })
})
afterAll(() => office.server.close())

/** What stands on a paper that is issued now, in one line. */
async function issued(payload: object): Promise<string> {
  const answer = await office.post('zhang-wei', '/api/papers', payload)
  expect(answer.statusCode, answer.body).toBe(201)
  const { paper } = answer.json<{ paper: string }>()
  const file = await office.server.as('zhang-wei', { method: 'GET', url: `/api/papers/${paper}/file.pdf` })
  return readPdf(file.rawPayload)
    .pages.map(({ text }) => text)
    .join(' ')
    .replaceAll('\n', ' ')
}
async function clockOf(rule: string, matter: string): Promise<ShownClock> {
  const { deadlines } = await office.get<{ deadlines: ShownClock[] }>('zhou-ping', '/api/deadlines')
  const found = deadlines.find((one) => one.rule === rule && one.matter.id === matter)
  if (found === undefined) throw new Error(`no ${rule} over ${matter}`)
  return found
}
async function extended(id: string, more: object): Promise<void> {
  const deed = { command: 'extend-deadline', clock: id, ...more }
  const asked = await office.post('zhang-wei', '/api/approvals', { deed, reason: '案情复杂，尚需核查' })
  const granted = await office.post('sun-bo', `/api/approvals/${asked.json<{ id: string }>().id}/grant`, {})
  expect(granted.statusCode, granted.body).toBe(200)
}

describe.each([
  ['ADMIN', '行政案', 'DL-06', addDays(TAKEN, 30), addDays(TAKEN, 60), '行政强制法 25', {}],
  [
    ...(['TAX', '税务案', 'DL-10', addMonths(TAKEN, 6), addMonths(TAKEN, 12)] as const),
    ...(['税收征管法实施细则 88', { document: '税总函〔2026〕9号' }] as const),
  ],
] as const)('in a case of %s', (track, number, rule, until, later, basis, leave) => {
  beforeAll(async () => {
    await office.take(number, 1, START, track)
    await office.turn()
  })

  it('the decision says of what track the case is, and until when the measure holds by which article', async () => {
    const text = await issued({ paper: 'notice', of: number, part: NOTICE })
    expect(text).toContain('案件类型')
    expect(text).toMatch(/期限 至 \d{4}-\d{2}-\d{2}/)
    expect(text).toContain(basis)
    const day = /期限 至 (?<day>\d{4}-\d{2}-\d{2})/.exec(text)?.groups?.['day'] ?? ''
    expect(day).toBe(until)
  })

  it('an extension is told with its new end, its reason, and the document of who alone may grant it', async () => {
    const { id } = await clockOf(rule, number)
    await extended(id, leave)
    const text = await issued({ paper: 'extension', of: id })
    const day = /延长至 (?<day>\d{4}-\d{2}-\d{2})/.exec(text)?.groups?.['day'] ?? ''
    expect(day).toBe(later)
    for (const part of ['延长期限通知书', '案情复杂，尚需核查', basis, ...Object.values(leave)])
      expect(text).toContain(part)
    expect(text.includes('批准文书')).toBe('document' in leave)
  })
})

it('a receipt for books says when each goes back: those of the year sooner than earlier ones (T-12)', async () => {
  const officers = ['zhang-wei', 'li-na']
  const of = { number: '账簿案', title: '某某案', track: 'TAX', unit: 'dept-1', officers }
  await office.act('zhang-wei', { type: 'custody.open-case', ...of })
  const book = (bookYear: string) => ({
    ...{ name: `${bookYear} 年账簿`, category: 'documents', quantity: 1, unit: '册' },
    details: { pages: '80', original: 'original', bookYear },
  })
  const notice = '调〔2026〕1号'
  await office.act('zhang-wei', {
    ...{ type: 'custody.register', case: of.number, items: [book('2025'), book('2026')], relevance: '收入记载' },
    measure: { kind: 'EXTRACTED', noticeNumber: notice, place: '办公室', takenAt: START, officers },
    holder: { attendance: 'SIGNED', name: '持有人甲' },
    witness: { attendance: 'SIGNED', name: '见证人乙' },
  })
  await office.turn()
  const text = await issued({ paper: 'books', of: of.number, part: notice })
  expect(text).toContain(addMonths(TAKEN, 3))
  expect(text).toContain(addDays(TAKEN, 30))
})
