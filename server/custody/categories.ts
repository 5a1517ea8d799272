import type { View } from './pictures/pictures.ts'
import type { Words } from '../refusal.ts'
import { type Ask, needs, takes } from './intake/category-fields.ts'
import {
  BOUGHT,
  ELSEWHERE,
  KEPT_ELSEWHERE,
  NAMED_BY_MAKER,
  OWNED,
  PRICED,
  SPECIAL_KEEPING,
} from './intake/shared-asks.ts'
import type { StorageClass } from './keeping/storage-classes.ts'

export const CATEGORIES = [
  'general',
  'valuables',
  'cash',
  'cards-securities',
  'perishable',
  'digital-media',
  'documents',
  'hazard',
  'contraband',
  'firearms',
  'biological',
  'vehicle',
  'immovable',
  'account',
  'personal-effects',
] as const
export type Category = (typeof CATEGORIES)[number]

export type Book = 'evidence' | 'effects'

/** What the law and the house ask of one class of goods. One row, one rule set; no other file knows a category by name. */
export interface CategoryRules {
  readonly name: Words
  readonly basis: string
  /** In which of a case's two books it stands: what is evidence, or what was only on the person (rules C-37). They never share a paper. */
  readonly book: Book
  /** Fields of every registration that this category cannot do without. */
  readonly required: readonly ('features' | 'weight_mg')[]
  /** What it asks for beside them, in the order of the form. */
  readonly asks: readonly Ask[]
  /** Must it be weighed whenever it passes from hand to hand? Between two weighings this much difference is the scale's, not the thing's. */
  readonly weighed: { readonly required: boolean; readonly tolerance_mg: number }
  /** Counted blind by two people before it goes from hand to hand (rules C-15). */
  readonly counted: boolean
  /** Must be sealed on the spot, or say why not. */
  readonly sealed: boolean
  /** Frozen where it is, and nothing but that; absent for all that is taken, sealed or kept. */
  readonly frozen?: true
  /** People who sign an act at the store with their own badge, the custodian included. */
  readonly persons: 1 | 2
  readonly storage: readonly StorageClass[]
  /** What is photographed of each, in this order (监察法 28(1); rules C-40). A seal is photographed beside, where there is one. */
  readonly pictures: readonly View[]
}

/** Goods with a price of their own; money has its amount, papers and what nobody may own have none. */
const WITH_PRICE: readonly Category[] = [
  'general',
  'valuables',
  'cards-securities',
  'perishable',
  'digital-media',
  'hazard',
  'vehicle',
  'immovable',
]
/** What may be a thing of daily life; cars, jewellery and houses are none by law (rules T-09). */
const LIVED_WITH: readonly Category[] = ['general', 'perishable', 'digital-media']

const PRECISELY = { required: true, tolerance_mg: 200 } as const
const IF_AT_ALL = { required: false, tolerance_mg: 5_000 } as const

