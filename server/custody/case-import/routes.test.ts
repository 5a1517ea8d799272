import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { parseCsv } from '../../csv.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { SYSTEM } from '../../module.ts'
import { testServer, type TestServer } from '../../testing.ts'
import { writeWorkbook } from '../../xlsx.ts'
import { IMPORT_BYTES_MAX } from '../import/table.ts'
import type { CaseAccount, TriedCases } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { caseImportRoutes } from './routes.ts'

const OFFICER = 'zhang-wei'
const HEAD = '案号,案件名称,类别,承办部门,承办人员,立案日期,立案文号'
const FIRST = '云监立〔2026〕81号,某某涉嫌受贿案,监察调查,第一监督检查室,张伟、李娜,2026/2/3,云监立决〔2026〕8号'
const SECOND = '云纪立〔2026〕82号,某人涉嫌违纪案,DISCIPLINE,dept-1,zhang-wei；li-na,,'
let server: TestServer
let unit = ''

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(caseImportRoutes, deps)
    },
  })
  const known = await sql<{ name: string }>`select name from units where id = 'dept-1'`.execute(server.deps.db)
  unit = known.rows[0]?.name ?? ''
})
afterAll(() => server.close())

const tableOf = (...rows: readonly string[]): string => [HEAD, ...rows].join('\n').replaceAll('第一监督检查室', unit)
const fileOf = (table: string | Buffer): object => ({ file: Buffer.from(table).toString('base64') })
const ask = (path: string, payload: object, { person = OFFICER, key }: { person?: string; key?: string } = {}) =>
  server.as(person, {
    ...{ method: 'POST', url: `/api/cases/import${path}`, payload },
    ...(key === undefined ? {} : { key }),
  })
const attempt = async (payload: object, person = OFFICER): Promise<TriedCases> => {
  const answer = await ask('/try', payload, { person })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<TriedCases>()
}
const told = ({ faults }: TriedCases) => faults.map(({ row, column, what }) => [row, column?.zh ?? null, what.zh])
const codeOf = async (payload: object, person?: string): Promise<string> =>
  (await ask('', payload, person === undefined ? {} : { person })).json<{ code: string }>().code
const opened = async (): Promise<string[]> =>
  (await sql<{ id: string }>`select id from cases order by id`.execute(server.deps.db)).rows.map(({ id }) => id)
const account = async (number: string, person = OFFICER): Promise<CaseAccount> =>
  (await server.as(person, { method: 'GET', url: `/api/cases/${encodeURIComponent(number)}` })).json<CaseAccount>()

