import { crc32, inflateRawSync } from 'node:zlib'
import type { CsvRow } from './csv.ts'

/**
 * Workbooks of Excel (ECMA-376): tables out of it as texts, and texts into it that are never a formula. The libraries are loaded at the first
 * workbook, not at every start.
 */

export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** As many characters as Excel takes for the name of a sheet, and those that it does not take. */
const SHEET_NAME_MAX = 31
const NOT_IN_SHEET_NAME = /[[\]:*?/\\]/g
const COLUMN_WIDTH_MIN = 8
const COLUMN_WIDTH_MAX = 60

/** Rows as a workbook of one sheet, the first row its head: every cell is a text, and none is a formula. */
export async function writeWorkbook(title: string, rows: readonly CsvRow[]): Promise<Buffer> {
  const cells = rows.map((row, index) =>
    row.map((value) => ({ value, type: String, ...(index === 0 ? { fontWeight: 'bold' as const } : {}) })),
  )
  const widths = (rows[0] ?? []).map((_, column) => {
    const longest = rows.reduce((most, row) => Math.max(most, widthOf(row[column] ?? '')), COLUMN_WIDTH_MIN)
    return { width: Math.min(longest + 1, COLUMN_WIDTH_MAX) }
  })
  const sheet = title.replace(NOT_IN_SHEET_NAME, ' ').slice(0, SHEET_NAME_MAX)
  const { default: writeXlsx } = await import('write-excel-file/node')
  return writeXlsx(cells, { sheet, columns: widths, stickyRowsCount: 1 }).toBuffer()
}

/** In the width of a digit: a Chinese character takes two. */
function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0)
}

/** What is wrong with a file that says it is a workbook. */
export type WorkbookFault = 'broken' | 'encrypted' | 'too-large' | 'too-wide'

/** A file that is no workbook, or one that nobody reads. */
export class WorkbookRefused extends Error {
  readonly fault: WorkbookFault

  constructor(fault: WorkbookFault) {
    super(fault)
    this.name = 'WorkbookRefused'
    this.fault = fault
  }
}

/** Unpacked, all parts together: some hundred times a full table of long rows. */
export const UNPACKED_BYTES_MAX = 16 * 1024 * 1024
const PARTS_MAX = 200
/** As far as anybody's cells may stand from the first one; what Excel allows would fill the memory by one cell in the last corner. */
export const ROWS_MAX = 5_000
export const COLUMNS_MAX = 200

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const END_BYTES = 22
const END_COMMENT_MAX = 0xffff
const CENTRAL_BYTES = 46
const LOCAL_BYTES = 30
const ENCRYPTED = 1
const STORED = 0
const DEFLATED = 8
const PART = /\.xml(\.rels)?$/
/** What no table is read from, and has rows and cells of its own; it is left out, so that no other part can say that the table stands there. */
const NO_TABLE = /^xl\/(?:calcChain\.xml|(?:charts|drawings|pivotCache|pivotTables)\/)/

/**
 * The rows of a workbook's first sheet, as texts: numbers digit by digit as the file has them, days as 2026-11-21, a formula as the value that was
 * last computed. What the file claims of its own size is not believed: it is unpacked within limits, and only what was unpacked is read.
 * @throws WorkbookRefused
 */
export async function readWorkbook(file: Buffer): Promise<string[][]> {
  const parts = unpack(file)
  // The workbook itself says which of its parts is a sheet: so none may hold what a sheet may not.
  for (const { content } of parts) mustBeNear(content)
  const { default: readXlsx } = await import('read-excel-file/node')
  const sheets = await readXlsx(packStored(parts), { parseNumber: (text) => text, trim: false }).catch(() => null)
  const [first] = sheets ?? []
  if (first === undefined) throw new WorkbookRefused('broken')
  return first.data.map((row) => row.map(textOf))
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, '2026-11-21'.length)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return typeof value === 'string' ? value : ''
}

interface Part {
  readonly name: string
  readonly content: Buffer
}

