import type { RefusalText } from '../../refusal.ts'

const RULE = {
  zh: '一案一账：并案、分案凭批准文书办理，两案账目各自平衡',
  en: 'One case, one account: cases are merged and split by an approved decision, and both accounts balance',
}

/** Why cases are not merged or split. */
export const caseLineageRefusals = {
  'custody.case-merged': {
    status: 409,
    detail: {
      zh: '案件 {case} 已并入 {into}，不再办理新的事项',
      en: 'Case {case} was merged into {into}: nothing more is done in it',
    },
    rule: { zh: '一案一账', en: 'One case, one account' },
    remedy: { zh: '请在案件 {into} 中办理', en: 'Do it in case {into}' },
  },
  'custody.same-case': {
    status: 422,
    detail: { zh: '两处填写的是同一案件 {case}', en: 'Both are the same case {case}' },
    rule: RULE,
    remedy: { zh: '请选择另一案件', en: 'Choose another case' },
  },
  'custody.cases-apart': {
    status: 409,
    detail: {
      zh: '案件 {case} 与 {into} 的承办部门或案件类别不同，不能并案、分案',
      en: 'Cases {case} and {into} are of two departments or two tracks: they are neither merged nor split into each other',
    },
    rule: RULE,
    remedy: { zh: '先由同一部门按同一类别立案，再办理', en: 'Open a case of the same department and track first' },
  },
  'custody.case-on-its-way': {
    status: 409,
    detail: {
      zh: '案件 {case} 有 {count} 件正在办理，不能转入他案：{items}',
      en: 'Of case {case}, {count} are under way and cannot go into another case: {items}',
    },
    rule: {
      zh: '一案一账：移交、调用、鉴定、处置、异常、申诉在哪个案件开始，就在哪个案件办完',
      en: 'One case, one account: hand-over, loan, appraisal, disposal, incident and complaint end in the case where they began',
    },
    remedy: { zh: '请先办完这些事项，再并案、分案', en: 'Bring these to an end first' },
  },
  'custody.not-of-case': {
    status: 422,
    detail: { zh: '{item} 不是案件 {case} 的物品', en: '{item} is no item of case {case}' },
    rule: RULE,
    remedy: { zh: '请从本案物品中选择', en: 'Choose among the items of the case' },
  },
  'custody.nothing-to-pass': {
    status: 409,
    detail: { zh: '案件 {case} 没有可以转入他案的物品', en: 'Case {case} has no item that could go into another case' },
    rule: RULE,
    remedy: { zh: '没有在管物品的案件，按案结物清办结', en: 'Close the case instead' },
  },
} as const satisfies Record<string, RefusalText>
