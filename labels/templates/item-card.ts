/**
 * The item card (F-09, 一物一卡): what hangs on the item. It is read by whoever passes the shelf, so there is no field for a person, a case
 * title or an amount of money, and none may be added.
 */

import { MAX_LABEL_ISSUE, makeLabelCode, parseCode } from '../item-code.ts'
import type { Layout, LayoutNode } from '../layout.ts'
import { LabelRefused } from '../refused.ts'
import { encodeSymbol } from '../symbol.ts'
import type { Stock } from './parts.ts'
import {
  HAIRLINE_MM,
  RULE_MM,
  STOCKS,
  checkDay,
  checkNumber,
  codeAt,
  ruleAt,
  tagEndingAt,
  textAt,
  textEndingAt,
  textIn,
} from './parts.ts'

export interface ItemCard {
  /** The bare item code. */
  readonly code: string
  /** 1 for the first label; each reprint voids the one before. */
  readonly issue: number
  /** What it is, up to 60 Chinese characters. */
  readonly name: string
  /** As it is to be read, for instance `3` or `100.25`. */
  readonly quantity: string
  readonly unit: string
  readonly category: string
  readonly storageClass: string
  /** The case's number, never its title. */
  readonly caseNumber: string
  /** Item `seq` of `of` in its case. */
  readonly seq: number
  readonly of: number
  /** Of the check-in to the store, or of the measure while the item is not in yet. `2026-11-21`. */
  readonly date: { readonly kind: 'intake' | 'measure'; readonly day: string }
  readonly sealNumber: string | null
}

/** On small stock a house whose scanners are all imagers may want DataMatrix: larger modules in the same room. */
export type SmallSymbol = 'qr' | 'datamatrix'

/** Where text begins and ends on large stock. */
const LARGE = { left: 5, right: 95 } as const
const MOST_ITEMS_IN_CASE = 99_999
const DATE_NAMES = { intake: '入库日期', measure: '措施日期' } as const

/**
 * Lays out an item card. On 100x60 mm with Code 128 and QR, on 60x40 mm with one square symbol.
 *
 * @throws LabelRefused as `itemCardTexts`, and when a symbol does not fit
 */
export function itemCard(card: ItemCard, stock: Stock, smallSymbol: SmallSymbol = 'qr'): Layout {
  const texts = itemCardTexts(card, stock)
  const issue = card.issue > 1 ? ` 第 ${card.issue} 版` : ''
  return {
    ...STOCKS[stock],
    title: `涉案财物卡 ${card.code}${issue} ${card.name}`,
    nodes: [...texts, ...symbols(card, stock, smallSymbol)],
  }
}

/**
 * What is read on an item card, without its symbols, which take no text of anybody's: for who asks ahead of time whether it can be drawn.
 *
 * @throws LabelRefused when the code is no item code, a value is out of range, a text does not fit at the smallest size or a glyph is
 *   missing; nothing has been drawn then
 */
export function itemCardTexts(card: ItemCard, stock: Stock): LayoutNode[] {
  const parsed = parseCode(card.code)
  if (!parsed.ok || parsed.kind !== 'item' || parsed.code !== card.code)
    throw new LabelRefused('code-wrong', '编号', { zh: '不是有效的物品编号', en: 'not a sound item code' })
  checkNumber('标签版次', card.issue, 1, MAX_LABEL_ISSUE)
  checkNumber('序号', card.seq, 1, MOST_ITEMS_IN_CASE)
  checkNumber('总件数', card.of, card.seq, MOST_ITEMS_IN_CASE)
  checkDay(DATE_NAMES[card.date.kind], card.date.day)
  return stock === '100x60' ? largeTexts(card) : smallTexts(card)
}

function largeTexts(card: ItemCard): LayoutNode[] {
  const { left, right } = LARGE
  const columns = [left, 44, 71] as const
  const widths = [36.5, 24.5, 24] as const
  const field = (column: 0 | 1 | 2, name_mm: number, name: string, value: string) => [
    textAt(columns[column], name_mm, name, { size_mm: 2.25 }),
    ...textIn(
      {
        x_mm: columns[column],
        y_mm: name_mm + 0.75,
        width_mm: widths[column],
        height_mm: 3.25,
        weight: 700,
        sizes_mm: [3, 2.75, 2.5, 2.25],
        mostLines: 1,
      },
      name,
      value,
    ),
  ]
  return [
    ...heading(card, { left, right, baseline_mm: 6.75, size_mm: 3.5, numberSize_mm: 3 }),
    ruleAt(left, 8.25, right - left, RULE_MM),
    ...codeAt(left, 16.5, card.code, 6),
    ...textIn(
      {
        x_mm: left,
        y_mm: 19,
        width_mm: 64,
        height_mm: 14,
        weight: 700,
        sizes_mm: [5, 4.5, 4, 3.5, 3.25, 3, 2.75],
        mostLines: 4,
      },
      '名称',
      card.name,
    ),
    ruleAt(left, 34.25, right - left, HAIRLINE_MM),
    ...field(0, 37, '案号', card.caseNumber),
    ...field(1, 37, '数量', `${card.quantity} ${card.unit}`),
    ...field(2, 37, '类别', card.category),
    ...field(0, 44, '保管等级', card.storageClass),
    ...field(1, 44, DATE_NAMES[card.date.kind], card.date.day),
    ...field(2, 44, '封条号', card.sealNumber ?? '—'),
  ]
}

