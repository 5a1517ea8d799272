import type { RefusalText } from '../../refusal.ts'
import { CORRECTION_PERIOD } from './rule.ts'

/** What is refused of rankings. */
export const rankingRefusals = {
  'rating.nothing-counted': {
    status: 409,
    detail: { zh: '这段时间没有已计票的评价', en: 'Nothing was counted in these days' },
    rule: null,
    remedy: { zh: '请先计票，或另选日期', en: 'Have the votes counted first, or choose other days' },
  },
  'rating.days-not-over': {
    status: 409,
    detail: { zh: '{to} 还没有到，不能排名', en: '{to} is not there yet: these days cannot be ranked' },
    rule: null,
    remedy: { zh: '止日请选今天或以前', en: 'Choose days up to today' },
  },
  'rating.ranking-stands': {
    status: 409,
    detail: {
      zh: '{from} 至 {to} 已有发布的排名',
      en: 'There is a published ranking of {from} to {to}',
    },
    rule: { zh: '发布后不再变动，只能以新的一份更正', en: 'What was published is only ever corrected, by a new one' },
    remedy: { zh: '请在该份排名上办理更正', en: 'Correct that one' },
  },
  'rating.correction-over': {
    status: 409,
    detail: { zh: '更正期限已于 {until} 届满', en: 'It could be corrected until {until}' },
    rule: CORRECTION_PERIOD.basis,
    remedy: { zh: '已发布的结果不再变动', en: 'What was published stands' },
  },
  'rating.unknown-ranking': {
    status: 404,
    detail: { zh: '没有这份排名：{ranking}', en: 'There is no ranking {ranking}' },
    rule: null,
    remedy: { zh: '请从清单中选择', en: 'Choose from the list' },
  },
  'rating.ranking-decided': {
    status: 409,
    detail: { zh: '这份排名已经办理过', en: 'This ranking was decided before' },
    rule: null,
    remedy: { zh: '请刷新后再看', en: 'Look at it again' },
  },
  'rating.ranking-own': {
    status: 403,
    detail: {
      zh: '制作排名的人和排名中的人不能审批',
      en: 'Neither who froze a ranking nor who stands in it decides about it',
    },
    rule: { zh: '不相容岗位分离', en: 'Separation of duties' },
    remedy: { zh: '请由另一名大厅负责人或监督人员审批', en: 'Another head of the hall or a supervisor decides' },
  },
  'rating.not-published': {
    status: 409,
    detail: { zh: '这份排名没有发布，或已被更正', en: 'This ranking was not published, or was corrected' },
    rule: null,
    remedy: { zh: '请查看最新的一份', en: 'Look at the latest one' },
  },
} as const satisfies Record<string, RefusalText>
