import { describe, expect, it } from 'vitest'
import { sealPayload } from '../../../labels/seal-number.ts'
import { parseCsv, writeCsv } from '../../csv.ts'
import { Refusal } from '../../refusal.ts'
import { writeWorkbook } from '../../xlsx.ts'
import { CATEGORIES, categories } from '../categories.ts'
import { fields } from '../intake/category-fields.ts'
import { columnHeaded, columns, templateRows } from './columns.ts'
import { readSheet, sheetWithFaults } from './sheet.ts'
import { rules } from '../rules.ts'

const officers = [
  { id: 'ou', name: '欧阳' },
  { id: 'wei', name: '魏' },
  { id: 'wei-2', name: '重名' },
  { id: 'wei-3', name: '重名' },
]
const HEAD = '名称,类别,数量,单位'
const read = (text: string) => readSheet(Buffer.from(text), officers)
const codeOf = (bytes: Buffer): Promise<string> =>
  readSheet(bytes, officers).then(
    () => 'read',
    (error: unknown) => {
      if (error instanceof Refusal) return error.code
      throw error
    },
  )

describe('a row becomes an item', () => {
  it('with everything that a category asks for, as offices and spreadsheets write it', async () => {
    const sheet = await read(
      '类别*,名称*,数量,单位,特征,重量（克）,封条编号,封条签名人,价值\r\n' +
        '贵重物品,金条,１,根,"足金，""99""",100.05,F-1,欧阳、wei,价值不明\r\n',
    )
    expect(sheet.faults).toEqual([])
    expect(sheet.rows).toEqual([
      {
        row: 2,
        item: {
          ...{ name: '金条', category: 'valuables', quantity: '1', unit: '根', features: '足金，"99"' },
          ...{ valueStatus: 'UNKNOWN', weight_mg: 100_050, seal: { number: 'F-1', signers: ['ou', 'wei'] } },
        },
      },
    ])
  })

  it('with the number of a strip that was scanned into the table', async () => {
    const number = '封〔2026〕12号'
    const sheet = await read(
      `${HEAD},特征,重量（克）,封条编号,封条签名人\n金条,贵重物品,1,根,足金,100,${sealPayload(number)},欧阳、魏`,
    )
    expect(sheet.rows).toMatchObject([{ item: { seal: { number, signers: ['ou', 'wei'] } } }])
  })

  it('with choices, days, counts and hashes in the register’s own form', async () => {
    const hash = 'AB'.repeat(32)
    const sheet = await read(
      `${HEAD},有效期、保存期至,SHA-256 值,页数,原件或复制件,特征\n` +
        `牛奶,perishable,1,箱,2026/3/5,,,,冷\n` +
        `U盘,digital-media,1,只,,${hash},,,黑\n` +
        `账簿,文件、账簿、资料,1,册,,,１２,原件\n`,
    )
    const details = sheet.rows.map(({ item }) => item?.details ?? null)
    expect(details).toEqual([
      { expiresOn: '2026-03-05' },
      { sha256: hash.toLowerCase() },
      { pages: '12', original: 'original' },
    ])
  })

  it('a note, an empty row and the column of earlier faults are no part of it', async () => {
    const sheet = await read(`导入错误,${HEAD}\n,# 说明,,,\n# 说明\n,,,,\n类别：应为…,手机,一般物品,1,部\n`)
    expect(sheet.rows.map(({ row, item }) => [row, item?.name])).toEqual([[5, '手机']])
    expect(sheet.faults).toEqual([])
  })
})

describe('what is wrong is told by row and column', () => {
  it.each([
    [`${HEAD}\n手机,电话,1,部`, '类别', '应为：一般物品'],
    [`${HEAD}\n,一般物品,1,部`, '名称', '没有填写'],
    [`${HEAD},重量（克）\n金条,贵重物品,1,根,1.2345`, '重量（克）', '不是以克计的重量'],
    [`${HEAD},重量（克）\n金条,贵重物品,1,根,"1,000"`, '重量（克）', '不是以克计的重量'],
    [`${HEAD},封条编号,封条签名人\n金条,贵重物品,1,根,F-1,张三`, '封条签名人', '“张三”不是本案唯一可认的承办人员'],
    [`${HEAD},封条编号,封条签名人\n金条,贵重物品,1,根,F-1,重名`, '封条签名人', '“重名”不是'],
    [`${HEAD},封条签名人\n手机,一般物品,1,部,欧阳`, '封条签名人', '没有封条编号'],
    [`${HEAD},卡号、账号、券号\n卡,一般物品,1,张,6.22202E+18`, '卡号、账号、券号', '科学计数法'],
    [`${HEAD},币种\n现金,cash,1,袋,卢布`, '币种', '应为：人民币'],
  ])('%j', async (text, column, what) => {
    const [fault, ...others] = (await read(text)).faults
    expect(others).toEqual([])
    expect(fault).toMatchObject({ row: 2, column: { zh: column } })
    expect(fault?.what.zh).toContain(what)
    expect(fault?.what.en).not.toBe('')
  })

  it('in every row, not only the first', async () => {
    const { faults, rows } = await read(
      `${HEAD}\n手机,x,1,部\n手机,一般物品,1,部\n手机,y,1,部\n手机,一般物品,1,部,多\n`,
    )
    expect(faults.map(({ row, column }) => [row, column?.zh ?? null])).toEqual([
      [2, '类别'],
      [4, '类别'],
      [5, null],
    ])
    expect(rows.map(({ item }) => item === null)).toEqual([true, false, true, true])
  })

  it('the table is given back with it, as text and never as a formula, and reads again once it is put right', async () => {
    const sheet = await read(`${HEAD},特征\n"=HYPERLINK(""http://x"")",电话,1,部,@x\n手机,一般物品,1,部,\n`)
    const back = sheetWithFaults(sheet, sheet.faults)
    const { rows } = parseCsv(back)
    expect(rows[0]).toEqual(['导入错误', '名称', '类别', '数量', '单位', '特征'])
    expect(rows[1]?.[0]).toContain('类别：应为：一般物品')
    expect(rows.flat().filter((cell) => /^[=+\-@]/.test(cell))).toEqual([])
    const again = await read(back.replace('"电话"', '"一般物品"'))
    expect(again.faults).toEqual([])
    expect(again.rows[0]?.item).toMatchObject({ name: '=HYPERLINK("http://x")', features: '@x' })
    expect(sheetWithFaults(again, [])).not.toContain('导入错误,导入错误')
  })
})

