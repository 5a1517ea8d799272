import { parseCsv, SEPARATORS, unguardedCell, writeCsv } from '../../csv.ts'
import { Refusal, type Words } from '../../refusal.ts'
import { decodings } from '../../text-encoding.ts'
import { readWorkbook, type WorkbookFault, WorkbookRefused } from '../../xlsx.ts'
import { type Column, FAULTS_COLUMN, headedAmong, NOTE } from './headings.ts'

/** 1 MiB: some ten times a full table of long rows. */
export const IMPORT_BYTES_MAX = 1_048_576
/** Base64 takes four characters for three bytes. */
export const FILE_CHARACTERS_MAX = Math.ceil(IMPORT_BYTES_MAX / 3) * 4

/** What is wrong in a table; rows are counted as a spreadsheet shows them, the headings being row 1. */
export interface ImportFault {
  readonly row: number
  /** Null where the row as a whole is at fault. */
  readonly column: Words | null
  readonly what: Words
}

export interface ReadRow<Read> {
  readonly row: number
  /** Null where a cell could not be read. */
  readonly read: Read | null
}

/** A table as it was read. */
export interface ReadTable<Read> {
  readonly rows: readonly ReadRow<Read>[]
  readonly faults: readonly ImportFault[]
  /** As in the file, for giving it back. */
  readonly headings: readonly string[]
  readonly cells: ReadonlyMap<number, readonly string[]>
}

/** What a table is of: its columns, as many rows as one act takes, and what a row says. */
export interface TableOf<Id extends string, Read> {
  readonly columns: readonly Column<Id>[]
  readonly headed: ReturnType<typeof headedAmong<Id>>
  readonly rowsMost: number
  /** @param cells by column, without the space around; empty ones left out */
  readonly read: (cells: ReadonlyMap<Id, string>) => {
    readonly read: Read | null
    readonly faults: readonly { readonly column: Id; readonly what: Words }[]
  }
}

/** A file that is something else may have any number of headings, of any length. */
const STRANGERS_NAMED = 5
const HEADING_SHOWN = 40

const ZIP = 'PK\u0003\u0004'
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/**
 * Reads a table: the first sheet of a workbook (.xlsx), or a CSV file in UTF-8 with or without its mark, in GB 18030, or in UTF-16 with
 * its mark; cells between commas, tabs or semicolons. The headings may stand in any order.
 * @throws Refusal `custody.import-workbook`, `custody.import-workbook-faulty`, `custody.import-text`, `custody.import-headings`,
 *   `custody.import-empty`, `custody.import-rows`
 */
export async function readTable<Id extends string, Read>(
  bytes: Buffer,
  of: TableOf<Id, Read>,
): Promise<ReadTable<Read>> {
  if (bytes.subarray(0, COMPOUND_FILE.length).equals(COMPOUND_FILE)) throw new Refusal('custody.import-workbook')
  const isZip = bytes.subarray(0, ZIP.length).toString('latin1') === ZIP
  const { headings, found, body } = isZip ? await tableInWorkbook(bytes, of) : tableIn(bytes, of)
  const faults: ImportFault[] = []
  const rows: ReadRow<Read>[] = []
  const cells = new Map<number, readonly string[]>()
  for (const [index, given] of body.entries()) {
    const row = index + 2
    const trimmed = given.map((cell) => unguardedCell(cell).trim())
    if (trimmed.every((cell) => cell === '') || isNote(trimmed, found)) continue
    cells.set(row, given)
    if (cells.size > of.rowsMost) throw new Refusal('custody.import-rows', { most: of.rowsMost })
    if (trimmed.slice(found.length).some((cell) => cell !== '')) {
      faults.push({ row, column: null, what: TOO_WIDE })
      rows.push({ row, read: null })
      continue
    }
    const byColumn = new Map(
      found.flatMap((column, at) => {
        const text = trimmed[at] ?? ''
        return column === null || text === '' ? [] : [[column.id, text] as const]
      }),
    )
    const read = of.read(byColumn)
    for (const { column, what } of read.faults)
      faults.push({ row, column: of.columns.find(({ id }) => id === column)?.name ?? null, what })
    rows.push({ row, read: read.read })
  }
  if (rows.length === 0) throw new Refusal('custody.import-empty')
  return { rows, faults, headings, cells }
}

/** The first cell that is ours: what was put in front does not hide that a row is a note. */
function isNote(row: readonly string[], found: readonly unknown[]): boolean {
  const first = found.findIndex((column) => column !== null)
  return row[first]?.startsWith(NOTE) === true || row[0]?.startsWith(NOTE) === true
}

interface Table<Id extends string> {
  readonly headings: readonly string[]
  /** By place; null for the column that we put there ourselves, and for an empty one. */
  readonly found: readonly (Column<Id> | null)[]
  readonly body: readonly (readonly string[])[]
}