/** The XML parts that the archive's own directory names. */
function unpack(file: Buffer): Part[] {
  const end = endOf(file)
  const count = file.readUInt16LE(end + 10)
  let at = file.readUInt32LE(end + 16)
  if (count > PARTS_MAX) throw new WorkbookRefused('too-large')
  const parts: Part[] = []
  let left = UNPACKED_BYTES_MAX
  for (let index = 0; index < count; index += 1) {
    if (at + CENTRAL_BYTES > file.length || file.readUInt32LE(at) !== CENTRAL) throw new WorkbookRefused('broken')
    const [flags, method] = [file.readUInt16LE(at + 8), file.readUInt16LE(at + 10)]
    const packed = file.readUInt32LE(at + 20)
    const [nameBytes, extra, comment] = [28, 30, 32].map((place) => file.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ]
    const local = file.readUInt32LE(at + 42)
    const name = file.toString('utf8', at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes)
    at += CENTRAL_BYTES + nameBytes + extra + comment
    if ((flags & ENCRYPTED) !== 0) throw new WorkbookRefused('encrypted')
    if (!PART.test(name) || NO_TABLE.test(name)) continue
    const content = inflate(file, local, packed, method, left)
    left -= content.length
    parts.push({ name, content })
  }
  return parts
}

/** Where the end of the directory stands: the last thing in the file but for a comment. */
function endOf(file: Buffer): number {
  for (let at = file.length - END_BYTES; at >= Math.max(0, file.length - END_BYTES - END_COMMENT_MAX); at -= 1)
    if (file.readUInt32LE(at) === END) return at
  throw new WorkbookRefused('broken')
}

function inflate(file: Buffer, local: number, packed: number, method: number, most: number): Buffer {
  if (local + LOCAL_BYTES > file.length || file.readUInt32LE(local) !== LOCAL) throw new WorkbookRefused('broken')
  const start = local + LOCAL_BYTES + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
  if (start + packed > file.length) throw new WorkbookRefused('broken')
  const bytes = file.subarray(start, start + packed)
  if (method === STORED) {
    if (bytes.length > most) throw new WorkbookRefused('too-large')
    return bytes
  }
  if (method !== DEFLATED) throw new WorkbookRefused('broken')
  if (most === 0) throw new WorkbookRefused('too-large')
  try {
    return inflateRawSync(bytes, { maxOutputLength: most })
  } catch (error) {
    throw new WorkbookRefused(isTooLong(error) ? 'too-large' : 'broken')
  }
}

function isTooLong(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}

/** A place that is spelled in character references: no program writes one so, and it says nothing until it is decoded. */
const HIDDEN_PLACE = /\br\s*=\s*(?:"[^"]*&#|'[^']*&#)/

/**
 * @throws WorkbookRefused `broken` for a place that is not written out, `too-wide` for a cell or row so far out that everything before it would have to be made, whether it says where it stands
 * or stands behind so many others
 */
function mustBeNear(sheet: Buffer): void {
  const text = sheet.toString('latin1')
  if (HIDDEN_PLACE.test(text)) throw new WorkbookRefused('broken')
  for (const [, column = '', row = ''] of text.matchAll(/\br\s*=\s*["']\s*([A-Za-z]*)(\d+)\s*["']/g))
    if (Number(row) > ROWS_MAX || columnOf(column) > COLUMNS_MAX) throw new WorkbookRefused('too-wide')
  let [rows, columns] = [0, 0]
  for (const [, element] of text.matchAll(/<(?:\w+:)?(row|c)[\s/>]/g)) {
    if (element === 'row') [rows, columns] = [rows + 1, 0]
    else columns += 1
    if (rows > ROWS_MAX || columns > COLUMNS_MAX) throw new WorkbookRefused('too-wide')
  }
}

/** `A` is 1, `AA` 27. */
function columnOf(letters: string): number {
  return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}

/** The same parts as an archive of ours, nothing in it packed: what reads it next finds what was looked at, and nothing else. */
function packStored(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const { name, content } of parts) {
    const called = Buffer.from(name, 'utf8')
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(content.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(called.length, 22)
    locals.push(signature(LOCAL), common, called, content)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    centrals.push(signature(CENTRAL), Buffer.from([20, 0]), common, rest, called)
    offset += LOCAL_BYTES + called.length + content.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(END_BYTES - 4)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, directory, signature(END), end])
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
