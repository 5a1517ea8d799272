import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { parseCsv, unguardedCell } from '../../csv.ts'
import type { Command } from '../../module.ts'
import type { RefusalNotice } from '../../refusal.ts'
import { testServer, type TestServer } from '../../testing.ts'
import { readWorkbook } from '../../xlsx.ts'
import { exportRoutes } from './export-routes.ts'
import { EXPORTS } from './exports.ts'
import type { AnnualStatement } from '../account/protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'

const CASE = '云纪立〔2026〕31号'
const FORMULA = '=HYPERLINK("http://x","点我")'
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let codes: string[] = []

async function does(person: string, command: Command & Record<string, unknown>, signers: readonly string[] = []) {
  const at = new Date((clock += 60_000)).toISOString()
  server.setNow(at)
  return (await server.deps.act({ person, with: signers }, command, { cause: `test ${clock}`, at })).result
}

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(exportRoutes, deps)
    },
  })
  const officers = ['zhang-wei', 'li-na']
  await does('zhang-wei', {
    ...{ type: 'custody.open-case', number: CASE, title: '某某受贿案', track: 'SUPERVISION', unit: 'dept-1', officers },
  })
  const { items } = await does('zhang-wei', {
    ...{ type: 'custody.register', case: CASE, ...taking },
    items: [general, { ...general, name: FORMULA }, general],
  })
  codes = (items as unknown as { code: string }[]).map(({ code }) => code)
  await does('zhang-wei', { type: 'custody.add-photo', items: codes.map((item) => ({ item, photos: [PHOTO] })) })
  const place = { type: 'custody.add-location', store: 'store-1', name: '甲架', storageClass: 'ordinary', capacity: 9 }
  const location = String((await does('chen-jing', place))['code'])
  const inside = codes.slice(0, 2)
  await onFilm(server.deps, inside)
  await does('zhang-wei', { type: 'custody.hand-over', items: inside, store: 'store-1' })
  await does('chen-jing', { type: 'custody.check-in', items: inside, location }, ['zhang-wei'])
  await does('chen-jing', {
    ...{ type: 'custody.note-video', items: [codes[0] ?? ''], of: 'handling', number: '=1+1', device: '执法仪3号' },
    ...{ startedAt: '2026-03-02T02:00:00.000Z', endedAt: '2026-03-02T02:03:00.000Z', keptIn: '案管室' },
  })
  await does('zhang-wei', {
    ...{ type: 'custody.propose-disposal', items: [codes[1] ?? ''], way: 'RETURN', destination: 'holder' },
    ...{ ground: 'decided', suspectedCrime: false, opinion: '持有人甲应得' },
  })
  await does('chen-jing', { type: 'custody.incident', items: [codes[0] ?? ''], kind: 'damage', note: '+裂' })
}, 60_000)
afterAll(() => server.close())

const get = (person: string, url: string) => server.as(person, { method: 'GET', url })
const inCase = `case=${encodeURIComponent(CASE)}`

async function csv(person: string, list: string, query = ''): Promise<readonly (readonly string[])[]> {
  const answer = await get(person, `/api/exports/${list}.csv?${query}`)
  expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200)
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(answer.headers['content-disposition']).toBe(`attachment; filename="${list}.csv"`)
  return parseCsv(answer.body).rows
}

/** What each list is asked with, beside who asks. */
const ASKED: Readonly<Record<keyof typeof EXPORTS, string>> = {
  search: `q=${encodeURIComponent('手机')}`,
  account: inCase,
  movements: inCase,
  ...{
    cases: '',
    lists: '',
    loans: '',
    overdue: '',
    incidents: '',
    alarms: '',
    conflicts: '',
    papers: '',
    interventions: '',
  },
  ...{ videos: inCase, disposals: inCase },
  ...{ locations: 'store=store-1', 'store-items': 'store=store-1', 'intake-gaps': '' },
  ...{ figure: 'figure=stock', 'open-cases': '', road: '', counts: '', searches: '', annual: 'year=2026' },
}

