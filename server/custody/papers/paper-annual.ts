import { sheet } from '../../../labels/documents/sheets.ts'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { type Account, accountWords, type Amount, combined, NOTHING } from '../account/accounting.ts'
import { accountsIn, type AnnualLine, togetherOf, yearOf } from '../account/annual.ts'
import { annualLines } from '../account/annual-reads.ts'
import { annualNamed } from '../account/annual-named.ts'
import { unitsOf } from '../account/annual-units.ts'
import { categories } from '../categories.ts'
import { gramsOf } from '../weighing/weights.ts'
import type { PaperContent } from './paper-contents.ts'
import { organOf } from './paper-words.ts'

/**
 * C-39 年度报告 of a department, or of an organ with its departments: by class, what was there, came, left and is there. It counts every case,
 * whoever makes it, and names none.
 * @param of `dept-1/2025`
 */
export async function annualPaper(db: Reader, of: string): Promise<PaperContent> {
  const { unit, year } = annualNamed(of)
  const lines = await annualLines(db, 'all', { period: yearOf(year), units: await unitsOf(db, unit) })
  const classes = togetherOf(lines)
  const organisation = await organOf(db, unit)
  const name = (await namesOf(db, [`unit/${unit}`]))(`unit/${unit}`).name
  const balances = lines.every((line) => line.balances)
  return {
    items: [],
    form: (copy) =>
      sheet({
        ...{ kind: 'annual', organisation, code: null, copy },
        facts: [
          { name: '编报单位', value: name },
          { name: '年度', value: String(year) },
          { name: '涉及案件', value: `${new Set(lines.map((line) => line.case)).size} 件` },
          { name: '试算', value: balances ? '平衡' : '不平，待查' },
        ],
        rows:
          classes.length === 0
            ? [['', '本年度没有涉案财物', '', '', '', '']]
            : [...classes.map(rowOf), ['', '合计', ...totalsOf(classes).map(said)]],
        statement: '本表由台账分录汇总：年初结存加本年增加减本年减少，等于年末结存。以台账为准。',
        signatures: ['编报人', '审核人', '单位负责人'].map((role) => ({ role, name: null, absence: null })),
      }),
  }
}

type ClassLine = Omit<AnnualLine, 'case'>

function rowOf({ category, opening, came, left, closing }: ClassLine, index: number): string[] {
  return [String(index + 1), categories[category].name.zh, said(opening), sideOf(came), sideOf(left), said(closing)]
}

function sideOf(side: ReadonlyMap<Account, Amount>): string {
  return accountsIn(side)
    .map((account) => `${accountWords[account].zh} ${said(side.get(account) ?? NOTHING)}`)
    .join('；')
}

/** Opening, came, left and closing of all classes. */
function totalsOf(classes: readonly ClassLine[]): Amount[] {
  const sum = (amounts: readonly Amount[]) => amounts.reduce((total, one) => combined(total, one, 1), NOTHING)
  return [
    sum(classes.map(({ opening }) => opening)),
    sum(classes.flatMap(({ came }) => [...came.values()])),
    sum(classes.flatMap(({ left }) => [...left.values()])),
    sum(classes.map(({ closing }) => closing)),
  ]
}

/** Money and weight are said where there is any. */
function said({ pieces, fen, mg }: Amount): string {
  return [
    `${pieces} 件`,
    ...(fen === 0 ? [] : [`${(fen / 100).toFixed(2)} 元`]),
    ...(mg === 0 ? [] : [`${gramsOf(mg)} 克`]),
  ].join('，')
}
