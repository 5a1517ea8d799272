import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { parseCsv } from '../../csv.ts'
import { testServer, type TestServer } from '../../testing.ts'
import { importRoutes } from './routes.ts'
import { IMPORT_BYTES_MAX } from './sheet.ts'
import type { TriedImport } from '../protocol.ts'
import { recordingOf, taking } from '../testing.ts'

const CASE = '云纪立〔2026〕21号'
const OFFICER = 'zhang-wei'
const URL = `/api/cases/${encodeURIComponent(CASE)}/items/import`
const HEAD = '名称,类别,数量,单位,特征,重量（克）,封条编号,封条签名人,卡号、账号、券号,发行、开户机构'
const GOLD = '金条,贵重物品,1,根,足金,100,F-21,张伟、李娜,,'

let server: TestServer
beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(importRoutes, deps)
    },
  })
  const open = { number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, 'li-na'] }
  await server.deps.act({ person: OFFICER }, { type: 'custody.open-case', ...open }, { cause: 'open' })
})
afterAll(() => server.close())

const bodyOf = (table: string | Buffer) => ({
  file: Buffer.from(table).toString('base64'),
  ...taking,
  relevance: '往来的财物',
})
const ask = (path: string, table: string | Buffer, more: { person?: string; key?: string } = {}) =>
  server.as(more.person ?? OFFICER, {
    ...{ method: 'POST', url: URL + path, payload: bodyOf(table) },
    ...(more.key === undefined ? {} : { key: more.key }),
  })
const attempt = async (table: string): Promise<TriedImport> => {
  const answer = await ask('/try', table)
  expect(answer.statusCode).toBe(200)
  return answer.json<TriedImport>()
}
const registered = async (): Promise<number> => {
  const found = await sql<{ count: number }>`select count(*) as count from items where case_number = ${CASE}`.execute(
    server.deps.db,
  )
  return Number(found.rows[0]?.count)
}

describe('a trial', () => {
  it('finds what the registration would refuse, in each row and by its column, and registers nothing', async () => {
    const { faults, rows, corrected } = await attempt(
      [
        HEAD,
        '手机,一般物品,0,部,,,,,,',
        GOLD,
        '金条,贵重物品,1,根,足金,100,F-22,张伟,,',
        '银行卡,存折、银行卡、有价证券,1,张,蓝色,,F-23,张伟、李娜,,农商行',
        `${'长'.repeat(101)},一般物品,1,件,,,,,,`,
        '=1+1,一般物品,一,件,,,,,,',
      ].join('\n'),
    )
    expect(faults.map(({ row, column, what }) => [row, column?.zh ?? null, what.zh])).toEqual([
      [2, '数量', '数量“0”无效'],
      [4, '封条签名人', expect.stringContaining('2')],
      [5, '卡号、账号、券号', '“存折、银行卡、有价证券”必须填写：卡号、账号、券号'],
      [6, '名称', '名称过长，最多 100 个字'],
      [7, '数量', '数量“一”无效'],
    ])
    expect(rows).toHaveLength(6)
    const back = parseCsv(corrected ?? '').rows
    expect(back).toHaveLength(7)
    expect(back[1]?.[0]).toBe('数量：数量“0”无效')
    expect(back[2]?.[0]).toBe('')
    expect(back[6]?.[1]).toBe("'=1+1")
    expect(await registered()).toBe(0)
  })

  it('finds what only two rows together do wrong', async () => {
    const effects = '皮带,随身物品,1,条,,,,,,'
    const { faults } = await attempt([HEAD, '手机,一般物品,1,部,,,,,,', '', effects].join('\n'))
    expect(faults).toMatchObject([{ row: 4, column: { zh: '类别' } }])
  })

  it('finds a row that names the holder or an officer', async () => {
    const rows = ['持有人甲的手机,一般物品,1,部,,,,,,', '手机,一般物品,1,部,,,,,,', '张伟收的礼盒,一般物品,1,件,,,,,,']
    const { faults } = await attempt([HEAD, ...rows].join('\n'))
    expect(faults.map(({ row, column, what }) => [row, column?.zh ?? null, what.zh])).toEqual([
      [2, '名称', '“名称”中写有持有人的姓名'],
      [4, '名称', '“名称”中写有承办人员的姓名'],
    ])
  })

  it('a measure that is wrong is the fault of no row', async () => {
    const answer = await server.as(OFFICER, {
      ...{ method: 'POST', url: `${URL}/try` },
      payload: { ...bodyOf(`${HEAD}\n${GOLD}`), measure: { ...taking.measure, officers: [OFFICER] } },
    })
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([422, 'custody.measure-officers'])
  })
})

