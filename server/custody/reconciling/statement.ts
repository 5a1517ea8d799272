import { parseCsv, SEPARATORS, unguardedCell } from '../../csv.ts'
import { Refusal, type Words } from '../../refusal.ts'
import { decodings } from '../../text-encoding.ts'
import { isDay } from '../intake/details.ts'
import type { StatementLine } from './facts.ts'
import { STATEMENT_LINES_MAX } from './schemas.ts'

/** 1 MiB: a year of a busy account. */
export const STATEMENT_BYTES_MAX = 1_048_576

export interface StatementFault {
  /** As a spreadsheet counts, the headings being row 1. */
  readonly row: number
  readonly what: Words
}

export interface Statement {
  /** Money that came in. */
  readonly lines: readonly StatementLine[]
  /** Money that went out. */
  readonly paidOut: readonly StatementLine[]
  readonly faults: readonly StatementFault[]
}

/** What banks write above each column. */
const HEADINGS = {
  day: ['日期', '交易日期', '记账日期', 'date'],
  income: ['收入', '贷方金额', '贷方发生额', 'credit'],
  outgo: ['支出', '借方金额', '借方发生额', 'debit'],
  voucher: ['凭证号', '凭证号码', '回单编号', '流水号', 'receipt'],
} as const
type Heading = keyof typeof HEADINGS

const DAY_MISSING: Words = { zh: '日期写作 2026-11-21', en: 'a day is written as 2026-11-21' }
const SUM_WRONG: Words = {
  zh: '金额不是以元计、最多两位小数的数',
  en: 'the sum is no number of yuan with two decimals at most',
}
const NO_SUM: Words = { zh: '收入、支出都没有金额', en: 'neither money in nor money out' }
const TWO_SUMS: Words = { zh: '一行里收入、支出都有金额', en: 'money in and money out in one row' }
const VOUCHER_LONG: Words = {
  zh: '凭证号超过 60 个字符',
  en: 'the receipt is longer than 60 characters',
}

/**
 * Reads a statement of a bank: CSV with the columns 日期, 收入, 支出, 凭证号, as banks call them; other columns are not kept. In any of the
 * encodings of `decodings`.
 * @throws Refusal `custody.statement-headings`, `custody.statement-lines`
 */
export function readStatement(bytes: Buffer): Statement {
  const rows = tableIn(bytes)
  if (rows.length - 1 > STATEMENT_LINES_MAX) throw new Refusal('custody.statement-lines', { most: STATEMENT_LINES_MAX })
  const [headings = [], ...body] = rows
  const columns = new Map((Object.keys(HEADINGS) as Heading[]).map((name) => [name, placeOf(headings, name)]))
  const cell = (row: readonly string[], name: Heading): string =>
    unguardedCell(row[columns.get(name) ?? -1] ?? '').trim()
  const lines: StatementLine[] = []
  const faults: StatementFault[] = []
  const paidOut: StatementLine[] = []
  for (const [index, given] of body.entries()) {
    if (given.every((one) => one.trim() === '')) continue
    const row = index + 2
    const day = cell(given, 'day').replaceAll('/', '-')
    const [income, outgo] = [fenIn(cell(given, 'income')), fenIn(cell(given, 'outgo'))]
    const voucher = cell(given, 'voucher').replaceAll(/\s/g, '')
    const wrong = faultOf({ day, income, outgo, voucher })
    if (wrong !== null) faults.push({ row, what: wrong })
    else {
      const isIncome = income !== null && income > 0
      const line = { row, day, amount_fen: (isIncome ? income : outgo) ?? 0, voucher: voucher === '' ? null : voucher }
      ;(isIncome ? lines : paidOut).push(line)
    }
  }
  return { lines, paidOut, faults }
}

function tableIn(bytes: Buffer): readonly (readonly string[])[] {
  for (const { text } of decodings(bytes))
    for (const separator of SEPARATORS) {
      const { rows, brokenAt } = parseCsv(text, separator)
      const isOurs = placeOf(rows[0] ?? [], 'day') >= 0 && placeOf(rows[0] ?? [], 'income') >= 0
      if (isOurs && brokenAt === null) return rows
    }
  throw new Refusal('custody.statement-headings')
}

function placeOf(headings: readonly string[], name: Heading): number {
  const known: readonly string[] = HEADINGS[name]
  return headings.findIndex((heading) => known.includes(unguardedCell(heading).trim().toLowerCase()))
}

function faultOf({
  day,
  income,
  outgo,
  voucher,
}: {
  readonly day: string
  readonly income: number | null
  readonly outgo: number | null
  readonly voucher: string
}): Words | null {
  if (!isDay(day)) return DAY_MISSING
  if (Number.isNaN(income) || Number.isNaN(outgo)) return SUM_WRONG
  if ((income ?? 0) === 0 && (outgo ?? 0) === 0) return NO_SUM
  if ((income ?? 0) > 0 && (outgo ?? 0) > 0) return TWO_SUMS
  return voucher === '' || /^\S{1,60}$/.test(voucher) ? null : VOUCHER_LONG
}

/** Fen of a sum in yuan, with or without commas; null for an empty cell, NaN for what is no sum. */
function fenIn(text: string): number | null {
  if (text === '') return null
  const [, whole, rest = ''] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text.replaceAll(',', '')) ?? []
  return whole === undefined ? Number.NaN : Number(whole) * 100 + Number(rest.padEnd(2, '0'))
}
