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
