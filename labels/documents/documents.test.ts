import { describe, expect, test } from 'vitest'
import { makeCode } from '../item-code.ts'
import { readPdf } from '../testing/read-pdf.ts'
import type { EntrySlip } from './entry-slip.ts'
import { entryForm } from './entry-slip.ts'
import { formPdf } from './form-pdf.ts'
import type { HandOverList } from './hand-over-list.ts'
import { handOverForm } from './hand-over-list.ts'
import type { SeizedItem, SeizureList } from './seizure-list.ts'
import { seizureForm } from './seizure-list.ts'

const AT = new Date('2026-11-21T08:00:00Z')
const seizureList = async (list: SeizureList, at: Date) => formPdf(seizureForm(list), at)
const entrySlip = async (slip: EntrySlip, at: Date) => formPdf(entryForm(slip), at)
const handOverList = async (list: HandOverList, at: Date) => formPdf(handOverForm(list), at)
const item = (serial: number): SeizedItem => ({
  code: makeCode({ kind: 'item', unit: '01', year: 2026, serial }),
  name: serial % 3 === 0 ? '足金手镯（素面，内壁刻「龑」字，附鉴定证书）' : '笔记本电脑',
  specification: 'X1 Carbon',
  quantity: String(serial),
  unit: '件',
  features: '',
  remark: '',
})
const items = (count: number) => Array.from({ length: count }, (_, i) => item(i + 1))

const CODE = makeCode({ kind: 'document', unit: '01', year: 2026, serial: 7 })

const LIST: SeizureList = {
  organisation: '示范市纪律检查委员会监察委员会',
  book: 'evidence',
  measure: 'seize',
  caseNumber: '清纪监〔2026〕0012 号',
  noticeNumber: '清监扣〔2026〕8 号',
  source: '持有人 张某某',
  entered: '第一纪检监察室 第 12-71 号',
  place: '示范市人民路 1 号',
  day: '2026-11-21',
  copy: { number: 1, of: 3, recipient: '持有人' },
  items: items(3),
  holder: { role: '持有人', name: null, absence: '拒绝签名：不说明理由' },
  witness: { name: '李四', absence: null },
  checks: '',
  videos: [],
  investigators: [
    { name: '王五', absence: null },
    { name: '赵六', absence: null },
  ],
}
const SLIP: EntrySlip = {
  organisation: LIST.organisation,
  code: CODE,
  caseNumber: LIST.caseNumber,
  source: '第三审查调查室',
  store: '涉案财物一号库',
  day: '2026-11-20',
  lastDay: '2026-11-21',
  copy: { number: 1, of: 2, recipient: '保管部门' },
  items: items(5).map((entered, index) => ({
    ...{ ...entered, place: 'A-03-2-05', sealNumber: 'F-2026-00087', condition: '完好' },
    ...{ tag: index === 0 ? '300833B2DDD9014000000001' : '', photosAndValue: '照片 12 张；价值不明' },
    received: index === 0 ? '2026-11-20 17:05 周七' : '2026-11-21 09:48 吴八',
  })),
  givers: [{ name: '王五' }, { name: '赵六' }],
  receivers: [{ name: '周七' }, { name: '吴八' }],
}

const pagesOf = async (pdf: Promise<Buffer>) => readPdf(await pdf).pages

