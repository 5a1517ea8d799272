import type { RefusalText } from '../refusal.ts'

export const approvalRefusals = {
  'approvals.unknown': {
    status: 404,
    detail: { zh: '没有此审批事项：{approval}', en: 'There is no such request: {approval}' },
    rule: null,
    remedy: { zh: '请核对编号', en: 'Check the number' },
  },
  'approvals.same-person': {
    status: 403,
    detail: { zh: '不得审批本人的申请', en: 'Nobody decides his own request' },
    rule: {
      zh: '罚没财物管理办法(财税〔2020〕54号) 4',
      en: 'Measures for Confiscated Property (Caishui [2020] No. 54) 4',
    },
    remedy: { zh: '由另一名审批人办理', en: 'Another approver decides it' },
  },
  'approvals.not-approver': {
    status: 403,
    detail: { zh: '您不是 {unit} 的审批人', en: 'You are no approver for {unit}' },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: { zh: '由该部门或其上级的审批人办理', en: 'An approver of that unit, or of one above it, decides it' },
  },
  'approvals.same-level': {
    status: 403,
    detail: {
      zh: '您或您所代理的人已在前一级审批过此申请',
      en: 'You, or whom you stand in for, agreed to this at another level',
    },
    rule: { zh: '各级审批由不同的人作出', en: 'Each level is decided by somebody else' },
    remedy: { zh: '由另一名审批人办理', en: 'Another approver decides it' },
  },
  'approvals.no-city-organ': {
    status: 409,
    detail: {
      zh: '此项须经设区的市级以上机关负责人批准，而 {unit} 及其上级都没有登记为市级以上机关',
      en: 'The head of an organ of a city or above decides this, and none is known at or above {unit}',
    },
    rule: {
      zh: '税收征管法实施细则 86：调取当年账簿须经设区的市、自治州以上税务局局长批准',
      en: 'Rules of the Tax Collection Law 86: books of the current year by the head of a tax bureau of a city or above',
    },
    remedy: {
      zh: '请系统管理员登记机关的级别（省、市、县），或登记上级市级机关',
      en: 'The system administrator sets the level of the organ, or adds the city organ above it',
    },
  },
  'approvals.not-principal': {
    status: 403,
    detail: {
      zh: '您不是 {place} 的审批人，不能委托他人代理',
      en: 'You are no approver of {place} and can let nobody stand in',
    },
    rule: { zh: '代理只由岗位本人委托，不得转委托', en: 'Only who holds the post lets somebody stand in for it' },
    remedy: { zh: '由该岗位的审批人本人委托', en: 'The approver himself does' },
  },
  'approvals.not-deputy': {
    status: 409,
    detail: { zh: '{person} 不能担任代理人', en: '{person} cannot stand in' },
    rule: {
      zh: '代理人须在职、不是管理员、不是委托人本人',
      en: 'A deputy is active, no administrator, and another person',
    },
    remedy: { zh: '请选择其他人员', en: 'Choose somebody else' },
  },
  'approvals.deputy-term': {
    status: 422,
    detail: { zh: '代理期须在今后，最长 {days} 天', en: 'A deputy stands in from now on, for {days} days at most' },
    rule: null,
    remedy: { zh: '请另定起止时间', en: 'Choose another time' },
  },
  'approvals.deputy-ended': {
    status: 409,
    detail: { zh: '没有此项代理，或它已经结束', en: 'There is no such deputy, or it has ended' },
    rule: null,
    remedy: { zh: '请刷新后查看', en: 'Look again' },
  },
  'approvals.decided': {
    status: 409,
    detail: { zh: '此事项已经审批：{state}', en: 'This request was decided already: {stateEn}' },
    rule: { zh: '一项申请只审批一次', en: 'A request is decided once' },
    remedy: { zh: '如需更改，由申请人重新申请', en: 'To change it, the requester asks again' },
  },
  'approvals.asked-already': {
    status: 409,
    detail: {
      zh: '您已就 {item} 提出同样的申请，尚在待审批',
      en: 'You have asked the same for {item} already, and it waits for a decision',
    },
    rule: { zh: '同一事项一次只有一份待审批的申请', en: 'One open request for one thing' },
    remedy: {
      zh: '请等审批结果；内容有误的，请撤回后重新申请',
      en: 'Wait for the decision; if it was wrong, withdraw it and ask again',
    },
  },
  'approvals.not-asker': {
    status: 404,
    detail: {
      zh: '没有此申请，或不是您提出的：{approval}',
      en: 'There is no such request, or it is not yours: {approval}',
    },
    rule: null,
    remedy: {
      zh: '申请由提出人撤回；处置由处置审批单的提出人撤回',
      en: 'Whoever asked takes it back; a disposal, who proposed the paper',
    },
  },
  'approvals.lapsed': {
    status: 409,
    detail: { zh: '此申请已于 {expiresAt} 失效', en: 'This request lapsed at {expiresAt}' },
    rule: null,
    remedy: { zh: '由申请人重新申请', en: 'The requester asks again' },
  },
  'approvals.before-asked': {
    status: 409,
    detail: {
      zh: '审批时间 {at} 早于申请时间 {askedAt}',
      en: 'The decision at {at} is before the request at {askedAt}',
    },
    rule: null,
    remedy: { zh: '请核对时间', en: 'Check the time' },
  },
} as const satisfies Record<string, RefusalText>
