import { APART, AT_STORE, type Transition } from '../transition.ts'

const FROM = {
  custodyStatus: ['WITH_CASE_DEPT', 'IN_STORE'],
  sealStatus: ['UNSEALED', 'OPENED'],
  dispositionStatus: ['NONE'],
} as const
const GUARDS = [
  ...AT_STORE,
  ...APART,
  'custody.not-case-officer',
  'custody.case-closed',
  'custody.second-person-needed',
  'custody.regroup-signers',
  'custody.complaint-open',
  'custody.reserved',
  'custody.cash-not-counted',
  'custody.cannot-draw',
  'custody.names-person',
] as const
const WHO = {
  zh: '承办部门暂存的，本案承办人员二人；在库的，保管人员和本案承办人员',
  en: 'two officers of the case; in the store its custodian with an officer of the case',
} as const

/** Beyond the table of rules 7.2: one item becomes several, several become one, and each knows of the other. */
export const lineage = {
  split: {
    row: 0,
    name: { zh: '拆分', en: 'split' },
    fact: 'custody.split',
    from: FROM,
    to: { custodyStatus: 'OUT', dispositionStatus: 'REPLACED' },
    whileFrozen: false,
    who: WHO,
    document: '拆分记录',
    guards: [
      ...GUARDS,
      'custody.parts-quantity',
      'custody.quantity',
      'custody.parts-cash',
      'custody.not-cash',
      'custody.parts-weight',
      'custody.weight-missing',
      'custody.weight-absurd',
      'custody.location-full',
    ],
  },
  divide: {
    row: 0,
    name: { zh: '变价款拆分', en: 'divide the money of a sale' },
    fact: 'custody.split',
    from: { custodyStatus: ['DEPOSITED'], dispositionStatus: ['NONE'] },
    to: { custodyStatus: 'OUT', dispositionStatus: 'REPLACED' },
    whileFrozen: false,
    who: { zh: '本案承办人员，财务人员签名', en: 'an officer of the case, signed by finance' },
    document: '拆分记录',
    guards: [
      ...(['custody.before-last-event', 'custody.not-case-officer', 'custody.case-closed'] as const),
      ...(['custody.complaint-open', 'custody.finance-missing', 'custody.not-sale-money'] as const),
      ...(['custody.surplus-unknown', 'custody.surplus-over', 'custody.surplus-whole'] as const),
    ],
  },
  merge: {
    row: 0,
    name: { zh: '合并', en: 'merge' },
    fact: 'custody.merged',
    from: FROM,
    to: { custodyStatus: 'OUT', dispositionStatus: 'REPLACED' },
    whileFrozen: false,
    who: WHO,
    document: '合并记录',
    guards: [...GUARDS, 'custody.merge-few', 'custody.not-alike', 'custody.twice'],
  },
} as const satisfies Record<string, Transition>
