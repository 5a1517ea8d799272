/**
 * Glyphs as dots. Outlines are rasterised by librsvg (through sharp) at the exact size in dots, thresholded, and kept: a second
 * label with the same characters is only copied together.
 */

import sharp from 'sharp'
import type { Bitmap } from './bitmap.ts'
import { setDot } from './bitmap.ts'
import type { Glyph } from './fonts.ts'
import { PATH_UNITS } from './fonts.ts'

/** Where a glyph's dots lie relative to its origin on the baseline; one byte a dot. */
export interface GlyphDots {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly dots: Uint8Array
}

/** A dot is black when the outline covers at least this much of it (of 255): thin strokes stay, counters stay open. */
const INK_COVERAGE = 104
/** Some 60,000 characters of body text; the least recently used go first. */
const CACHE_BYTES = 32 * 1024 * 1024
/** Glyphs drawn in one call; keeps a sheet's SVG below a megabyte. */
const SHEET_GLYPHS = 256
const SHEET_WIDTH = 2048
/** Empty dots between cells, so that no glyph bleeds into its neighbour. */
const GAP = 2

const cache = new Map<string, GlyphDots>()
let cachedBytes = 0

export interface GlyphRequest {
  readonly glyph: Glyph
  /** Type size in dots, not necessarily whole. */
  readonly size: number
}

/** Under what a glyph's dots are kept: the same shape at another size is other dots. */
export const glyphKey = ({ glyph, size }: GlyphRequest): string => `${glyph.id}@${size}`

/** The dots of every requested glyph, by {@link glyphKey}. Rejects when the rasteriser fails. */
export async function glyphDots(requests: Iterable<GlyphRequest>): Promise<ReadonlyMap<string, GlyphDots>> {
  const wanted = new Map<string, GlyphDots>()
  const missing = new Map<string, GlyphRequest>()
  for (const request of requests) {
    const key = glyphKey(request)
    const known = cache.get(key)
    if (known === undefined) missing.set(key, request)
    else {
      cache.delete(key)
      cache.set(key, known)
      wanted.set(key, known)
    }
  }
  const list = [...missing]
  for (let i = 0; i < list.length; i += SHEET_GLYPHS)
    for (const [key, dots] of await drawSheet(list.slice(i, i + SHEET_GLYPHS))) {
      wanted.set(key, dots)
      remember(key, dots)
    }
  return wanted
}

function remember(key: string, dots: GlyphDots): void {
  // Two labels made at once may both have drawn it.
  if (cache.has(key)) return
  cache.set(key, dots)
  cachedBytes += dots.dots.length
  for (const [oldest, old] of cache) {
    if (cachedBytes <= CACHE_BYTES) break
    cache.delete(oldest)
    cachedBytes -= old.dots.length
  }
}

interface Cell {
  readonly key: string
  readonly request: GlyphRequest
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly x: number
  readonly y: number
}

async function drawSheet(requests: readonly (readonly [string, GlyphRequest])[]): Promise<[string, GlyphDots][]> {
  const cells: Cell[] = []
  let x = 0
  let y = 0
  let shelf = 0
  let sheetWidth = 1
  for (const [key, request] of requests) {
    const { glyph, size } = request
    const left = Math.floor(glyph.left * size)
    const top = Math.floor(glyph.top * size)
    const width = Math.ceil(glyph.right * size) - left
    const height = Math.ceil(glyph.bottom * size) - top
    if (x > 0 && x + width > SHEET_WIDTH) {
      x = 0
      y += shelf + GAP
      shelf = 0
    }
    cells.push({ key, request, left, top, width, height, x, y })
    x += width + GAP
    shelf = Math.max(shelf, height)
    sheetWidth = Math.max(sheetWidth, x)
  }
  const sheetHeight = Math.max(1, y + shelf)
  const paths = cells.map(({ request, x: cellX, y: cellY, left, top }) => {
    const scale = request.size / PATH_UNITS
    return `<path transform="translate(${cellX - left} ${cellY - top}) scale(${scale})" d="${request.glyph.path}"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${sheetWidth}" height="${sheetHeight}">${paths.join('')}</svg>`
  const sheet = await sharp(Buffer.from(svg)).extractChannel('alpha').raw().toBuffer({ resolveWithObject: true })
  if (sheet.info.width !== sheetWidth || sheet.info.height !== sheetHeight)
    throw new Error(`glyph sheet came back as ${sheet.info.width}x${sheet.info.height}`)
  return cells.map((cell) => [cell.key, cutOut(cell, sheet.data, sheetWidth)])
}

function cutOut({ left, top, width, height, x, y }: Cell, coverage: Uint8Array, sheetWidth: number): GlyphDots {
  const dots = new Uint8Array(width * height)
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1)
      if ((coverage[(y + row) * sheetWidth + x + column] ?? 0) >= INK_COVERAGE) dots[row * width + column] = 1
  return { left, top, width, height, dots }
}

/** Copies a glyph's black dots into the picture, in black or in white. */
export function stampGlyph(bitmap: Bitmap, glyph: GlyphDots, originX: number, baseline: number, black: boolean): void {
  for (let row = 0; row < glyph.height; row += 1)
    for (let column = 0; column < glyph.width; column += 1)
      if (glyph.dots[row * glyph.width + column] === 1)
        setDot(bitmap, originX + glyph.left + column, baseline + glyph.top + row, black)
}
