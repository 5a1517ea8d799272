import type { ByTrack, Rule } from '../rule.ts'

/** What is told to whom it concerns, and how it is served. */
export const servingRules = {
  /** Papers that are served on whom they concern, by track (T-20). */
  served_papers: {
    value: {
      DISCIPLINE: ['notice', 'release-notice'],
      SUPERVISION: ['notice', 'release-notice'],
      ADMIN: ['notice', 'release-notice', 'extension', 'appraisal-term', 'transfer-notice'],
      TAX: ['notice', 'release-notice', 'extension', 'appraisal-term', 'settlement', 'transfer-notice'],
    } satisfies ByTrack,
    instrument: '行政强制法',
    version: '2011',
    article: '24、25(2)(3)、28、31、38；税收征管法实施细则 101–106；监察法 44(1)',
    standing: 'to-be-confirmed',
  },
  /** What is served by public notice counts as served after so many days. */
  service_notice_days: {
    value: 30,
    instrument: '税收征管法实施细则',
    version: '2016',
    article: '106',
    standing: 'statute',
  },
  /** Ways to dispose of what is of a suspected crime that its party is told of in writing, by track. */
  told_disposals: {
    value: { DISCIPLINE: [], SUPERVISION: [], ADMIN: ['TRANSFER'], TAX: ['TRANSFER'] } satisfies ByTrack,
    instrument: '行政强制法',
    version: '2011',
    article: '21',
    standing: 'statute',
  },
} as const satisfies Record<string, Rule<number | ByTrack>>
