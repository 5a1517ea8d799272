/** Draws a form as PDF: text as text (selectable, searchable) in embedded subsets of the fonts, lines and symbol as vectors. */

import PDFDocument from 'pdfkit'
import type { Weight } from '../fonts.ts'
import { parseCode } from '../item-code.ts'
import { LabelRefused } from '../refused.ts'
import { encodeSymbol } from '../symbol.ts'
import { POINTS_PER_MM, collect, drawSymbol } from '../pdf.ts'
import { widthOf } from '../text.ts'
import type { Form, FormPage } from './form.ts'
import { drawClosing, drawInitials } from './form-closing.ts'
import { HAIRLINE_MM, LEAST_SIZE_MM, Pen } from './form-pen.ts'
import {
  BLANK_ROW_MM,
  CELL,
  CONTENT_MM,
  FACT_MM,
  FIRST_HEAD_MM,
  LINE_MM,
  NEXT_HEAD_MM,
  PAGE,
  TABLE_HEAD_MM,
  checkForm,
  factsHeight,
  paginate,
  setFacts,
} from './form.ts'

const FRAME_MM = 0.35
const QR_MM = 17
/** The symbol by which an issued paper is looked up. */
const CHECK_MM = 14
// From the top of a line of type to its baseline.
const ASCENT = 0.88

/**
 * The form as an A4 PDF, the table's head on every page.
 *
 * @param madeAt goes into the document's properties
 * @throws LabelRefused for text that cannot be printed or does not fit, or when `form.code` is no sound document code; RangeError as
 *   `paginate`
 */
export async function formPdf(form: Form, madeAt: Date): Promise<Buffer> {
  return formsPdf([form], madeAt)
}

/** Several forms of one kind in one A4 PDF, such as the notices of several people; each counts its own pages. */
export async function formsPdf(forms: readonly Form[], madeAt: Date): Promise<Buffer> {
  return copiesPdf(forms, madeAt, '')
}

/**
 * Copies of one form in one A4 PDF, in the order in which they are numbered; each counts its own pages.
 *
 * @param mark stands in the document's properties and on no page: whoever does not know it cannot make the same bytes again
 * @throws as `formPdf`; RangeError without a copy
 */
export async function copiesPdf(copies: readonly Form[], madeAt: Date, mark: string): Promise<Buffer> {
  const [first] = copies
  if (first === undefined) throw new RangeError('no copy')
  const paged = copies.map((form) => {
    checkCode(form.code)
    checkForm(form)
    return { form, pages: paginate(form) }
  })
  const document = new PDFDocument({
    autoFirstPage: false,
    info: {
      Title: `${first.title} ${nameOf(first)}`,
      Author: first.organisation,
      CreationDate: madeAt,
      ...(mark === '' ? {} : { Keywords: mark }),
    },
  })
  const finished = collect(document)
  const pen = new Pen(document)
  for (const { form, pages } of paged)
    for (const [i, page] of pages.entries()) {
      document.addPage({ size: 'A4', margin: 0 })
      document.scale(POINTS_PER_MM)
      drawPage(pen, form, page, i + 1, pages.length)
    }
  document.end()
  return finished
}

function checkCode(code: Form['code']): void {
  if (code === null) return
  const parsed = parseCode(code)
  if (!parsed.ok || parsed.kind !== 'document' || parsed.code !== code)
    throw new LabelRefused('code-wrong', '编号', { zh: '不是有效的单据编号', en: 'not a sound document code' })
}

/** What the paper is called on its pages. */
function nameOf({ issued, code, formNumber }: Form): string {
  return issued?.number ?? code ?? formNumber
}

function drawPage(pen: Pen, form: Form, page: FormPage, number: number, of: number): void {
  let y = page.first ? drawFirstHead(pen, form) : drawNextHead(pen, form)
  y = drawTable(pen, form, page, y)
  if (page.last) drawClosing(pen, form, y)
  else drawInitials(pen, form)
  drawFooter(pen, form, page, number, of)
}

