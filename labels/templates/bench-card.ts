/** A command card that lies at the bench: scanning it says "confirm" or "cancel" without touching mouse or keyboard. */

import { parseCode } from '../item-code.ts'
import type { Layout, LayoutNode } from '../layout.ts'
import { LabelRefused } from '../refused.ts'
import { encodeSymbol } from '../symbol.ts'
import type { Stock } from './parts.ts'
import { STOCKS, ruleAt, textAt, textIn } from './parts.ts'

export interface BenchCard {
  /** As `makeCommandCode` makes it. */
  readonly code: string
  /** What the card does, for instance `确认`. */
  readonly words: { readonly zh: string; readonly en: string }
}

/** The frame tells a command card from an item's label at a glance. */
const FRAME_MM = 0.75

/**
 * Lays out a command card: the words large, QR, on 100x60 mm with Code 128 too.
 *
 * @throws LabelRefused when the code is no command code or the words do not fit
 */
export function benchCard(card: BenchCard, stock: Stock): Layout {
  const parsed = parseCode(card.code)
  if (!parsed.ok || parsed.kind !== 'command' || parsed.code !== card.code)
    throw new LabelRefused('code-wrong', '编号', { zh: '不是有效的指令码', en: 'not a sound command code' })
  const { width_mm, height_mm } = STOCKS[stock]
  const nodes = [...frame(width_mm, height_mm), ...(stock === '100x60' ? large(card) : small(card))]
  return { width_mm, height_mm, title: `指令卡 ${card.words.zh} ${card.words.en} ${card.code}`, nodes }
}

function frame(width_mm: number, height_mm: number): LayoutNode[] {
  const edge = 1.75
  const inner = width_mm - 2 * edge
  const tall = height_mm - 2 * edge
  return [
    ruleAt(edge, edge, inner, FRAME_MM),
    ruleAt(edge, height_mm - edge - FRAME_MM, inner, FRAME_MM),
    ruleAt(edge, edge, FRAME_MM, tall),
    ruleAt(width_mm - edge - FRAME_MM, edge, FRAME_MM, tall),
  ]
}

function large(card: BenchCard): LayoutNode[] {
  const left = 8
  return [
    ...textIn(
      {
        x_mm: left,
        y_mm: 7,
        width_mm: 58,
        height_mm: 15,
        weight: 700,
        sizes_mm: [14, 12, 10, 9, 8, 7, 6],
        mostLines: 1,
        alignY: 'middle',
      },
      '指令',
      card.words.zh,
    ),
    ...textIn(
      { x_mm: left, y_mm: 24, width_mm: 58, height_mm: 6, weight: 400, sizes_mm: [6, 5, 4.5, 4, 3.5, 3], mostLines: 1 },
      'English',
      card.words.en,
    ),
    {
      kind: 'symbol',
      symbol: encodeSymbol('qr', card.code),
      ink: { x_mm: 71, y_mm: 8, width_mm: 21, height_mm: 21 },
      clear: { x_mm: 66.5, y_mm: 2.5, width_mm: 31, height_mm: 31.5 },
      alignX: 'end',
      alignY: 'start',
    },
    {
      kind: 'symbol',
      symbol: encodeSymbol('code128', card.code),
      ink: { x_mm: left, y_mm: 36, width_mm: 84, height_mm: 11.5 },
      clear: { x_mm: 2.5, y_mm: 35, width_mm: 95, height_mm: 13.5 },
      alignX: 'start',
      alignY: 'start',
    },
    textAt(left, 53.25, card.code, { size_mm: 4, weight: 700 }),
  ]
}

function small(card: BenchCard): LayoutNode[] {
  const left = 5.5
  return [
    ...textIn(
      {
        x_mm: left,
        y_mm: 5,
        width_mm: 49,
        height_mm: 10,
        weight: 700,
        sizes_mm: [9, 8, 7, 6, 5, 4.5],
        mostLines: 1,
      },
      '指令',
      card.words.zh,
    ),
    ...textIn(
      {
        x_mm: left,
        y_mm: 16.5,
        width_mm: 31,
        height_mm: 8,
        weight: 400,
        sizes_mm: [4, 3.5, 3, 2.75, 2.5],
        mostLines: 2,
      },
      'English',
      card.words.en,
    ),
    {
      kind: 'symbol',
      symbol: encodeSymbol('qr', card.code),
      ink: { x_mm: 39.25, y_mm: 18.5, width_mm: 15.25, height_mm: 15.75 },
      clear: { x_mm: 36.5, y_mm: 15.5, width_mm: 21, height_mm: 22 },
      alignX: 'end',
      alignY: 'end',
    },
    textAt(left, 34.25, card.code, { size_mm: 2.5, weight: 700 }),
  ]
}
