import type { Words } from '../refusal.ts'
import type { Axes, CustodyStatus, DispositionStatus, MeasureStatus, SealStatus } from './axes.ts'
import type { FactType } from './custody.ts'
import type { CustodyRefusal } from './refusals.ts'

/** One allowed move of an item, as the table of rules 7.2 has it. */
export interface Transition {
  /** Row of the table. */
  readonly row: number
  readonly name: Words
  readonly fact: FactType
  /** Where an axis is named, the item must stand on one of these. */
  readonly from: {
    readonly measureStatus?: readonly MeasureStatus[]
    readonly custodyStatus?: readonly CustodyStatus[]
    readonly sealStatus?: readonly SealStatus[]
    readonly dispositionStatus?: readonly DispositionStatus[]
  }
  /** What changes; an axis that is not named stays. */
  readonly to: Partial<Axes>
  /** Whether it may happen while an incident is open. */
  readonly whileFrozen: boolean
  readonly who: Words
  readonly document: string
  /** What stops it beyond the axes, by the code of the refusal. */
  readonly guards: readonly CustodyRefusal[]
}

const AT_STORE = ['custody.not-your-store', 'custody.wrong-station', 'custody.before-last-event'] as const
const APART = ['custody.officer-keeps', 'custody.same-department'] as const

