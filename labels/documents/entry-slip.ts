/** F-05, what hander and receiver sign when items enter the store. */

import { itemSheet, type ItemSheetHead } from './item-sheet.ts'

export interface EnteredItem {
  readonly code: string
  readonly name: string
  readonly specification: string
  readonly quantity: string
  readonly unit: string
  /** The storage place as people call it. */
  readonly place: string
  readonly sealNumber: string
  /** As received; a problem found is written here. */
  readonly condition: string
}

export interface EntrySlip extends ItemSheetHead {
  readonly items: readonly EnteredItem[]
  readonly hander: string
  readonly receiver: string
}

/**
 * The slip as an A4 PDF.
 *
 * @throws LabelRefused and RangeError as `formPdf`
 */
export async function entrySlip({ items, hander, receiver, ...head }: EntrySlip, madeAt: Date): Promise<Buffer> {
  return itemSheet(
    head,
    items,
    {
      formNumber: 'F-05',
      title: '涉案财物入库单',
      names: { day: '入库日期', source: '来源', store: '保管场所' },
      ordinalWidth_mm: 10,
      columns: [
        { title: '编号', width_mm: 31, align: 'start', of: ({ code }) => code },
        { title: '名称', width_mm: 30, align: 'start', of: ({ name }) => name },
        { title: '规格', width_mm: 20, align: 'start', of: ({ specification }) => specification },
        { title: '数量', width_mm: 14, align: 'end', of: ({ quantity }) => quantity },
        { title: '单位', width_mm: 10, align: 'middle', of: ({ unit }) => unit },
        { title: '库位', width_mm: 19, align: 'start', of: ({ place }) => place },
        { title: '封条号', width_mm: 25, align: 'start', of: ({ sealNumber }) => sealNumber },
        { title: '验收情况', width_mm: 16, align: 'start', of: ({ condition }) => condition },
      ],
      statement: `以上财物由移交人与接收人当面逐件核对，情况如表所列。本单一式 ${head.copy.of} 份。`,
      ...{ giver: hander, receiver },
    },
    madeAt,
  )
}
