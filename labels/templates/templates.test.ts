import { describe, expect, expectTypeOf, test } from 'vitest'
import { makeCode, makeCommandCode, makeLabelCode } from '../item-code.ts'
import type { Layout } from '../layout.ts'
import { widthOf } from '../text.ts'
import { ballotSlip } from './ballot-slip.ts'
import { benchCard } from './bench-card.ts'
import { documentCode } from './document-code.ts'
import { entrySlipLabel } from './entry-slip.ts'
import type { ItemCard } from './item-card.ts'
import { itemCard } from './item-card.ts'
import type { LocationLabel } from './location.ts'
import { locationLabel } from './location.ts'
import type { Stock } from './parts.ts'

const STOCKS: readonly Stock[] = ['100x60', '60x40']
const CARD: ItemCard = {
  code: makeCode({ kind: 'item', unit: '01', year: 2026, serial: 142 }),
  issue: 1,
  name: '手表',
  quantity: '1',
  unit: '块',
  category: '贵重物品',
  storageClass: '贵重',
  caseNumber: '清纪监〔2026〕0012 号',
  seq: 3,
  of: 12,
  date: { kind: 'measure', day: '2026-11-21' },
  sealNumber: 'F-2026-000871',
}
const PLACE: LocationLabel = {
  code: makeCode({ kind: 'location', unit: '01', year: 2026, serial: 35 }),
  issue: 1,
  name: 'A-03-2-05',
  path: '一号库 · 3 架',
}

const texts = (layout: Layout): string[] => layout.nodes.flatMap((node) => (node.kind === 'text' ? [node.text] : []))
const payloads = (layout: Layout): string[] =>
  layout.nodes.flatMap((node) => (node.kind === 'symbol' ? [node.symbol.text] : []))

