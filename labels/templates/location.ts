/** The label of a storage place or of a box: read from two metres, scanned from half of one. */

import { MAX_LABEL_ISSUE, makeLabelCode, parseCode } from '../item-code.ts'
import type { Layout, LayoutNode } from '../layout.ts'
import { LabelRefused } from '../refused.ts'
import type { Stock } from './parts.ts'
import {
  RULE_MM,
  STOCKS,
  checkNumber,
  codeAt,
  ruleAt,
  issueTag,
  symbolOnSmall,
  symbolsOnLarge,
  textIn,
} from './parts.ts'

export interface LocationLabel {
  /** The bare code of a location or of a container. */
  readonly code: string
  readonly issue: number
  /** How people call the place, for instance `A-03-2-05`. */
  readonly name: string
  /** From the site down to the place, for instance `一号库 › 贵重物品间 › 3 架 › 2 层`. */
  readonly path: string
}

/**
 * Lays out a location label: path, large name, square symbol; on 100x60 mm with Code 128 too.
 *
 * @throws LabelRefused as `itemCard`
 */
export function locationLabel(label: LocationLabel, stock: Stock): Layout {
  const parsed = parseCode(label.code)
  if (!parsed.ok || (parsed.kind !== 'location' && parsed.kind !== 'container') || parsed.code !== label.code)
    throw new LabelRefused('code-wrong', '编号', { zh: '不是有效的库位编号', en: 'not a sound location code' })
  checkNumber('标签版次', label.issue, 1, MAX_LABEL_ISSUE)
  const nodes = stock === '100x60' ? large(label) : small(label)
  return {
    ...STOCKS[stock],
    title: `${parsed.kind === 'location' ? '库位' : '容器'} ${label.code} ${label.name}`,
    nodes,
  }
}

function large(label: LocationLabel): LayoutNode[] {
  const left = 5
  const right = 95
  const tag = issueTag(label.issue, right, 6.5, 3)
  return [
    ...textIn(
      {
        x_mm: left,
        y_mm: 3.75,
        width_mm: tag.left_mm - left - 2,
        height_mm: 3.75,
        weight: 400,
        sizes_mm: [3.5, 3.25, 3, 2.75, 2.5],
        mostLines: 1,
      },
      '位置',
      label.path,
    ),
    ...tag.nodes,
    ruleAt(left, 8.25, right - left, RULE_MM),
    ...textIn(
      {
        x_mm: left,
        y_mm: 11,
        width_mm: 64,
        height_mm: 21,
        weight: 700,
        sizes_mm: [14, 12, 10, 9, 8, 7, 6],
        mostLines: 2,
        alignY: 'middle',
      },
      '名称',
      label.name,
    ),
    ...symbolsOnLarge(makeLabelCode(label.code, label.issue)),
    ...codeAt(left, 55.25, label.code, 5),
  ]
}

function small(label: LocationLabel): LayoutNode[] {
  const left = 3
  const right = 57
  const tag = issueTag(label.issue, right, 4.5, 2.25)
  return [
    ...textIn(
      {
        x_mm: left,
        y_mm: 2.5,
        width_mm: tag.left_mm - left - 1.5,
        height_mm: 2.75,
        weight: 400,
        sizes_mm: [2.5, 2.25, 2],
        mostLines: 1,
      },
      '位置',
      label.path,
    ),
    ...tag.nodes,
    ruleAt(left, 6, right - left, RULE_MM),
    ...textIn(
      {
        x_mm: left,
        y_mm: 7.25,
        width_mm: right - left,
        height_mm: 11.5,
        weight: 700,
        sizes_mm: [10, 9, 8, 7, 6, 5, 4.5],
        mostLines: 2,
        alignY: 'middle',
      },
      '名称',
      label.name,
    ),
    symbolOnSmall(makeLabelCode(label.code, label.issue)),
    ...codeAt(left, 37, label.code, 3.75),
  ]
}
