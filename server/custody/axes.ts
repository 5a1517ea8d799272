import type { Words } from '../refusal.ts'

/** 措施状态. Extended is a flag beside it: an item stays seized while its term is extended. */
export const measureWords = {
  NONE: { zh: '未采取', en: 'None' },
  PROPOSED: { zh: '拟采取', en: 'Proposed' },
  VOLUNTARY_RECEIVED: { zh: '主动上交待定', en: 'Handed in, undecided' },
  EXTRACTED: { zh: '调取', en: 'Extracted' },
  WITHHELD: { zh: '暂扣', en: 'Withheld' },
  SEIZED: { zh: '扣押', en: 'Seized' },
  SEALED_UP: { zh: '查封（封存）', en: 'Sealed up' },
  FROZEN: { zh: '冻结', en: 'Frozen' },
  REGISTERED_PRESERVED: { zh: '先行登记保存', en: 'Registered and preserved' },
  RELEASED: { zh: '已解除', en: 'Released' },
} as const satisfies Record<string, Words>

/** 保管状态. An incident is a flag beside it: the item stays where it is while it is looked into. */
export const custodyWords = {
  NOT_RECEIVED: { zh: '未接收', en: 'Not received' },
  WITH_CASE_DEPT: { zh: '承办部门暂存', en: 'With the case department' },
  PENDING_HANDOVER: { zh: '待移交', en: 'Pending hand-over' },
  IN_STORE: { zh: '在库', en: 'In store' },
  DEPOSITED: { zh: '已存专户', en: 'In the special account' },
  IN_PLACE: { zh: '原地封存', en: 'Sealed in place' },
  HOLDER_KEEPS: { zh: '持有人保管', en: 'Kept by the holder' },
  THIRD_PARTY: { zh: '第三方保管', en: 'Kept by a third party' },
  BORROWED: { zh: '调用在外', en: 'Out on loan' },
  AT_APPRAISAL: { zh: '送鉴定', en: 'At appraisal' },
  IN_TRANSIT: { zh: '移交途中', en: 'In transit' },
  OUT: { zh: '已出库', en: 'Out for good' },
} as const satisfies Record<string, Words>

/** 封装状态. */
export const sealWords = {
  UNSEALED: { zh: '未封', en: 'Not sealed' },
  SEALED: { zh: '密封', en: 'Sealed' },
  OPENED: { zh: '启封', en: 'Opened' },
  RESEALED: { zh: '重封', en: 'Sealed again' },
  BROKEN: { zh: '异常破封', en: 'Found broken' },
} as const satisfies Record<string, Words>

/** 处置状态. */
export const dispositionWords = {
  NONE: { zh: '未定', en: 'Open' },
  PROPOSED: { zh: '拟处置', en: 'Proposed' },
  IN_REVIEW: { zh: '审理中', en: 'In review' },
  APPROVED: { zh: '已批', en: 'Approved' },
  EXECUTING: { zh: '执行中', en: 'Being carried out' },
  DONE_RETURN: { zh: '已返还', en: 'Returned' },
  DONE_TRANSFER: { zh: '已随案移送', en: 'Transferred with the case' },
  DONE_CONFISCATED: { zh: '已没收', en: 'Confiscated' },
  DONE_RECOVERED: { zh: '已追缴（收缴）', en: 'Recovered' },
  DONE_COMPENSATED: { zh: '已退赔', en: 'Compensated' },
  DONE_SURRENDERED: { zh: '已登记上交', en: 'Surrendered' },
  DONE_SOLD: { zh: '已变卖（拍卖）', en: 'Sold' },
  DONE_DESTROYED: { zh: '已销毁', en: 'Destroyed' },
  CLOSED: { zh: '销账', en: 'Written off' },
  REPLACED: { zh: '已拆分（合并）', en: 'Split or merged' },
} as const satisfies Record<string, Words>

export type MeasureStatus = keyof typeof measureWords
export type CustodyStatus = keyof typeof custodyWords
export type SealStatus = keyof typeof sealWords
export type DispositionStatus = keyof typeof dispositionWords

/** The four independent states of an item (rules 7.1). What a screen shows in one word is derived from them. */
export type Axes = {
  readonly measureStatus: MeasureStatus
  readonly custodyStatus: CustodyStatus
  readonly sealStatus: SealStatus
  readonly dispositionStatus: DispositionStatus
}

/** 纪律审查、监察调查、行政、税务: each track has its own words for a measure. */
export const trackWords = {
  DISCIPLINE: { zh: '纪律审查', en: 'Discipline' },
  SUPERVISION: { zh: '监察调查', en: 'Supervision' },
  ADMIN: { zh: '行政执法', en: 'Administrative' },
  TAX: { zh: '税务稽查', en: 'Tax' },
} as const satisfies Record<string, Words>
export type Track = keyof typeof trackWords

/** Measures by which an item may come into custody on each track; the first one is the usual one. */
export const measuresOfTrack: Readonly<Record<Track, readonly MeasureStatus[]>> = {
  DISCIPLINE: ['WITHHELD', 'SEALED_UP', 'EXTRACTED', 'VOLUNTARY_RECEIVED'],
  SUPERVISION: ['SEIZED', 'SEALED_UP', 'EXTRACTED', 'FROZEN', 'VOLUNTARY_RECEIVED'],
  ADMIN: ['SEIZED', 'SEALED_UP', 'REGISTERED_PRESERVED', 'FROZEN'],
  TAX: ['SEIZED', 'SEALED_UP', 'EXTRACTED', 'REGISTERED_PRESERVED', 'FROZEN'],
}

/** 调用事由 (rules C-29): items are used for the case and for nothing else. */
export const purposeWords = {
  INTERROGATION: { zh: '讯问', en: 'Interrogation' },
  APPRAISAL: { zh: '鉴定', en: 'Appraisal' },
  IDENTIFICATION: { zh: '辨认', en: 'Identification' },
  TESTING: { zh: '检验', en: 'Testing' },
  INSPECTION: { zh: '检查', en: 'Inspection' },
  TRANSFER: { zh: '移送', en: 'Transfer' },
  COURT: { zh: '庭审示证', en: 'Shown in court' },
  OTHER_CASE_WORK: { zh: '其他办案', en: 'Other case work' },
} as const satisfies Record<string, Words>
export type Purpose = keyof typeof purposeWords

/** 异常情形 (rules C-27). */
export const incidentWords = {
  damage: { zh: '毁损', en: 'Damage' },
  shortage: { zh: '短少', en: 'Shortage' },
  substitution: { zh: '调换', en: 'Substitution' },
  loss: { zh: '灭失', en: 'Loss' },
} as const satisfies Record<string, Words>
export type IncidentKind = keyof typeof incidentWords
