/** What label pages and paper forms share when they are written as PDF. */

import type { Face, Weight } from './fonts.ts'
import type { Ink, SymbolNode } from './layout.ts'
import { darkRuns, placeSymbol } from './layout.ts'
import { setGlyphs } from './text.ts'

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

/** Writes checked text in embedded subsets of our fonts, so that it looks the same everywhere and can still be searched. */
export class TextWriter {
  readonly #document: PDFKit.PDFDocument
  readonly #registered = new Set<string>()

  constructor(document: PDFKit.PDFDocument) {
    this.#document = document
  }

  /** One line; lengths in the unit that the page is drawn in. */
  write(x: number, baseline: number, text: string, size: number, weight: Weight, ink: Ink): void {
    const characters = [...text]
    let run = { face: null as Face | null, text: '', at: 0 }
    const runs: (typeof run)[] = []
    for (const [i, { glyph, at }] of setGlyphs(text, weight).entries()) {
      if (glyph.face !== run.face) {
        run = { face: glyph.face, text: '', at }
        runs.push(run)
      }
      run.text += characters[i] ?? ''
    }
    this.#document.fontSize(size).fillColor(ink)
    for (const { face, text: part, at } of runs) {
      if (face === null) continue
      if (this.#registered.has(face.name)) this.#document.font(face.name)
      else this.#document.registerFont(face.name, face.sfnt).font(face.name)
      this.#registered.add(face.name)
      this.#document.text(part, x + at * size, baseline, { lineBreak: false, baseline: 'alphabetic' })
    }
  }
}
