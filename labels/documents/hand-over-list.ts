/** F-04, what a department hands to a store; both sides sign it when the items have been checked on the spot. */

import type { Form } from './form.ts'
import { itemSheet, type ItemSheetHead, type Signer } from './item-sheet.ts'

export interface HandedOverItem {
  readonly code: string
  readonly name: string
  readonly quantity: string
  readonly unit: string
  /** Specification, features, weight. */
  readonly features: string
  readonly sealNumber: string
  /** When it was received and by whom, or that it was sent back; empty as long as it waits. */
  readonly received: string
  /** 退回补正: it was not taken. */
  readonly sentBack: boolean
}

/** The bench begins the check-in with its code. */
export interface HandOverList extends ItemSheetHead {
  readonly items: readonly HandedOverItem[]
  readonly givers: readonly Signer[]
  readonly receivers: readonly Signer[]
}

/**
 * The list as it is set.
 *
 * @throws LabelRefused for a day that is none
 */
export function handOverForm({ items, givers, receivers, ...head }: HandOverList): Form {
  return itemSheet(head, items, {
    formNumber: 'F-04',
    title: '涉案财物移交清单',
    names: { day: '移交日期', source: '移交部门', store: '接收库房' },
    ordinalWidth_mm: 9,
    columns: [
      { title: '编号', width_mm: 31, align: 'start', of: ({ code }) => code },
      { title: '名称', width_mm: 31, align: 'start', of: ({ name }) => name },
      { title: '数量', width_mm: 14, align: 'end', of: ({ quantity }) => quantity },
      { title: '单位', width_mm: 10, align: 'middle', of: ({ unit }) => unit },
      { title: '特征', width_mm: 35, align: 'start', of: ({ features }) => features },
      { title: '封条号', width_mm: 24, align: 'start', of: ({ sealNumber }) => sealNumber },
      { title: '接收', width_mm: 21, align: 'start', of: ({ received }) => received },
    ],
    statement: `以上财物由移交人与接收人当面逐件核对、清点，编号、数量、特征和封条与实物相符${exceptionOf(items)}。本清单一式 ${head.copy.of} 份。`,
    ...{ givers, receivers },
  })
}

/** Nobody certifies of a thing that was sent back, or that others of its list went ahead of, that it is as the list says. */
function exceptionOf(items: readonly HandedOverItem[]): string {
  const waits = items.some(({ received }) => received === '') && items.some(({ received }) => received !== '')
  const except = [
    ...(items.some(({ sentBack }) => sentBack) ? ['“接收”栏注明退回补正的除外'] : []),
    ...(waits ? ['“接收”栏空白的尚未核对'] : []),
  ]
  return except.map((one) => `；${one}`).join('')
}
