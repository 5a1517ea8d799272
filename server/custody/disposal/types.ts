import type { Words } from '../../refusal.ts'
import type { CustodyStatus, DispositionStatus, Track } from '../axes.ts'

/** Where a thing or its money goes. No private account can be named (rules X-14). */
export const destinationWords = {
  holder: { zh: '原持有人', en: 'Who it was taken from' },
  owner: { zh: '权利人、被害人', en: 'Its owner or the injured party' },
  treasury: { zh: '国库（公物仓）', en: 'The treasury' },
  'special-account': { zh: '专用账户', en: 'The special account' },
  procuratorate: { zh: '检察机关', en: 'The procuratorate' },
  'other-organ': { zh: '其他有管辖权的机关', en: 'Another competent organ' },
  none: { zh: '不留存', en: 'Nowhere' },
} as const satisfies Record<string, Words>
export type Destination = keyof typeof destinationWords

/** Who agrees before anything is carried out, in order: the reviewing office, an approver of the department, an approver of the organ. */
export type Level = 'review' | 'department' | 'organ'

export const levelWords = {
  review: { zh: '审理', en: 'Review' },
  department: { zh: '部门审批', en: 'Department' },
  organ: { zh: '机关审批', en: 'Organ' },
} as const satisfies Record<Level, Words>

export const DISPOSAL_TYPES = [
  'RETURN',
  'TRANSFER',
  'CONFISCATE',
  'RECOVER',
  'COLLECT',
  'COMPENSATE',
  'SURRENDER',
  'DESTROY',
  'SELL',
] as const
export type DisposalType = (typeof DISPOSAL_TYPES)[number]

/** What the law and the house ask of one way to dispose. One row, one rule set. */
export interface DisposalRules {
  readonly name: Words
  /** By track: the organs of one do not act under the law of another. */
  readonly basis: Readonly<Partial<Record<Track, string>>>
  readonly tracks: readonly Track[]
  readonly destinations: readonly Destination[]
  /** Whether property of a suspected crime may go this way (rules 7.2, forbidden moves). */
  readonly crime: boolean
  readonly levels: readonly Level[]
  /** Where the item may be when it is carried out. */
  readonly from: readonly CustodyStatus[]
  readonly done: DispositionStatus
  /** Form of the request, and of the act. */
  readonly forms: { readonly request: string; readonly act: string }
}

/** One law for every track. */
function everywhere(basis: string): DisposalRules['basis'] {
  return { DISCIPLINE: basis, SUPERVISION: basis, ADMIN: basis, TAX: basis }
}

/** The law that a way rests on, on a track that knows it; empty on any other. */
export function basisOf(way: DisposalType, track: Track | undefined): string {
  return track === undefined ? '' : (disposalTypes[way].basis[track] ?? '')
}

const KEPT = ['IN_STORE', 'DEPOSITED', 'IN_PLACE', 'HOLDER_KEEPS', 'THIRD_PARTY'] as const
const REVIEWED: readonly Level[] = ['review', 'organ']

