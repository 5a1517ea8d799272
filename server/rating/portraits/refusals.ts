import type { RefusalText } from '../../refusal.ts'

/** What is refused of the photos of clerks. */
export const portraitRefusals = {
  'rating.no-such-clerk': {
    status: 404,
    detail: { zh: '{clerk} 不是该大厅的窗口人员', en: '{clerk} is no clerk of this hall' },
    rule: null,
    remedy: { zh: '请从清单中选择', en: 'Choose from the list' },
  },
  'rating.no-portrait': {
    status: 404,
    detail: { zh: '没有这张照片，或已撤下', en: 'There is no such photo, or it was taken away' },
    rule: null,
    remedy: { zh: '请刷新后再看', en: 'Look at it again' },
  },
  'rating.portrait-changed': {
    status: 409,
    detail: { zh: '照片已经换过', en: 'The photo is another one now' },
    rule: {
      zh: '个人信息保护法第十四条（知情同意）',
      en: 'Personal Information Protection Law, article 14 (informed consent)',
    },
    remedy: { zh: '请看过现在的照片再同意', en: 'Look at the present one before agreeing' },
  },
} as const satisfies Record<string, RefusalText>
