import { Type } from 'typebox'
import { localDay } from '../../local-time.ts'
import type { Words } from '../../refusal.ts'
import { TABLE_ROWS_MAX, tableOf } from '../../table.ts'
import { type Amount, accountWords } from '../account/accounting.ts'
import { accountsIn, type AnnualLine, yearOf } from '../account/annual.ts'
import { annualLines } from '../account/annual-reads.ts'
import { unitsOf } from '../account/annual-units.ts'
import { categories } from '../categories.ts'
import { numbersNow } from '../renumbering/numbers.ts'
import { id } from '../schema-parts.ts'
import type { Export } from './export.ts'

const titles = {
  annual: { zh: '涉案财物年度报告', en: 'Annual statement of property' },
} as const satisfies Record<string, Words>

/** One line of the file: what came, left or is there of one class of one case. */
interface Row {
  readonly line: AnnualLine
  readonly part: Words
  readonly account: Words | null
  readonly amount: Amount
}

const PARTS = {
  opening: { zh: '年初', en: 'Opening' },
  came: { zh: '增加', en: 'Came' },
  left: { zh: '减少', en: 'Left' },
  closing: { zh: '年末', en: 'Closing' },
} as const satisfies Record<string, Words>

/** 年度报告: what was withheld, kept and disposed of in a year. */
export const annualExports = {
  annual: {
    title: titles.annual,
    query: {
      year: Type.Optional(Type.String({ pattern: '^20[0-9]{2}$', description: 'The last year, unless it is named.' })),
      unit: Type.Optional(id),
    },
    table: async (asked) => {
      const year = Number(asked.query['year'] ?? Number(localDay(asked.now).slice(0, 4)) - 1)
      const unit = asked.query['unit']
      const units = unit === undefined ? null : await unitsOf(asked.db, unit)
      const lines = await annualLines(asked.db, asked.sight, { period: yearOf(year), units })
      const numbers = await numbersNow(asked.db, [...new Set(lines.map((line) => line.case))])
      return tableOf<Row>(
        titles.annual,
        [
          ['年度', 'Year', () => String(year)],
          ['案号', 'Case', ({ line }) => numbers.of(line.case)],
          ['类别', 'Class', ({ line }, language) => categories[line.category].name[language]],
          ['项目', 'Part', ({ part }, language) => part[language]],
          ['去向、来源', 'By account', ({ account }, language) => account?.[language] ?? ''],
          ['件数', 'Pieces', ({ amount }) => String(amount.pieces)],
          ['金额（分）', 'Fen', ({ amount }) => String(amount.fen)],
          ['重量（毫克）', 'Milligrams', ({ amount }) => String(amount.mg)],
          ['平衡', 'Balances', ({ line }) => (line.balances ? '✓' : '✗')],
        ],
        lines.flatMap(rowsOf).slice(0, TABLE_ROWS_MAX),
        asked.language,
      )
    },
  },
} satisfies Readonly<Record<string, Export>>

function rowsOf(line: AnnualLine): Row[] {
  const { opening, came, left, closing } = line
  const sides = [
    ...accountsIn(came).map((account) => ({ account, part: PARTS.came, amount: came.get(account) ?? opening })),
    ...accountsIn(left).map((account) => ({ account, part: PARTS.left, amount: left.get(account) ?? opening })),
  ]
  return [
    { line, part: PARTS.opening, account: null, amount: opening },
    ...sides.map(({ account, part, amount }) => ({ line, part, account: accountWords[account], amount })),
    { line, part: PARTS.closing, account: null, amount: closing },
  ]
}