/** A copy that is kept is given to nobody. */
const KEPT: ReadonlySet<string> = new Set(['附卷', '存根'])

function goesTo(recipient: string): string {
  return KEPT.has(recipient) ? recipient : `交${recipient}`
}

function drawFirstHead(pen: Pen, form: Form): number {
  const { left_mm, right_mm, top_mm } = PAGE
  pen.aligned('middle', left_mm, CONTENT_MM, top_mm + 6, form.organisation, fitSize(form.organisation, 4.5, 700), 700)
  pen.aligned('middle', left_mm, CONTENT_MM, top_mm + 15.5, form.title, fitSize(form.title, 6.5, 700), 700)
  if (form.issued !== undefined)
    pen.text(left_mm, top_mm + (form.code === null ? 24.5 : 20), `文号 ${form.issued.number}`, CELL.size_mm, 700)
  if (form.code !== null) pen.text(left_mm, top_mm + 24.5, `编号 ${form.code}`, CELL.size_mm)
  const { number, of, recipient } = form.copy
  pen.text(left_mm, top_mm + 29, `第 ${number} 份，共 ${of} 份 · ${goesTo(recipient)}`, CELL.size_mm)
  if (form.code !== null)
    drawSymbol(pen.document, {
      kind: 'symbol',
      symbol: encodeSymbol('qr', form.code),
      ink: { x_mm: right_mm - QR_MM, y_mm: top_mm + 12, width_mm: QR_MM, height_mm: QR_MM },
      clear: { x_mm: right_mm - QR_MM - 4, y_mm: top_mm + 8, width_mm: QR_MM + 8, height_mm: QR_MM + 8 },
      alignX: 'end',
      alignY: 'end',
    })
  if (form.issued !== undefined)
    drawSymbol(pen.document, {
      kind: 'symbol',
      symbol: encodeSymbol('datamatrix', form.issued.payload),
      ink: { x_mm: left_mm, y_mm: top_mm, width_mm: CHECK_MM, height_mm: CHECK_MM },
      clear: { x_mm: left_mm - 2, y_mm: top_mm - 2, width_mm: CHECK_MM + 4, height_mm: CHECK_MM + 4 },
      alignX: 'start',
      alignY: 'start',
    })
  const top = top_mm + FIRST_HEAD_MM
  drawFacts(pen, form, top)
  return top + factsHeight(form)
}

/** Of a fact's text within its frame. */
const FACT_PAD_MM = 1.5
/** From the top of a line of facts to its frame: the type stands in the middle of it. */
const FACT_FRAME_MM = 0.75

/** The facts as a table of fields: each in a frame of its own, over the whole width where it is long or nothing stands beside it. */
function drawFacts(pen: Pen, form: Form, top: number): void {
  const { set } = setFacts(form)
  for (const { name, lines, size_mm, left_mm: from_mm, above } of set) {
    const x = PAGE.left_mm + from_mm + FACT_PAD_MM
    const at = x + widthOf(name, CELL.size_mm, 400) + 2
    pen.text(x, top + above * FACT_MM + 5, name, CELL.size_mm)
    for (const [i, line] of lines.entries()) pen.text(at, top + (above + i) * FACT_MM + 5, line, size_mm, 700)
    const hasNeighbour = lines.length === 1 && set.some((one) => one.above === above && one.left_mm !== from_mm)
    pen.frame(
      PAGE.left_mm + from_mm,
      top + above * FACT_MM + FACT_FRAME_MM,
      hasNeighbour ? CONTENT_MM / 2 : CONTENT_MM,
      lines.length * FACT_MM,
    )
  }
}

/** The wished size, or what lets the text stay clear of the symbol on the right. */
function fitSize(text: string, wished_mm: number, weight: Weight): number {
  const size = Math.min(wished_mm, (CONTENT_MM - 2 * (QR_MM + 6)) / widthOf(text, 1, weight))
  if (size < LEAST_SIZE_MM)
    throw new LabelRefused('text-too-long', '标题', {
      zh: '标题或单位名称太长',
      en: 'title or organisation does not fit',
    })
  return size
}

