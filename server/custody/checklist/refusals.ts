import type { RefusalText } from '../../refusal.ts'

const RULE = {
  zh: '行政强制法 18；监察法(2024) 44（办理要点）',
  en: 'Administrative Compulsion Law 18; Supervision Law (2024) 44',
}

/** What is seen to when a measure is taken. */
export const checklistRefusals = {
  'custody.check-notice': {
    status: 404,
    detail: {
      zh: '案件 {case} 没有以文号 {notice} 采取的措施',
      en: 'Nothing of case {case} was taken by notice {notice}',
    },
    rule: RULE,
    remedy: { zh: '请核对文号', en: 'Check the number of the notice' },
  },
  'custody.check-point': {
    status: 422,
    detail: { zh: '本案的程序没有“{point}”这一项', en: 'The track of this case has no point “{pointEn}”' },
    rule: RULE,
    remedy: { zh: '请按本案的核对表填写', en: 'Use the checklist of this case' },
  },
  'custody.check-known': {
    status: 409,
    detail: { zh: '{notice} 的这些要点已经核对', en: 'These points of {notice} were checked before' },
    rule: RULE,
    remedy: { zh: '无须再登记', en: 'Nothing is left to do' },
  },
} as const satisfies Record<string, RefusalText>
