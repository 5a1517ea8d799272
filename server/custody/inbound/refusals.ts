import type { RefusalText } from '../../refusal.ts'

const MATCHED = {
  zh: '接收其他机关移交财物，双方逐笔核对',
  en: 'What another organ hands in is checked by both sides, line by line',
}

/** Why goods of another organ are not taken. */
export const inboundRefusals = {
  'custody.unknown-inbound': {
    status: 404,
    detail: { zh: '没有这份移交清单', en: 'There is no such list' },
    rule: MATCHED,
    remedy: { zh: '请从案件的“接收核对”中打开', en: 'Open it from its case' },
  },
  'custody.inbound-day': {
    status: 422,
    detail: { zh: '{day} 不是清单的日期', en: '{day} is no day on which the list was made' },
    rule: MATCHED,
    remedy: { zh: '请照清单填写，不晚于今天', en: 'Write it as the list has it, not after today' },
  },
  'custody.inbound-known': {
    status: 409,
    detail: {
      zh: '{organ}的清单 {number} 在本案已有登记',
      en: 'The list {number} of {organ} was entered to this case already',
    },
    rule: MATCHED,
    remedy: {
      zh: '请在已登记的清单上核对；分次移交的，请在编号后写明第几次',
      en: 'Check the list that was entered; of goods that come in parts, write behind the number which part it is',
    },
  },
  'custody.inbound-line': {
    status: 422,
    detail: { zh: '清单第 {line} 行不能这样办理', en: 'Line {line} of the list is none to be dealt with so' },
    rule: MATCHED,
    remedy: {
      zh: '请核对行号；只有不符的行需要处理，清单外的物品只作“多出”',
      en: 'Check the line: only one that differs is settled, and what is on no line is surplus',
    },
  },
  'custody.inbound-verdict': {
    status: 422,
    detail: {
      zh: '第 {line} 行的核对结论与实收情况不符',
      en: 'The verdict on line {line} does not go with what was found',
    },
    rule: MATCHED,
    remedy: {
      zh: '相符的不填实收；短少、多出填实收数量；不同的填实际的数量、重量、封条或特征，且与清单不同',
      en: 'Nothing beside a match; the quantity of what is short or surplus; of what differs, what differs',
    },
  },
  'custody.inbound-second': {
    status: 422,
    detail: {
      zh: '第 {line} 行按实收接收，须本方另一人签名',
      en: 'To take line {line} as it was found, a second person of this side signs',
    },
    rule: MATCHED,
    remedy: {
      zh: '请本案另一名承办人员，或与本案无关的保管人员用工牌和 PIN 签名',
      en: 'Ask another officer of the case, or a custodian who keeps apart from it, for badge and PIN',
    },
  },
  'custody.inbound-open': {
    status: 409,
    detail: {
      zh: '清单第 {lines} 行未核对，或不符未处理，不能接收',
      en: 'Not accepted: lines {linesEn} are unchecked, or differ and are not settled',
    },
    rule: MATCHED,
    remedy: {
      zh: '请逐行核对，不符的逐行退回或按实收接收',
      en: 'Check each line; send back or take as found what differs',
    },
  },
  'custody.inbound-lines': {
    status: 422,
    detail: { zh: '应接收的是第 {lines} 行，每行一次', en: 'To be accepted are lines {linesEn}, each once' },
    rule: MATCHED,
    remedy: { zh: '请刷新后重新接收', en: 'Load the list again and accept it anew' },
  },
  'custody.inbound-unsigned': {
    status: 422,
    detail: {
      zh: '移交、接收双方还没有签名，也没有写明不签名的原因',
      en: 'Neither signed by both sides nor said why not',
    },
    rule: MATCHED,
    remedy: {
      zh: '请移交人和接收人分别在签名框内签名；不签名的写明原因',
      en: 'Who brings and who receives sign in their boxes; or write why one of them does not',
    },
  },
  'custody.inbound-said': {
    status: 422,
    detail: { zh: '清单第 {line} 行已载明{what}', en: 'Line {line} of the list has its {whatEn} already' },
    rule: MATCHED,
    remedy: {
      zh: '与清单不同的，请先作“不同”核对；清单未载明的才在接收时补填',
      en: 'Check the line as different where it differs; only what the list lacks is filled in when it is accepted',
    },
  },
  'custody.inbound-typist': {
    status: 403,
    detail: { zh: '清单 {number} 不由您撤回', en: 'The list {number} is not yours to withdraw' },
    rule: MATCHED,
    remedy: { zh: '请登记清单的人员或本部门负责人撤回', en: 'Ask who entered it, or the head of the department' },
  },
  'custody.inbound-gone': {
    status: 409,
    detail: { zh: '清单 {number} 已经撤回', en: 'The list {number} was withdrawn' },
    rule: MATCHED,
    remedy: { zh: '请在代替它的清单上办理，没有的请重新登记', en: 'Go on with the list in its place, or enter one' },
  },
  'custody.inbound-replaces': {
    status: 409,
    detail: {
      zh: '所代替的清单没有撤回，或已有清单代替它',
      en: 'The list to be replaced was not withdrawn, or has another in its place',
    },
    rule: MATCHED,
    remedy: {
      zh: '请先撤回错录的清单，再由它重新登记',
      en: 'Withdraw the wrong list first, and enter the right one from there',
    },
  },
  'custody.inbound-done': {
    status: 409,
    detail: { zh: '清单 {number} 已经接收', en: 'The list {number} was accepted already' },
    rule: MATCHED,
    remedy: { zh: '物品已在本案台账中', en: 'Its items stand in the account of the case' },
  },
} as const satisfies Record<string, RefusalText>