const rows: Readonly<Record<Category, CategoryRules>> = {
  general: {
    name: { zh: '一般物品', en: 'General goods' },
    basis: '监察法 28',
    book: 'evidence',
    required: [],
    asks: NAMED_BY_MAKER,
    weighed: IF_AT_ALL,
    counted: false,
    sealed: false,
    persons: 1,
    storage: ['ordinary', 'bulk', 'long-term', 'electronic', 'classified', 'precious'],
    pictures: ['OVERALL', 'DETAIL'],
  },
  valuables: {
    name: { zh: '贵重物品', en: 'Valuables' },
    basis: '监察法实施条例(2021) 128(一)',
    book: 'evidence',
    required: ['features', 'weight_mg'],
    asks: NAMED_BY_MAKER,
    weighed: PRECISELY,
    counted: false,
    sealed: true,
    persons: 1,
    storage: ['precious'],
    pictures: ['OVERALL', 'DETAIL', 'SCALE'],
  },
  cash: {
    name: { zh: '现金', en: 'Cash' },
    basis: '监察法实施条例(2021) 128(二)',
    book: 'evidence',
    required: ['features'],
    asks: [needs('currency'), takes('cashUse')],
    weighed: IF_AT_ALL,
    counted: true,
    sealed: true,
    persons: 2,
    storage: ['precious'],
    pictures: ['OVERALL', 'BUNDLE'],
  },
  'cards-securities': {
    name: { zh: '存折、银行卡、有价证券', en: 'Passbooks, cards, securities' },
    basis: '监察法实施条例(2021) 128(二)',
    book: 'evidence',
    required: ['features'],
    asks: [needs('issuer'), needs('account'), takes('faceValue'), takes('expiresOn')],
    weighed: IF_AT_ALL,
    counted: false,
    sealed: true,
    persons: 2,
    storage: ['precious'],
    pictures: ['OVERALL', 'MARK'],
  },
  perishable: {
    name: { zh: '易腐及不易久存物品', en: 'Perishables' },
    basis: '监察法实施条例(2021) 128(三)',
    book: 'evidence',
    required: ['features'],
    asks: [needs('expiresOn'), needs('reviewOn'), takes('keepAt')],
    weighed: IF_AT_ALL,
    counted: false,
    sealed: false,
    persons: 1,
    storage: ['cold'],
    pictures: ['OVERALL', 'DETAIL'],
  },
  'digital-media': {
    name: { zh: '录音录像、电子数据存储介质', en: 'Recordings and electronic media' },
    basis: '监察法实施条例(2021) 128(四)',
    book: 'evidence',
    required: ['features'],
    asks: [
      needs('model'),
      needs('serialNumber'),
      needs('content'),
      needs('sha256', { unless: 'noHash' }),
      takes('sm3'),
      takes('noHash'),
      takes('length'),
      takes('fileFormat'),
      takes('recordedOf'),
      takes('recordedAt'),
      takes('recordedPlace'),
      // Originals are taken wherever they can be (监察法 28(1), rules C-02).
      takes('original'),
      needs('copyReason', { when: { field: 'original', is: ['copy'] } }),
    ],
    weighed: IF_AT_ALL,
    counted: false,
    sealed: true,
    persons: 1,
    storage: ['electronic'],
    pictures: ['OVERALL', 'MARK'],
  },
  documents: {
    name: { zh: '文件、账簿、资料', en: 'Documents and books' },
    basis: '监察法 28(1)；税收征管法实施细则 86',
    book: 'evidence',
    required: [],
    asks: [
      takes('documentNumber'),
      needs('pages'),
      needs('original'),
      needs('copyReason', { when: { field: 'original', is: ['copy'] } }),
      takes('bookYear'),
    ],
    weighed: IF_AT_ALL,
    counted: false,
    sealed: false,
    persons: 1,
    storage: ['ordinary', 'classified', 'long-term'],
    pictures: ['OVERALL'],
  },
  hazard: {
    name: { zh: '危险品', en: 'Dangerous goods' },
    basis: '监察法实施条例(2021) 128(六)',
    book: 'evidence',
    required: ['features'],
    asks: [needs('dangerClass'), takes('receivingUnit'), ...SPECIAL_KEEPING],
    weighed: IF_AT_ALL,
    counted: false,
    sealed: true,
    persons: 2,
    storage: ['hazardous'],
    pictures: ['OVERALL', 'MARK'],
  },
  contraband: {
    name: { zh: '违禁品', en: 'Contraband' },
    basis: '监察法实施条例(2021) 128(六)',
    book: 'evidence',
    required: ['features', 'weight_mg'],
    asks: [needs('contrabandKind'), takes('receivingUnit'), ...SPECIAL_KEEPING],
    weighed: { required: true, tolerance_mg: 50 },
    counted: false,
    sealed: true,
    persons: 2,
    storage: ['hazardous'],
    pictures: ['OVERALL', 'DETAIL', 'SCALE'],
  },
  firearms: {
    name: { zh: '枪支、弹药', en: 'Firearms and ammunition' },
    basis: '枪支管理法 23；监察法实施条例(2021) 128(六)',
    book: 'evidence',
    required: ['features'],
    asks: [
      ...[needs('firearmKind'), takes('calibre'), takes('serialNumber'), needs('unloaded'), takes('receivingUnit')],
      ...SPECIAL_KEEPING,
    ],
    weighed: IF_AT_ALL,
    counted: false,
    sealed: true,
    persons: 2,
    storage: ['hazardous'],
    pictures: ['OVERALL', 'DETAIL', 'MARK'],
  },
  biological: {
    name: { zh: '生物检材、样本', en: 'Biological specimens' },
    basis: '监察法 28(2)；监察法实施条例(2021) 128(三)',
    book: 'evidence',
    required: ['features'],
    asks: [needs('specimen'), takes('takenFrom'), takes('preservative'), needs('keepAt'), needs('expiresOn')],
    weighed: IF_AT_ALL,
    counted: false,
    sealed: true,
    persons: 1,
    storage: ['cold'],
    pictures: ['OVERALL', 'MARK'],
  },
  vehicle: {
    name: { zh: '车辆、船舶', en: 'Vehicles and vessels' },
    basis: '监察法实施条例(2021) 127',
    book: 'evidence',
    required: ['features'],
    asks: [
      needs('plate'),
      needs('vin'),
      takes('engine'),
      takes('mileage'),
      takes('keys'),
      needs('keeping'),
      needs('address', { when: ELSEWHERE }),
      ...KEPT_ELSEWHERE,
    ],
    weighed: IF_AT_ALL,
    counted: false,
    sealed: false,
    persons: 1,
    storage: ['vehicle'],
    pictures: ['PLACE', 'OVERALL', 'MARK'],
  },
  immovable: {
    name: { zh: '不动产、大型设备', en: 'Immovables and large machines' },
    basis: '监察法实施条例(2021) 127',
    book: 'evidence',
    required: ['features'],
    asks: [
      needs('address'),
      takes('area'),
      takes('titleDeed'),
      needs('keeping', { only: ['IN_PLACE', 'HOLDER_KEEPS', 'THIRD_PARTY'] }),
      ...KEPT_ELSEWHERE,
    ],
    weighed: IF_AT_ALL,
    counted: false,
    sealed: false,
    persons: 1,
    storage: [],
    pictures: ['PLACE', 'OVERALL'],
  },
  account: {
    name: { zh: '存款、汇款、证券账户（冻结）', en: 'Deposits and securities accounts (frozen)' },
    basis: '监察法(2024) 26；行政强制法 29 至 33',
    book: 'evidence',
    required: [],
    asks: [
      needs('issuer'),
      needs('account'),
      needs('frozenAmount'),
      needs('currency'),
      needs('freezeReceipt'),
      needs('keeping', { only: ['THIRD_PARTY'] }),
    ],
    weighed: IF_AT_ALL,
    counted: false,
    sealed: false,
    frozen: true,
    persons: 1,
    storage: [],
    pictures: [],
  },
  'personal-effects': {
    name: { zh: '随身物品', en: 'Personal effects' },
    basis: '监察法实施条例(2021) 125',
    book: 'effects',
    required: [],
    asks: [],
    weighed: IF_AT_ALL,
    counted: false,
    sealed: false,
    persons: 1,
    storage: ['ordinary'],
    pictures: ['OVERALL'],
  },
}

/** What a category asks for whatever its goods are: whose it is, how it was paid for, what it is worth. */
const asksOfEvery = (category: Category, { book }: CategoryRules): readonly Ask[] => [
  ...OWNED,
  ...(book === 'evidence' ? BOUGHT : []),
  ...(WITH_PRICE.includes(category) ? PRICED : []),
  ...(LIVED_WITH.includes(category) ? [takes('livingUse')] : []),
]

export const categories = Object.fromEntries(
  CATEGORIES.map((name) => [name, { ...rows[name], asks: [...rows[name].asks, ...asksOfEvery(name, rows[name])] }]),
) as unknown as Readonly<Record<Category, CategoryRules>>
