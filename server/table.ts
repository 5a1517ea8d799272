import { type CsvRow, writeCsv } from './csv.ts'
import type { Words } from './refusal.ts'
import { WORKBOOK_TYPE, writeWorkbook } from './xlsx.ts'

/** A list as a file: what it is called, its columns, and a text for each. */
export interface Table {
  readonly title: Words
  readonly columns: readonly Words[]
  readonly rows: readonly CsvRow[]
}

/** A column: its name in Chinese and English, and what it says of a row. */
export type TableColumn<Row> = readonly [zh: string, en: string, of: (row: Row, language: Language) => string]

export type Language = 'zh' | 'en'

export const TABLE_FORMATS = ['csv', 'xlsx'] as const
export type TableFormat = (typeof TABLE_FORMATS)[number]

export const TABLE_TYPES: Readonly<Record<TableFormat, string>> = { csv: 'text/csv', xlsx: WORKBOOK_TYPE }

/** What goes with a file of this name. */
export function fileHeaders(name: string, format: TableFormat): Readonly<Record<string, string>> {
  return {
    'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : TABLE_TYPES[format],
    'content-disposition': `attachment; filename="${name}.${format}"`,
  }
}

/** As many lines as one file has. */
export const TABLE_ROWS_MAX = 5_000

/** The texts are in one language, the headings in both. */
export function tableOf<Row>(
  title: Words,
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  language: Language,
): Table {
  return {
    title,
    columns: columns.map(([zh, en]) => ({ zh, en })),
    rows: rows.map((row) => columns.map(([, , of]) => of(row, language))),
  }
}

const FULL: Words = {
  zh: `（一个文件最多列 ${TABLE_ROWS_MAX} 行，其后的未列入，请缩小范围后再导出）`,
  en: `(A file has at most ${TABLE_ROWS_MAX} lines; what comes after is not in it: ask for less at a time.)`,
}

/** What a full file says in its last line, so that nobody takes it for all that there is; nothing for one that has room. */
export function lastLine(rows: readonly unknown[], language: Language): readonly CsvRow[] {
  return rows.length < TABLE_ROWS_MAX ? [] : [[FULL[language]]]
}

/** The table as a file, with its head in this language; no cell of it is a formula. A full one says so in its last line. */
export async function tableFile(table: Table, format: TableFormat, language: Language): Promise<Buffer> {
  const head = table.columns.map((one) => one[language])
  const rows = [head, ...table.rows, ...lastLine(table.rows, language)]
  return format === 'csv' ? Buffer.from(writeCsv(rows)) : writeWorkbook(table.title[language], rows)
}

/**
 * Every row of a list that comes by pages, as far as one file goes.
 * @param page reads so many behind a cursor, and says the cursor to go on with; null with the last page
 */
export async function allRows<Row>(
  page: (asked: { readonly limit: number; readonly after: string | null }) => Promise<{
    readonly rows: readonly Row[]
    readonly after: string | null
  }>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (let after: string | null = null; rows.length < TABLE_ROWS_MAX;) {
    const next = await page({ limit: PAGE_ROWS, after })
    rows.push(...next.rows)
    after = next.after
    if (after === null) break
  }
  return rows.slice(0, TABLE_ROWS_MAX)
}

const PAGE_ROWS = 500