describe('seizure list', () => {
  test('holds everything the form asks for, as text', async () => {
    const pages = await pagesOf(seizureList(LIST, AT))
    expect(pages).toHaveLength(1)
    expect(pages[0]).toMatchObject({ width: 595.28, height: 841.89 })
    const text = pages[0]?.text ?? ''
    for (const part of [
      '扣押财物、文件清单',
      LIST.organisation,
      '第 1 份，共 3 份 · 交持有人',
      ...['序号', '编号', '名称', '规格型号', '数量', '单位', '特征', '备注'].map((title) => `\n${title}\n`),
      item(1).code,
      item(3).code,
      '以下空白',
      '持有人：',
      '拒绝签名：不说明理由',
      '见证人（李四）：',
      '调查人员（王五）：',
      '调查人员（赵六）：',
      '（印章）',
      '2026 年 11 月 21 日',
      'F-02',
      '第 1 页 共 1 页',
    ])
      expect(text).toContain(part)
    expect(text).not.toContain('\uFFFD')
  })

  test('carries no number of its own, which would be that of some list that was handed over', async () => {
    const [page] = await pagesOf(seizureList(LIST, AT))
    expect(page?.text).not.toMatch(/编号 D\d/)
    const copy = { ...LIST.copy, recipient: '附卷' }
    expect((await pagesOf(seizureList({ ...LIST, copy }, AT)))[0]?.text).toContain('第 1 份，共 3 份 · 附卷')
  })

  test('of a tax case is a receipt for what is seized and a list of what is sealed up', async () => {
    const titleOf = async (list: Partial<SeizureList>): Promise<string> =>
      (await pagesOf(seizureList({ ...LIST, ofTax: true, ...list }, AT)))[0]?.text ?? ''
    expect(await titleOf({})).toContain('扣押商品、货物、财产收据')
    expect(await titleOf({ measure: 'seal-up' })).toContain('查封财物、文件清单')
    expect(await titleOf({ book: 'effects' })).toContain('随身物品登记清单')
  })

  test('what was drawn stands in its place with its day; what was not is left to be signed', async () => {
    const drawn = {
      strokes: [
        [0, 0, 300, 100],
        [20, 20],
      ],
      day: '2026-11-20',
    }
    const [page] = await pagesOf(seizureList({ ...LIST, witness: { ...LIST.witness, drawn } }, AT))
    const days = (page?.lines ?? []).filter(({ text }) => text === '    年   月   日')
    expect([page?.text.includes('\n2026.11.20\n'), days.length]).toEqual([true, LIST.investigators.length])
  })

  test('200 lines: each stands once, in order, under the head of its page; only the last page is signed', async () => {
    const pages = await pagesOf(seizureList({ ...LIST, items: items(200) }, AT))
    expect(pages.length).toBeGreaterThan(5)
    const codes = pages.flatMap((page) => [...page.text.matchAll(/^W\w{13}$/gm)].map((match) => match[0]))
    expect(codes).toEqual(items(200).map(({ code }) => code))
    for (const [i, { text }] of pages.entries()) {
      const last = i === pages.length - 1
      expect(text).toContain('\n规格型号\n')
      expect(text).toContain(`第 ${i + 1} 页 共 ${pages.length} 页`)
      expect(text).toContain('扣押财物、文件清单')
      expect(text.includes('以下空白')).toBe(last)
      expect(text.includes('见证人（李四）：')).toBe(last)
      expect(text.includes('本页核对')).toBe(!last)
      expect(text).toMatch(/^W\w{13}$/m)
    }
  })

  test('whatever the number of lines, nobody signs a page without one and nothing runs into the foot', async () => {
    for (const count of [9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 40, 41, 42, 43]) {
      const pages = await pagesOf(seizureList({ ...LIST, items: items(count) }, AT))
      const last = pages.at(-1)?.text ?? ''
      expect(last).toContain('以下空白')
      expect(last).toMatch(/^W\w{13}$/m)
      for (const { lines } of pages) {
        const foot = lines.filter(({ text }) => /^F-02|^本页 \d+ 项|^第 \d+ 页/.test(text))
        expect(foot).toHaveLength(3)
        const body = lines.filter((line) => !foot.includes(line))
        expect(Math.max(...body.map(({ y }) => y))).toBeLessThan(280)
        const initials = lines.find(({ text }) => text.startsWith('本页核对'))?.y ?? Infinity
        const rows = lines.filter(({ text }) => /^W\w{13}$/.test(text)).map(({ y }) => y)
        expect(Math.max(...rows)).toBeLessThan(initials - 5)
      }
    }
  })

  test.each([
    ['withhold', '暂扣'],
    ['seal-up', '查封'],
    ['seal-away', '封存'],
    ['extract', '调取'],
    ['preserve', '先行登记保存'],
    ['freeze', '冻结'],
  ] as const)('%s decides the title', async (measure, word) => {
    const [page] = await pagesOf(seizureList({ ...LIST, measure }, AT))
    expect(page?.text).toContain(`${word}财物、文件清单`)
    expect(page?.text).toContain(`${word}日期`)
  })

  test('what was handed in voluntarily has a form of its own', async () => {
    const [page] = await pagesOf(seizureList({ ...LIST, measure: 'hand-in' }, AT))
    expect(page?.text).toContain('主动上交财物登记表')
    expect(page?.text).toContain('F-03')
  })

  test('rare characters are embedded from their own font and stay searchable', async () => {
    const [page] = await pagesOf(seizureList({ ...LIST, items: [{ ...item(1), name: '龑' }] }, AT))
    expect(page?.text).toContain('\n龑\n')
  })

  test('the time of making is the given one', async () => {
    expect((await seizureList(LIST, AT)).toString('latin1')).toContain('(D:20261121080000Z)')
  })

  test.each([
    [{ day: '2026-13-01' }, 'value-wrong'],
    [{ items: [{ ...item(1), name: '手机𠀀' }] }, 'missing-glyph'],
    [{ items: [{ ...item(1), remark: 'a\nb' }] }, 'control-character'],
    [{ items: [{ ...item(1), remark: '注'.repeat(500) }] }, 'text-too-long'],
    [{ organisation: '院'.repeat(100) }, 'text-too-long'],
    [{ caseNumber: '案'.repeat(501) }, 'text-too-long'],
    [{ witness: { name: '😀', absence: null } }, 'missing-glyph'],
    [{ witness: { name: null, absence: '因'.repeat(100) } }, 'text-too-long'],
  ])('refuses %j', async (change, code) => {
    await expect(seizureList({ ...LIST, ...change }, AT)).rejects.toMatchObject({ name: 'LabelRefused', code })
  })

  test('refuses an empty list, and names row and column of what it cannot print', async () => {
    await expect(seizureList({ ...LIST, items: [] }, AT)).rejects.toThrow(RangeError)
    const wrong = { ...LIST, items: [item(1), { ...item(2), features: '𠀀' }] }
    await expect(seizureList(wrong, AT)).rejects.toThrow('第 2 行「特征」')
  })
})

