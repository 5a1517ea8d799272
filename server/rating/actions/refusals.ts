import type { RefusalText } from '../../refusal.ts'

const TWO = { zh: '处置由一人决定、另一人同意，本人回避', en: 'One decides and another agrees; nobody about himself' }

/** What is refused of decisions on what thresholds propose. */
export const actionRefusals = {
  'rating.nothing-proposed': {
    status: 409,
    detail: { zh: '这段时间没有达到该处置条件', en: 'Over these days that threshold is not met' },
    rule: {
      zh: '处置须有依据：已计票份数和区间都达到条件',
      en: 'Votes and interval have to meet the threshold before anybody acts on it',
    },
    remedy: { zh: '请在评价分析中重新选择时段', en: 'Choose the days again on the dashboard' },
  },
  'rating.action-there': {
    status: 409,
    detail: {
      zh: '这条建议已有决定，或上一条还没有办结',
      en: 'It is decided already, or an earlier one is still open',
    },
    rule: null,
    remedy: { zh: '请先办结上一条；有新计票后可再决定', en: 'End the earlier one first; new votes can be decided on' },
  },
  'rating.action-own': {
    status: 403,
    detail: { zh: '决定人和被评价人不能办这一步', en: 'Neither who decided nor whom it is about takes this step' },
    rule: TWO,
    remedy: { zh: '由另一位负责人或监督人员办理', en: 'Another head of the hall or supervisor does it' },
  },
  'rating.action-elsewhere': {
    status: 409,
    detail: { zh: '这一步现在不能办（当前状态：{status}）', en: 'This step is not next (it stands at {status})' },
    rule: { zh: '处置建议：决定、同意、落实', en: 'Decided, agreed to, carried out' },
    remedy: { zh: '请刷新后再看', en: 'Look again' },
  },
  'rating.unknown-action': {
    status: 404,
    detail: { zh: '没有这条处置决定', en: 'There is no such decision' },
    rule: null,
    remedy: { zh: '请从列表中选择', en: 'Choose from the list' },
  },
} as const satisfies Readonly<Record<string, RefusalText>>
