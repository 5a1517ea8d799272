import type { roadZh } from './road.zh.ts'

/** What is on the road, in English. */
export const roadEn: Readonly<Record<keyof typeof roadZh, string>> = {
  'road.title': 'On the road',
  'road.detail': 'Between stores, lent, at an appraiser: who has it, since when, due when',
  'road.none': 'Nothing is on the road',
  'road.due': 'Due',
  'road.state': 'Why',
  'road.transit': 'between stores',
  'road.loan': 'lent',
  'road.appraisal': 'at an appraiser',
  'road.who': 'Who has it',
  'road.way': 'Where to',
  'road.from-to': '{from} to {to}',
  'road.back-to': 'back to {store}',
  'road.document': 'Document',
  'road.since': 'Since',
  'road.late': 'late',
}
