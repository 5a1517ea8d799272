import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseCsv } from '../../csv.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { testServer, type TestServer } from '../../testing.ts'
import { writeWorkbook } from '../../xlsx.ts'
import type { ShownInbound, TriedInbound } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { rules } from '../rules.ts'
import { signed } from './testing-signed.ts'
import { inboundImportRoutes } from './import-routes.ts'

const CASE = '云监立〔2026〕36号'
const [OFFICER, SECOND, CUSTODIAN, STRANGER] = ['zhang-wei', 'li-na', 'chen-jing', 'wang-qiang'] as const
const HEAD = '名称,数量,单位,重量（克）,封条编号,特征'
const PHONE = '手机,1,部,,,"黑色，屏幕完好"'
const GOLD = '金条,３,根,300.5,GA-001,'
const list = {
  ...{ organ: '某市公安局', number: '移交〔2026〕9号', day: '2026-01-05', theirCase: '公刑〔2025〕77号' },
  bringer: { name: '刘洋', post: '经侦支队民警' },
}

let server: TestServer
const url = `/api/cases/${encodeURIComponent(CASE)}/inbound`

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(inboundImportRoutes, deps)
    },
  })
  const open = { number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, SECOND] }
  await server.deps.act({ person: OFFICER }, { type: 'custody.open-case', ...open }, { cause: 'open' })
})
afterAll(() => server.close())

const tableOf = (...rows: readonly string[]): string => [HEAD, ...rows].join('\n')
interface Asked {
  readonly person?: string
  readonly key?: string
  readonly head?: object
}
const ask = (path: string, table: string | Buffer, { person = OFFICER, key, head = {} }: Asked = {}) =>
  server.as(person, {
    ...{ method: 'POST', url: `${url}/import${path}` },
    payload: { ...list, ...head, file: Buffer.from(table).toString('base64') },
    ...(key === undefined ? {} : { key }),
  })
const attempt = async (table: string | Buffer): Promise<TriedInbound> => {
  const answer = await ask('/try', table)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<TriedInbound>()
}
const told = ({ faults }: TriedInbound) => faults.map(({ row, column, what }) => [row, column?.zh ?? null, what.zh])
const codeOf = (answer: { json: () => unknown }): string => (answer.json() as { code: string }).code
const lists = async (): Promise<readonly ShownInbound[]> =>
  (await server.as(OFFICER, { url })).json<{ inbound: ShownInbound[] }>().inbound