describe.each(STOCKS)('item card on %s', (stock) => {
  test('shows every field of the card', () => {
    const shown = texts(itemCard(CARD, stock)).join('\n')
    for (const text of [
      '涉案财物卡',
      '序号 3/12',
      '手表',
      '1 块',
      '贵重物品',
      '清纪监〔2026〕0012 号',
      '2026-11-21',
      'F-2026-000871',
    ])
      expect(shown).toContain(text)
    expect(texts(itemCard(CARD, stock)).join('')).toContain(CARD.code)
    expect(shown).not.toContain('版')
  })

  test('has no field for a person, a case title or an amount', () => {
    expectTypeOf<keyof ItemCard>().toEqualTypeOf<
      | 'code'
      | 'issue'
      | 'name'
      | 'quantity'
      | 'unit'
      | 'category'
      | 'storageClass'
      | 'caseNumber'
      | 'seq'
      | 'of'
      | 'date'
      | 'sealNumber'
    >()
    const given = ['涉案财物卡', '序号 3/12', '案号', '数量', '类别', '等级', '日期', '措施', '封条', '保管', '号']
    const known = [...Object.values(CARD), CARD.date.day, '1 块', CARD.code.slice(0, 3)].map(String)
    for (const text of texts(itemCard(CARD, stock)))
      expect(known.includes(text) || CARD.code.includes(text) || given.some((part) => text.includes(part))).toBe(true)
  })

  test('a reprint says so in words and in every symbol', () => {
    const layout = itemCard({ ...CARD, issue: 2 }, stock)
    expect(texts(layout)).toContain('第 2 版')
    expect(new Set(payloads(layout))).toEqual(new Set([makeLabelCode(CARD.code, 2)]))
    expect(layout.title).toContain('第 2 版')
  })

  test.each([1, 60])('a name of %i characters stands whole', (length) => {
    const name = '财'.repeat(length)
    const lines = texts(itemCard({ ...CARD, name }, stock)).filter((text) => /^财+$/.test(text))
    expect(lines.join('')).toBe(name)
  })

  test.each([
    ['name', '财'.repeat(100), 'text-too-long', '名称'],
    ['name', '', 'text-empty', '名称'],
    ['name', '手机\u202E', 'control-character', '名称'],
    ['name', '手机𠀀', 'missing-glyph', '名称'],
    ['caseNumber', '案'.repeat(40), 'text-too-long', '案号'],
    ['sealNumber', 'F'.repeat(40), 'text-too-long', '封条'],
    ['category', '', 'text-empty', '类别'],
    ['storageClass', '\n', 'text-empty', '等级'],
    ['quantity', '9'.repeat(40), 'text-too-long', '数量'],
    ['seq', 0, 'value-wrong', '序号'],
    ['seq', 13, 'value-wrong', '总件数'],
    ['of', 1.5, 'value-wrong', '总件数'],
    ['issue', 0, 'value-wrong', '标签版次'],
    ['issue', 1296, 'value-wrong', '标签版次'],
    ['date', { kind: 'intake', day: '2026-02-30' }, 'value-wrong', '入库日期'],
    ['date', { kind: 'intake', day: '21.11.2026' }, 'value-wrong', '入库日期'],
    ['code', 'W0126000014200', 'code-wrong', '编号'],
    ['code', PLACE.code, 'code-wrong', '编号'],
    ['code', makeLabelCode(CARD.code, 2), 'code-wrong', '编号'],
    ['code', CARD.code.toLowerCase(), 'code-wrong', '编号'],
  ])('refuses %s = %j', (field, value, code, named) => {
    expect(() => itemCard({ ...CARD, [field]: value }, stock)).toThrow(
      expect.objectContaining({ name: 'LabelRefused', code, field: expect.stringContaining(named) }),
    )
  })

  test('nothing overlaps: no text reaches into another or into the room of a symbol', () => {
    const name = '财'.repeat(60)
    const layout = itemCard({ ...CARD, name, issue: 1295, seq: 99999, of: 99999 }, stock)
    const symbols = layout.nodes.filter((node) => node.kind === 'symbol')
    for (const node of layout.nodes) {
      if (node.kind !== 'text') continue
      const right = node.x_mm + widthOf(node.text, node.size_mm, node.weight)
      expect(right).toBeLessThanOrEqual(layout.width_mm)
      for (const { clear } of symbols) {
        const beside = node.x_mm >= clear.x_mm + clear.width_mm || right <= clear.x_mm
        const apart = node.baseline_mm <= clear.y_mm || node.baseline_mm - node.size_mm >= clear.y_mm + clear.height_mm
        expect(beside || apart).toBe(true)
      }
    }
  })
})

describe.each(STOCKS)('location label on %s', (stock) => {
  test('shows name and path and carries the code', () => {
    const layout = locationLabel(PLACE, stock)
    expect(texts(layout)).toEqual(expect.arrayContaining(['A-03-2-05', '一号库 · 3 架']))
    expect(new Set(payloads(layout))).toEqual(new Set([PLACE.code]))
  })

  test.each([
    ['code', CARD.code, 'code-wrong'],
    ['name', '库'.repeat(60), 'text-too-long'],
    ['path', '库'.repeat(60), 'text-too-long'],
  ])('refuses %s = %j', (field, value, code) => {
    expect(() => locationLabel({ ...PLACE, [field]: value }, stock)).toThrow(expect.objectContaining({ code }))
  })
})

describe.each(STOCKS)('command card on %s', (stock) => {
  const words = { zh: '确认', en: 'Confirm' }
  test('shows the words and carries the command', () => {
    const code = makeCommandCode('CONFIRM')
    const layout = benchCard({ code, words }, stock)
    expect(texts(layout)).toEqual(expect.arrayContaining(['确认', 'Confirm', code]))
    expect(new Set(payloads(layout))).toEqual(new Set([code]))
  })

  test('refuses an item code and words that do not fit', () => {
    expect(() => benchCard({ code: CARD.code, words }, stock)).toThrow(expect.objectContaining({ code: 'code-wrong' }))
    const long = { zh: '确'.repeat(30), en: 'Confirm' }
    expect(() => benchCard({ code: makeCommandCode('OK'), words: long }, stock)).toThrow(
      expect.objectContaining({ code: 'text-too-long' }),
    )
  })
})

