/** What kind of room a location is (rules W-09; `hazardous`: C-19, never an ordinary location). */
export const STORAGE_CLASSES = [
  'ordinary',
  'cold',
  'classified',
  'precious',
  'electronic',
  'vehicle',
  'bulk',
  'long-term',
  'hazardous',
] as const
export type StorageClass = (typeof STORAGE_CLASSES)[number]

/** As the card has it. */
export const storageNames = {
  ordinary: '常规',
  cold: '冷藏恒温',
  classified: '涉密',
  precious: '贵重',
  electronic: '电子防磁',
  vehicle: '车辆',
  bulk: '大宗',
  'long-term': '长期',
  hazardous: '危险品专库',
} as const satisfies Readonly<Record<StorageClass, string>>

/** The same in a sentence: `a place that is …`. */
export const storageEnglish = {
  ordinary: 'ordinary',
  cold: 'cold',
  classified: 'for classified things',
  precious: 'for valuables',
  electronic: 'for electronics',
  vehicle: 'for vehicles',
  bulk: 'for bulk goods',
  'long-term': 'for long keeping',
  hazardous: 'for dangerous goods',
} as const satisfies Readonly<Record<StorageClass, string>>

/** Value not clear: sealed and stored apart (rules C-20). */
export const UNKNOWN_VALUE_STORAGE: readonly StorageClass[] = ['precious']
