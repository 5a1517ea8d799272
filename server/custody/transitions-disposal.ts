import { AT_STORE, type Transition } from './transition.ts'
import { disposalTypes } from './disposal-types.ts'

const OPEN = ['NONE', 'PROPOSED', 'IN_REVIEW', 'APPROVED'] as const
const OUT = { custodyStatus: 'OUT' } as const
const HELD = [
  'WITH_CASE_DEPT',
  'PENDING_HANDOVER',
  'IN_STORE',
  'BORROWED',
  'DEPOSITED',
  'IN_PLACE',
  'HOLDER_KEEPS',
  'THIRD_PARTY',
  'AT_APPRAISAL',
] as const
const ACT = [
  'custody.no-disposal',
  'custody.disposal-order',
  'custody.same-person',
  'custody.complaint-open',
  'custody.cannot-draw',
] as const
const STAFF = {
  zh: '二名工作人员（与提出人、审理人、审批人不同）和接收人',
  en: 'two of the staff, none of whom proposed or agreed, and the receiver',
} as const
const PAID = {
  zh: '保管人员和财务人员（与提出人、审理人、审批人不同）',
  en: 'custodian and finance, none of whom proposed or agreed',
} as const

/** Rows 19 to 26 of the table: how an item leaves custody for good. */
export const disposal = {
  'propose-disposal': {
    row: 20,
    name: { zh: '拟处置', en: 'propose a disposal' },
    fact: 'custody.proposed-for-disposal',
    from: { custodyStatus: HELD, dispositionStatus: OPEN },
    to: { dispositionStatus: 'PROPOSED' },
    whileFrozen: false,
    who: { zh: '本案承办人员', en: 'an officer of the case' },
    document: 'F-13',
    guards: [
      'custody.not-case-officer',
      'custody.case-closed',
      'custody.disposal-track',
      'custody.disposal-destination',
      'custody.crime-goes-with-case',
      'custody.ground-missing',
      'custody.ground-of-return',
      'custody.found-time',
      'custody.no-review-office',
      'custody.complaint-open',
      'custody.cannot-draw',
    ],
  },
  'review-disposal': {
    row: 20,
    name: { zh: '审理', en: 'review a disposal' },
    fact: 'custody.disposal-reviewed',
    from: { dispositionStatus: ['PROPOSED'] },
    to: { dispositionStatus: 'IN_REVIEW' },
    whileFrozen: false,
    who: {
      zh: '审理部门审批人，不得为本案承办部门人员、保管人员',
      en: 'approver of the reviewing office, none of the case department, no custodian',
    },
    document: 'F-13',
    guards: [
      'custody.disposal-changed',
      'custody.officer-decides',
      'custody.reviewer-inside',
      'custody.same-person',
      'custody.complaint-open',
    ],
  },
  'approve-disposal': {
    row: 20,
    name: { zh: '批准处置', en: 'approve a disposal' },
    fact: 'custody.disposal-approved',
    from: { dispositionStatus: ['PROPOSED', 'IN_REVIEW'] },
    to: { dispositionStatus: 'APPROVED' },
    whileFrozen: false,
    who: {
      zh: '审批领导，不得为提出人、审理人、本案承办人员、保管人员',
      en: 'approver who neither proposed nor reviewed it, handles the case or keeps the item',
    },
    document: 'F-13',
    guards: ['custody.disposal-changed', 'custody.officer-decides', 'custody.same-person', 'custody.complaint-open'],
  },
  'drop-disposal': {
    row: 20,
    name: { zh: '处置未获批准或撤回', en: 'drop a proposal of disposal' },
    fact: 'custody.proposal-dropped',
    from: { dispositionStatus: ['PROPOSED', 'IN_REVIEW'] },
    to: { dispositionStatus: 'NONE' },
    whileFrozen: true,
    who: {
      zh: '审理人、审批人不予批准，或提出人撤回',
      en: 'who reviews or approves refuses it, or who proposed takes it back',
    },
    document: 'F-13',
    guards: [],
  },
  RETURN: {
    row: 19,
    name: { zh: '解除并返还', en: 'release and return' },
    fact: 'custody.disposed',
    from: { custodyStatus: disposalTypes.RETURN.from, dispositionStatus: ['APPROVED'] },
    to: { ...OUT, measureStatus: 'RELEASED', dispositionStatus: 'DONE_RETURN' },
    whileFrozen: false,
    who: STAFF,
    document: 'F-11, F-12',
    guards: [...AT_STORE, ...ACT, 'custody.officer-keeps', 'custody.staff-needed', 'custody.authorisation-missing'],
  },
  TRANSFER: {
    row: 21,
    name: { zh: '随案移送', en: 'transfer with the case' },
    fact: 'custody.disposed',
    from: { custodyStatus: disposalTypes.TRANSFER.from, dispositionStatus: ['APPROVED'] },
    to: { ...OUT, dispositionStatus: 'DONE_TRANSFER' },
    whileFrozen: false,
    who: { zh: '双方机关经办人签字', en: 'both organs sign' },
    document: 'F-08',
    guards: [...AT_STORE, ...ACT, 'custody.transfer-missing', 'custody.attachments-missing', 'custody.staff-needed'],
  },
  CONFISCATE: paid('没收', 'confiscate', 'DONE_CONFISCATED'),
  RECOVER: paid('追缴', 'recover', 'DONE_RECOVERED'),
  COLLECT: paid('收缴', 'collect', 'DONE_RECOVERED'),
  COMPENSATE: paid('责令退赔', 'compensate', 'DONE_COMPENSATED'),
  SURRENDER: paid('登记上交', 'surrender', 'DONE_SURRENDERED'),
  DESTROY: {
    row: 24,
    name: { zh: '销毁', en: 'destroy' },
    fact: 'custody.disposed',
    from: { custodyStatus: disposalTypes.DESTROY.from, dispositionStatus: ['APPROVED'] },
    to: { ...OUT, dispositionStatus: 'DONE_DESTROYED' },
    whileFrozen: false,
    who: { zh: '二人执行，一人监销', en: 'two carry it out, a supervisor watches' },
    document: 'F-14',
    guards: [
      ...AT_STORE,
      ...ACT,
      'custody.destruction-missing',
      'custody.media-missing',
      'custody.media-old',
      'custody.staff-needed',
      'custody.supervisor-missing',
    ],
  },
  'write-off': {
    row: 25,
    name: { zh: '销账', en: 'write off' },
    fact: 'custody.written-off',
    from: {
      custodyStatus: ['OUT'],
      dispositionStatus: [
        'DONE_RETURN',
        'DONE_TRANSFER',
        'DONE_CONFISCATED',
        'DONE_RECOVERED',
        'DONE_COMPENSATED',
        'DONE_SURRENDERED',
        'DONE_SOLD',
        'DONE_DESTROYED',
      ],
    },
    to: { dispositionStatus: 'CLOSED' },
    whileFrozen: false,
    who: { zh: '保管人员；未入库的由承办人员', en: 'custodian; the officer where it was never stored' },
    document: '销账记录',
    guards: ['custody.not-your-store', 'custody.no-disposal'],
  },
} as const satisfies Record<string, Transition>

/** Row 22: one row, four names by track. */
function paid<const Done extends 'DONE_CONFISCATED' | 'DONE_RECOVERED' | 'DONE_COMPENSATED' | 'DONE_SURRENDERED'>(
  zh: string,
  en: string,
  done: Done,
) {
  return {
    row: 22,
    name: { zh, en },
    fact: 'custody.disposed',
    from: { custodyStatus: disposalTypes.CONFISCATE.from, dispositionStatus: ['APPROVED'] },
    to: { ...OUT, dispositionStatus: done },
    whileFrozen: false,
    who: PAID,
    document: 'F-13',
    guards: [
      ...AT_STORE,
      ...ACT,
      'custody.officer-keeps',
      'custody.payment-missing',
      'custody.finance-missing',
      'custody.receiver-missing',
    ],
  } as const
}
