import type { RefusalText } from '../../refusal.ts'

/** What is refused of how a hall is watched. */
export const watchRefusals = {
  'rating.nothing-monitored': {
    status: 409,
    detail: {
      zh: '近一年没有已计票的评价，不知道要监测多少条曲线，无法选定预警界限',
      en: 'Nothing was counted within a year: without the number of charts that are monitored no height can be chosen',
    },
    rule: {
      zh: '预警界限由监测的曲线数和评价份数算出',
      en: 'Heights of warnings follow from the number of charts and their votes',
    },
    remedy: { zh: '请在第一批评价计票以后再设', en: 'Set it once a first batch was counted' },
  },
} as const satisfies Record<string, RefusalText>