describe('code of a document', () => {
  const code = makeCode({ kind: 'document', unit: '01', year: 2026, serial: 7 })

  test('shows what it is and the code, and carries the code', () => {
    const layout = documentCode({ code, title: '移交清单' })
    expect(texts(layout)[0]).toBe('移交清单')
    expect(texts(layout).slice(1).join('')).toBe(code)
    expect(payloads(layout)).toEqual([code, code])
  })

  test.each([
    [CARD.code, '移交清单', 'code-wrong'],
    [code.toLowerCase(), '移交清单', 'code-wrong'],
    [code, '单'.repeat(30), 'text-too-long'],
  ])('refuses %s called %s', (given, title, refused) => {
    expect(() => documentCode({ code: given, title })).toThrow(expect.objectContaining({ code: refused }))
  })
})

describe.each(STOCKS)('entry slip on %s', (stock) => {
  const SLIP = {
    ...{ code: makeCode({ kind: 'document', unit: '01', year: 2026, serial: 7 }), issue: 1 },
    ...{ store: '一号库', day: '2026-11-21', entered: 5, refused: 1, pending: 0 },
  }

  test('says what of the list is in, and carries its code', () => {
    const layout = entrySlipLabel(SLIP, stock)
    const shown = texts(layout).join('\n')
    for (const text of ['入库单', '一号库', '2026-11-21', '入库 5 件', '退回 1 件', '待核对 0 件'])
      expect(shown).toContain(text)
    expect(texts(layout).join('')).toContain(SLIP.code)
    expect(new Set(payloads(layout))).toEqual(new Set([SLIP.code]))
    const later = entrySlipLabel({ ...SLIP, issue: 2 }, stock)
    expect(texts(later).join('')).toContain('第 2 版')
    expect(new Set(payloads(later))).toEqual(new Set([makeLabelCode(SLIP.code, 2)]))
  })

  test.each([
    ['code', makeCode({ kind: 'item', unit: '01', year: 2026, serial: 7 }), 'code-wrong'],
    ['entered', 0, 'value-wrong'],
    ['refused', -1, 'value-wrong'],
    ['pending', 0.5, 'value-wrong'],
    ['day', '2026-02-30', 'value-wrong'],
  ] as const)('refuses %s %s', (field, value, code) => {
    expect(() => entrySlipLabel({ ...SLIP, [field]: value }, stock)).toThrow(expect.objectContaining({ code }))
  })
})

describe('slip of a ballot paper', () => {
  const slip = {
    ...{ title: '2026 年上半年行风评议', organisation: '云州市纪委监委', group: '服务对象' },
    ...{ from: '2026-03-02', to: '2026-03-04', code: '3K7D-9QXW-0ZTA-M4PB' },
    ...{ typedAt: 'https://qingguan.example.org/ballot' },
    address: 'https://qingguan.example.org/ballot#3K7D-9QXW-0ZTA-M4PB',
  }
  const longest = { title: '评'.repeat(40), organisation: '委'.repeat(60), group: '组'.repeat(20) }

  test('takes the longest names that a campaign, a group of voters and a unit may have', () => {
    const shown = texts(ballotSlip({ ...slip, ...longest })).join('')
    for (const name of Object.values(longest)) expect(shown).toContain(name)
  })

  test.each([slip, { ...slip, ...longest }])('nothing of it overlaps', (one) => {
    const { nodes } = ballotSlip(one)
    const lines = nodes.flatMap((node) => (node.kind === 'text' ? [node] : []))
    for (const [nth, line] of lines.entries()) {
      const before = lines[nth - 1]
      if (before !== undefined) expect(line.baseline_mm - before.baseline_mm).toBeGreaterThanOrEqual(line.size_mm)
    }
  })
})
