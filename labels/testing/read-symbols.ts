/** Reads symbols back with a decoder that shares nothing with what drew them, and measures them dot by dot. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { Bitmap } from '../bitmap.ts'
import { toGrey } from '../bitmap.ts'

export interface Picture {
  readonly width: number
  readonly height: number
  /** One byte a dot, 0 black. */
  readonly grey: Uint8Array
}

export interface ReadSymbol {
  readonly format: string
  readonly text: string
  /** Where the decoder saw it. */
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

// Without its own wasm file the decoder would ask a public server for it.
const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer as ArrayBuffer } })

export const pictureOf = (bitmap: Bitmap): Picture => ({
  width: bitmap.width,
  height: bitmap.height,
  grey: toGrey(bitmap),
})

/** Every symbol on the picture, in the order of their formats. */
export async function readSymbols({ width, height, grey }: Picture): Promise<ReadSymbol[]> {
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (const [i, value] of grey.entries()) data.fill(value, i * 4, i * 4 + 3)
  const found = await readBarcodes(
    { data, width, height, colorSpace: 'srgb' },
    { formats: ['Code128', 'QRCode', 'DataMatrix'], tryHarder: true, textMode: 'Plain', maxNumberOfSymbols: 8 },
  )
  return found
    .filter((symbol) => symbol.isValid)
    .map(({ format, text, position }) => {
      const corners = [position.topLeft, position.topRight, position.bottomLeft, position.bottomRight]
      const xs = corners.map((corner) => corner.x)
      const ys = corners.map((corner) => corner.y)
      return {
        format,
        text,
        left: Math.min(...xs),
        top: Math.min(...ys),
        right: Math.max(...xs),
        bottom: Math.max(...ys),
      }
    })
    .sort((a, b) => a.format.localeCompare(b.format))
}

const isBlack = ({ grey, width }: Picture, x: number, y: number): boolean => (grey[y * width + x] ?? 255) < 128

export interface Measured {
  /** Width of one module in dots; NaN when modules are not all of one whole width. */
  readonly module: number
  readonly columns: number
  /** Empty modules on the sides where the symbol needs them: the smallest. */
  readonly quiet: number
}

/** Measures the bars that a line through the middle of a Code 128 crosses. Nothing else may stand on that line. */
export function measureBars(picture: Picture, symbol: ReadSymbol): Measured {
  const y = Math.round((symbol.top + symbol.bottom) / 2)
  const row = Array.from({ length: picture.width }, (_, x) => isBlack(picture, x, y))
  const first = row.indexOf(true)
  const last = row.lastIndexOf(true)
  const runs: number[] = []
  for (let x = first; x <= last; x += 1)
    if (row[x] === row[x - 1] && x > first) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1
    else runs.push(1)
  const module = runs.reduce(commonDivisor)
  return {
    module,
    columns: (last - first + 1) / module,
    quiet: Math.min(first, picture.width - 1 - last) / module,
  }
}

/** Measures a square symbol: its box is the smallest one with an empty ring that holds what the decoder saw. */
export function measureModules(picture: Picture, symbol: ReadSymbol): Measured {
  const box = inkBox(picture, symbol)
  const size = box.right - box.left + 1
  const lines = (read: (i: number, j: number) => boolean): number[] => {
    const lengths: number[] = []
    for (let i = 0; i < size; i += 1) {
      let run = 1
      for (let j = 1; j <= size; j += 1)
        if (j < size && read(i, j) === read(i, j - 1)) run += 1
        else {
          lengths.push(run)
          run = 1
        }
    }
    return lengths
  }
  const module = [
    ...lines((y, x) => isBlack(picture, box.left + x, box.top + y)),
    ...lines((x, y) => isBlack(picture, box.left + x, box.top + y)),
  ].reduce(commonDivisor)
  const square = box.bottom - box.top + 1 === size
  return { module: square ? module : NaN, columns: size / module, quiet: Math.floor(emptyRing(picture, box) / module) }
}

interface InkBox {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

function inkBox(picture: Picture, seen: ReadSymbol): InkBox {
  let left = Math.round(seen.left)
  let top = Math.round(seen.top)
  let right = Math.round(seen.right)
  let bottom = Math.round(seen.bottom)
  const column = (x: number) => ink(picture, x, x, top, bottom)
  const row = (y: number) => ink(picture, left, right, y, y)
  for (let changed = true; changed;) {
    changed = false
    for (; left > 0 && column(left - 1); changed = true) left -= 1
    for (; right < picture.width - 1 && column(right + 1); changed = true) right += 1
    for (; top > 0 && row(top - 1); changed = true) top -= 1
    for (; bottom < picture.height - 1 && row(bottom + 1); changed = true) bottom += 1
  }
  while (!column(left)) left += 1
  while (!column(right)) right -= 1
  while (!row(top)) top += 1
  while (!row(bottom)) bottom -= 1
  return { left, top, right, bottom }
}

function ink(picture: Picture, left: number, right: number, top: number, bottom: number): boolean {
  for (let y = top; y <= bottom; y += 1) for (let x = left; x <= right; x += 1) if (isBlack(picture, x, y)) return true
  return false
}

/** How many dots around the box are empty on every side, corners included; the picture's edge ends it. */
function emptyRing(picture: Picture, { left, top, right, bottom }: InkBox): number {
  for (let ring = 1; ; ring += 1) {
    const outside =
      left - ring < 0 || top - ring < 0 || right + ring >= picture.width || bottom + ring >= picture.height
    if (
      outside ||
      ink(picture, left - ring, right + ring, top - ring, top - ring) ||
      ink(picture, left - ring, right + ring, bottom + ring, bottom + ring) ||
      ink(picture, left - ring, left - ring, top - ring, bottom + ring) ||
      ink(picture, right + ring, right + ring, top - ring, bottom + ring)
    )
      return ring - 1
  }
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}
