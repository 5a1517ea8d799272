import type { RefusalText } from '../../refusal.ts'

const RULE = {
  zh: '红字更正：更正是指明原记载的新记载，两者都保留',
  en: 'Corrections: a new entry that names the wrong one; both stay',
}

/** Why a case does not go by another number. */
export const renumberingRefusals = {
  'custody.same-number': {
    status: 422,
    detail: { zh: '案件的案号已经是 {case}', en: 'The case goes by the number {case} already' },
    rule: RULE,
    remedy: { zh: '请填写正确的案号', en: 'Give the number that is right' },
  },
  'custody.number-of-other': {
    status: 409,
    detail: {
      zh: '案号 {case} 是另一案件现在或者更正前的案号',
      en: 'Another case goes by the number {case}, or went by it before a correction',
    },
    rule: {
      zh: '一案一账：一个案号只指一个案件，更正前的案号也一样',
      en: 'One case, one account: a number names one case for ever',
    },
    remedy: {
      zh: '请核对案号；确系重号的，先更正另一案件',
      en: 'Check the number; if the other case has it wrongly, correct that one first',
    },
  },
} as const satisfies Record<string, RefusalText>
