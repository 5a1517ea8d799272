/**
 * What a paper form with a list is, and how its rows fall on pages. Lengths in millimetres, A4 upright. A form is handed to the people
 * it names and filed with the case, so unlike a label it may carry names.
 */

import { LabelRefused } from '../refused.ts'
import { LINE_PITCH, breakLines, checkText, widthOf } from '../text.ts'

export interface Column {
  readonly title: string
  readonly width_mm: number
  readonly align: 'start' | 'middle' | 'end'
}

/** A place to sign. */
export interface Signature {
  readonly role: string
  /** Printed beside the line when known. */
  readonly name: string | null
  /** Why nobody signs here ("拒绝签名", "不在场" with the reason); printed in place of the line. */
  readonly absence: string | null
  /** What was signed on the screen or read from signed paper; absent where the place is left to be signed. */
  readonly drawn?: Drawn
}

/** A signature as lines: each is x, y, x, y … in units of its own, which only their proportions count of. */
export interface Drawn {
  readonly strokes: readonly (readonly number[])[]
  /** When it was signed, `2026-11-21`. */
  readonly day: string
}

/** What a paper carries once it is issued. */
export interface Issued {
  /** As people call it, for instance `调〔2026〕01-0003号`. */
  readonly number: string
  /** Sixteen hexadecimal digits, printed in groups of four. */
  readonly check: string
  /** Number and check for a scanner: printable ASCII. */
  readonly payload: string
  /** The version of the form's layout. */
  readonly layout: number
}

export interface Form {
  /** The form's number in the house, for instance `F-02`. */
  readonly formNumber: string
  readonly organisation: string
  readonly title: string
  /** The code of the document that it is about, printed and as QR; null where that has none. */
  readonly code: string | null
  /** Absent as long as it is only looked at. */
  readonly issued?: Issued
  /** Which copy this is and who gets it. */
  readonly copy: { readonly number: number; readonly of: number; readonly recipient: string }
  readonly facts: readonly { readonly name: string; readonly value: string }[]
  readonly columns: readonly Column[]
  /** One text a column; an empty text is an empty cell. */
  readonly rows: readonly (readonly string[])[]
  /** The rows are filled in by hand: how many of them were, is written beneath them. */
  readonly byHand?: true
  /** The least height of a row in which somebody writes by hand; a line of type where it is absent. */
  readonly writing_mm?: number
  readonly statement: string
  readonly signatures: readonly Signature[]
  /** Who initials every page but the last, so that no page can be exchanged. */
  readonly initials: readonly string[]
}

/** A row with its texts broken into lines. */
export interface SetRow {
  readonly cells: readonly (readonly string[])[]
  readonly height_mm: number
}

export interface FormPage {
  readonly rows: readonly SetRow[]
  readonly first: boolean
  /** Carries "以下空白" or how many rows were filled in by hand, the statement and the signatures. */
  readonly last: boolean
}

export const PAGE = { width_mm: 210, height_mm: 297, left_mm: 20, right_mm: 195, top_mm: 14, footer_mm: 281 } as const
export const CONTENT_MM = PAGE.right_mm - PAGE.left_mm
export const CELL = { size_mm: 3.25, pad_mm: 1.25 } as const
export const LINE_MM = CELL.size_mm * LINE_PITCH
export const TABLE_HEAD_MM = 7.5
export const FACT_MM = 6
export const FIRST_HEAD_MM = 31
export const NEXT_HEAD_MM = 12
export const BLANK_ROW_MM = 7.5
export const SIGNATURE_MM = 15
/** Room for the organisation's round seal over its name. */
export const SEAL_MM = 18
const INITIALS_MM = 9

export const MAX_ROWS = 2000

/**
 * Breaks the rows into pages. The last page always holds at least one row beside the signatures: nobody signs an empty page.
 *
 * @throws LabelRefused naming row and column for text that cannot be printed, or a row taller than a page; RangeError for a
 *   row with another number of cells than there are columns, no rows, or more than {@link MAX_ROWS}
 */
export function paginate(form: Form): FormPage[] {
  if (form.rows.length === 0 || form.rows.length > MAX_ROWS) throw new RangeError(`${form.rows.length} rows`)
  const rows = form.rows.map((row, i) => setRow(form, row, i))
  const closing_mm = closingHeight(form)
  const room = (first: boolean) =>
    PAGE.footer_mm -
    PAGE.top_mm -
    TABLE_HEAD_MM -
    INITIALS_MM -
    (first ? FIRST_HEAD_MM + factsHeight(form) : NEXT_HEAD_MM)

  const pages: SetRow[][] = [[]]
  let left_mm = room(true)
  for (const [i, row] of rows.entries()) {
    // The last page is signed instead of initialled, so the closing may use that room.
    const needed_mm = row.height_mm + (i === rows.length - 1 ? closing_mm - INITIALS_MM : 0)
    // Beside a long head there may be no room for even one row.
    const tooLow = pages.length === 1 && needed_mm <= room(false)
    if (needed_mm > left_mm && ((pages.at(-1)?.length ?? 0) > 0 || tooLow)) {
      pages.push([])
      left_mm = room(false)
    }
    if (needed_mm > left_mm)
      throw new LabelRefused('text-too-long', `第 ${i + 1} 行`, {
        zh: `第 ${i + 1} 行太长，一页放不下`,
        en: `row ${i + 1} is taller than a page`,
      })
    pages.at(-1)?.push(row)
    left_mm -= row.height_mm
  }
  return pages.map((page, i) => ({ rows: page, first: i === 0, last: i === pages.length - 1 }))
}

