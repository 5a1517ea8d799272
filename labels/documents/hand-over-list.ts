/** F-04, what a department hands to a store; both sides sign it when the items have been checked on the spot. */

import { itemSheet, type ItemSheetHead } from './item-sheet.ts'

export interface HandedOverItem {
  readonly code: string
  readonly name: string
  readonly quantity: string
  readonly unit: string
  /** Specification, features, weight. */
  readonly features: string
  readonly sealNumber: string
}

/** The bench begins the check-in with its code. */
export interface HandOverList extends ItemSheetHead {
  readonly items: readonly HandedOverItem[]
  readonly giver: string
  /** Null until somebody of the store has received something. */
  readonly receiver: string | null
}

/**
 * The list as an A4 PDF.
 *
 * @throws LabelRefused and RangeError as `formPdf`
 */
export async function handOverList({ items, giver, receiver, ...head }: HandOverList, madeAt: Date): Promise<Buffer> {
  return itemSheet(
    head,
    items,
    {
      formNumber: 'F-04',
      title: '涉案财物移交清单',
      names: { day: '移交日期', source: '移交部门', store: '接收库房' },
      ordinalWidth_mm: 11,
      columns: [
        { title: '编号', width_mm: 32, align: 'start', of: ({ code }) => code },
        { title: '名称', width_mm: 37, align: 'start', of: ({ name }) => name },
        { title: '数量', width_mm: 16, align: 'end', of: ({ quantity }) => quantity },
        { title: '单位', width_mm: 11, align: 'middle', of: ({ unit }) => unit },
        { title: '特征', width_mm: 41, align: 'start', of: ({ features }) => features },
        { title: '封条号', width_mm: 27, align: 'start', of: ({ sealNumber }) => sealNumber },
      ],
      statement: `以上财物由移交人与接收人当面逐件核对、清点，编号、数量、特征和封条与实物相符。本清单一式 ${head.copy.of} 份。`,
      ...{ giver, receiver },
    },
    madeAt,
  )
}
