/**
 * Noto Sans SC (SIL Open Font License), as shipped by @fontsource/noto-sans-sc, opened as outlines: what we print looks the same on
 * every machine and needs no installed font.
 *
 * The main file of a weight draws 7,947 characters. A rarer Han character or sign is looked up in the package's hundred
 * small slices (some 4,900 Han characters more), opened when first needed. WOFF files are unpacked to plain sfnt in memory: reading single
 * glyphs out of a compressed font costs seconds, and the PDF writer cannot embed from WOFF2.
 */

import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { inflate, inflateSync } from 'node:zlib'
import { create } from 'fontkit'
import type { Font } from 'fontkit'

export type Weight = 400 | 700

/** One font file of one weight. */
export interface Face {
  readonly name: string
  /** A plain sfnt (TrueType) file. */
  readonly sfnt: Buffer
  readonly font: Font
}

/** One drawn character; lengths are fractions of the type size, y grows downwards from the baseline. */
export interface Glyph {
  /** Unique over all faces. */
  readonly id: string
  readonly face: Face
  readonly advance: number
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  /** SVG path data in thousandths of the type size; empty for a space. */
  readonly path: string
}

const PACKAGE = '@fontsource/noto-sans-sc'
const MAIN = 'chinese-simplified'
/** Path data is kept in these units per type size. */
export const PATH_UNITS = 1000

const require = createRequire(import.meta.url)
const faces = new Map<string, Face>()
const glyphs = new Map<Weight, Map<number, Glyph | null>>([
  [400, new Map()],
  [700, new Map()],
])

/**
 * The glyph that draws a character, or null when the shipped fonts have none. Kept for ever: the fonts bound the number.
 *
 * Emoji, and scripts that would need shaping or run from right to left, have none by design.
 */
export function glyphOf(codePoint: number, weight: Weight): Glyph | null {
  const known = glyphs.get(weight)
  const cached = known?.get(codePoint)
  if (cached !== undefined) return cached
  const glyph = findGlyph(codePoint, weight)
  known?.set(codePoint, glyph)
  return glyph
}

function findGlyph(codePoint: number, weight: Weight): Glyph | null {
  const main = face(MAIN, weight)
  if (main.font.hasGlyphForCodePoint(codePoint)) return readGlyph(main, codePoint)
  const character = String.fromCodePoint(codePoint)
  if (!/[\p{Script=Han}\p{Script=Latin}\p{Script=Greek}\p{Script=Common}]/u.test(character)) return null
  if (/\p{Emoji_Presentation}/u.test(character)) return null
  for (const [subset, ranges] of slices()) {
    if (!ranges.some(([first, last]) => codePoint >= first && codePoint <= last)) continue
    const slice = face(subset, weight)
    // The declared ranges promise more than the files draw.
    if (slice.font.hasGlyphForCodePoint(codePoint)) return readGlyph(slice, codePoint)
  }
  return null
}

function readGlyph(from: Face, codePoint: number): Glyph {
  const glyph = from.font.glyphForCodePoint(codePoint)
  const em = from.font.unitsPerEm
  const { minX, minY, maxX, maxY } = glyph.path.bbox
  const drawn = glyph.path.commands.length > 0
  return {
    id: `${from.name}:${glyph.id}`,
    face: from,
    advance: glyph.advanceWidth / em,
    left: drawn ? minX / em : 0,
    top: drawn ? -maxY / em : 0,
    right: drawn ? maxX / em : 0,
    bottom: drawn ? -minY / em : 0,
    path: glyph.path.scale(PATH_UNITS / em, -PATH_UNITS / em).toSVG(),
  }
}

function face(subset: string, weight: Weight): Face {
  const name = `${subset}-${weight}`
  const open = faces.get(name)
  if (open !== undefined) return open
  const woff = readFileSync(fileOf(subset, weight))
  const tables = tablesOf(woff).map(({ stored, length }) =>
    stored.length < length ? inflateSync(stored, { maxOutputLength: length }) : stored,
  )
  return openFace(name, sfntOf(woff, tables))
}

