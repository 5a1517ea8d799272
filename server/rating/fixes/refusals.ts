import type { RefusalText } from '../../refusal.ts'

/** What is refused of rating an answer. */
export const fixRefusals = {
  'rating.fix-own': {
    status: 403,
    detail: {
      zh: '回访评价须由处理人、被评价人以外的负责人或监督人员邀请',
      en: 'The head of the hall or a supervisor, other than who handled it or was rated, asks for the rating of the answer',
    },
    rule: { zh: '答复由他人邀请评价', en: 'Who answered does not pass on the vote about it' },
    remedy: { zh: '由另一人邀请', en: 'Somebody else asks' },
  },
  'rating.fix-over': {
    status: 409,
    detail: { zh: '回访评价的时间已过', en: 'The time to rate the answer is over' },
    rule: { zh: '回访评价 7 天内有效，一次答复评价一次', en: 'An answer is rated once, within seven days' },
    remedy: { zh: '不再邀请，按未评价计', en: 'It counts as not rated; nobody is asked again' },
  },
} as const satisfies Readonly<Record<string, RefusalText>>