function setRow(form: Form, row: readonly string[], index: number): SetRow {
  if (row.length !== form.columns.length) throw new RangeError(`row ${index + 1} has ${row.length} cells`)
  const cells = form.columns.map((column, i) => {
    const text = row[i] ?? ''
    if (text === '') return []
    checkText(text, `第 ${index + 1} 行「${column.title}」`)
    return breakLines(text, column.width_mm - 2 * CELL.pad_mm, CELL.size_mm, 400)
  })
  const lines = Math.max(1, ...cells.map((cell) => cell.length))
  return { cells, height_mm: Math.max(form.writing_mm ?? 0, lines * LINE_MM + 2 * CELL.pad_mm) }
}

/** The statement broken to the width of the page, as it is measured and as it is drawn. */
export function statementLines(form: Form): string[] {
  return breakLines(form.statement, CONTENT_MM, CELL.size_mm, 400)
}

/** A fact where it stands: two on a line, or as many lines as a long one needs, over the whole width. */
export interface SetFact {
  readonly name: string
  readonly lines: readonly string[]
  readonly size_mm: number
  readonly left_mm: number
  /** Lines above it. */
  readonly above: number
}

/** The smallest type in which a fact still stands beside another. */
const LEAST_FACT_MM = 2.65

/**
 * Sets the facts in two columns. One that does not fit into half a line is first made smaller, down to {@link LEAST_FACT_MM}, and then has
 * whole lines to itself; none is cut. `lines` is how high all of them are together.
 */
export function setFacts({ facts }: Pick<Form, 'facts'>): { readonly set: readonly SetFact[]; readonly lines: number } {
  const set: SetFact[] = []
  let halves = 0
  for (const { name, value } of facts) {
    const taken_mm = widthOf(name, CELL.size_mm, 400) + 5
    const half_mm = (CONTENT_MM / 2 - taken_mm) / widthOf(value, 1, 700)
    if (half_mm >= LEAST_FACT_MM) {
      const left_mm = (halves % 2) * (CONTENT_MM / 2)
      const size_mm = Math.min(CELL.size_mm, half_mm)
      set.push({ name, lines: [value], size_mm, left_mm, above: Math.floor(halves / 2) })
      halves += 1
      continue
    }
    const lines = breakLines(value, CONTENT_MM - taken_mm, CELL.size_mm, 700)
    halves += halves % 2
    set.push({ name, lines, size_mm: CELL.size_mm, left_mm: 0, above: halves / 2 })
    halves += 2 * lines.length
  }
  return { set, lines: Math.ceil(halves / 2) }
}

/** In millimetres, with the space below. */
export const factsHeight = (form: Form): number => setFacts(form).lines * FACT_MM + 2

/** In millimetres, with the space above. */
export const statementHeight = (form: Form): number => 4 + statementLines(form).length * LINE_MM * 1.1

function closingHeight(form: Form): number {
  return BLANK_ROW_MM + statementHeight(form) + Math.ceil(form.signatures.length / 2) * SIGNATURE_MM + SEAL_MM
}

/** Checks every text of the form outside its rows. @throws LabelRefused */
export function checkForm(form: Form): void {
  checkText(form.organisation, '单位', 700)
  checkText(form.title, '标题', 700)
  checkText(form.copy.recipient, '交付对象')
  checkText(form.statement, '说明')
  for (const { name, value } of form.facts) checkText(value, name)
  for (const column of form.columns) checkText(column.title, '列名', 700)
  for (const { role, name, absence } of form.signatures) {
    checkText(role, '签名处')
    if (name !== null) checkText(name, role)
    if (absence !== null) checkText(absence, role)
  }
  for (const role of form.initials) checkText(role, '核对人')
}

/** What was typed in lines, as a form carries it: on one. */
export function onPaper(text: string): string {
  return text
    .split(/[\r\n\t]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('；')
}

/** `2026-11-21` as a form writes it. */
export function chineseDay(field: string, day: string): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  const time = Date.parse(`${day}T00:00:00Z`)
  if (year === undefined || Number.isNaN(time) || !new Date(time).toISOString().startsWith(day))
    throw new LabelRefused('value-wrong', field, {
      zh: `${field}应写作 2026-11-21 的形式`,
      en: `${field}: must be a day like 2026-11-21`,
    })
  return `${year} 年 ${Number(month)} 月 ${Number(date)} 日`
}