const inflated = promisify(inflate)

/** Unpacks the main file of each weight beside whatever else is done: the first text that is measured would wait for it otherwise. */
export async function unpackFonts(): Promise<void> {
  await Promise.all(
    [...glyphs.keys()].map(async (weight) => {
      const woff = await readFile(fileOf(MAIN, weight))
      const tables = await Promise.all(
        tablesOf(woff).map(async ({ stored, length }) =>
          stored.length < length ? inflated(stored, { maxOutputLength: length }) : stored,
        ),
      )
      const name = `${MAIN}-${weight}`
      if (!faces.has(name)) openFace(name, sfntOf(woff, tables))
    }),
  )
}

function fileOf(subset: string, weight: Weight): string {
  return require.resolve(`${PACKAGE}/files/noto-sans-sc-${subset}-${weight}-normal.woff`)
}

function openFace(name: string, sfnt: Buffer): Face {
  const font = create(sfnt)
  if (!('glyphForCodePoint' in font)) throw new Error(`${name} is a collection, not a font`)
  const opened = { name, sfnt, font }
  faces.set(name, opened)
  return opened
}

type Ranges = readonly (readonly [first: number, last: number])[]
let sliceRanges: ReadonlyMap<string, Ranges> | null = null

function slices(): ReadonlyMap<string, Ranges> {
  if (sliceRanges !== null) return sliceRanges
  const declared = JSON.parse(readFileSync(require.resolve(`${PACKAGE}/unicode.json`), 'utf8')) as Record<
    string,
    string
  >
  const read = new Map<string, Ranges>()
  for (const [subset, list] of Object.entries(declared)) {
    const ranges = list.split(',').map((range) => {
      const [first = 0, last = first] = range
        .trim()
        .replace(/^U\+/i, '')
        .split('-')
        .map((hex) => parseInt(hex, 16))
      return [first, last] as const
    })
    read.set(subset.replace(/[[\]]/g, ''), ranges)
  }
  sliceRanges = read
  return read
}

const WOFF_HEADER_BYTES = 44
const WOFF_ENTRY_BYTES = 20

/** The tables of a WOFF 1.0 file (W3C) as they are stored there; those shorter than their length are compressed. */
function tablesOf(woff: Buffer): { readonly stored: Buffer; readonly length: number }[] {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF file')
  return Array.from({ length: woff.readUInt16BE(12) }, (_, i) => {
    const entry = WOFF_HEADER_BYTES + WOFF_ENTRY_BYTES * i
    const start = woff.readUInt32BE(entry + 4)
    return { stored: woff.subarray(start, start + woff.readUInt32BE(entry + 8)), length: woff.readUInt32BE(entry + 12) }
  })
}

/** WOFF to sfnt: the same tables, inflated, under a directory of their own. */
function sfntOf(woff: Buffer, tables: readonly Buffer[]): Buffer {
  const count = tables.length
  const directory = Buffer.alloc(12 + 16 * count)
  const power = Math.floor(Math.log2(count))
  woff.copy(directory, 0, 4, 8)
  directory.writeUInt16BE(count, 4)
  directory.writeUInt16BE(16 << power, 6)
  directory.writeUInt16BE(power, 8)
  directory.writeUInt16BE(16 * count - (16 << power), 10)
  const parts: Buffer[] = [directory]
  let offset = directory.length
  for (const [i, table] of tables.entries()) {
    const entry = WOFF_HEADER_BYTES + WOFF_ENTRY_BYTES * i
    const row = 12 + 16 * i
    woff.copy(directory, row, entry, entry + 4)
    woff.copy(directory, row + 4, entry + 16, entry + 20)
    directory.writeUInt32BE(offset, row + 8)
    directory.writeUInt32BE(table.length, row + 12)
    const padding = (4 - (table.length % 4)) % 4
    parts.push(table, Buffer.alloc(padding))
    offset += table.length + padding
  }
  return Buffer.concat(parts)
}
