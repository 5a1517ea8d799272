import { trackWords } from '../axes.ts'
import { type Column, headedAmong, NOTE } from '../import/headings.ts'

/** A column of a table of cases. */
export type CaseColumn = 'number' | 'title' | 'track' | 'unit' | 'officers' | 'filedOn' | 'document'

const column = (id: CaseColumn, zh: string, en: string, always = false): Column<CaseColumn> => ({
  ...{ id, name: { zh, en }, always },
})

/** Every column, in the order of the template, by the names that the form has. */
export const caseColumns: readonly Column<CaseColumn>[] = [
  column('number', '案号', 'case number', true),
  column('title', '案件名称', 'title', true),
  column('track', '类别', 'track', true),
  column('unit', '承办部门', 'department', true),
  column('officers', '承办人员', 'case officers', true),
  column('filedOn', '立案日期', 'filed on'),
  column('document', '立案文号', 'filing document'),
]

export const caseColumnHeaded = headedAmong(caseColumns)

/** An empty table to fill in. */
export function caseTemplateRows(): string[][] {
  return [
    caseColumns.map(({ name, always }) => (always ? `${name.zh}*` : name.zh)),
    [
      `${NOTE} 一行一个案件；以 ${NOTE} 开头的行不导入。类别：${Object.values(trackWords)
        .map(({ zh }) => zh)
        .join('、')}。`,
    ],
    [
      `${NOTE} 承办人员两人以上，以顿号分开，写姓名或账号；同名的写账号。日期写作 2026-11-21，立案日期和立案文号一并填写。`,
    ],
  ]
}