function drawNextHead(pen: Pen, form: Form): number {
  const baseline = PAGE.top_mm + 6
  pen.text(PAGE.left_mm, baseline, `${form.title}（续）`, 4, 700)
  pen.aligned(
    'end',
    PAGE.left_mm,
    CONTENT_MM,
    baseline,
    `${form.issued === undefined ? '编号' : '文号'} ${nameOf(form)}`,
    CELL.size_mm,
  )
  return PAGE.top_mm + NEXT_HEAD_MM
}

function drawTable(pen: Pen, form: Form, page: FormPage, top: number): number {
  const lines_mm = [top]
  let x = PAGE.left_mm
  for (const column of form.columns) {
    pen.aligned('middle', x, column.width_mm, top + TABLE_HEAD_MM / 2 + 1.2, column.title, CELL.size_mm, 700)
    x += column.width_mm
  }
  let y = top + TABLE_HEAD_MM
  lines_mm.push(y)
  for (const row of page.rows) {
    x = PAGE.left_mm
    for (const [i, column] of form.columns.entries()) {
      const lines = row.cells[i] ?? []
      const first = y + (row.height_mm - lines.length * LINE_MM) / 2 + CELL.size_mm * ASCENT
      for (const [n, line] of lines.entries())
        pen.aligned(
          column.align,
          x + CELL.pad_mm,
          column.width_mm - 2 * CELL.pad_mm,
          first + n * LINE_MM + (LINE_MM - CELL.size_mm) / 2,
          line,
          CELL.size_mm,
        )
      x += column.width_mm
    }
    y += row.height_mm
    lines_mm.push(y)
  }
  const right = x
  for (const line of lines_mm.slice(1, -1)) pen.line(PAGE.left_mm, line, right, line, HAIRLINE_MM)
  x = PAGE.left_mm
  for (const column of form.columns.slice(0, -1)) {
    x += column.width_mm
    pen.line(x, top, x, y, HAIRLINE_MM)
  }
  if (page.last) {
    pen.line(PAGE.left_mm, y, right, y, HAIRLINE_MM)
    pen.aligned('middle', PAGE.left_mm, right - PAGE.left_mm, y + BLANK_ROW_MM / 2 + 1.2, blankRow(form), CELL.size_mm)
    y += BLANK_ROW_MM
  }
  pen.document
    .lineWidth(FRAME_MM)
    .rect(PAGE.left_mm, top, right - PAGE.left_mm, y - top)
    .stroke('black')
  return y
}

/** What stands beneath the last row, so that nothing is added to it later. */
function blankRow({ byHand }: Form): string {
  return byHand === true ? '以上实填 ______ 项，其余各行空白' : '以下空白'
}

function drawFooter(pen: Pen, form: Form, page: FormPage, number: number, of: number): void {
  const baseline = PAGE.footer_mm + 4.5
  pen.line(PAGE.left_mm, PAGE.footer_mm, PAGE.right_mm, PAGE.footer_mm, HAIRLINE_MM)
  const name = nameOf(form)
  const left = name === form.formNumber ? name : `${form.formNumber} · ${name}`
  pen.text(PAGE.left_mm, baseline, left, 2.75)
  const count = `本页 ${page.rows.length} 项，合计 ${form.rows.length} 项`
  if (form.byHand !== true) pen.aligned('middle', PAGE.left_mm, CONTENT_MM, baseline, count, 2.75)
  pen.aligned('end', PAGE.left_mm, CONTENT_MM, baseline, `第 ${number} 页 共 ${of} 页`, 2.75)
  if (form.issued === undefined) return
  const { check, layout } = form.issued
  const groups = check.match(/.{4}/g)?.join(' ') ?? check
  pen.text(PAGE.left_mm, baseline + 4, `校验码 ${groups} · 版式 ${layout} · 扫描首页左上角的码可以核对`, 2.75)
}
