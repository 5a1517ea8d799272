import type { RefusalText } from '../../refusal.ts'

const COMPLAINTS = { zh: '监察法(2024) 69', en: 'Supervision Law (2024) 69' }

/** What is refused of complaints. */
export const complaintRefusals = {
  'custody.nothing-to-review': {
    status: 409,
    detail: {
      zh: '{item} 没有可以申请复查的申诉处理决定',
      en: 'No decision over a complaint about {item} can be reviewed',
    },
    rule: COMPLAINTS,
    remedy: { zh: '请按初次申诉受理', en: 'Accept it as a first complaint' },
  },
  'custody.review-too-late': {
    status: 409,
    detail: {
      zh: '{item} 的申诉处理决定作于 {decidedAt}，申请复查已超过一个月',
      en: 'The complaint about {item} was decided at {decidedAt}; a review is asked for within a month',
    },
    rule: COMPLAINTS,
    remedy: { zh: '请告知申诉人期限已过', en: 'Tell the complainant that the time is over' },
  },
  'custody.supervisor-decides': {
    status: 403,
    detail: {
      zh: '{item} 的申诉由监督人员受理、核查，处理决定须经审批作出',
      en: 'Supervisors accept and look into the complaint about {item}; it is decided by approval',
    },
    rule: { zh: '监察法实施条例(2025) 309', en: 'Implementing Regulations of the Supervision Law (2025) 309' },
    remedy: { zh: '请审批人或部门负责人作出处理决定', en: 'An approver or the head of a department decides it' },
  },
  'custody.superior-missing': {
    status: 409,
    detail: {
      zh: '{item} 的申诉正在复查，复查由上一级机关决定，须填写该机关和复查决定书文号',
      en: 'The complaint about {item} is under review: the superior organ decides it, and its name and the number of its document are given',
    },
    rule: COMPLAINTS,
    remedy: { zh: '请按上级机关的复查决定书填写', en: "Take them from the superior organ's decision" },
  },
  'custody.not-a-review': {
    status: 409,
    detail: {
      zh: '{item} 的申诉是初次申诉，由本机关处理，不填上级机关文书',
      en: 'The complaint about {item} is a first one, which this organ decides: no document of a superior belongs to it',
    },
    rule: COMPLAINTS,
    remedy: { zh: '请按初次申诉处理', en: 'Decide it as a first complaint' },
  },
  'custody.nothing-to-serve': {
    status: 409,
    detail: {
      zh: '{item} 没有待送达的申诉处理决定书',
      en: 'No decision on a complaint about {item} waits to be served',
    },
    rule: { zh: '监察法实施条例(2025) 310', en: 'Implementing Regulations of the Supervision Law (2025) 310' },
    remedy: { zh: '先作出处理决定；送达只登记一次', en: 'Decide it first; it is served once' },
  },
  'custody.item-gone': {
    status: 409,
    detail: { zh: '{item} 已处置出库', en: '{item} has left custody for good' },
    rule: COMPLAINTS,
    remedy: { zh: '请按处置结果另行处理', en: 'It is dealt with by what became of it' },
  },
  'custody.complaint-open': {
    status: 409,
    detail: {
      zh: '{item} 有申诉未处理（{acceptedAt} 受理），不得处置或调用',
      en: 'A complaint about {item}, accepted {acceptedAt}, is open: no disposal, no loan',
    },
    rule: COMPLAINTS,
    remedy: { zh: '申诉处理后再办理', en: 'It is decided first' },
  },
  'custody.no-complaint': {
    status: 409,
    detail: { zh: '{item} 没有待处理的申诉', en: 'No complaint about {item} is open' },
    rule: COMPLAINTS,
    remedy: { zh: '请核对物品', en: 'Check the item' },
  },
} as const satisfies Record<string, RefusalText>
