/** 入库单小票: what a bench prints when items of a list are in the store. The form with its signature places is printed at a desk from the same code. */

import { MAX_LABEL_ISSUE, makeLabelCode, parseCode } from '../item-code.ts'
import type { Layout, LayoutNode } from '../layout.ts'
import { LabelRefused } from '../refused.ts'
import type { Stock } from './parts.ts'
import {
  RULE_MM,
  STOCKS,
  checkDay,
  checkNumber,
  codeAt,
  ruleAt,
  issueTag,
  symbolOnSmall,
  symbolsOnLarge,
  textAt,
  textIn,
} from './parts.ts'

export interface EntrySlipLabel {
  /** The bare code of the hand-over list. */
  readonly code: string
  readonly issue: number
  readonly store: string
  /** The day of the last entry, `2026-11-21`. */
  readonly day: string
  /** Lines of the list by what became of them. */
  readonly entered: number
  readonly refused: number
  readonly pending: number
}

const LINES_MAX = 10_000
const TITLE = '入库单'
const HOW = '正式入库单请在办案桌面“移交清单”中打印'

/**
 * Lays out the slip: store, day, how many lines came in, went back and wait, and the code of the list.
 *
 * @throws LabelRefused as `itemCard`
 */
export function entrySlipLabel(slip: EntrySlipLabel, stock: Stock): Layout {
  const parsed = parseCode(slip.code)
  if (!parsed.ok || parsed.kind !== 'document' || parsed.code !== slip.code)
    throw new LabelRefused('code-wrong', '编号', { zh: '不是有效的单据编号', en: 'not a sound document code' })
  checkNumber('标签版次', slip.issue, 1, MAX_LABEL_ISSUE)
  checkNumber('入库件数', slip.entered, 1, LINES_MAX)
  checkNumber('退回件数', slip.refused, 0, LINES_MAX)
  checkNumber('待核对件数', slip.pending, 0, LINES_MAX)
  checkDay('入库日期', slip.day)
  const nodes = stock === '100x60' ? large(slip) : small(slip)
  return { ...STOCKS[stock], title: `${TITLE} ${slip.code}`, nodes }
}

function restOf({ refused, pending }: EntrySlipLabel): string {
  return `退回 ${refused} 件　待核对 ${pending} 件`
}

function large(slip: EntrySlipLabel): LayoutNode[] {
  const left = 5
  const right = 95
  const tag = issueTag(slip.issue, right, 6.5, 3)
  return [
    ...textIn(
      {
        ...{ x_mm: left, y_mm: 3.75, width_mm: tag.left_mm - left - 2, height_mm: 3.75 },
        ...{ weight: 400, sizes_mm: [3.5, 3.25, 3, 2.75, 2.5], mostLines: 1 },
      },
      '库房',
      `${TITLE}　${slip.store}　${slip.day}`,
    ),
    ...tag.nodes,
    ruleAt(left, 8.25, right - left, RULE_MM),
    textAt(left, 20, `入库 ${slip.entered} 件`, { size_mm: 9, weight: 700 }),
    textAt(left, 26.5, restOf(slip), { size_mm: 4 }),
    textAt(left, 31.5, HOW, { size_mm: 3 }),
    ...symbolsOnLarge(makeLabelCode(slip.code, slip.issue)),
    ...codeAt(left, 55.25, slip.code, 5),
  ]
}

function small(slip: EntrySlipLabel): LayoutNode[] {
  const left = 3
  const right = 57
  const tag = issueTag(slip.issue, right, 4.5, 2.25)
  return [
    ...textIn(
      {
        ...{ x_mm: left, y_mm: 2.5, width_mm: tag.left_mm - left - 1.5, height_mm: 2.75 },
        ...{ weight: 400, sizes_mm: [2.5, 2.25, 2], mostLines: 1 },
      },
      '库房',
      `${TITLE}　${slip.store}　${slip.day}`,
    ),
    ...tag.nodes,
    ruleAt(left, 6, right - left, RULE_MM),
    textAt(left, 13.5, `入库 ${slip.entered} 件`, { size_mm: 6, weight: 700 }),
    textAt(left, 18, restOf(slip), { size_mm: 2.75 }),
    symbolOnSmall(makeLabelCode(slip.code, slip.issue)),
    ...codeAt(left, 37, slip.code, 3.75),
  ]
}
