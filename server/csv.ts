/** Comma-separated values, as RFC 4180 has them and as spreadsheets write and read them. */

export type CsvRow = readonly string[]

export interface CsvText {
  readonly rows: readonly CsvRow[]
  /** The row, counted from one, in which a quotation mark is not closed or is followed by more text; null where all is sound. */
  readonly brokenAt: number | null
}

/** What Excel puts between cells: a comma, a tab in its “Unicode text”, a semicolon where the comma is a decimal point. */
export const SEPARATORS = [',', '\t', ';'] as const
export type Separator = (typeof SEPARATORS)[number]

const BOM = '\ufeff'

/** Reads rows of cells. Every row of the text is one of the answer, empty ones too, so that they count as in a spreadsheet. */
export function parseCsv(text: string, separator: Separator = ','): CsvText {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  /** Outside of quotation marks, within them, or just after the closing one. */
  let state: 'plain' | 'quoted' | 'closed' = 'plain'
  const endCell = (): void => {
    row.push(cell)
    cell = ''
    state = 'plain'
  }
  const endRow = (): void => {
    endCell()
    rows.push(row)
    row = []
  }
  const from = text.startsWith(BOM) ? 1 : 0
  for (let i = from; i < text.length; i += 1) {
    const char = text[i] ?? ''
    if (state === 'quoted') {
      if (char !== '"') cell += char
      else if (text[i + 1] === '"') {
        cell += '"'
        i += 1
      } else state = 'closed'
    } else if (char === separator) endCell()
    else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[i + 1] === '\n') i += 1
      endRow()
    } else if (state === 'closed') return { rows, brokenAt: rows.length + 1 }
    else if (char === '"' && cell === '') state = 'quoted'
    else cell += char
  }
  if (state === 'quoted') return { rows, brokenAt: rows.length + 1 }
  if (cell !== '' || row.length > 0 || state === 'closed') endRow()
  return { rows, brokenAt: null }
}

/** What a spreadsheet takes for the beginning of a formula (OWASP ASVS 1.2.10), and the mark itself that keeps it from doing so. */
const FORMULA = /^[=+\-@\t\r\0＝＋－＠]/
const GUARD = "'"
const GUARDED = /^'+[=+\-@\t\r\0＝＋－＠]/

/** A text that a spreadsheet shows and never computes. */
export function guardedCell(text: string): string {
  return FORMULA.test(text) || GUARDED.test(text) ? GUARD + text : text
}

/** What was guarded, as it was; everything else as it is. */
export function unguardedCell(text: string): string {
  return GUARDED.test(text) ? text.slice(GUARD.length) : text
}

/** Rows as a spreadsheet opens them, in UTF-8 with its mark: every cell is quoted, and none is a formula. */
export function writeCsv(rows: readonly CsvRow[]): string {
  const lines = rows.map((row) => row.map((cell) => `"${guardedCell(cell).replaceAll('"', '""')}"`).join(','))
  return `${BOM}${lines.join('\r\n')}\r\n`
}
