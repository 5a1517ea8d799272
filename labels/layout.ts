/**
 * What a label is before it is drawn: texts, rectangles and symbols in millimetres, origin top left, y downwards. One tree serves
 * screen, printer and paper.
 *
 * Templates keep sizes and positions on a grid of 0.25 mm, which is a whole number of dots at both print densities, so a
 * Chinese character looks the same wherever it stands.
 */

import type { Weight } from './fonts.ts'
import { LabelRefused } from './refused.ts'
import { SYMBOL_NEEDS } from './symbol.ts'
import type { SymbolMatrix } from './symbol.ts'

export type Ink = 'black' | 'white'

export interface Box {
  readonly x_mm: number
  readonly y_mm: number
  readonly width_mm: number
  readonly height_mm: number
}

export interface TextNode {
  readonly kind: 'text'
  /** Where the first glyph starts. */
  readonly x_mm: number
  readonly baseline_mm: number
  readonly size_mm: number
  readonly weight: Weight
  readonly ink: Ink
  readonly text: string
}

export interface RectangleNode extends Box {
  readonly kind: 'rectangle'
}

export interface SymbolNode {
  readonly kind: 'symbol'
  readonly symbol: SymbolMatrix
  /** Where dark modules may lie; the symbol is as large as fits and pushed to the named side of it. */
  readonly ink: Box
  /** What the template keeps free of anything else; the quiet zone must lie inside. */
  readonly clear: Box
  readonly alignX: Alignment
  readonly alignY: Alignment
}

export type Alignment = 'start' | 'middle' | 'end'
export type LayoutNode = TextNode | RectangleNode | SymbolNode

export interface Layout {
  readonly width_mm: number
  readonly height_mm: number
  /** What a screen reader says and a document is called. */
  readonly title: string
  readonly nodes: readonly LayoutNode[]
}

/** A symbol placed on a grid of dots: every module is `module` dots wide. */
export interface PlacedSymbol {
  readonly x: number
  readonly y: number
  readonly module: number
  /** Height of one row of modules; for Code 128 the height of the bars. */
  readonly rowHeight: number
}

/**
 * Places a symbol on the grid with the largest module of whole dots that leaves its quiet zone free.
 *
 * @param dotsPerMm density of the grid
 * @throws LabelRefused `symbol-too-large` when even the smallest module (SYMBOL_NEEDS) does not fit
 */
export function placeSymbol(node: SymbolNode, dotsPerMm: number): PlacedSymbol {
  const { symbol } = node
  const needs = SYMBOL_NEEDS[symbol.kind]
  const ink = toDots(node.ink, dotsPerMm)
  const clear = toDots(node.clear, dotsPerMm)
  const linear = symbol.rows === 1
  const least = Math.ceil(needs.module_mm * dotsPerMm)
  const byWidth = Math.floor(ink.width / symbol.columns)
  const byHeight = linear ? byWidth : Math.floor(ink.height / symbol.rows)
  const most = Math.min(byWidth, byHeight, Math.floor(needs.mostModule_mm * dotsPerMm))
  for (let module = most; module >= least; module -= 1) {
    const quiet = module * needs.quiet
    const width = symbol.columns * module
    const height = linear ? ink.height : symbol.rows * module
    const x = ink.x + aligned(node.alignX, ink.width - width)
    const y = ink.y + aligned(node.alignY, ink.height - height)
    const quietY = linear ? 0 : quiet
    if (
      x - quiet >= clear.x &&
      x + width + quiet <= clear.x + clear.width &&
      y - quietY >= clear.y &&
      y + height + quietY <= clear.y + clear.height
    )
      return { x, y, module, rowHeight: linear ? height : module }
  }
  throw new LabelRefused('symbol-too-large', symbol.kind, {
    zh: `条码 ${symbol.text} 按最小模块 ${needs.module_mm} 毫米也放不下`,
    en: `${symbol.kind} ${symbol.text} does not fit with modules of ${needs.module_mm} mm`,
  })
}

function aligned(alignment: Alignment, spare: number): number {
  switch (alignment) {
    case 'start':
      return 0
    case 'middle':
      return Math.floor(spare / 2)
    case 'end':
      return spare
  }
}

/** A box on the grid: each edge goes to the nearest dot line, and nothing that is drawn vanishes. */
export function toDots(box: Box, dotsPerMm: number): { x: number; y: number; width: number; height: number } {
  const x = Math.round(box.x_mm * dotsPerMm)
  const y = Math.round(box.y_mm * dotsPerMm)
  return {
    x,
    y,
    width: Math.max(1, Math.round((box.x_mm + box.width_mm) * dotsPerMm) - x),
    height: Math.max(1, Math.round((box.y_mm + box.height_mm) * dotsPerMm) - y),
  }
}

/** The dark modules of a symbol as rectangles of dots, neighbours in a row joined. */
export function* darkRuns(
  symbol: SymbolMatrix,
  placed: PlacedSymbol,
): Generator<{ x: number; y: number; width: number; height: number }> {
  for (let row = 0; row < symbol.rows; row += 1) {
    let column = 0
    while (column < symbol.columns) {
      const start = column
      while (column < symbol.columns && symbol.dark[row * symbol.columns + column] === 1) column += 1
      if (column > start)
        yield {
          x: placed.x + start * placed.module,
          y: placed.y + row * placed.rowHeight,
          width: (column - start) * placed.module,
          height: placed.rowHeight,
        }
      else column += 1
    }
  }
}
