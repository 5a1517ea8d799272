import { describe, expect, test } from 'vitest'
import { makeCode, makeLabelCode } from './item-code.ts'
import { SHEET_LABELS_MAX, labelSheet, sheetGrid } from './label-sheet.ts'
import { STOCKS, type Stock } from './templates/parts.ts'
import { locationLabel } from './templates/location.ts'
import { readPdf, type ReadRectangle } from './testing/read-pdf.ts'
import { readSymbols } from './testing/read-symbols.ts'

const MADE = new Date('2026-11-22T01:00:00Z')
/** A module of the smallest symbol is five dots wide. */
const DOTS_PER_MM = 12

const placeOf = (serial: number, issue: number) => ({
  code: makeCode({ kind: serial % 2 === 0 ? 'location' : 'container', unit: '01', year: 2026, serial }),
  ...{ issue, name: `甲区-${serial}`, path: `一号库 › 甲区-${serial}` },
})
const sheetOf = async (stock: Stock, count: number) => {
  const places = Array.from({ length: count }, (_, i) => placeOf(i + 1, (i % 3) + 1))
  const pdf = await labelSheet(
    places.map((place) => locationLabel(place, stock)),
    stock,
    MADE,
  )
  return { pages: readPdf(pdf).pages, payloads: places.map(({ code, issue }) => makeLabelCode(code, issue)) }
}

/** What lies in a part of a page, in dots: the filled rectangles are all that is black beside text and cutting lines. */
function pictureOf(filled: readonly ReadRectangle[], left: number, top: number, width: number, height: number) {
  const grey = new Uint8Array(width * height * DOTS_PER_MM * DOTS_PER_MM).fill(255)
  const dots = (mm: number) => Math.round(mm * DOTS_PER_MM)
  for (const one of filled) {
    if (one.x < left || one.x >= left + width || one.y < top || one.y >= top + height) continue
    for (let y = dots(one.y - top); y < dots(one.y + one.height - top); y += 1)
      grey.fill(0, y * dots(width) + dots(one.x - left), y * dots(width) + dots(one.x + one.width - left))
  }
  return { width: dots(width), height: dots(height), grey }
}

describe('labels on a sheet', () => {
  test.each([
    ['100x60', 8, { columns: 2, rows: 4, left_mm: 5, top_mm: 28.5 }],
    ['60x40', 21, { columns: 3, rows: 7, left_mm: 15, top_mm: 8.5 }],
  ] as const)('%s: %i on a page, and every symbol is read back where it stands', async (stock, onPage, grid) => {
    expect(sheetGrid(stock)).toEqual(grid)
    const { pages, payloads } = await sheetOf(stock, onPage + 2)
    expect(pages).toHaveLength(2)
    const read: string[] = []
    for (const [page, { filled }] of pages.entries())
      for (const [i] of payloads.slice(page * onPage, (page + 1) * onPage).entries()) {
        const { width_mm, height_mm } = STOCKS[stock]
        const left = grid.left_mm + (i % grid.columns) * width_mm
        const top = grid.top_mm + Math.floor(i / grid.columns) * height_mm
        const symbols = await readSymbols(pictureOf(filled, left, top, width_mm, height_mm))
        expect(symbols.map(({ format }) => format)).toEqual(stock === '100x60' ? ['Code128', 'QRCode'] : ['QRCode'])
        expect(new Set(symbols.map(({ text }) => text)).size).toBe(1)
        read.push(symbols[0]?.text ?? '')
      }
    expect(read).toEqual(payloads)
    expect(pages.every(({ width, height }) => Math.round(width) === 595 && Math.round(height) === 842)).toBe(true)
  })

  test('no label and too many make no sheet', async () => {
    await expect(labelSheet([], '60x40', MADE)).rejects.toThrow(RangeError)
    const label = locationLabel(placeOf(2, 1), '60x40')
    await expect(labelSheet(Array(SHEET_LABELS_MAX + 1).fill(label), '60x40', MADE)).rejects.toThrow(RangeError)
  })
})