describe('a trial', () => {
  it('says of each row what the opening would refuse, by its column, and opens nothing', async () => {
    const tried = await attempt(
      fileOf(
        tableOf(
          FIRST,
          '云监立〔2026〕83号,,刑事,第一监督检查室,张伟、路人甲,2026-02-03,',
          '云监立〔2026〕84号,某案,TAX,dept-2,王强、赵敏,,',
          '云监立/85号,某案,TAX,dept-1,张伟、李娜,2026-02-30,文',
          '云监立〔2026〕86号,某案,TAX,dept-1,张伟,2099-02-03,文',
          '云监立〔2026〕87号,某案,TAX,dept-1,张伟、李娜,2099-02-03,文',
          '云监立〔2026〕81号,又一案,TAX,dept-1,张伟、李娜,,',
          '贾某收礼,贾某收礼,TAX,dept-1,张伟、李娜,,',
          '2.0261E+17,某案,TAX,dept-1,张伟、李娜,,',
        ),
      ),
    )
    expect(told(tried)).toEqual([
      [3, '案件名称', '没有填写'],
      [3, '类别', '应为：纪律审查、监察调查、行政执法、税务稽查'],
      [3, '承办人员', expect.stringContaining('路人甲')],
      [3, '立案文号', expect.stringContaining('一并填写')],
      [4, '承办部门', expect.stringContaining('dept-2')],
      [5, '案号', expect.any(String)],
      [6, '承办人员', expect.stringContaining('2 人以上')],
      [7, '立案日期', expect.stringContaining('2099')],
      [8, '案号', '案号 云监立〔2026〕81号 在表中出现多次'],
      [9, '案号', expect.stringContaining('案件名称')],
      [10, '案号', expect.stringContaining('科学计数法')],
    ])
    expect(tried.faults.map(({ what }) => what.zh).join()).not.toContain('王强')
    expect(tried.cases[0]).toMatchObject({
      ...{ row: 2, number: '云监立〔2026〕81号', track: 'SUPERVISION', filedOn: '2026-02-03', there: false },
      ...{ unit: { who: 'unit/dept-1' }, officers: [{ name: '张伟' }, { name: '李娜' }] },
    })
    const back = parseCsv(tried.corrected ?? '').rows
    expect(back).toHaveLength(10)
    expect([back[0]?.[0], back[1]?.[0], back[2]?.[0]]).toEqual([
      '导入错误',
      '',
      expect.stringContaining('案件名称：没有填写'),
    ])
    expect(await opened()).toEqual([])
  })

  it('reads GB 18030 and a workbook as it reads UTF-8, and a formula as the text that it is', async () => {
    const gb18030 = Buffer.from(
      'b0b8bac52cb0b8bcfec3fbb3c62cc0e0b1f02cb3d0b0ecb2bfc3c52cb3d0b0ecc8cbd4b10ad4c6cbb0a1b232303236a1b335' +
        'bac52cc4b3b0b82ccbb0cef1bbfcb2e92c646570742d312cd5c5ceb0a1a2c0eec4c80a',
      'hex',
    )
    const { faults, cases } = await attempt(fileOf(gb18030))
    expect([faults, cases[0]?.number]).toEqual([[], '云税〔2026〕5号'])
    const rows = [HEAD, FIRST.replace('第一监督检查室', unit)].map((row) => row.split(','))
    const workbook = await writeWorkbook('案件', rows)
    expect(told(await attempt(fileOf(workbook)))).toEqual([])
    const formula = await attempt(
      fileOf(
        tableOf(
          FIRST,
          '=1+1,=HYPERLINK("http://x"),TAX,dept-1,张伟、李娜,,',
          '云税〔2026〕1号,@甲案,x,dept-1,张伟、李娜,,',
        ),
      ),
    )
    expect(parseCsv(formula.corrected ?? '').rows[3]?.slice(1, 3)).toEqual(['云税〔2026〕1号', "'@甲案"])
  })

  it('takes neither what is no table nor more than a table may have, and is for officers', async () => {
    expect(await codeOf(fileOf('一,二\n1,2'))).toBe('custody.import-headings')
    expect(await codeOf(fileOf(HEAD))).toBe('custody.import-empty')
    expect(await codeOf(fileOf(Buffer.from('d0cf11e0a1b11ae1', 'hex')))).toBe('custody.import-workbook')
    expect((await ask('/try', fileOf(Buffer.alloc(IMPORT_BYTES_MAX * 2)))).statusCode).toBeGreaterThanOrEqual(400)
    const many = Array.from({ length: 501 }, (_, nth) => SECOND.replace('82', String(nth)))
    expect(await codeOf(fileOf(tableOf(...many)))).toBe('custody.import-rows')
    expect(await codeOf(fileOf(tableOf(FIRST)), 'chen-jing')).toBe('access.no-post')
  })
})

