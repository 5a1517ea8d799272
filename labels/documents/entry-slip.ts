/** F-05, what hander and receiver sign when items enter the store. */

import { chineseDay } from './form.ts'
import { formPdf } from './form-pdf.ts'

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

export interface EntrySlip {
  readonly organisation: string
  /** A sound document code. */
  readonly code: string
  readonly caseNumber: string
  /** The unit that hands over. */
  readonly source: string
  readonly store: string
  /** `2026-11-21` */
  readonly day: string
  readonly copy: { readonly number: number; readonly of: number; readonly recipient: string }
  readonly items: readonly EnteredItem[]
  readonly hander: string
  readonly receiver: string
}

/**
 * The slip as an A4 PDF.
 *
 * @throws LabelRefused and RangeError as `formPdf`
 */
export async function entrySlip(slip: EntrySlip, madeAt: Date): Promise<Buffer> {
  return formPdf(
    {
      formNumber: 'F-05',
      organisation: slip.organisation,
      title: '涉案财物入库单',
      code: slip.code,
      copy: slip.copy,
      facts: [
        { name: '案号', value: slip.caseNumber },
        { name: '入库日期', value: chineseDay('入库日期', slip.day) },
        { name: '来源', value: slip.source },
        { name: '保管场所', value: slip.store },
      ],
      columns: [
        { title: '序号', width_mm: 10, align: 'middle' },
        { title: '编号', width_mm: 31, align: 'start' },
        { title: '名称', width_mm: 30, align: 'start' },
        { title: '规格', width_mm: 20, align: 'start' },
        { title: '数量', width_mm: 14, align: 'end' },
        { title: '单位', width_mm: 10, align: 'middle' },
        { title: '库位', width_mm: 19, align: 'start' },
        { title: '封条号', width_mm: 25, align: 'start' },
        { title: '验收情况', width_mm: 16, align: 'start' },
      ],
      rows: slip.items.map((item, i) => [
        String(i + 1),
        item.code,
        item.name,
        item.specification,
        item.quantity,
        item.unit,
        item.place,
        item.sealNumber,
        item.condition,
      ]),
      statement: `以上财物由移交人与接收人当面逐件核对，情况如表所列。本单一式 ${slip.copy.of} 份。`,
      signatures: [
        { role: '移交人', name: slip.hander, absence: null },
        { role: '接收人', name: slip.receiver, absence: null },
      ],
      initials: ['移交人', '接收人'],
    },
    madeAt,
  )
}
