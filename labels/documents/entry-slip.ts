/** F-05, what hander and receiver sign when items enter the store. */

import type { Form } from './form.ts'
import { itemSheet, type ItemSheetHead, type Signer } from './item-sheet.ts'

export interface EnteredItem {
  readonly code: string
  /** Number of the electronic tag that it wears; empty where it wears none. */
  readonly tag: string
  readonly name: string
  readonly specification: string
  readonly quantity: string
  readonly unit: string
  /** The storage place where it was put then, as people call it. */
  readonly place: string
  /** When it was received and by whom. */
  readonly received: string
  readonly sealNumber: string
  /** How many photos showed it when it came in, and whether its value is known. */
  readonly photosAndValue: string
  /** As received; a problem found is written here. */
  readonly condition: string
}

export interface EntrySlip extends ItemSheetHead {
  readonly items: readonly EnteredItem[]
  readonly givers: readonly Signer[]
  readonly receivers: readonly Signer[]
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
    ordinalWidth_mm: 8.5,
    columns: [
      {
        ...{ title: '编号、标签号', width_mm: 31, align: 'start' },
        of: ({ code, tag }) => (tag === '' ? code : `${code} ${tag}`),
      },
      { title: '名称', width_mm: 18.5, align: 'start', of: ({ name }) => name },
      { title: '规格', width_mm: 11, align: 'start', of: ({ specification }) => specification },
      { title: '数量', width_mm: 10.5, align: 'end', of: ({ quantity }) => quantity },
      { title: '单位', width_mm: 9, align: 'middle', of: ({ unit }) => unit },
      { title: '库位', width_mm: 17, align: 'start', of: ({ place }) => place },
      { title: '接收', width_mm: 19.5, align: 'start', of: ({ received }) => received },
      { title: '封条号', width_mm: 23, align: 'start', of: ({ sealNumber }) => sealNumber },
      {
        ...{ title: '验收、照片、价值', width_mm: 27, align: 'start' },
        of: ({ condition, photosAndValue }) => [condition, photosAndValue].filter((part) => part !== '').join('；'),
      },
    ],
    statement: `以上财物由移交人与接收人当面逐件核对，情况如表所列。本单一式 ${head.copy.of} 份。`,
    ...{ givers, receivers },
  })
}
