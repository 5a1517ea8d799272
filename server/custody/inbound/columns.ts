import { type Column, headedAmong, NOTE } from '../import/headings.ts'

/** A column of a table of lines of another organ's list. */
export type InboundColumn = 'name' | 'quantity' | 'unit' | 'weight' | 'seal' | 'features'

const column = (id: InboundColumn, zh: string, en: string, always = false): Column<InboundColumn> => ({
  ...{ id, name: { zh, en }, always },
})

/** Every column, in the order of the template, by the names that the form has. */
export const inboundColumns: readonly Column<InboundColumn>[] = [
  column('name', '名称', 'name', true),
  column('quantity', '数量', 'quantity', true),
  column('unit', '单位', 'unit', true),
  column('weight', '重量（克）', 'weight (g)'),
  column('seal', '封条编号', 'seal number'),
  column('features', '特征', 'features'),
]

export const inboundColumnHeaded = headedAmong(inboundColumns)

/** An empty table to fill in. */
export function inboundTemplateRows(): string[][] {
  return [
    inboundColumns.map(({ name, always }) => (always ? `${name.zh}*` : name.zh)),
    [`${NOTE} 一行一项，照移交清单的顺序和内容填写；以 ${NOTE} 开头的行不导入。名称只写物品种类，不写任何人的姓名。`],
    [`${NOTE} 封条编号写移交机关加封的编号。移交机关、清单编号、日期和移交人在登记页面填写。`],
  ]
}
