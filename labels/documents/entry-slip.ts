/** F-05, what hander and receiver sign when items enter the store. */

import type { Form } from './form.ts'
import { formPdf } from './form-pdf.ts'
import { itemSheet, type ItemSheetHead, type Signer } from './item-sheet.ts'

export interface EnteredItem {
  readonly code: string
  readonly name: string
  readonly specification: string
  readonly quantity: string
  readonly unit: string
  /** The storage place where it was put then, as people call it. */
  readonly place: string
  /** When it was received and by whom. */
  readonly received: string
  readonly sealNumber: string
  /** As received; a problem found is written here. */
  readonly condition: string
}

export interface EntrySlip extends ItemSheetHead {
  readonly items: readonly EnteredItem[]
  readonly givers: readonly Signer[]
  readonly receivers: readonly Signer[]
}

/**
 * The slip as an A4 PDF.
 *
 * @throws LabelRefused and RangeError as `formPdf`
 */
export async function entrySlip(slip: EntrySlip, madeAt: Date): Promise<Buffer> {
  return formPdf(entryForm(slip), madeAt)
}

/**
 * The slip as it is set.
 *
 * @throws LabelRefused for a day that is none
 */
export function entryForm({ items, givers, receivers, ...head }: EntrySlip): Form {
  return itemSheet(head, items, {
    formNumber: 'F-05',
    title: '涉案财物入库单',
    names: { day: '入库日期', source: '来源', store: '保管场所' },
    ordinalWidth_mm: 9,
    columns: [
      { title: '编号', width_mm: 31, align: 'start', of: ({ code }) => code },
      { title: '名称', width_mm: 21, align: 'start', of: ({ name }) => name },
      { title: '规格', width_mm: 12, align: 'start', of: ({ specification }) => specification },
      { title: '数量', width_mm: 10.5, align: 'end', of: ({ quantity }) => quantity },
      { title: '单位', width_mm: 9.5, align: 'middle', of: ({ unit }) => unit },
      { title: '库位', width_mm: 18, align: 'start', of: ({ place }) => place },
      { title: '接收', width_mm: 20, align: 'start', of: ({ received }) => received },
      { title: '封条号', width_mm: 23, align: 'start', of: ({ sealNumber }) => sealNumber },
      { title: '验收情况', width_mm: 21, align: 'start', of: ({ condition }) => condition },
    ],
    statement: `以上财物由移交人与接收人当面逐件核对，情况如表所列。本单一式 ${head.copy.of} 份。`,
    ...{ givers, receivers },
  })
}