describe('an import', () => {
  it('of a table that does not say what it has to do with the case registers nothing, tried or meant (监察法 28(1))', async () => {
    for (const path of ['/try', '']) {
      const payload = { ...bodyOf(`${HEAD}\n${GOLD}`), relevance: undefined }
      const answer = await server.as(OFFICER, { method: 'POST', url: URL + path, payload })
      const [fault] = answer.json<{ faults: { row: number; what: { zh: string } }[] }>().faults
      expect([answer.statusCode, fault?.row], answer.body).toEqual([path === '' ? 422 : 200, 2])
      expect(fault?.what.zh).toBe('没有说明与案件的关联')
    }
    expect(await registered()).toBe(0)
  })

  it('of what stays where it is says which row owes its recording, and is sound with one, or with why there is none yet', async () => {
    const table = [
      '名称,类别,数量,单位,特征,address,keeping,registryNotice',
      '手机,一般物品,1,部,,,,',
      '商铺,不动产、大型设备,1,处,临街,云州市城东区一号,原地封存,协〔2026〕1号',
    ].join('\n')
    const asked = (path: string, more: object = {}) =>
      server.as(OFFICER, { method: 'POST', url: URL + path, payload: { ...bodyOf(table), ...more } })
    for (const path of ['/try', '']) {
      const { faults } = (await asked(path)).json<{ faults: TriedImport['faults'] }>()
      expect(faults, path).toMatchObject([
        { row: 3, column: { zh: '保管方式' }, what: { zh: expect.stringContaining('原地封存的不经移交入库') } },
      ])
    }
    expect(await registered()).toBe(0)
    expect((await asked('/try', { recordingLater: '录像正在拷贝' })).json<TriedImport>().faults).toEqual([])
    const named = await asked('/try', { recordingLater: '持有人甲不在' })
    expect([named.statusCode, named.json<{ code: string }>().code]).toEqual([422, 'custody.names-person'])
    const takenAt = new Date(Date.parse(server.deps.now()) - 60_000).toISOString()
    const { type: _, items: __, of: ___, ...recording } = recordingOf([], takenAt)
    const shown = { measure: { ...taking.measure, takenAt }, recording }
    expect((await asked('/try', shown)).json<TriedImport>().faults).toEqual([])
    expect(await registered()).toBe(0)
  })

  it('with one bad row registers none, and says which', async () => {
    const answer = await ask('', [HEAD, GOLD, '手机,一般物品,0,部,,,,,,'].join('\n'))
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({
      code: 'custody.import-faults',
      faults: [{ row: 3, column: { zh: '数量' } }],
    })
    expect(await registered()).toBe(0)
  })

  it('registers all rows in their order, once however often it is sent', async () => {
    const table = [HEAD, GOLD, '手机,一般物品,1,部,黑色,,,,,'].join('\r\n')
    expect((await attempt(table)).faults).toEqual([])
    const first = await ask('', table, { key: 'one-deed' })
    expect(first.statusCode).toBe(201)
    const { items } = first.json<{ items: { code: string; ordinal: number }[] }>()
    expect(items.map(({ ordinal }) => ordinal)).toEqual([1, 2])
    expect((await ask('', table, { key: 'one-deed' })).json()).toEqual(first.json())
    expect(await registered()).toBe(2)
    const found = await server.deps.db.selectFrom('items').select('state').where('case_number', '=', CASE).execute()
    expect(
      found.map(({ state }) => [state.name, state.seal?.number ?? null, state.weights[0]?.weight_mg ?? null]),
    ).toEqual(
      expect.arrayContaining([
        ['金条', 'F-21', 100_000],
        ['手机', null, null],
      ]),
    )
  })

  it('a seal that was used meanwhile is found, by its row', async () => {
    const answer = await ask('', [HEAD, GOLD].join('\n'))
    expect(answer.json()).toMatchObject({
      code: 'custody.import-faults',
      faults: [{ row: 2, column: { zh: '封条编号' } }],
    })
  })

  it('is for the officers of the case alone', async () => {
    const table = [HEAD, '手机,一般物品,1,部,,,,,,'].join('\n')
    for (const path of ['', '/try']) {
      expect((await ask(path, table, { person: 'wang-qiang' })).statusCode).toBe(404)
      expect((await ask(path, table, { person: 'chen-jing' })).statusCode).toBe(404)
    }
  })

  it('a file beyond its size is not read', async () => {
    const answer = await ask('/try', Buffer.alloc(IMPORT_BYTES_MAX + 3, 'a'))
    expect(answer.statusCode).toBe(400)
    expect(answer.json<{ detail: string }>().detail).toContain('过长')
  })
})

it('the template is there for whoever is signed in', async () => {
  const answer = await server.as(OFFICER, { url: '/api/custody/import-template.csv' })
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(answer.body.startsWith('\ufeff"名称*"')).toBe(true)
})
