import type { RefusalText } from '../../refusal.ts'

const LOT = {
  zh: '抽样回访：先记种子校验值，后抽取；由监督人员回访',
  en: 'Call-backs are drawn by lot, the hash of the seed first, and made by supervisors',
}

/** What is refused of call-back samples. */
export const sampleRefusals = {
  'rating.unknown-sample': {
    status: 404,
    detail: { zh: '没有这次抽样', en: 'There is no such sample' },
    rule: null,
    remedy: { zh: '请从清单中选择', en: 'Choose from the list' },
  },
  'rating.sample-wide': {
    status: 422,
    detail: {
      zh: '这些日期内可回访的办件超过 {most} 件',
      en: 'More than {most} services of these days could be drawn',
    },
    rule: LOT,
    remedy: { zh: '请缩短日期', en: 'Choose fewer days' },
  },
  'rating.sample-few': {
    status: 422,
    detail: {
      zh: '这些日期内有办件编号、已办结的只有 {count} 件，不够抽取',
      en: 'Only {count} services of these days are closed and have a number: too few to draw from',
    },
    rule: LOT,
    remedy: { zh: '请少抽，或放宽日期', en: 'Draw fewer, or choose more days' },
  },
  'rating.sample-quota': {
    status: 422,
    detail: { zh: '应完成数不能多于抽取数', en: 'No more answers can be wanted than are drawn' },
    rule: null,
    remedy: { zh: '请改正数目', en: 'Correct the numbers' },
  },
  'rating.sample-drawn': {
    status: 409,
    detail: { zh: '这次抽样已经抽取', en: 'This sample was drawn already' },
    rule: LOT,
    remedy: { zh: '请看抽中的办件', en: 'See what was drawn' },
  },
  'rating.sample-not-drawn': {
    status: 409,
    detail: { zh: '还没有抽取', en: 'It is not drawn yet' },
    rule: LOT,
    remedy: { zh: '请先抽取', en: 'Draw it first' },
  },
  'rating.sample-not-in-it': {
    status: 422,
    detail: { zh: '这个办件没有抽中', en: 'This service was not drawn' },
    rule: LOT,
    remedy: { zh: '只回访抽中的办件', en: 'Only those that were drawn are called' },
  },
  'rating.sample-called': {
    status: 409,
    detail: { zh: '这个办件的回访已经完成', en: 'Nobody is to call about this service any more' },
    rule: {
      zh: '已答复或谢绝的不再打扰，三次联系不上的不再联系',
      en: 'Who answered or declined is left in peace; three tries are enough',
    },
    remedy: { zh: '请回访下一个', en: 'Call the next one' },
  },
  'rating.sample-said': {
    status: 422,
    detail: {
      zh: '接受回访的须记下答复，其他的不记',
      en: 'Of an answered call the answers are written down, of another none',
    },
    rule: null,
    remedy: { zh: '请改正结果或答复', en: 'Correct the outcome or the answers' },
  },
  'rating.sample-open': {
    status: 409,
    detail: { zh: '还有抽中的办件没有回访完', en: 'Some of those that were drawn are still to be called' },
    rule: {
      zh: '回访结束后才有结果，避免看出个别人的答复',
      en: 'Results come once all were called, so that nobody’s answer can be told',
    },
    remedy: { zh: '请回访完再看', en: 'Look once all were called' },
  },
} as const satisfies Record<string, RefusalText>