/** Allowed moves. What is not here is forbidden. */
export const transitions = {
  register: {
    row: 2,
    name: { zh: '登记（扣押、暂扣、查封、调取）', en: 'register what was taken' },
    fact: 'custody.registered',
    from: { measureStatus: ['NONE'], custodyStatus: ['NOT_RECEIVED'] },
    to: { custodyStatus: 'WITH_CASE_DEPT' },
    whileFrozen: false,
    who: { zh: '承办人员二人以上，持有人、见证人', en: 'two officers or more, holder, witness' },
    document: 'F-01, F-02',
    guards: [
      'custody.not-case-officer',
      'custody.measure-missing',
      'custody.measure-officers',
      'custody.measure-kind',
      'custody.measure-time',
      'custody.presence-reason',
      'custody.category-closed',
      'custody.field-missing',
      'custody.quantity',
      'custody.weight-absurd',
      'custody.seal-missing',
      'custody.seal-signers',
      'custody.seal-taken',
      'custody.cannot-draw',
    ],
  },
  submit: {
    row: 6,
    name: { zh: '提交移交', en: 'submit for hand-over' },
    fact: 'custody.handover-submitted',
    from: { custodyStatus: ['WITH_CASE_DEPT'] },
    to: { custodyStatus: 'PENDING_HANDOVER' },
    whileFrozen: false,
    who: { zh: '承办人员', en: 'case officer' },
    document: 'F-04',
    guards: ['custody.not-case-officer', 'custody.photo-missing', 'custody.before-last-event'],
  },
  'check-in': {
    row: 7,
    name: { zh: '入库', en: 'check in' },
    fact: 'custody.checked-in',
    from: { custodyStatus: ['PENDING_HANDOVER'] },
    to: { custodyStatus: 'IN_STORE' },
    whileFrozen: false,
    who: { zh: '移交人和保管人员，两人且不同部门', en: 'giver and custodian: two people, different departments' },
    document: 'F-05',
    guards: [
      ...AT_STORE,
      ...APART,
      'custody.same-person',
      'custody.giver-signature',
      'custody.second-person-needed',
      'custody.location-elsewhere',
      'custody.class-not-allowed',
      'custody.location-full',
      'custody.weight-missing',
      'custody.weight-absurd',
      'custody.weight-differs',
      'custody.seal-not-checked',
      'custody.seal-differs',
      'custody.photo-differs',
    ],
  },
  'send-back': {
    row: 9,
    name: { zh: '退回补正', en: 'send back for correction' },
    fact: 'custody.handover-refused',
    from: { custodyStatus: ['PENDING_HANDOVER'] },
    to: { custodyStatus: 'WITH_CASE_DEPT' },
    whileFrozen: false,
    who: { zh: '保管人员', en: 'custodian' },
    document: 'F-05',
    guards: [...AT_STORE, ...APART, 'custody.same-person'],
  },
  lend: {
    row: 11,
    name: { zh: '调用出库', en: 'lend' },
    fact: 'custody.received-on-loan',
    from: { custodyStatus: ['IN_STORE'] },
    to: { custodyStatus: 'BORROWED' },
    whileFrozen: false,
    who: { zh: '调用人、审批人、保管人员，三人各不相同', en: 'requester, approver, custodian: three different people' },
    document: 'F-06',
    guards: [
      ...AT_STORE,
      ...APART,
      'custody.same-person',
      'custody.second-person-needed',
      'custody.not-approved',
      'custody.grant-lapsed',
      'custody.borrower',
      'custody.signature-missing',
      'custody.due-in-past',
    ],
  },
  'take-back': {
    row: 12,
    name: { zh: '归还入库', en: 'take back' },
    fact: 'custody.returned',
    from: { custodyStatus: ['BORROWED'] },
    to: { custodyStatus: 'IN_STORE' },
    whileFrozen: false,
    who: { zh: '调用人和保管人员', en: 'borrower and custodian' },
    document: 'F-07',
    guards: [
      ...AT_STORE,
      ...APART,
      'custody.same-person',
      'custody.signature-missing',
      'custody.second-person-needed',
      'custody.location-elsewhere',
      'custody.class-not-allowed',
      'custody.location-full',
      'custody.weight-missing',
      'custody.weight-absurd',
    ],
  },
  'open-incident': {
    row: 13,
    name: { zh: '异常登记', en: 'open an incident' },
    fact: 'custody.incident-opened',
    from: { custodyStatus: ['WITH_CASE_DEPT', 'PENDING_HANDOVER', 'IN_STORE', 'BORROWED'] },
    to: {},
    whileFrozen: false,
    who: { zh: '保管人员；在承办部门时由承办人员', en: 'custodian; the officer while the case department holds it' },
    document: 'F-16',
    guards: [
      'custody.not-your-store',
      'custody.not-case-officer',
      'custody.wrong-station',
      'custody.before-last-event',
    ],
  },
  'resolve-incident': {
    row: 14,
    name: { zh: '异常处理完毕', en: 'resolve an incident' },
    fact: 'custody.incident-resolved',
    from: {},
    to: {},
    whileFrozen: true,
    who: {
      zh: '审批人，不得为登记人、本案承办人员或保管人员',
      en: 'approver, neither who opened it nor an officer of the case nor a custodian',
    },
    document: 'F-16',
    guards: [
      'custody.no-incident',
      'custody.nothing-weighed',
      'custody.not-approver',
      'custody.same-person',
      'custody.officer-decides',
      'custody.before-last-event',
    ],
  },
  move: {
    row: 17,
    name: { zh: '移位', en: 'move to another shelf' },
    fact: 'custody.moved',
    from: { custodyStatus: ['IN_STORE'] },
    to: {},
    whileFrozen: false,
    who: { zh: '保管人员', en: 'custodian' },
    document: '移位记录',
    guards: [
      ...AT_STORE,
      ...APART,
      'custody.second-person-needed',
      'custody.location-elsewhere',
      'custody.class-not-allowed',
      'custody.location-full',
      'custody.already-there',
    ],
  },
  'grant-loan': {
    row: 11,
    name: { zh: '批准调用', en: 'grant a loan' },
    fact: 'custody.loan-granted',
    from: { custodyStatus: ['IN_STORE'] },
    to: {},
    whileFrozen: false,
    who: {
      zh: '审批人，不得为申请人、本案承办人员或保管人员',
      en: 'approver, neither requester nor an officer of the case nor a custodian',
    },
    document: 'F-06',
    guards: [
      'custody.reserved',
      'custody.due-in-past',
      'custody.due-too-far',
      'custody.not-case-officer',
      'custody.same-person',
      'custody.officer-decides',
    ],
  },
} as const satisfies Record<string, Transition>

export type Move = keyof typeof transitions

/** Whether the axes let an item make this move. */
export function mayMove(axes: Axes, move: Move): boolean {
  const { from }: Transition = transitions[move]
  return (Object.keys(from) as (keyof typeof from)[]).every((axis) =>
    (from[axis] as readonly string[]).includes(axes[axis]),
  )
}

/** The axes after a move. */
export function afterMove(axes: Axes, move: Move): Axes {
  const { measureStatus, custodyStatus, sealStatus, dispositionStatus } = axes
  const { to }: Transition = transitions[move]
  return { measureStatus, custodyStatus, sealStatus, dispositionStatus, ...to }
}
