import type { RefusalText } from '../../refusal.ts'

/** 通缉一年 (rules X-19). */
const WANTED = { zh: '监察法(2024) 55', en: 'Supervision Law (2024) 55' }

/** Why a case is not closed, or not opened again. */
export const closingRefusals = {
  'custody.wanted-missing': {
    status: 422,
    detail: {
      zh: '以逃匿为由依法保留，须写明通缉之日',
      en: 'Where somebody is at large, the day from which he is wanted is named',
    },
    rule: WANTED,
    remedy: { zh: '按通缉令填写通缉之日', en: 'Take it from the warrant' },
  },
  'custody.wanted-elsewhere': {
    status: 422,
    detail: { zh: '只有被调查人逃匿的，才填写通缉之日', en: 'A day of being wanted belongs to who is at large alone' },
    rule: WANTED,
    remedy: { zh: '去掉通缉之日', en: 'Leave it out' },
  },
  'custody.wanted-too-short': {
    status: 409,
    detail: {
      zh: '通缉未满 {months} 个月，{from} 起才可以申请没收程序、依法保留',
      en: 'Wanted for less than {months} months: confiscation is applied for, and things stay open, from {from} on',
    },
    rule: WANTED,
    remedy: { zh: '期满后再申请；此前案件继续办理', en: 'Ask again then; until then the case goes on' },
  },
  'custody.case-closed': {
    status: 409,
    detail: { zh: '案件 {case} 已办结，不再办理新的事项', en: 'Case {case} is closed: nothing more is done in it' },
    rule: { zh: '案结物清', en: 'Closed clean' },
    remedy: {
      zh: '由承办人员申请、审批人批准后重新开启',
      en: 'An officer asks and an approver grants that it is opened again',
    },
  },
  'custody.case-open': {
    status: 409,
    detail: { zh: '案件 {case} 没有办结', en: 'Case {case} is not closed' },
    rule: { zh: '案结物清', en: 'Closed clean' },
    remedy: { zh: '无须重新开启', en: 'There is nothing to open again' },
  },
  'custody.case-not-clean': {
    status: 409,
    detail: {
      zh: '案件 {case} 还有 {count} 件财物未了结，不得结案',
      en: '{count} items of case {case} are open: it cannot be closed',
    },
    rule: { zh: '案结物清；监督执纪工作规则 55', en: 'Closed clean; Discipline Work Rules 55' },
    remedy: {
      zh: '请按所列逐件办结，或申请依法保留',
      en: 'Settle what is listed, or ask that it may lawfully stay open',
    },
  },
  'custody.inbound-waits': {
    status: 409,
    detail: {
      zh: '案件 {case} 的移交清单 {lists} 尚未接收，不得结案、并案',
      en: 'Lists of other organs to case {case} wait to be accepted: {listsEn}. It is neither closed nor merged',
    },
    rule: {
      zh: '案结物清；接收其他机关移交财物，双方逐笔核对',
      en: 'Closed clean; what another organ hands in is checked line by line',
    },
    remedy: {
      zh: '请在“接收核对”中逐行核对并接收，或逐行退回',
      en: 'Check its lines and accept it, or send each back',
    },
  },
  'custody.account-differs': {
    status: 409,
    detail: {
      zh: '案件 {case} 的账目自 {since} 起不符，不得结案',
      en: 'The account of case {case} has been off since {since}: it cannot be closed',
    },
    rule: { zh: '监察法(2024) 28(2)（账物相符）', en: 'Supervision Law (2024) 28(2) (account and goods agree)' },
    remedy: { zh: '由监督人员查明', en: 'A supervisor finds out why' },
  },
  'custody.nothing-blocks': {
    status: 409,
    detail: { zh: '{item} 不妨碍结案，无须保留', en: '{item} keeps nothing from being closed' },
    rule: { zh: '监察法(2024) 55', en: 'Supervision Law (2024) 55' },
    remedy: { zh: '无须申请', en: 'Nothing needs to be asked' },
  },
} as const satisfies Record<string, RefusalText>
