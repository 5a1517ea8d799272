/** Photos of a thing on A4 pages, four to a page, each with the hash of what it was taken of. */

import PDFDocument from 'pdfkit'
import { collect, POINTS_PER_MM, TextWriter } from '../pdf.ts'
import { checkText } from '../text.ts'
import { CONTENT_MM, PAGE } from './form.ts'

export interface SheetPhoto {
  /** A JPEG; null where the picture is not there any more. */
  readonly jpeg: Buffer | null
  /** When and by whom it was taken. */
  readonly caption: string
  /** Of the original, hexadecimal. */
  readonly sha256: string
}

export const PHOTOS_A_PAGE = 4
const COLUMNS = 2
const GAP_MM = 5
const TITLE_MM = 14
const CAPTION_MM = 11
const WIDTH_MM = (CONTENT_MM - GAP_MM) / COLUMNS
const HEIGHT_MM = (PAGE.footer_mm - PAGE.top_mm - TITLE_MM) / (PHOTOS_A_PAGE / COLUMNS)
const FRAME_MM = 0.15

/** How many pages so many photos take. */
export function photoPages(photos: number): number {
  return Math.ceil(photos / PHOTOS_A_PAGE)
}

/**
 * The pages; {@link photoPages} says how many.
 *
 * @param title stands on every page
 * @throws LabelRefused for text that cannot be printed; RangeError without a photo
 */
export async function photoSheets(title: string, photos: AsyncIterable<SheetPhoto>, madeAt: Date): Promise<Buffer> {
  checkText(title, '标题', 700)
  const document = new PDFDocument({ autoFirstPage: false, info: { Title: title, CreationDate: madeAt } })
  const finished = collect(document)
  const writer = new TextWriter(document)
  let drawn = 0
  for await (const { jpeg, caption, sha256 } of photos) {
    const place = drawn % PHOTOS_A_PAGE
    if (place === 0) {
      document.addPage({ size: 'A4', margin: 0 })
      document.scale(POINTS_PER_MM)
      writer.write(PAGE.left_mm, PAGE.top_mm + 6, title, 4, 700, 'black')
    }
    drawn += 1
    checkText(caption, '照片说明')
    const x = PAGE.left_mm + (place % COLUMNS) * (WIDTH_MM + GAP_MM)
    const y = PAGE.top_mm + TITLE_MM + Math.floor(place / COLUMNS) * HEIGHT_MM
    const height_mm = HEIGHT_MM - CAPTION_MM - GAP_MM
    if (jpeg === null) writer.write(x + 3, y + 8, '照片已不在存档中', 3.25, 400, 'black')
    else document.image(jpeg, x, y, { fit: [WIDTH_MM, height_mm], align: 'center', valign: 'center' })
    document.lineWidth(FRAME_MM).rect(x, y, WIDTH_MM, height_mm).stroke('black')
    writer.write(x, y + height_mm + 4, caption, 2.75, 400, 'black')
    writer.write(x, y + height_mm + 8, `SHA-256 ${sha256.slice(0, 32)}`, 2.25, 400, 'black')
  }
  if (drawn === 0) throw new RangeError('no photo')
  document.end()
  return finished
}