/** Ways to dispose of an item, by track (rules ). */
export const disposalTypes: Readonly<Record<DisposalType, DisposalRules>> = {
  RETURN: {
    name: { zh: '解除并返还', en: 'Release and return' },
    basis: {
      DISCIPLINE: '监督执纪工作规则 58',
      SUPERVISION: '监察法(2024) 28(3)',
      ADMIN: '行政强制法 28',
      TAX: '行政强制法 28；税收征管法实施细则 68',
    },
    tracks: ['DISCIPLINE', 'SUPERVISION', 'ADMIN', 'TAX'],
    destinations: ['holder', 'owner'],
    crime: false,
    levels: ['department'],
    from: [...KEPT, 'WITH_CASE_DEPT'],
    done: 'DONE_RETURN',
    forms: { request: 'F-13', act: 'F-11、F-12' },
  },
  TRANSFER: {
    name: { zh: '随案移送', en: 'Transfer with the case' },
    basis: { SUPERVISION: '监察法(2024) 53', ADMIN: '行政强制法 21', TAX: '行政强制法 21' },
    tracks: ['SUPERVISION', 'ADMIN', 'TAX'],
    destinations: ['procuratorate', 'other-organ'],
    crime: true,
    levels: REVIEWED,
    from: KEPT,
    done: 'DONE_TRANSFER',
    forms: { request: 'F-13', act: 'F-08' },
  },
  CONFISCATE: {
    name: { zh: '没收', en: 'Confiscate' },
    basis: { SUPERVISION: '监察法(2024) 53', ADMIN: '行政处罚法', TAX: '行政处罚法' },
    tracks: ['SUPERVISION', 'ADMIN', 'TAX'],
    destinations: ['treasury'],
    crime: false,
    levels: REVIEWED,
    from: KEPT,
    done: 'DONE_CONFISCATED',
    forms: { request: 'F-13', act: 'F-13' },
  },
  RECOVER: {
    name: { zh: '追缴', en: 'Recover' },
    basis: { SUPERVISION: '监察法(2024) 53', TAX: '税收征管法 63' },
    tracks: ['SUPERVISION', 'TAX'],
    destinations: ['owner', 'treasury'],
    crime: false,
    levels: REVIEWED,
    from: KEPT,
    done: 'DONE_RECOVERED',
    forms: { request: 'F-13', act: 'F-13' },
  },
  COLLECT: {
    name: { zh: '收缴', en: 'Collect' },
    basis: { DISCIPLINE: '监督执纪工作规则 58' },
    tracks: ['DISCIPLINE'],
    destinations: ['treasury'],
    crime: false,
    levels: REVIEWED,
    from: KEPT,
    done: 'DONE_RECOVERED',
    forms: { request: 'F-13', act: 'F-13' },
  },
  COMPENSATE: {
    name: { zh: '责令退赔', en: 'Order compensation' },
    basis: { DISCIPLINE: '监督执纪工作规则 58', SUPERVISION: '监察法(2024) 53' },
    tracks: ['DISCIPLINE', 'SUPERVISION'],
    destinations: ['owner', 'holder', 'treasury'],
    crime: false,
    levels: REVIEWED,
    from: KEPT,
    done: 'DONE_COMPENSATED',
    forms: { request: 'F-13', act: 'F-13' },
  },
  SURRENDER: {
    name: { zh: '登记上交', en: 'Registered surrender' },
    basis: { DISCIPLINE: '监督执纪工作规则 58' },
    tracks: ['DISCIPLINE'],
    destinations: ['treasury'],
    crime: false,
    levels: REVIEWED,
    from: KEPT,
    done: 'DONE_SURRENDERED',
    forms: { request: 'F-13', act: 'F-13' },
  },
  DESTROY: {
    name: { zh: '销毁', en: 'Destroy' },
    basis: everywhere('行政强制法 27'),
    tracks: ['DISCIPLINE', 'SUPERVISION', 'ADMIN', 'TAX'],
    destinations: ['none'],
    crime: false,
    levels: REVIEWED,
    from: ['IN_STORE'],
    done: 'DONE_DESTROYED',
    forms: { request: 'F-13', act: 'F-14' },
  },
  SELL: {
    name: { zh: '先行变卖（拍卖）', en: 'Sell early' },
    basis: {
      DISCIPLINE: '监察法实施条例(2021) 128(三)',
      SUPERVISION: '监察法实施条例(2021) 128(三)',
      ADMIN: '行政强制法 49、60',
      TAX: '行政强制法 49、60',
    },
    tracks: ['DISCIPLINE', 'SUPERVISION', 'ADMIN', 'TAX'],
    destinations: ['special-account'],
    crime: true,
    levels: ['department', 'organ'],
    from: ['IN_STORE'],
    done: 'DONE_SOLD',
    forms: { request: 'F-15', act: 'F-15' },
  },
}

/** 先行处置: why it cannot wait for the decision of the case (rules C-16). */
export const saleGroundWords = {
  perishable: { zh: '易腐烂、变质、灭失', en: 'It spoils or perishes' },
  'losing-value': { zh: '价格易贬损', en: 'It loses its value' },
  expiring: { zh: '有效期即将届满', en: 'It is about to expire' },
  'hard-to-keep': { zh: '保管困难、费用过高', en: 'It cannot be kept, or costs too much to keep' },
  'owner-asks': { zh: '权利人书面申请或者同意', en: 'Its owner asks for it, or agrees, in writing' },
} as const satisfies Record<string, Words>
export type SaleGround = keyof typeof saleGroundWords

export const saleMethodWords = {
  sell: { zh: '变卖', en: 'Sale' },
  auction: { zh: '拍卖', en: 'Auction' },
} as const satisfies Record<string, Words>
export type SaleMethod = keyof typeof saleMethodWords

/** Why a measure ends (rules ); `unrelated` starts the three days, `tax-paid` the one day of rules T-11. */
export const releaseWords = {
  unrelated: { zh: '查明与案件无关', en: 'Found unrelated to the case' },
  'tax-paid': { zh: '已缴清税款', en: 'The tax is paid' },
  'no-violation': { zh: '没有违法行为', en: 'No violation' },
  decided: { zh: '已作出处理决定，不再需要', en: 'Decided, no longer needed' },
  expired: { zh: '期限届满', en: 'The term has expired' },
  'not-needed': { zh: '其他不再需要采取措施的情形', en: 'The measure is no longer needed' },
} as const satisfies Record<string, Words>
export type ReleaseGround = keyof typeof releaseWords
/** Grounds on which what was taken serves the case no longer, which may be owed all the same: money of a sale pays that first (rules X-17). */
export const OWED_FIRST: readonly ReleaseGround[] = ['decided', 'not-needed']
/** Grounds that a term runs from: when it was found. */
export const DATED_GROUNDS: readonly ReleaseGround[] = ['unrelated', 'tax-paid']
