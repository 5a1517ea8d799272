/** What templates are put together from. */

import type { Weight } from '../fonts.ts'
import type { LayoutNode, RectangleNode, SymbolNode, TextNode } from '../layout.ts'
import { LabelRefused } from '../refused.ts'
import { encodeSymbol } from '../symbol.ts'
import { LINE_PITCH, checkText, fitText, widthOf } from '../text.ts'

/** Label stock that templates know, by its name in the station's settings. */
export const STOCKS = {
  '100x60': { width_mm: 100, height_mm: 60 },
  '60x40': { width_mm: 60, height_mm: 40 },
} as const

export type Stock = keyof typeof STOCKS

/** One hair line: 1 dot at 203 dpi. */
export const HAIRLINE_MM = 0.125
export const RULE_MM = 0.375

// Where the ink of a Chinese character lies, in fractions of the type size, as Noto Sans SC draws it.
const ASCENT = 0.86
const DESCENT = 0.1

interface Style {
  readonly size_mm: number
  readonly weight?: Weight
}

/** One line of fixed or already fitted text from `x_mm` on. */
export function textAt(x_mm: number, baseline_mm: number, text: string, style: Style): TextNode {
  const weight = style.weight ?? 400
  checkText(text, text, weight)
  return { kind: 'text', x_mm, baseline_mm, size_mm: style.size_mm, weight, ink: 'black', text }
}

/** The same, ending at `right_mm`. */
export function textEndingAt(right_mm: number, baseline_mm: number, text: string, style: Style): TextNode {
  return textAt(right_mm - widthOf(text, style.size_mm, style.weight ?? 400), baseline_mm, text, style)
}

/** The same, centred on `middle_mm`. */
export function textAround(middle_mm: number, baseline_mm: number, text: string, style: Style): TextNode {
  return textAt(middle_mm - widthOf(text, style.size_mm, style.weight ?? 400) / 2, baseline_mm, text, style)
}

export interface FittedRoom {
  readonly x_mm: number
  readonly y_mm: number
  readonly width_mm: number
  readonly height_mm: number
  readonly weight: Weight
  /** Type sizes that may be used, largest first. */
  readonly sizes_mm: readonly number[]
  readonly mostLines: number
  readonly alignX?: 'start' | 'middle'
  readonly alignY?: 'start' | 'middle'
}

/**
 * Variable text in a room: the largest of the sizes at which all of it fits in width, height and number of lines (text.ts has the rule).
 *
 * @throws LabelRefused naming `field`
 */
export function textIn(room: FittedRoom, field: string, text: string): TextNode[] {
  const { x_mm, y_mm, width_mm, height_mm, weight } = room
  const sizes = room.sizes_mm.map((size) => {
    const fitting = 1 + Math.floor((height_mm - size * (ASCENT + DESCENT)) / (size * LINE_PITCH) + 1e-9)
    return { size, lines: Math.min(room.mostLines, fitting) }
  })
  const { size, lines } = fitText(text, field, width_mm, weight, sizes)
  const used = size * (ASCENT + DESCENT + LINE_PITCH * (lines.length - 1))
  const top = room.alignY === 'middle' ? y_mm + (height_mm - used) / 2 : y_mm
  return lines.map((line, i) => {
    const baseline_mm = onGrid(top + size * (ASCENT + LINE_PITCH * i))
    const spare = width_mm - widthOf(line, size, weight)
    const start_mm = room.alignX === 'middle' ? x_mm + spare / 2 : x_mm
    return { kind: 'text', x_mm: start_mm, baseline_mm, size_mm: size, weight, ink: 'black', text: line }
  })
}

const onGrid = (value_mm: number): number => Math.round(value_mm * 4) / 4

