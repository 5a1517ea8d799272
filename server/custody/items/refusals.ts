import type { RefusalText } from '../../refusal.ts'

/** Whether a thing is not there or is somebody else's is the same answer: existence alone tells something. */
const NEED_TO_KNOW = { zh: '监察法 18(2)', en: 'Supervision Law 18(2)' }

/** Items: what they are, in which order they move, and where they may lie. */
export const itemRefusals = {
  'custody.unknown-item': {
    status: 404,
    detail: {
      zh: '没有此物品，或不在您的知情范围内：{item}',
      en: 'There is no such item, or it is not for you to know of: {item}',
    },
    rule: NEED_TO_KNOW,
    remedy: {
      zh: '请核对标签；没有登记的由承办人员登记，已登记的由承办部门、保管人员或监督人员办理',
      en: 'Check the label; what is not registered an officer registers, the rest is for the case department, its keeper or a supervisor',
    },
  },
  'custody.unknown-case': {
    status: 404,
    detail: {
      zh: '没有此案件台账，或不在您的知情范围内：{case}',
      en: 'There is no account of this case, or it is not for you to know of: {case}',
    },
    rule: NEED_TO_KNOW,
    remedy: { zh: '请核对案号，或先建立案件台账', en: 'Check the case number, or open the account first' },
  },
  'custody.unknown-list': {
    status: 404,
    detail: {
      zh: '没有此移交清单，或不在您的知情范围内：{list}',
      en: 'There is no such hand-over list, or it is not for you to know of: {list}',
    },
    rule: NEED_TO_KNOW,
    remedy: { zh: '请核对清单编码', en: 'Check the code of the list' },
  },
  'custody.unknown-loan': {
    status: 404,
    detail: {
      zh: '没有此调用单，或不在您的知情范围内：{loan}',
      en: 'There is no such loan, or it is not for you to know of: {loan}',
    },
    rule: NEED_TO_KNOW,
    remedy: { zh: '请从物品页面打开', en: 'Open it from the page of an item' },
  },
  'custody.unknown-location': {
    status: 404,
    detail: { zh: '没有此库位：{location}', en: 'There is no such location: {location}' },
    rule: null,
    remedy: { zh: '请扫描库位标签', en: 'Scan the label of the location' },
  },
  'custody.unknown-store': {
    status: 404,
    detail: { zh: '没有此库房：{store}', en: 'There is no such store: {store}' },
    rule: null,
    remedy: { zh: '请核对库房编号', en: 'Check the id of the store' },
  },
  'custody.unknown-unit': {
    status: 404,
    detail: { zh: '没有此部门：{unit}', en: 'There is no such unit: {unit}' },
    rule: null,
    remedy: { zh: '请核对部门编号', en: 'Check the id of the unit' },
  },
  'custody.tag-not-wanted': {
    status: 409,
    detail: { zh: '{item} 没有待写的电子标签', en: 'No tag of {item} waits to be written' },
    rule: null,
    remedy: { zh: '请重新写标签', en: 'Write the tag again' },
  },
  'custody.unknown-label': {
    status: 404,
    detail: {
      zh: '没有此标签，或不在您的知情范围内：{label}',
      en: 'There is no such label, or it is not for you to know of: {label}',
    },
    rule: NEED_TO_KNOW,
    remedy: { zh: '请重新打印标签', en: 'Print the label again' },
  },
  'custody.case-exists': {
    status: 409,
    detail: { zh: '案件 {case} 已有台账', en: 'Case {case} has its account already' },
    rule: { zh: '一案一账', en: 'One case, one account' },
    remedy: { zh: '请在原台账中登记', en: 'Register in the account that is there' },
  },
  'custody.wrong-order': {
    status: 409,
    detail: { zh: '{item} 目前“{is}”，不能办理“{move}”', en: '{item} is now “{isEn}”: “{moveEn}” is not possible' },
    rule: { zh: '涉案财物流转规则', en: 'Rules on how seized property moves' },
    remedy: {
      zh: '请先查看该物品的流转记录，按顺序办理',
      en: 'Look at the chain of the item and take the steps in order',
    },
  },
  'custody.item-frozen': {
    status: 423,
    detail: {
      zh: '{item} 有未了结的异常（{kind}），已冻结',
      en: '{item} has an open incident ({kindEn}) and is frozen',
    },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: { zh: '由审批人作出处理结论后再办理', en: 'An approver concludes the incident first' },
  },
  'custody.no-incident': {
    status: 409,
    detail: { zh: '{item} 没有未了结的异常', en: '{item} has no open incident' },
    rule: null,
    remedy: { zh: '请核对编码', en: 'Check the code' },
  },
  'custody.nothing-weighed': {
    status: 422,
    detail: {
      zh: '{item} 的异常没有称得的重量，不能“以实际重量为准”',
      en: 'The incident of {item} found no weight that could hold from now on',
    },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: {
      zh: '请取消“以实际重量为准”后了结；需要以新重量为准的，归还时称重',
      en: 'Conclude it without; a new weight is taken when the item is weighed on its return',
    },
  },
  'custody.twice': {
    status: 422,
    detail: { zh: '{item} 在同一次办理中出现两次', en: '{item} is named twice in one act' },
    rule: null,
    remedy: { zh: '每件物品只列一次', en: 'Name each item once' },
  },
  'custody.mixed': {
    status: 422,
    detail: {
      zh: '一次办理的物品须属于同一部门和同一库房：{item}',
      en: 'Items of one act belong to one unit and one store: {item} does not',
    },
    rule: null,
    remedy: { zh: '请分开办理', en: 'Do it in separate acts' },
  },
  'custody.before-last-event': {
    status: 409,
    detail: {
      zh: '办理时间 {at} 早于 {item} 的上一次流转 {last}',
      en: 'The time {at} is before the last event of {item}, {last}',
    },
    rule: { zh: '台账时间顺序', en: 'Registers follow the order of time' },
    remedy: { zh: '请核对时间；补录须按发生顺序', en: 'Check the time; what is entered later is entered in its order' },
  },
  'custody.reason-needed': {
    status: 422,
    detail: { zh: '退回 {item} 须写明原因', en: 'A reason is needed to send {item} back' },
    rule: { zh: '监察法 28(2)', en: 'Supervision Law 28(2)' },
    remedy: { zh: '请写明需要补正的内容', en: 'Say what has to be put right' },
  },
  'custody.location-elsewhere': {
    status: 409,
    detail: { zh: '库位 {location} 属于另一库房 {store}', en: 'Location {location} belongs to another store, {store}' },
    rule: { zh: '监察法 28(2)（专门场所）', en: 'Supervision Law 28(2) (kept in a place of its own)' },
    remedy: { zh: '请扫描本库的库位', en: 'Scan a location of this store' },
  },
  'custody.class-not-allowed': {
    status: 409,
    detail: {
      zh: '{item} 不得存放于 {location}：那里是{is}库位，此件须放在{may}库位',
      en: '{item} may not lie at {location}: that place is {isEn}, this item belongs in one that is {mayEn}',
    },
    rule: { zh: '监察法 28(2)（分类存放）', en: 'Supervision Law 28(2) (stored by class)' },
    remedy: {
      zh: '请扫描{may}库位。一般物品可以放进贵重库位，贵重物品不能放进常规库位',
      en: 'Scan a place that is {mayEn}. General goods may lie in a place for valuables, valuables never in an ordinary one',
    },
  },
  'custody.location-full': {
    status: 409,
    detail: { zh: '库位 {location} 只能存放 {capacity} 件', en: 'Location {location} holds {capacity} items at most' },
    rule: null,
    remedy: { zh: '请选择其他库位', en: 'Choose another location' },
  },
  'custody.already-there': {
    status: 409,
    detail: { zh: '{item} 已在库位 {location}', en: '{item} lies at {location} already' },
    rule: null,
    remedy: { zh: '请扫描新的库位', en: 'Scan the new location' },
  },
  'custody.location-needed': {
    status: 422,
    detail: { zh: '{item} 没有指明库位', en: 'No location is given for {item}' },
    rule: { zh: '监察法 28(2)（专门场所）', en: 'Supervision Law 28(2) (kept in a place of its own)' },
    remedy: { zh: '请扫描库位标签', en: 'Scan the label of a location' },
  },
} as const satisfies Record<string, RefusalText>
