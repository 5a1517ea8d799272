import type { Words } from '../refusal.ts'

/** What kind of room a location is (rules W-09). */
export const STORAGE_CLASSES = [
  'ordinary',
  'cold',
  'classified',
  'precious',
  'electronic',
  'vehicle',
  'bulk',
  'long-term',
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
} as const satisfies Readonly<Record<StorageClass, string>>

export const CATEGORIES = [
  'general',
  'valuables',
  'cash',
  'cards-securities',
  'perishable',
  'digital-media',
  'hazard',
  'contraband',
  'vehicle',
  'immovable',
  'personal-effects',
] as const
export type Category = (typeof CATEGORIES)[number]

/** What the law and the house ask of one class of goods. One row, one rule set; no other file knows a category by name. */
export interface CategoryRules {
  readonly name: Words
  readonly basis: string
  /** Whether items may be registered under it in this version of the program. */
  readonly open: boolean
  /** Fields of a registration that this category cannot do without. */
  readonly required: readonly ('features' | 'weight_mg')[]
  /** Must it be weighed whenever it passes from hand to hand? Between two weighings this much difference is the scale's, not the thing's. */
  readonly weighed: { readonly required: boolean; readonly tolerance_mg: number }
  /** Must be sealed on the spot, or say why not. */
  readonly sealed: boolean
  /** People who sign an act at the store with their own badge, the custodian included. */
  readonly persons: 1 | 2
  readonly storage: readonly StorageClass[]
}

const PRECISELY = { required: true, tolerance_mg: 200 } as const
const IF_AT_ALL = { required: false, tolerance_mg: 5_000 } as const

export const categories: Readonly<Record<Category, CategoryRules>> = {
  general: {
    name: { zh: '一般物品', en: 'General goods' },
    basis: '监察法 28',
    open: true,
    required: [],
    weighed: IF_AT_ALL,
    sealed: false,
    persons: 1,
    storage: ['ordinary', 'bulk', 'long-term', 'electronic', 'classified', 'precious'],
  },
  valuables: {
    name: { zh: '贵重物品', en: 'Valuables' },
    basis: '监察法实施条例(2021) 128(一)',
    open: true,
    required: ['features', 'weight_mg'],
    weighed: PRECISELY,
    sealed: true,
    persons: 1,
    storage: ['precious'],
  },
  cash: {
    name: { zh: '作为证据的现金', en: 'Cash that is evidence' },
    basis: '监察法实施条例(2021) 128(二)',
    open: false,
    required: ['features'],
    weighed: IF_AT_ALL,
    sealed: true,
    persons: 2,
    storage: ['precious'],
  },
  'cards-securities': {
    name: { zh: '存折、银行卡、有价证券', en: 'Passbooks, cards, securities' },
    basis: '监察法实施条例(2021) 128(二)',
    open: false,
    required: ['features'],
    weighed: IF_AT_ALL,
    sealed: true,
    persons: 2,
    storage: ['precious'],
  },
  perishable: {
    name: { zh: '易腐及不易久存物品', en: 'Perishables' },
    basis: '监察法实施条例(2021) 128(三)',
    open: false,
    required: ['features'],
    weighed: IF_AT_ALL,
    sealed: false,
    persons: 1,
    storage: ['cold'],
  },
  'digital-media': {
    name: { zh: '录音录像、电子数据存储介质', en: 'Recordings and electronic media' },
    basis: '监察法实施条例(2021) 128(四)',
    open: false,
    required: ['features'],
    weighed: IF_AT_ALL,
    sealed: true,
    persons: 1,
    storage: ['electronic'],
  },
  hazard: {
    name: { zh: '危险品', en: 'Dangerous goods' },
    basis: '监察法实施条例(2021) 128(六)',
    open: false,
    required: ['features'],
    weighed: IF_AT_ALL,
    sealed: true,
    persons: 2,
    storage: [],
  },
  contraband: {
    name: { zh: '违禁品', en: 'Contraband' },
    basis: '监察法实施条例(2021) 128(六)',
    open: false,
    required: ['features'],
    weighed: { required: true, tolerance_mg: 50 },
    sealed: true,
    persons: 2,
    storage: [],
  },
  vehicle: {
    name: { zh: '车辆、船舶', en: 'Vehicles and vessels' },
    basis: '监察法实施条例(2021) 127',
    open: false,
    required: ['features'],
    weighed: IF_AT_ALL,
    sealed: false,
    persons: 1,
    storage: ['vehicle'],
  },
  immovable: {
    name: { zh: '不动产、大型设备', en: 'Immovables and large machines' },
    basis: '监察法实施条例(2021) 127',
    open: false,
    required: ['features'],
    weighed: IF_AT_ALL,
    sealed: false,
    persons: 1,
    storage: [],
  },
  'personal-effects': {
    name: { zh: '随身物品', en: 'Personal effects' },
    basis: '监察法实施条例(2021) 125',
    open: false,
    required: [],
    weighed: IF_AT_ALL,
    sealed: false,
    persons: 1,
    storage: ['ordinary'],
  },
}

/** Value not clear: sealed and stored apart (rules C-20). */
export const UNKNOWN_VALUE_STORAGE: readonly StorageClass[] = ['precious']