describe('entry slip', () => {
  test('holds everything the form asks for, as text', async () => {
    const [page] = await pagesOf(entrySlip(SLIP, AT))
    for (const part of [
      '涉案财物入库单',
      '来源',
      SLIP.source,
      SLIP.store,
      'A-03-2-05',
      'F-2026-00087',
      '完好；照片',
      ...['300833B2', '价值不明'],
      '2026 年 11 月 20 日至 2026 年 11 月 21 日',
      ...['移交人（王五）：', '移交人（赵六）：', '接收人（周七）：', '接收人（吴八）：'],
      ...['2026-11-20', '17:05 周七', '09:48 吴八'],
    ])
      expect(page?.text).toContain(part)
  })

  test('200 lines break into pages with the head repeated', async () => {
    const [first] = SLIP.items
    expect.assert(first !== undefined)
    const many = { ...SLIP, items: Array.from({ length: 200 }, () => first) }
    const pages = await pagesOf(entrySlip(many, AT))
    expect(pages.length).toBeGreaterThan(5)
    for (const { text } of pages) expect(text).toContain('\n验收、照片、价值\n')
  })
})

describe('hand-over list', () => {
  const HANDED: HandOverList = {
    organisation: LIST.organisation,
    code: CODE,
    caseNumber: LIST.caseNumber,
    source: SLIP.source,
    store: SLIP.store,
    ...{ day: '2026-11-21', lastDay: '2026-11-21' },
    copy: { number: 2, of: 3, recipient: '保管部门' },
    items: items(3).map(({ code, name, quantity, unit }) => ({
      ...{ code, name, quantity, unit },
      features: '银色，屏幕有裂痕；重 1240.000 克',
      sealNumber: 'F-2026-00087',
      received: '',
      sentBack: false,
    })),
    givers: [{ name: '王五' }],
    receivers: [],
  }

  test('holds everything the form asks for, and room for both to sign', async () => {
    const [page] = await pagesOf(handOverList(HANDED, AT))
    for (const part of [
      '涉案财物移交清单',
      `编号 ${CODE}`,
      '第 2 份，共 3 份 · 交保管部门',
      LIST.caseNumber,
      SLIP.source,
      SLIP.store,
      '2026 年 11 月 21 日',
      ...HANDED.items.map(({ code }) => code),
      '银色，屏幕有裂痕',
      'F-2026-00087',
      '移交人（王五）：',
      '接收人：',
      `F-04 · ${CODE}`,
    ])
      expect(page?.text).toContain(part)
  })

  test('certifies nothing of what was sent back, nor of what still waits', async () => {
    const said = async (items: HandOverList['items']): Promise<string> =>
      ((await pagesOf(handOverList({ ...HANDED, items }, AT)))[0]?.text ?? '').replaceAll('\n', '')
    const [first, second, third] = HANDED.items
    if (first === undefined || second === undefined || third === undefined) throw new Error('three')
    const taken = { ...first, received: '2026-11-21 09:48 周七' }
    const back = { ...second, received: '退回补正', sentBack: true }
    expect(await said(HANDED.items)).toContain('与实物相符。')
    expect(await said([taken, back])).toContain('与实物相符；“接收”栏注明退回补正的除外。')
    expect(await said([taken, third])).toContain('与实物相符；“接收”栏空白的尚未核对。')
    expect(await said([taken])).toContain('与实物相符。')
  })

  test('names the receiver once there is one, and refuses a list of nothing', async () => {
    const [page] = await pagesOf(handOverList({ ...HANDED, receivers: [{ name: '周七' }] }, AT))
    expect(page?.text).toContain('接收人（周七）：')
    await expect(handOverList({ ...HANDED, items: [] }, AT)).rejects.toThrow(RangeError)
    const wrong = handOverList({ ...HANDED, code: item(1).code }, AT)
    await expect(wrong).rejects.toMatchObject({ name: 'LabelRefused', code: 'code-wrong' })
  })
})
