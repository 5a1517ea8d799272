/** Photos on A4 pages, each with the hash of the original: those of a thing four to a page, a signed sheet alone. */

import PDFDocument from 'pdfkit'
import { collect, POINTS_PER_MM, TextWriter } from '../pdf.ts'
import { checkText, fitText, LINE_PITCH } from '../text.ts'
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
const ROOM_MM = PAGE.footer_mm - PAGE.top_mm - TITLE_MM
const WIDTH_MM = (CONTENT_MM - GAP_MM) / COLUMNS
const HEIGHT_MM = ROOM_MM / (PHOTOS_A_PAGE / COLUMNS)
/** A long name takes a second line, and a smaller type. */
const TITLE_SIZES = [
  { size: 4, lines: 1 },
  { size: 3.25, lines: 2 },
  { size: 2.5, lines: 2 },
] as const
const FRAME_MM = 0.15
/** All 64 digits go beneath a photo of half the width. */
const HASH_MM = 2

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
  const { document, writer, finished } = begin(title, madeAt)
  let drawn = 0
  for await (const photo of photos) {
    const place = drawn % PHOTOS_A_PAGE
    if (place === 0) addPage(document, writer, title)
    drawn += 1
    const x_mm = PAGE.left_mm + (place % COLUMNS) * (WIDTH_MM + GAP_MM)
    const y_mm = PAGE.top_mm + TITLE_MM + Math.floor(place / COLUMNS) * HEIGHT_MM
    drawPhoto(document, writer, photo, { x_mm, y_mm, width_mm: WIDTH_MM, height_mm: HEIGHT_MM - GAP_MM })
  }
  if (drawn === 0) throw new RangeError('no photo')
  document.end()
  return finished
}

/**
 * A sheet that was signed by hand, over a whole page.
 * @throws LabelRefused for text that cannot be printed
 */
export async function signedSheet(title: string, photo: SheetPhoto, madeAt: Date): Promise<Buffer> {
  const { document, writer, finished } = begin(title, madeAt)
  addPage(document, writer, title)
  const [x_mm, y_mm] = [PAGE.left_mm, PAGE.top_mm + TITLE_MM]
  drawPhoto(document, writer, photo, { x_mm, y_mm, width_mm: CONTENT_MM, height_mm: ROOM_MM })
  document.end()
  return finished
}

function begin(
  title: string,
  madeAt: Date,
): { document: PDFKit.PDFDocument; writer: TextWriter; finished: Promise<Buffer> } {
  const document = new PDFDocument({ autoFirstPage: false, info: { Title: title, CreationDate: madeAt } })
  return { document, writer: new TextWriter(document), finished: collect(document) }
}

function addPage(document: PDFKit.PDFDocument, writer: TextWriter, title: string): void {
  document.addPage({ size: 'A4', margin: 0 })
  document.scale(POINTS_PER_MM)
  const { size, lines } = fitText(title, '标题', CONTENT_MM, 700, TITLE_SIZES)
  for (const [i, line] of lines.entries())
    writer.write(PAGE.left_mm, PAGE.top_mm + 5 + i * size * LINE_PITCH, line, size, 700, 'black')
}

interface Place {
  readonly x_mm: number
  readonly y_mm: number
  readonly width_mm: number
  /** With what stands beneath. */
  readonly height_mm: number
}

/** The picture in a frame, and beneath when it was taken and what it hashes to. */
function drawPhoto(
  document: PDFKit.PDFDocument,
  writer: TextWriter,
  { jpeg, caption, sha256 }: SheetPhoto,
  { x_mm, y_mm, width_mm, height_mm }: Place,
): void {
  checkText(caption, '照片说明')
  const frame_mm = height_mm - CAPTION_MM
  if (jpeg === null) writer.write(x_mm + 3, y_mm + 8, '图片已不在存档中', 3.25, 400, 'black')
  else document.image(jpeg, x_mm, y_mm, { fit: [width_mm, frame_mm], align: 'center', valign: 'center' })
  document.lineWidth(FRAME_MM).rect(x_mm, y_mm, width_mm, frame_mm).stroke('black')
  writer.write(x_mm, y_mm + frame_mm + 4, caption, 2.75, 400, 'black')
  writer.write(x_mm, y_mm + frame_mm + 8, `SHA-256 ${sha256}`, HASH_MM, 400, 'black')
}