/** White on black, its right edge at `right_mm`: what must not be overlooked. Returns its left edge too. */
export function tagEndingAt(
  right_mm: number,
  baseline_mm: number,
  text: string,
  size_mm: number,
): { readonly nodes: LayoutNode[]; readonly left_mm: number } {
  checkText(text, text, 700)
  const side = onGrid(size_mm * 0.4)
  const width_mm = Math.ceil(widthOf(text, size_mm, 700) * 4) / 4 + 2 * side
  const left_mm = right_mm - width_mm
  const top = onGrid(baseline_mm - size_mm * 1.12)
  const height_mm = onGrid(size_mm * 1.5)
  return {
    left_mm,
    nodes: [
      { kind: 'rectangle', x_mm: left_mm, y_mm: top, width_mm, height_mm },
      { kind: 'text', x_mm: left_mm + side, baseline_mm, size_mm, weight: 700, ink: 'white', text },
    ],
  }
}

/** A horizontal line with its upper edge at `y_mm`. */
export function ruleAt(x_mm: number, y_mm: number, width_mm: number, height_mm: number): RectangleNode {
  return { kind: 'rectangle', x_mm, y_mm, width_mm, height_mm }
}

/**
 * The groups of a code (kind and unit, year, serial, check) with a small gap between them, so that the eye can hold them. The gaps
 * are room, not characters: typed off, it is the code.
 */
export function codeAt(x_mm: number, baseline_mm: number, code: string, size_mm: number): TextNode[] {
  const groups = [code.slice(0, 3), code.slice(3, 5), code.slice(5, 12), code.slice(12)]
  let at = x_mm
  return groups.map((group) => {
    const node = textAt(at, baseline_mm, group, { size_mm, weight: 700 })
    at += widthOf(group, size_mm, 700) + size_mm * CODE_GAP
    return node
  })
}

const CODE_GAP = 0.22

/** A whole number in a range. */
export function checkNumber(field: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new LabelRefused('value-wrong', field, {
    zh: `${field}应为 ${least} 至 ${most} 的整数`,
    en: `${field}: must be a whole number from ${least} to ${most}`,
  })
}

/** A day as `2026-11-21` that the calendar has. */
export function checkDay(field: string, day: string): void {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(day)) return
  throw new LabelRefused('value-wrong', field, {
    zh: `${field}应写作 2026-11-21 的形式`,
    en: `${field}: must be a day like 2026-11-21`,
  })
}

/** The two symbols of a large label, the square one at the upper right and Code 128 over the whole width, with the room that each is kept clear of. */
export function symbolsOnLarge(payload: string): SymbolNode[] {
  return [
    {
      kind: 'symbol',
      symbol: encodeSymbol('qr', payload),
      ink: { x_mm: 74, y_mm: 12.25, width_mm: 21, height_mm: 19 },
      clear: { x_mm: 70, y_mm: 8.75, width_mm: 30, height_mm: 26.5 },
      alignX: 'end',
      alignY: 'start',
    },
    {
      kind: 'symbol',
      symbol: encodeSymbol('code128', payload),
      ink: { x_mm: 5, y_mm: 36, width_mm: 90, height_mm: 13 },
      clear: { x_mm: 0, y_mm: 35, width_mm: 100, height_mm: 15 },
      alignX: 'start',
      alignY: 'start',
    },
  ]
}

/** The square symbol of a small label, at its lower right. */
export function symbolOnSmall(payload: string): SymbolNode {
  return {
    kind: 'symbol',
    symbol: encodeSymbol('qr', payload),
    ink: { x_mm: 42.25, y_mm: 22.5, width_mm: 14.75, height_mm: 14.5 },
    clear: { x_mm: 39.5, y_mm: 19.5, width_mm: 20.5, height_mm: 20.5 },
    alignX: 'end',
    alignY: 'end',
  }
}

/** Which print of a label this is, ending at `right_mm`; nothing on the first, which leaves its room to the line. */
export function issueTag(issue: number, right_mm: number, baseline_mm: number, size_mm: number) {
  return issue > 1 ? tagEndingAt(right_mm, baseline_mm, `第 ${issue} 版`, size_mm) : { nodes: [], left_mm: right_mm }
}
