import type { RefusalText } from '../../refusal.ts'

/** What is refused of the hours of a hall. */
export const hoursRefusals = {
  'rating.hall-closed': {
    status: 409,
    detail: {
      zh: '这次服务不在大厅办公时间内，不请评价',
      en: 'This service was opened outside the hours of the hall: it is offered no vote',
    },
    rule: { zh: '大厅办公时间和工作日历', en: 'Hours of the hall and the calendar' },
    remedy: {
      zh: '请在办公时间内办理；时间有误的，由大厅负责人更正',
      en: 'Serve within the hours; where they are wrong, the head of the hall corrects them',
    },
  },
  'rating.wrong-hours': {
    status: 422,
    detail: {
      zh: '办公时间不对：各段先后相接、止晚于起，一周至少有一段',
      en: 'These hours cannot be: spans follow one another, each ends after it begins, and a week has one at least',
    },
    rule: null,
    remedy: { zh: '请改正时间', en: 'Correct the times' },
  },
} as const satisfies Record<string, RefusalText>
