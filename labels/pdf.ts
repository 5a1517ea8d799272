/** What label pages and paper forms share when they are written as PDF. */

import type { SymbolNode } from './layout.ts'
import { darkRuns, placeSymbol } from './layout.ts'

export const POINTS_PER_MM = 72 / 25.4

/** A grid that both print densities divide, so that paper and label agree within a module. */
export const VECTOR_DOTS_PER_MM = 24

/** The whole document once it has ended; rejects when writing it fails. */
export function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    document.on('data', (part: Buffer) => parts.push(part))
    document.on('end', () => resolve(Buffer.concat(parts)))
    document.on('error', reject)
  })
}

/**
 * Draws a symbol on a page whose unit is the millimetre, as one filled path.
 *
 * @throws LabelRefused `symbol-too-large`
 */
export function drawSymbol(document: PDFKit.PDFDocument, node: SymbolNode): void {
  for (const { x, y, width, height } of darkRuns(node.symbol, placeSymbol(node, VECTOR_DOTS_PER_MM)))
    document.rect(
      x / VECTOR_DOTS_PER_MM,
      y / VECTOR_DOTS_PER_MM,
      width / VECTOR_DOTS_PER_MM,
      height / VECTOR_DOTS_PER_MM,
    )
  document.fill('black')
}