describe('a file that is none', () => {
  const line = `\n手机,一般物品,1,部`
  it.each([
    ['custody.import-workbook-faulty', Buffer.from('PK\u0003\u0004xx', 'latin1')],
    ['custody.import-workbook', Buffer.from('d0cf11e0a1b11ae100', 'hex')],
    ['custody.import-text', Buffer.from('ff00ff', 'hex')],
    ['custody.import-headings', Buffer.from('你好')],
    ['custody.import-headings', Buffer.from(`${HEAD},颜色${line}`)],
    ['custody.import-headings', Buffer.from(`${HEAD},名称${line}`)],
    ['custody.import-headings', Buffer.from(`名称,类别,数量${line}`)],
    ['custody.import-quote', Buffer.from(`${HEAD}\n"手机,一般物品,1,部`)],
    ['custody.import-empty', Buffer.from(HEAD)],
    ['custody.import-rows', Buffer.from(HEAD + line.repeat(rules.items_per_act.value + 1))],
    ['read', Buffer.from(HEAD + line.repeat(rules.items_per_act.value))],
  ])('%s', async (code, bytes) => {
    expect(await codeOf(bytes)).toBe(code)
  })

  it('UTF-8 without a mark, GB 18030, UTF-16 with tabs and semicolons are all read', async () => {
    const gb18030 = Buffer.from('c3fbb3c62cc0e0b1f02ccafdc1bf2cb5a5cebb0acad6bbfa2cd2bbb0e3ceefc6b72c312cb2bf0a', 'hex')
    for (const bytes of [
      Buffer.from(HEAD + line),
      gb18030,
      Buffer.from(`\ufeff${(HEAD + line).replaceAll(',', '\t')}`, 'utf16le'),
      Buffer.from((HEAD + line).replaceAll(',', ';')),
    ]) {
      const { rows, faults } = await readSheet(bytes, officers)
      expect(faults).toEqual([])
      expect(rows).toMatchObject([{ row: 2, item: { name: '手机', category: 'general', quantity: '1', unit: '部' } }])
    }
  })
})

describe('a workbook', () => {
  it('reads as the same table in CSV does, and its template takes an item below', async () => {
    const rows = [HEAD.split(',').concat('特征', '重量（克）'), ['金条', '贵重物品', '1', '根', '足金', '100.05']]
    const [book, csv] = [await readSheet(await writeWorkbook('物品', rows), officers), await read(writeCsv(rows))]
    expect(book.faults).toEqual([])
    expect(book.rows).toEqual(csv.rows)
    const template = templateRows()
    expect(await codeOf(await writeWorkbook('物品', template))).toBe('custody.import-empty')
    const filled = [...template, ['手机', '一般物品', '1', '部']]
    expect((await readSheet(await writeWorkbook('物品', filled), officers)).rows).toHaveLength(1)
  })

  it('is told of by row and column like any other table', async () => {
    const rows = [HEAD.split(','), ['手机', '电话', '1', '部'], ['=1+1', '一般物品', '6.2E+18', '部']]
    const { faults } = await readSheet(await writeWorkbook('物品', rows), officers)
    expect(faults.map(({ row, column }) => [row, column?.zh])).toEqual([
      [2, '类别'],
      [3, '数量'],
    ])
  })
})

describe('the template', () => {
  it('has every column, and every category says what it asks for', async () => {
    const [headings = [], ...notes] = templateRows()
    expect(headings.map((heading) => columnHeaded(heading))).toEqual(columns)
    expect(columns).toHaveLength(10 + Object.keys(fields).length)
    for (const category of CATEGORIES)
      expect(notes.flat().some((note) => note.startsWith(`# ${categories[category].name.zh}：`))).toBe(true)
  })

  it('holds no item itself, and takes one below', async () => {
    const template = writeCsv(templateRows())
    expect(await codeOf(Buffer.from(template))).toBe('custody.import-empty')
    expect((await read(`${template}手机,一般物品,1,部\r\n`)).rows).toHaveLength(1)
  })

  it('no two columns answer to one heading', async () => {
    const keys = columns.flatMap(({ name }) => [name.zh, name.en])
    expect(keys.filter((key) => !columns.includes(columnHeaded(key) as (typeof columns)[number]))).toEqual([])
    for (const one of columns) expect([columnHeaded(one.name.zh), columnHeaded(one.name.en)]).toEqual([one, one])
  })
})