/** The reading of the bytes whose first row has the headings; else what is wrong with the likeliest one. */
function tableIn<Id extends string>(bytes: Buffer, { columns, headed }: TableOf<Id, unknown>): Table<Id> {
  let first: Refusal | null = null
  const [missing] = columns.filter(({ always }) => always)
  for (const { text } of decodings(bytes)) {
    for (const separator of SEPARATORS) {
      const { rows, brokenAt } = parseCsv(text, separator)
      const [headings = []] = rows
      const isOurs = headings.some((heading) => headed(unguardedCell(heading)) === missing)
      if (!isOurs) continue
      if (brokenAt !== null) throw new Refusal('custody.import-quote', { row: brokenAt })
      return { headings, found: columnsOf(headings, columns, headed), body: rows.slice(1) }
    }
    first ??= new Refusal('custody.import-headings', {
      zh: `没有“${missing?.name.zh ?? ''}”一栏`,
      en: `there is no column “${missing?.name.en ?? ''}”`,
    })
  }
  throw first ?? new Refusal('custody.import-text')
}

const WORKBOOK_FAULTS: Readonly<Record<WorkbookFault, Words>> = {
  broken: { zh: '文件不完整，或不是 Excel 工作簿', en: 'it is cut off, or no Excel workbook' },
  encrypted: { zh: '文件有打开密码', en: 'it is behind a password' },
  'too-large': { zh: '展开后的内容过大', en: 'what it unpacks to is too large' },
  'too-wide': { zh: '表中有内容离首行首列过远', en: 'something in it stands too far from the first cell' },
}

/** The table on the first sheet of a workbook. */
async function tableInWorkbook<Id extends string>(
  bytes: Buffer,
  { columns, headed }: TableOf<Id, unknown>,
): Promise<Table<Id>> {
  const rows = await readWorkbook(bytes).catch((error: unknown) => {
    if (!(error instanceof WorkbookRefused)) throw error
    const { zh, en } = WORKBOOK_FAULTS[error.fault]
    throw new Refusal('custody.import-workbook-faulty', { zh, en })
  })
  const [headings = [], ...body] = rows
  return { headings, found: columnsOf(headings, columns, headed), body }
}

function columnsOf<Id extends string>(
  headings: readonly string[],
  columns: readonly Column<Id>[],
  headed: TableOf<Id, unknown>['headed'],
): (Column<Id> | null)[] {
  const given = headings.map((heading) => ({ heading: unguardedCell(heading).trim() }))
  const strangers = given.filter(({ heading }) => heading !== '' && headed(heading) === null)
  if (strangers.length > 0) {
    const named = strangers.slice(0, STRANGERS_NAMED).map(({ heading }) => `“${heading.slice(0, HEADING_SHOWN)}”`)
    throw new Refusal('custody.import-headings', {
      zh: `不认识的栏目 ${named.join('、')}`,
      en: `there is no column ${named.join(', ')}`,
    })
  }
  const found = given.map(({ heading }) => {
    const column = heading === '' ? null : headed(heading)
    return column === 'faults' ? null : column
  })
  const twice = found.find((column, at) => column !== null && found.indexOf(column) !== at)
  if (twice !== undefined && twice !== null)
    throw new Refusal('custody.import-headings', {
      zh: `“${twice.name.zh}”有两栏`,
      en: `“${twice.name.en}” stands twice`,
    })
  const lacking = columns.filter((column) => column.always && !found.includes(column))
  if (lacking.length > 0)
    throw new Refusal('custody.import-headings', {
      zh: `缺少栏目 ${lacking.map(({ name }) => name.zh).join('、')}`,
      en: `the column ${lacking.map(({ name }) => name.en).join(', ')} is missing`,
    })
  return found
}

const TOO_WIDE: Words = { zh: '单元格比栏目多', en: 'there are more cells than columns' }

/** The table as it was given, with what is wrong in front of each row; it can be put right and imported again. */
export function tableWithFaults(
  { headings, cells }: Pick<ReadTable<unknown>, 'headings' | 'cells'>,
  faults: readonly ImportFault[],
): string {
  const byRow = Map.groupBy(faults, ({ row }) => row)
  const earlier = headings.findIndex((heading) => isFaultsColumn(heading))
  const kept = (row: readonly string[]): string[] => row.filter((_, at) => at !== earlier).map(unguardedCell)
  return writeCsv([
    [FAULTS_COLUMN.zh, ...kept(headings)],
    ...[...cells].map(([row, given]) => [
      (byRow.get(row) ?? [])
        .map(({ column, what }) => `${column === null ? '' : `${column.zh}：`}${what.zh}`)
        .join('；'),
      ...kept(given),
    ]),
  ])
}

const headedByUs = headedAmong([])
const isFaultsColumn = (heading: string): boolean => headedByUs(heading) === 'faults'