describe('an import', () => {
  it('with one bad row opens none, and says which', async () => {
    const answer = await ask('', fileOf(tableOf(FIRST, SECOND.replace('DISCIPLINE', '刑事'))))
    expect([answer.statusCode, answer.json()]).toMatchObject([
      422,
      { code: 'custody.import-faults', faults: [{ row: 3, column: { zh: '类别' } }] },
    ])
    expect(await opened()).toEqual([])
  })

  it('opens every row as by hand, once however often it is sent', async () => {
    const first = await ask('', fileOf(tableOf(FIRST, SECOND)), { key: 'night-1' })
    expect(first.statusCode, first.body).toBe(201)
    expect(first.json()).toMatchObject({ opened: ['云监立〔2026〕81号', '云纪立〔2026〕82号'], there: [] })
    const again = await ask('', fileOf(tableOf(FIRST, SECOND)), { key: 'night-1' })
    expect([again.statusCode, again.json()]).toEqual([201, first.json()])
    expect(await ask('', fileOf(tableOf(FIRST)), { key: 'night-1' }).then(({ json }) => json())).toMatchObject({
      code: 'request.key-reused',
    })
    expect(await account('云监立〔2026〕81号')).toMatchObject({
      ...{
        title: '某某涉嫌受贿案',
        unit: 'dept-1',
        filing: { filedOn: '2026-02-03', document: '云监立决〔2026〕8号' },
      },
      officers: [{ who: 'person/zhang-wei' }, { who: 'person/li-na' }],
    })
    expect((await account('云纪立〔2026〕82号')).filing).toBeNull()
  })

  it('of another program says the same without a file, and what is there and the same repeats in peace', async () => {
    const [one, two] = [FIRST, SECOND].map((row) => {
      const [number, title, track, , officers = '', filedOn = '', document = ''] = row.split(',')
      const filed = filedOn === '' ? {} : { filedOn, document }
      return { number, title, track, unit: 'dept-1', officers: officers.split(/[、；]/), ...filed }
    })
    const third = { ...one, number: '云监立〔2026〕89号', officers: ['李娜', 'zhang-wei'] }
    const bad = await ask('', { cases: [one, { ...third, track: '刑事' }] })
    expect([bad.statusCode, bad.json()]).toMatchObject([
      422,
      { code: 'custody.import-faults', faults: [{ row: 2, column: { zh: '类别' } }] },
    ])
    expect((await attempt({ cases: [one, two, third] })).cases.map(({ there }) => there)).toEqual([true, true, false])
    const night = await ask('', { cases: [one, two, third] })
    expect([night.statusCode, night.json()]).toMatchObject([
      201,
      { opened: ['云监立〔2026〕89号'], there: ['云监立〔2026〕81号', '云纪立〔2026〕82号'] },
    ])
    const next = await ask('', { cases: [one, two, third] })
    expect([next.statusCode, next.json()]).toMatchObject([201, { opened: [], facts: [] }])
  })

  it('changes nothing that is there: it says in what the table differs', async () => {
    const other = FIRST.replace('监察调查', '税务稽查').replace('某某涉嫌', '另一人涉嫌')
    expect(told(await attempt(fileOf(tableOf(other))))).toEqual([
      [2, '案号', '案件 云监立〔2026〕81号 已有台账，与表中不同的是：案件名称、类别'],
    ])
    expect((await ask('', fileOf(tableOf(other, SECOND)))).statusCode).toBe(422)
  })

  it('tells of a case nothing but that its number is taken, to whom it is not to be known', async () => {
    await server.deps.act(
      { person: SYSTEM },
      { type: 'org.appoint', person: 'wang-qiang', post: 'officer', place: 'dept-1' },
      { cause: 'joins' },
    )
    for (const row of [FIRST, FIRST.replace('受贿', '行贿')])
      expect(told(await attempt(fileOf(tableOf(row)), 'wang-qiang'))).toEqual([
        [2, '案号', '案件 云监立〔2026〕81号 已有台账'],
      ])
  })

  it('tells of a case that goes by another number since only the number that was asked for', async () => {
    const { deps } = server
    const right = '云监立〔2026〕18号'
    const correction = { type: 'custody.renumber-case', case: '云监立〔2026〕81号', number: right, reason: '写反' }
    await deps.act({ person: OFFICER, with: ['li-na'] }, correction, { cause: 'written backwards' })
    for (const person of ['wang-qiang', OFFICER]) {
      const tried = await attempt(fileOf(tableOf(FIRST.replace('受贿', '行贿'))), person)
      expect(told(tried)).toEqual([[2, '案号', expect.stringContaining('云监立〔2026〕81号')]])
      expect(JSON.stringify(tried)).not.toContain(right)
    }
    expect((await ask('', fileOf(tableOf(FIRST)), { person: 'wang-qiang' })).body).not.toContain(right)
  })

  it('repeats for whoever opened a case for others, and after one of its officers left', async () => {
    const table = fileOf(tableOf(SECOND.replace('82', '90')))
    expect((await ask('', table, { person: 'wang-qiang' })).statusCode).toBe(201)
    expect((await account('云纪立〔2026〕90号', 'wang-qiang')).number).toBeUndefined()
    const gone = { type: 'org.end-appointment', person: 'li-na', post: 'officer', place: 'dept-1' }
    await server.deps.act({ person: SYSTEM }, gone, { cause: 'leaves' })
    const again = await ask('', table, { person: 'wang-qiang' })
    expect([again.statusCode, again.json()]).toMatchObject([201, { there: ['云纪立〔2026〕90号'] }])
    expect(told(await attempt(fileOf(tableOf(SECOND.replace('82', '91')))))).toEqual([
      [2, '承办人员', expect.stringContaining('不是')],
    ])
  })
})

it('the template is a table that is read, and says what its columns want', async () => {
  const answer = await server.as(OFFICER, { method: 'GET', url: '/api/custody/case-import-template.csv' })
  expect(parseCsv(answer.body).rows[0]?.map((name) => name.replace(/[*\uFEFF]/g, ''))).toEqual(HEAD.split(','))
  expect(await codeOf(fileOf(answer.body))).toBe('custody.import-empty')
  const workbook = await server.as(OFFICER, { method: 'GET', url: '/api/custody/case-import-template.xlsx' })
  expect(workbook.rawPayload.subarray(0, 2).toString()).toBe('PK')
})

it('the tables equal a replay', async () => {
  const { database, modules, keys } = server
  const proof = { db: database.db, modules, folder: checkpointFolderOf(keys) }
  expect((await verifyStore({ ...proof, key: keys.key, installation: keys.installation })).faults).toEqual([])
})