describe('a trial', () => {
  it('says of each row what the entering would refuse, by its column, and enters nothing', async () => {
    const tried = await attempt(
      tableOf(
        GOLD,
        '手机,一,部,,,',
        ',2,册,,,',
        '刘洋的账本,1,册,,,',
        '手表,1,块,约九十克,,',
        '手表,1,块,0,,',
        '手表,1.5,块,,,',
        '手表,1,块,,1.23E+11,',
        `${'长'.repeat(101)},1,件,,,`,
        '手表,1,块,,,,多出的',
      ),
    )
    expect(told(tried)).toEqual([
      [3, '数量', '数量“一”无效'],
      [4, '名称', '没有填写'],
      [5, '名称', '“名称”中写有持有人的姓名'],
      [6, '重量（克）', expect.stringContaining('约九十克')],
      [7, '重量（克）', expect.any(String)],
      [8, '数量', expect.stringContaining('1.5')],
      [9, '封条编号', expect.stringContaining('科学计数法')],
      [10, '名称', '名称过长，最多 100 个字'],
      [11, null, '单元格比栏目多'],
    ])
    expect(tried.lines[0]).toEqual({
      ...{ row: 2, name: '金条', quantity: '3', unit: '根', weight_mg: 300_500, seal: 'GA-001', features: null },
    })
    const back = parseCsv(tried.corrected ?? '').rows
    expect([back[0]?.[0], back[1]?.[0], back[2]?.[0]]).toEqual(['导入错误', '', '数量：数量“一”无效'])
    expect(await lists()).toEqual([])
  })

  it('of what is put right in the table that was given back finds nothing', async () => {
    const { corrected } = await attempt(tableOf(GOLD, '手机,一,部,,,'))
    const right = await attempt((corrected ?? '').replace('"一"', '"1"'))
    expect([right.faults, right.corrected, right.lines.length]).toEqual([[], null, 2])
  })

  it('reads GB 18030 and a workbook as it reads UTF-8', async () => {
    // 名称,数量,单位 / 手机,1,部
    const gb18030 = Buffer.from('c3fbb3c62ccafdc1bf2cb5a5cebb0acad6bbfa2c312cb2bf0a', 'hex')
    expect(await attempt(gb18030)).toMatchObject({ faults: [], lines: [{ name: '手机', quantity: '1', unit: '部' }] })
    const rows = [HEAD, GOLD].map((row) => row.split(','))
    expect(await attempt(await writeWorkbook('移交清单', rows))).toMatchObject({
      ...{ faults: [], lines: [{ row: 2, name: '金条', quantity: '3', weight_mg: 300_500, seal: 'GA-001' }] },
    })
  })

  it('reads a formula as the text that it is, and gives none back', async () => {
    const tried = await attempt(
      tableOf('=1+1,1,件,,,=HYPERLINK("http://x")', '手机,一,部,,@SUM(A1),', "'+手表,1,块,,,"),
    )
    expect(tried.lines.map(({ name }) => name)).toEqual(['=1+1', '手机', '+手表'])
    const back = parseCsv(tried.corrected ?? '').rows.slice(1)
    expect(back.map((row) => [row[1], row[5], row[6]])).toEqual([
      ["'=1+1", '', expect.stringMatching(/^'=HYPERLINK/)],
      ['手机', "'@SUM(A1)", ''],
      ["'+手表", '', ''],
    ])
  })

  it('takes as many rows as one act does, and no more', async () => {
    const most = rules.items_per_act.value
    const rows = Array.from({ length: most }, () => '手机,1,部,,,')
    expect((await attempt(tableOf(...rows))).lines).toHaveLength(most)
    const many = await ask('/try', tableOf(...rows, '手机,1,部,,,'))
    expect([many.statusCode, many.json()]).toMatchObject([413, { code: 'custody.import-rows', values: { most } }])
  })

  it('the head of the list is the fault of no row', async () => {
    const named = { organ: '张伟的单位' }
    for (const path of ['', '/try']) {
      expect(codeOf(await ask(path, tableOf(PHONE), { head: { day: '2999-01-01' } }))).toBe('custody.inbound-day')
      expect(codeOf(await ask(path, tableOf(PHONE), { head: named }))).toBe('custody.names-person')
      expect(codeOf(await ask(path, tableOf(PHONE), { head: { organ: '' } }))).toBe('request.invalid')
    }
    expect(await lists()).toEqual([])
  })
})

describe('taking a list in', () => {
  it('with one bad row enters nothing, and says which', async () => {
    const answer = await ask('', tableOf(PHONE, '金条,0,根,,,'))
    expect([answer.statusCode, answer.json()]).toMatchObject([
      422,
      { code: 'custody.import-faults', faults: [{ row: 3, column: { zh: '数量' } }] },
    ])
    expect(codeOf(await ask('', tableOf(PHONE, '金条,3,根,重,,')))).toBe('custody.import-faults')
    expect(await lists()).toEqual([])
  })

  it('is for the officers of the case alone', async () => {
    for (const path of ['', '/try']) {
      expect(codeOf(await ask(path, tableOf(PHONE), { person: STRANGER }))).toBe('custody.unknown-case')
      expect(codeOf(await ask(path, tableOf(PHONE), { person: CUSTODIAN }))).toBe('custody.unknown-case')
      expect(codeOf(await ask(path, 'no table', { person: STRANGER }))).toBe('custody.unknown-case')
    }
  })

  it('enters every row in its order as the form does, once however often it is sent', async () => {
    const table = tableOf(PHONE, '', '# 备注', GOLD)
    const first = await ask('', table, { key: 'one-deed', person: SECOND })
    expect(first.statusCode, first.body).toBe(201)
    expect((await ask('', table, { key: 'one-deed', person: SECOND })).json()).toEqual(first.json())
    const { inbound } = first.json<{ inbound: string }>()
    const unchecked = { extra: false, checked: null, settled: null, item: null }
    expect(await lists()).toMatchObject([
      {
        ...{ id: inbound, ...list, by: { who: `person/${SECOND}` }, unchecked: [1, 2], acceptedAt: null },
        lines: [
          { line: 1, name: '手机', quantity: '1', seal: null, features: '黑色，屏幕完好', ...unchecked },
          { line: 2, name: '金条', quantity: '3', weight_mg: 300_500, seal: 'GA-001', ...unchecked },
        ],
      },
    ])
  })

  it('the same list again is refused, from a table or by hand; its next part is not', async () => {
    const again = await ask('', tableOf(PHONE, GOLD))
    expect([again.statusCode, again.json()]).toMatchObject([
      409,
      { code: 'custody.inbound-known', values: { organ: list.organ, number: list.number } },
    ])
    expect(codeOf(await ask('/try', tableOf(PHONE)))).toBe('custody.inbound-known')
    const lines = [{ name: '手机', quantity: '1', unit: '部' }]
    const byHand = { ...list, number: '移交〔２０２６〕9号', lines }
    expect(codeOf(await server.as(OFFICER, { method: 'POST', url, payload: byHand }))).toBe('custody.inbound-known')
    const part = await ask('', tableOf('充电器,1,个,,,'), { head: { number: `${list.number}（第二次）` } })
    expect(part.statusCode, part.body).toBe(201)
    const other = await ask('', tableOf(PHONE), { head: { organ: '某县公安局' } })
    expect(other.statusCode, other.body).toBe(201)
    expect(await lists()).toHaveLength(3)
  })

  it('a list of which everything went back may come again', async () => {
    const number = '移交〔2026〕10号'
    const first = await ask('', tableOf(PHONE), { head: { number } })
    const { inbound } = first.json<{ inbound: string }>()
    const write = (path: string, payload: object) =>
      server.as(OFFICER, { method: 'POST', url: `/api/inbound/${inbound}/${path}`, payload })
    for (const answer of [
      await write('checks', { lines: [{ line: 1, verdict: 'SHORT', quantity: '0' }] }),
      await write('settlements', { line: 1, how: 'SENT_BACK', note: '没有实物', bringer: list.bringer }),
      await write('acceptance', { items: [], signed }),
    ])
      expect(answer.statusCode, answer.body).toBe(201)
    const again = await ask('', tableOf(PHONE), { head: { number } })
    expect(again.statusCode, again.body).toBe(201)
  })
})

it('the template is a table that is read, as CSV and as a workbook', async () => {
  const template = '/api/custody/inbound-template'
  const csv = await server.as(OFFICER, { url: `${template}.csv` })
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(parseCsv(csv.body).rows[0]?.map((name) => name.replace(/[*\uFEFF]/g, ''))).toEqual(HEAD.split(','))
  expect(codeOf(await ask('', csv.body))).toBe('custody.import-empty')
  const workbook = await server.as(OFFICER, { url: `${template}.xlsx` })
  expect(codeOf(await ask('', workbook.rawPayload))).toBe('custody.import-empty')
})

it('every table equals a replay of the registers', async () => {
  const { deps, modules, keys } = server
  const { key, installation } = keys
  const found = await verifyStore({ db: deps.db, modules, folder: checkpointFolderOf(keys), key, installation })
  expect(found.faults).toEqual([])
})