describe('every list', () => {
  it.each(Object.entries(ASKED))(
    '%s is the same in CSV and in a workbook, headed in either language',
    async (list, query) => {
      const person = query.startsWith('store') ? 'chen-jing' : 'zhang-wei'
      const rows = await csv(person, list, query)
      const answer = await get(person, `/api/exports/${list}.xlsx?${query}`)
      expect(answer.headers['content-type']).toMatch(/spreadsheetml/)
      const width = rows[0]?.length ?? 0
      // A workbook ends where its content does.
      const book = (await readWorkbook(answer.rawPayload)).map((row) => [...row, ...Array(width - row.length).fill('')])
      expect(book).toEqual(rows.map((row) => row.map(unguardedCell)))
      expect(width).toBeGreaterThan(4)
      expect(rows[0]?.every((heading) => /\p{Script=Han}|^SHA-256$/u.test(heading))).toBe(true)
      const english = await csv(person, list, `${query}${query === '' ? '' : '&'}language=en`)
      expect(english[0]?.some((heading) => /\p{Script=Han}/u.test(heading))).toBe(false)
      expect(english.length).toBe(rows.length)
    },
  )

  it('says what a screen says, and no cell of it is a formula', async () => {
    const [head = [], ...rows] = await csv('zhang-wei', 'account', inCase)
    expect(rows).toHaveLength(3)
    const cell = (row: number, heading: string) => rows[row]?.[head.indexOf(heading)]
    expect([0, 1, 2].map((row) => cell(row, '编码'))).toEqual(codes)
    expect([cell(0, '保管状态'), cell(0, '库位'), cell(0, '异常')]).toEqual(['在库', '甲架', '✓'])
    expect([cell(2, '保管状态'), cell(2, '库位'), cell(2, '异常')]).toEqual(['承办部门暂存', '', ''])
    expect(cell(1, '名称')).toBe(`'${FORMULA}`)
    const movements = await csv('zhang-wei', 'movements', inCase)
    expect(movements.length).toBeGreaterThan(10)
    expect(movements.map((row) => row[4])).toEqual(expect.arrayContaining(['登记', '保管方入库', '登记异常']))
    const videos = await csv('zhang-wei', 'videos', inCase)
    // The recording of the taking stands for each of both, the one of the handling once.
    expect(videos).toHaveLength(4)
    expect(videos.filter((line) => line.includes("'=1+1"))[0]).toEqual(
      expect.arrayContaining([codes[0], "'=1+1", '清点、交接、调用等', '执法仪3号', '2026-03-02 10:00', '陈静']),
    )
    const disposals = await csv('zhang-wei', 'disposals', inCase)
    expect(disposals).toHaveLength(2)
    expect(disposals[1]).toEqual(
      expect.arrayContaining([CASE, '解除并返还', '待审理、审批', '张伟', codes[1], '1', '0']),
    )
    const incidents = await csv('zhang-wei', 'incidents')
    expect(incidents[1]).toEqual(expect.arrayContaining([codes[0], '毁损', "'+裂"]))
  })

  it('holds what is in sight of who asks and nothing else; no title of a case leaves with any', async () => {
    for (const list of ['cases', 'lists', 'incidents', 'intake-gaps']) {
      expect((await csv('wang-qiang', list)).length, list).toBe(1)
      expect((await csv('xu-system', list)).length, list).toBe(1)
    }
    expect((await csv('zhang-wei', 'cases')).length).toBe(2)
    expect((await csv('chen-jing', 'store-items', 'store=store-1')).length).toBe(3)
    const codeOf = async (person: string, url: string) => (await get(person, url)).json<RefusalNotice>().code
    expect(await codeOf('wang-qiang', `/api/exports/account.csv?${inCase}`)).toBe('custody.unknown-case')
    expect(await codeOf('zhang-wei', '/api/exports/store-items.xlsx?store=store-1')).toBe('access.not-yours')
    for (const [list, query] of Object.entries(ASKED)) {
      const person = query.startsWith('store') ? 'chen-jing' : 'zhang-wei'
      const { body } = await get(person, `/api/exports/${list}.csv?${query}`)
      expect(body, list).not.toMatch(/受贿|持有人甲|见证人乙/)
    }
  })
})

describe('on paper', () => {
  const textOf = async (url: string): Promise<string> => {
    const answer = await get('zhang-wei', url)
    expect(answer.headers['content-type'], answer.body.slice(0, 300)).toBe('application/pdf')
    return readPdf(answer.rawPayload)
      .pages.map(({ text }) => text)
      .join('\n')
  }

  it('the account of a case says where each item is and what the accounts hold', async () => {
    const text = await textOf(`/api/exports/account.pdf?${inCase}`)
    for (const part of ['涉案财物台账', CASE, ...codes, '甲架', '在库', '平衡', '2 件，0.00 元', '制表人：'])
      expect(text).toContain(part)
    expect(text).not.toContain('受贿')
  })

  it('the cover of a file says whose it is and what lies in it, and names no party', async () => {
    const text = await textOf(`/api/exports/cover.pdf?${inCase}`)
    for (const part of ['涉案财物卷宗', CASE, '张伟', '尚未出具文书', '立卷人：']) expect(text).toContain(part)
    expect(text).not.toMatch(/受贿|持有人甲/)
    const { number } = await does('zhang-wei', {
      ...{ type: 'custody.issue-paper', paper: 'notice', of: CASE, part: taking.measure.noticeNumber },
    })
    const after = await textOf(`/api/exports/cover.pdf?${inCase}`)
    expect(after).toContain(String(number))
    expect(after).not.toContain('尚未出具文书')
  })

  it('the life of an item has every entry with its place in the register', async () => {
    const text = await textOf(`/api/exports/chain.pdf?item=${codes[0] ?? ''}`)
    for (const part of ['涉案财物流转记录', '登记', '保管方入库', '登记异常', 'store.store-1'])
      expect(text).toContain(part)
  })
})

it('the year is shown as its file has it, and balances; to whoever sees nothing it is empty', async () => {
  const read = async (person: string) => (await get(person, '/api/annual?year=2026')).json<AnnualStatement>()
  const { year, balances, classes, cases, count } = await read('zhou-ping')
  expect([year, balances, count]).toEqual([2026, true, cases.length])
  expect(cases[0]).toMatchObject({ number: CASE, opening: { pieces: 0 }, closing: { pieces: codes.length } })
  expect(classes[0]?.came).toMatchObject([{ account: 'taken', pieces: codes.length }])
  expect(await read('wang-qiang')).toMatchObject({ balances: true, classes: [], cases: [], count: 0 })
})
