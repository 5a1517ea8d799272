/** One layout, four outputs: SVG for the screen, dots for a printer, PNG of those dots, PDF for paper. */

import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import type { Bitmap } from './bitmap.ts'
import { blankBitmap, fillRectangle, toGrey } from './bitmap.ts'
import { PATH_UNITS } from './fonts.ts'
import { glyphDots, glyphKey, stampGlyph } from './glyph-dots.ts'
import type { Layout, LayoutNode, TextNode } from './layout.ts'
import { darkRuns, placeSymbol, toDots } from './layout.ts'
import { POINTS_PER_MM, VECTOR_DOTS_PER_MM, TextWriter, collect, drawSymbol } from './pdf.ts'
import { setGlyphs } from './text.ts'

export type Dpi = 203 | 300

/**
 * Dots per millimetre of a print head. Makers sell 8 and 12 dots/mm as "203" and "300 dpi" (203.2 and 304.8); ZPL and TSPL compute in
 * these whole numbers, and so do we. A head of exactly 300 dpi would print 1.6 % large: templates keep 2.5 mm and more free at
 * the edges, which covers that.
 */
export const DOTS_PER_MM: Readonly<Record<Dpi, number>> = { 203: 8, 300: 12 }

/**
 * The label as it leaves the print head.
 *
 * @throws LabelRefused `symbol-too-large`, before anything is drawn
 */
export async function toBitmap(layout: Layout, dpi: Dpi): Promise<Bitmap> {
  const dotsPerMm = DOTS_PER_MM[dpi]
  const symbols = layout.nodes
    .filter((node) => node.kind === 'symbol')
    .map((node) => ({ symbol: node.symbol, placed: placeSymbol(node, dotsPerMm) }))
  const stamps = layout.nodes.filter((node) => node.kind === 'text').flatMap((node) => glyphStamps(node, dotsPerMm))
  const dots = await glyphDots(stamps)

  const bitmap = blankBitmap(Math.round(layout.width_mm * dotsPerMm), Math.round(layout.height_mm * dotsPerMm))
  for (const node of layout.nodes) {
    if (node.kind !== 'rectangle') continue
    const { x, y, width, height } = toDots(node, dotsPerMm)
    fillRectangle(bitmap, x, y, width, height)
  }
  for (const stamp of stamps) {
    const glyph = dots.get(glyphKey(stamp))
    if (glyph !== undefined) stampGlyph(bitmap, glyph, stamp.x, stamp.baseline, stamp.black)
  }
  for (const { symbol, placed } of symbols)
    for (const { x, y, width, height } of darkRuns(symbol, placed)) fillRectangle(bitmap, x, y, width, height)
  return bitmap
}

function glyphStamps(node: TextNode, dotsPerMm: number) {
  const size = node.size_mm * dotsPerMm
  const baseline = Math.round(node.baseline_mm * dotsPerMm)
  return setGlyphs(node.text, node.weight)
    .filter(({ glyph }) => glyph.path !== '')
    .map(({ glyph, at }) => ({
      glyph,
      size,
      x: Math.round(node.x_mm * dotsPerMm + at * size),
      baseline,
      black: node.ink === 'black',
    }))
}

/** The dots of {@link toBitmap} as a PNG that knows its physical size. */
export async function toPng(layout: Layout, dpi: Dpi): Promise<Buffer> {
  const bitmap = await toBitmap(layout, dpi)
  return sharp(toGrey(bitmap), { raw: { width: bitmap.width, height: bitmap.height, channels: 1 } })
    .withMetadata({ density: DOTS_PER_MM[dpi] * 25.4 })
    .toColourspace('b-w')
    .png({ compressionLevel: 6 })
    .toBuffer()
}

/**
 * The label for a screen: self-contained, no script, style, font, id or reference; all text is outlines, repeated in `<title>`.
 *
 * @throws LabelRefused `symbol-too-large`
 */
export function toSvg(layout: Layout): string {
  const { width_mm: width, height_mm: height } = layout
  const parts = layout.nodes.map((node) => {
    switch (node.kind) {
      case 'rectangle':
        return `<path d="${rectanglePath(node.x_mm, node.y_mm, node.width_mm, node.height_mm)}"/>`
      case 'text':
        return svgText(node)
      case 'symbol': {
        const runs = [...darkRuns(node.symbol, placeSymbol(node, VECTOR_DOTS_PER_MM))]
        const mm = (dots: number) => dots / VECTOR_DOTS_PER_MM
        const path = runs.map((run) => rectanglePath(mm(run.x), mm(run.y), mm(run.width), mm(run.height))).join('')
        return `<path shape-rendering="crispEdges" d="${path}"/>`
      }
    }
  })
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}" role="img">` +
    `<title>${escapeXml(layout.title)}</title><path fill="#fff" d="${rectanglePath(0, 0, width, height)}"/>${parts.join('')}</svg>`
  )
}

function svgText(node: TextNode): string {
  const scale = decimal(node.size_mm / PATH_UNITS)
  const glyphs = setGlyphs(node.text, node.weight)
    .filter(({ glyph }) => glyph.path !== '')
    .map(({ glyph, at }) => `<path transform="translate(${decimal(at * PATH_UNITS)})" d="${glyph.path}"/>`)
  const fill = node.ink === 'white' ? ' fill="#fff"' : ''
  return `<g${fill} transform="translate(${decimal(node.x_mm)} ${decimal(node.baseline_mm)}) scale(${scale})">${glyphs.join('')}</g>`
}

const rectanglePath = (x: number, y: number, width: number, height: number): string =>
  `M${decimal(x)} ${decimal(y)}h${decimal(width)}v${decimal(height)}h${decimal(-width)}z`

const decimal = (value: number): string => String(Number(value.toFixed(5)))

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/**
 * One page a label, each of its label's size; text in embedded fonts, everything else as vectors.
 *
 * @param madeAt goes into the document's properties
 * @throws LabelRefused `symbol-too-large`; RangeError without a label
 */
export async function toPdf(layouts: readonly Layout[], madeAt: Date): Promise<Buffer> {
  const [first] = layouts
  if (first === undefined) throw new RangeError('no label to draw')
  const document = new PDFDocument({ autoFirstPage: false, info: { Title: first.title, CreationDate: madeAt } })
  const finished = collect(document)
  const writer = new TextWriter(document)
  for (const layout of layouts) {
    document.addPage({ size: [layout.width_mm * POINTS_PER_MM, layout.height_mm * POINTS_PER_MM], margin: 0 })
    document.scale(POINTS_PER_MM)
    drawNodes(document, writer, layout.nodes)
  }
  document.end()
  return finished
}

/** Draws what a label is made of on a page whose unit is the millimetre. @throws LabelRefused `symbol-too-large` */
export function drawNodes(document: PDFKit.PDFDocument, writer: TextWriter, nodes: readonly LayoutNode[]): void {
  for (const node of nodes)
    switch (node.kind) {
      case 'rectangle':
        document.rect(node.x_mm, node.y_mm, node.width_mm, node.height_mm).fill('black')
        break
      case 'symbol':
        drawSymbol(document, node)
        break
      case 'text':
        writer.write(node.x_mm, node.baseline_mm, node.text, node.size_mm, node.weight, node.ink)
        break
    }
}
