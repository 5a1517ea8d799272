/** F-04, what a department hands to a store; both sides sign it when the items have been checked on the spot. */

import { chineseDay } from './form.ts'
import { formPdf } from './form-pdf.ts'

export interface HandedOverItem {
  readonly code: string
  readonly name: string
  readonly quantity: string
  readonly unit: string
  /** Specification, features, weight. */
  readonly features: string
  readonly sealNumber: string
}

export interface HandOverList {
  readonly organisation: string
  /** A sound document code: the bench begins the check-in with it. */
  readonly code: string
  readonly caseNumber: string
  /** The unit that hands over. */
  readonly source: string
  readonly store: string
  /** `2026-11-21` */
  readonly day: string
  readonly copy: { readonly number: number; readonly of: number; readonly recipient: string }
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
export async function handOverList(list: HandOverList, madeAt: Date): Promise<Buffer> {
  return formPdf(
    {
      formNumber: 'F-04',
      organisation: list.organisation,
      title: '涉案财物移交清单',
      code: list.code,
      copy: list.copy,
      facts: [
        { name: '案号', value: list.caseNumber },
        { name: '移交日期', value: chineseDay('移交日期', list.day) },
        { name: '移交部门', value: list.source },
        { name: '接收库房', value: list.store },
      ],
      columns: [
        { title: '序号', width_mm: 11, align: 'middle' },
        { title: '编号', width_mm: 32, align: 'start' },
        { title: '名称', width_mm: 37, align: 'start' },
        { title: '数量', width_mm: 16, align: 'end' },
        { title: '单位', width_mm: 11, align: 'middle' },
        { title: '特征', width_mm: 41, align: 'start' },
        { title: '封条号', width_mm: 27, align: 'start' },
      ],
      rows: list.items.map((item, i) => [
        String(i + 1),
        item.code,
        item.name,
        item.quantity,
        item.unit,
        item.features,
        item.sealNumber,
      ]),
      statement: `以上财物由移交人与接收人当面逐件核对、清点，编号、数量、特征和封条与实物相符。本清单一式 ${list.copy.of} 份。`,
      signatures: [
        { role: '移交人', name: list.giver, absence: null },
        { role: '接收人', name: list.receiver, absence: null },
      ],
      initials: ['移交人', '接收人'],
    },
    madeAt,
  )
}
