import type { RefusalText } from '../../refusal.ts'

const RULE = {
  zh: '评价归于当时在岗的人；更正上岗只另行记载，不移动评价',
  en: 'A rating belongs to who was signed on then; a corrected sign-on is recorded beside it and moves none',
}

/** What is refused of correcting who sat at a counter. */
export const signOnRefusals = {
  'rating.wrong-span': {
    status: 400,
    detail: { zh: '起止时间不对：起早于止，止不晚于现在', en: 'The span begins before it ends, and has ended' },
    rule: null,
    remedy: { zh: '请改正时间', en: 'Correct the times' },
  },
  'rating.not-one-sign-on': {
    status: 409,
    detail: {
      zh: '{counter} 在这段时间里不是由同一人始终在岗，或无人在岗',
      en: 'At {counter} nobody was signed on throughout this span, or several were',
    },
    rule: RULE,
    remedy: { zh: '请按每次上岗分别更正', en: 'Correct each sign-on by itself' },
  },
  'rating.same-clerk': {
    status: 409,
    detail: { zh: '当时在岗的就是此人', en: 'It is this clerk who was signed on' },
    rule: RULE,
    remedy: { zh: '请核对人员和时间', en: 'Check the clerk and the times' },
  },
  'rating.correction-own': {
    status: 403,
    detail: { zh: '涉及本人的上岗不能由本人更正', en: 'Nobody corrects a sign-on of his own' },
    rule: { zh: '涉及本人的应当回避', en: 'Nobody decides about himself' },
    remedy: { zh: '由该大厅的另一位负责人更正', en: 'Another head of the hall does it' },
  },
} as const satisfies Record<string, RefusalText>