function smallTexts(card: ItemCard): LayoutNode[] {
  const left = 3
  const right = 57
  const field = (x_mm: number, width_mm: number, baseline_mm: number, name: string, value: string) => [
    textAt(x_mm, baseline_mm, name.slice(0, 2), { size_mm: 2 }),
    ...textIn(
      {
        x_mm: x_mm + SHORT_NAME_MM,
        y_mm: baseline_mm - 2,
        width_mm: width_mm - SHORT_NAME_MM,
        height_mm: 2.5,
        weight: 700,
        sizes_mm: [2.25, 2],
        mostLines: 1,
      },
      name,
      value,
    ),
  ]
  return [
    ...heading(card, { left, right, baseline_mm: 4.75, size_mm: 2.75, numberSize_mm: 2.25 }),
    ruleAt(left, 6, right - left, HAIRLINE_MM * 2),
    ...textIn(
      {
        x_mm: left,
        y_mm: 7.5,
        width_mm: right - left,
        height_mm: 9,
        weight: 700,
        sizes_mm: [4, 3.5, 3.25, 3, 2.75, 2.5],
        mostLines: 3,
      },
      '名称',
      card.name,
    ),
    ...field(left, 34, 19.75, '案号', card.caseNumber),
    ...field(39, 18, 19.75, '数量', `${card.quantity} ${card.unit}`),
    ...field(left, 36, 22.75, '类别', card.category),
    ...field(left, 36, 25.75, '等级', card.storageClass),
    ...field(left, 36, 28.75, DATE_NAMES[card.date.kind], card.date.day),
    ...field(left, 36, 31.75, '封条', card.sealNumber ?? '—'),
    ...codeAt(left, 37, card.code, 3.75),
  ]
}

function symbols({ code, issue }: ItemCard, stock: Stock, smallSymbol: SmallSymbol): LayoutNode[] {
  const payload = makeLabelCode(code, issue)
  if (stock === '60x40')
    return [
      {
        kind: 'symbol',
        symbol: encodeSymbol(smallSymbol, payload),
        ink: { x_mm: 42.25, y_mm: 22.5, width_mm: 14.75, height_mm: 14.5 },
        clear: { x_mm: 39.5, y_mm: 20.25, width_mm: 20.5, height_mm: 19.75 },
        alignX: 'end',
        alignY: 'end',
      },
    ]
  return [
    {
      kind: 'symbol',
      symbol: encodeSymbol('qr', payload),
      ink: { x_mm: 74, y_mm: 12.25, width_mm: 21, height_mm: 19 },
      clear: { x_mm: 70, y_mm: 8.75, width_mm: 30, height_mm: 25.5 },
      alignX: 'end',
      alignY: 'start',
    },
    {
      kind: 'symbol',
      symbol: encodeSymbol('code128', payload),
      ink: { x_mm: LARGE.left, y_mm: 50, width_mm: LARGE.right - LARGE.left, height_mm: 7 },
      clear: { x_mm: 0, y_mm: 49, width_mm: 100, height_mm: 11 },
      alignX: 'start',
      alignY: 'start',
    },
  ]
}

/** Room of a two-character field name on small stock. */
const SHORT_NAME_MM = 5

interface Heading {
  readonly left: number
  readonly right: number
  readonly baseline_mm: number
  readonly size_mm: number
  readonly numberSize_mm: number
}

/** Name of the card on the left, item n of m and, from the second label on, its issue on the right. */
function heading(card: ItemCard, place: Heading): LayoutNode[] {
  const { left, right, baseline_mm, size_mm, numberSize_mm } = place
  const tag =
    card.issue > 1
      ? tagEndingAt(right, baseline_mm - 0.25, `第 ${card.issue} 版`, numberSize_mm)
      : { nodes: [], left_mm: right + numberSize_mm }
  return [
    textAt(left, baseline_mm, '涉案财物卡', { size_mm, weight: 700 }),
    textEndingAt(tag.left_mm - numberSize_mm, baseline_mm, `序号 ${card.seq}/${card.of}`, { size_mm: numberSize_mm }),
    ...tag.nodes,
  ]
}
