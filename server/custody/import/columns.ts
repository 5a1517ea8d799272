import type { Words } from '../../refusal.ts'
import { CATEGORIES, categories } from '../categories.ts'
import { type Field, type FieldId, fields } from '../intake/category-fields.ts'
import { type Column, headedAmong, NOTE } from './headings.ts'

/** A column of a table of items: what every item has, or a field that some category asks for. */
export type ColumnId =
  | ('name' | 'category' | 'quantity' | 'unit' | 'features' | 'valueStatus' | 'weight')
  | ('seal' | 'signers' | 'cannotSealReason')
  | `details.${FieldId}`

const column = (id: ColumnId, zh: string, en: string, always = false): Column<ColumnId> => ({
  id,
  name: { zh, en },
  always,
})

/** Every column, in the order of the template. */
export const columns: readonly Column<ColumnId>[] = [
  column('name', '名称', 'name', true),
  column('category', '类别', 'category', true),
  column('quantity', '数量', 'quantity', true),
  column('unit', '单位', 'unit', true),
  column('features', '特征', 'features'),
  column('valueStatus', '价值', 'value'),
  column('weight', '重量（克）', 'weight (g)'),
  column('seal', '封条编号', 'seal number'),
  column('signers', '封条签名人', 'seal signers'),
  column('cannotSealReason', '不能密封的原因', 'why not sealed'),
  ...(Object.entries(fields) as [FieldId, Field][]).map(([field, { name: words }]) =>
    column(`details.${field}`, words.zh, words.en),
  ),
]

export const valueWords = {
  KNOWN: { zh: '价值明确', en: 'known' },
  UNKNOWN: { zh: '价值不明', en: 'unknown' },
  NOT_NEEDED: { zh: '不须估价', en: 'not needed' },
} as const satisfies Record<string, Words>

/** The column that is headed so, a field of a category by its own name too. */
export const columnHeaded = headedAmong(columns, (id) => id.replace('details.', ''))

/** An empty table to fill in: all columns, the indispensable ones marked, then for each category what it asks for. */
export function templateRows(): string[][] {
  return [
    columns.map(({ name, always }) => (always ? `${name.zh}*` : name.zh)),
    [`${NOTE} 一行一件物品；以 ${NOTE} 开头的行不导入。名称只写物品种类，不写任何人的姓名；日期写作 2026-11-21。`],
    ...CATEGORIES.map((category) => [`${NOTE} ${categories[category].name.zh}：${askedOf(category)}`]),
  ]
}

function askedOf(category: (typeof CATEGORIES)[number]): string {
  const { required, sealed, asks } = categories[category]
  const nameOf = (id: ColumnId): string => columns.find((one) => one.id === id)?.name.zh ?? ''
  const always = [
    ...required.map((field) => nameOf(field === 'weight_mg' ? 'weight' : field)),
    ...(sealed ? ['封条编号和封条签名人（或不能密封的原因）'] : []),
    ...asks
      .filter((ask) => ask.required)
      .map(({ field, unless, when, only }) => {
        const { name, choices = {} }: Field = fields[field]
        const open = Object.entries(choices).filter(([value]) => only?.includes(value) ?? true)
        return [
          name.zh,
          ...(unless === undefined ? [] : [`（或${fields[unless].name.zh}）`]),
          ...(when === undefined ? [] : ['（视情形）']),
          ...(open.length === 0 ? [] : [`（${open.map(([, words]) => words.zh).join('、')}）`]),
        ].join('')
      }),
  ]
  const also = asks.filter((ask) => !ask.required).map(({ field }) => fields[field].name.zh)
  return [
    always.length === 0 ? '无其他必填项' : `必填 ${always.join('，')}`,
    ...(also.length === 0 ? [] : [`可填 ${also.join('，')}`]),
  ].join('；')
}
