/** What a form is drawn with. */

import type { Weight } from '../fonts.ts'
import { TextWriter } from '../pdf.ts'
import { widthOf } from '../text.ts'
import type { Column, Drawn } from './form.ts'

export const HAIRLINE_MM = 0.15
/** Smaller type is not printed: what does not fit in it is refused or shortened. */
export const LEAST_SIZE_MM = 2.25
/** Of a drawn signature. */
const PEN_MM = 0.35

const least = (values: readonly number[]): number => values.reduce((low, value) => Math.min(low, value), Infinity)
const most = (values: readonly number[]): number => values.reduce((high, value) => Math.max(high, value), -Infinity)

/** Draws in millimetres from the top left of the page. */
export class Pen {
  readonly document: PDFKit.PDFDocument
  readonly #writer: TextWriter

  constructor(document: PDFKit.PDFDocument) {
    this.document = document
    this.#writer = new TextWriter(document)
  }

  /** One line of checked text. */
  text(x: number, baseline: number, text: string, size: number, weight: Weight = 400): void {
    this.#writer.write(x, baseline, text, size, weight, 'black')
  }

  aligned(
    align: Column['align'],
    x: number,
    width: number,
    baseline: number,
    text: string,
    size: number,
    weight: Weight = 400,
  ): void {
    const spare = width - widthOf(text, size, weight)
    const shift = align === 'start' ? 0 : align === 'middle' ? spare / 2 : spare
    this.text(x + shift, baseline, text, size, weight)
  }

  frame(x: number, y: number, width: number, height: number): void {
    this.document.lineWidth(HAIRLINE_MM).rect(x, y, width, height).stroke('black')
  }

  line(x1: number, y1: number, x2: number, y2: number, width: number): void {
    this.document.lineWidth(width).moveTo(x1, y1).lineTo(x2, y2).stroke('black')
  }

  /** Lines as large as they fit into a box, in their own proportions, from its left edge. */
  ink(strokes: Drawn['strokes'], box: { x: number; y: number; width: number; height: number }): void {
    const along = (offset: number): number[] =>
      strokes.flatMap((stroke) => stroke.filter((_, index) => index % 2 === offset))
    const [xs, ys] = [along(0), along(1)]
    const [left, top] = [least(xs), least(ys)]
    const scale = Math.min(box.width / Math.max(1, most(xs) - left), box.height / Math.max(1, most(ys) - top))
    const lift = box.height - (most(ys) - top) * scale
    this.document.save().lineWidth(PEN_MM).lineCap('round').lineJoin('round')
    for (const stroke of strokes) {
      for (let n = 0; n + 1 < stroke.length; n += 2) {
        const at = [
          box.x + ((stroke[n] ?? 0) - left) * scale,
          box.y + lift + ((stroke[n + 1] ?? 0) - top) * scale,
        ] as const
        if (n === 0) this.document.moveTo(...at)
        else this.document.lineTo(...at)
      }
      this.document.stroke('black')
    }
    this.document.restore()
  }
}
