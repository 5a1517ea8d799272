import type { RefusalText } from '../../refusal.ts'

const KEEPER = { zh: '由该库的其他保管人员办理', en: 'Another custodian of this store does it' }
const CASE_OFFICER = { zh: '由本案承办人员办理', en: 'An officer of this case does it' }

/** Who may not, and who has to be somebody else. */
export const peopleRefusals = {
  'custody.officer-unknown': {
    status: 422,
    detail: { zh: '{person} 不是 {unit} 的在任承办人员', en: '{person} is no active officer of {unit}' },
    rule: { zh: '监察法 44(1)', en: 'Supervision Law 44(1)' },
    remedy: {
      zh: '请另选承办人员，或由安全管理员授予岗位',
      en: 'Choose another officer, or have the security administrator appoint this one',
    },
  },
  'custody.not-your-unit': {
    status: 403,
    detail: { zh: '您不是 {unit} 的承办人员', en: 'You are no officer of {unit}' },
    rule: { zh: '监察法 18(2)', en: 'Supervision Law 18(2)' },
    remedy: { zh: '由该部门承办人员办理', en: 'An officer of that unit does it' },
  },
  'custody.not-case-officer': {
    status: 403,
    detail: { zh: '您不是案件 {case} 的承办人员', en: 'You are no officer of case {case}' },
    rule: { zh: '监察法 18(2)', en: 'Supervision Law 18(2)' },
    remedy: CASE_OFFICER,
  },
  'custody.not-your-store': {
    status: 403,
    detail: { zh: '您不是 {store} 的保管人员', en: 'You are no custodian of {store}' },
    rule: { zh: '监察法 28(2)（专人保管）', en: 'Supervision Law 28(2) (kept by appointed people)' },
    remedy: { zh: '由该库保管人员办理', en: 'A custodian of that store does it' },
  },
  'custody.not-approver': {
    status: 403,
    detail: { zh: '您不是 {unit} 的审批人', en: 'You are no approver for {unit}' },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: { zh: '由该部门或其上级的审批人办理', en: 'An approver of that unit, or of the one above it, does it' },
  },
  'custody.officer-keeps': {
    status: 403,
    detail: {
      zh: '您是案件 {case} 的承办人员，不得保管本案财物',
      en: 'You are an officer of case {case} and may not keep its items',
    },
    rule: { zh: '中办发〔2015〕7号 三（办管分离）', en: 'General Office [2015] No. 7, 3 (handling and keeping apart)' },
    remedy: KEEPER,
  },
  'custody.officer-decides': {
    status: 403,
    detail: {
      zh: '您是案件 {case} 的承办人员，不得审批本案事项',
      en: 'You are an officer of case {case} and may not decide over its items',
    },
    rule: {
      zh: '罚没财物管理办法(财税〔2020〕54号) 4',
      en: 'Measures for Confiscated Property (Caishui [2020] No. 54) 4',
    },
    remedy: {
      zh: '由不承办本案的审批人办理',
      en: 'An approver who does not handle the case decides it',
    },
  },
  'custody.same-department': {
    status: 403,
    detail: {
      zh: '您属于承办部门 {unit}，不得保管其案件财物',
      en: 'You belong to {unit}, which handles the case, and may not keep its items',
    },
    rule: { zh: '中办发〔2015〕7号 三（办管分离）', en: 'General Office [2015] No. 7, 3 (handling and keeping apart)' },
    remedy: { zh: '由保管部门人员办理', en: 'Somebody of the keeping department does it' },
  },
  'custody.same-person': {
    status: 403,
    detail: {
      zh: '{person} 已作为{role}参与此事，不得再经办',
      en: '{person} already takes part as {roleEn} and may not also do this',
    },
    rule: {
      zh: '罚没财物管理办法(财税〔2020〕54号) 4',
      en: 'Measures for Confiscated Property (Caishui [2020] No. 54) 4',
    },
    remedy: {
      zh: '由没有参与此事的另一人办理',
      en: 'Somebody who has no part in it does it',
    },
  },
  'custody.signature-missing': {
    status: 403,
    detail: {
      zh: '没有 {person} 本人的签名，不得交接',
      en: '{person} has not signed: nothing is handed out or taken back',
    },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: {
      zh: '请调用人（归还时也可由本案其他承办人员）在同一次办理中刷工牌并输入 PIN',
      en: 'The borrower (on return also another officer of the case) gives badge and PIN in the same act',
    },
  },
  'custody.giver-signature': {
    status: 403,
    detail: {
      zh: '没有移交人的签名，{item} 不得入库：须由 {unit} 的承办人员签名',
      en: 'The giver has not signed, so {item} is not taken in: an officer of {unit} signs',
    },
    rule: { zh: '监察法 28(2)（严格履行交接手续）', en: 'Supervision Law 28(2) (formalities of handing over)' },
    remedy: {
      zh: '请提交清单的 {person}，或该部门不兼任本库保管人员的其他承办人员，在同一次办理中刷工牌并输入 PIN',
      en: '{person}, who submitted the list, or another officer of that unit who does not keep this store gives badge and PIN in the same act',
    },
  },
  'custody.second-person-needed': {
    status: 403,
    detail: {
      zh: '{item} 属于“{category}”，须 {persons} 人共同办理',
      en: '{item} is of class “{categoryEn}”: {persons} people do this together',
    },
    rule: { zh: '双人办理', en: 'Two people act together' },
    remedy: { zh: '请另一名保管人员刷工牌并输入 PIN', en: 'A second custodian scans a badge and gives the PIN' },
  },
  'custody.wrong-station': {
    status: 409,
    detail: {
      zh: '此工位属于 {place}，不能办理 {store} 的业务',
      en: 'This bench belongs to {place} and cannot act for {store}',
    },
    rule: { zh: '监察法 28(2)（专门场所）', en: 'Supervision Law 28(2) (kept in a place of its own)' },
    remedy: { zh: '请到该库的工位办理', en: 'Go to a bench of that store' },
  },
} as const satisfies Record<string, RefusalText>
