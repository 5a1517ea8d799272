/** Labels for an ordinary printer: as many as an A4 page takes, with lines to cut along. */

import PDFDocument from 'pdfkit'
import type { Box, Layout, LayoutNode } from './layout.ts'
import { POINTS_PER_MM, TextWriter, collect } from './pdf.ts'
import { drawNodes } from './render.ts'
import { STOCKS, type Stock } from './templates/parts.ts'

/** A4 upright. */
const PAGE = { width_mm: 210, height_mm: 297 } as const
/** What office printers leave white at every edge. */
const EDGE_MM = 5
/** A line that scissors follow and that is no bar of a code. */
const CUT_MM = 0.1

/** Most labels of one sheet: 30 pages of the large stock. */
export const SHEET_LABELS_MAX = 240

/** How labels of a stock lie on the page: so many beside and above each other, the block in the middle. */
export function sheetGrid(stock: Stock): { columns: number; rows: number; left_mm: number; top_mm: number } {
  const { width_mm, height_mm } = STOCKS[stock]
  const columns = Math.floor((PAGE.width_mm - 2 * EDGE_MM) / width_mm)
  const rows = Math.floor((PAGE.height_mm - 2 * EDGE_MM) / height_mm)
  return {
    columns,
    rows,
    left_mm: (PAGE.width_mm - columns * width_mm) / 2,
    top_mm: (PAGE.height_mm - rows * height_mm) / 2,
  }
}

/**
 * The labels on A4 pages, row by row in their order, each of its own size: to be printed at 100 %.
 *
 * @param labels laid out on `stock`
 * @param madeAt goes into the document's properties
 * @throws LabelRefused `symbol-too-large`; RangeError without a label or with more than {@link SHEET_LABELS_MAX}
 */
export async function labelSheet(labels: readonly Layout[], stock: Stock, madeAt: Date): Promise<Buffer> {
  const [first] = labels
  if (first === undefined || labels.length > SHEET_LABELS_MAX) throw new RangeError(`${labels.length} labels`)
  const { columns, rows, left_mm, top_mm } = sheetGrid(stock)
  const { width_mm, height_mm } = STOCKS[stock]
  const document = new PDFDocument({ autoFirstPage: false, info: { Title: first.title, CreationDate: madeAt } })
  const finished = collect(document)
  const writer = new TextWriter(document)
  for (let from = 0; from < labels.length; from += columns * rows) {
    document.addPage({ size: 'A4', margin: 0 })
    document.scale(POINTS_PER_MM)
    for (const [i, label] of labels.slice(from, from + columns * rows).entries()) {
      const x_mm = left_mm + (i % columns) * width_mm
      const y_mm = top_mm + Math.floor(i / columns) * height_mm
      document.lineWidth(CUT_MM).rect(x_mm, y_mm, width_mm, height_mm).stroke('black')
      drawNodes(
        document,
        writer,
        label.nodes.map((node) => moved(node, x_mm, y_mm)),
      )
    }
  }
  document.end()
  return finished
}

/** The same a little further right and down. Nodes are moved, not the page: a symbol's modules stay on its grid. */
function moved(node: LayoutNode, x_mm: number, y_mm: number): LayoutNode {
  const boxed = <T extends Box>(box: T): T => ({ ...box, x_mm: box.x_mm + x_mm, y_mm: box.y_mm + y_mm })
  switch (node.kind) {
    case 'rectangle':
      return boxed(node)
    case 'text':
      return { ...node, x_mm: node.x_mm + x_mm, baseline_mm: node.baseline_mm + y_mm }
    case 'symbol':
      return { ...node, ink: boxed(node.ink), clear: boxed(node.clear) }
  }
}
