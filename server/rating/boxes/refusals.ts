import type { RefusalText } from '../../refusal.ts'

const TWO = {
  zh: '纸质评价双人背靠背录入，不一致的由第三人复核',
  en: 'Ratings on paper are typed in by two people apart; a third looks at what differs',
}

/** What is refused of ratings on paper. */
export const boxRefusals = {
  'rating.unknown-box': {
    status: 404,
    detail: { zh: '没有这个评价箱', en: 'There is no such box' },
    rule: null,
    remedy: { zh: '请从清单中选择', en: 'Choose from the list' },
  },
  'rating.box-own': {
    status: 403,
    detail: {
      zh: '同一人不能录入两次；被评价人不经手自己的评价箱，复核须由第三名负责人或监督人员办理',
      en: 'Nobody types a box in twice, or has his own in hand; a third person, the head of the hall or a supervisor, decides',
    },
    rule: TWO,
    remedy: { zh: '请换另一人办理', en: 'Let somebody else do it' },
  },
  'rating.box-typed': {
    status: 409,
    detail: { zh: '两人都已录入', en: 'Two people have typed it in already' },
    rule: TWO,
    remedy: { zh: '请看清单中的状态', en: 'See the list for what is next' },
  },
  'rating.box-count': {
    status: 422,
    detail: {
      zh: '开箱清点 {sheets} 张，录入了 {entered} 张，须张数一致',
      en: '{sheets} sheets were counted when it was opened, {entered} are typed in',
    },
    rule: TWO,
    remedy: {
      zh: '请逐张核对；认不清的按“未填”录入，不能略过',
      en: 'Go through them again; one that cannot be read is typed in as blank, never left out',
    },
  },
  'rating.box-questions': {
    status: 422,
    detail: { zh: '录入了问卷上没有的题目或原因', en: 'A question or reason is not on this questionnaire' },
    rule: null,
    remedy: { zh: '请刷新页面后重新录入', en: 'Load the page again and type it in anew' },
  },
  'rating.box-nothing-differs': {
    status: 409,
    detail: { zh: '没有需要复核的不一致', en: 'Nothing differs that a third person could decide' },
    rule: TWO,
    remedy: { zh: '请看清单中的状态', en: 'See the list for what is next' },
  },
  'rating.box-sheets': {
    status: 422,
    detail: {
      zh: '须复核的是第 {sheets} 张，不多不少',
      en: 'To be looked at are sheets {sheets}, no more and no fewer',
    },
    rule: TWO,
    remedy: { zh: '请逐张复核', en: 'Look at each of them' },
  },
  'rating.box-third': {
    status: 422,
    detail: {
      zh: '第 {sheets} 张与两人录入的都不相同',
      en: 'What is said of sheets {sheets} is what neither of the two has read',
    },
    rule: TWO,
    remedy: { zh: '请对照原件再看一次', en: 'Look at the paper once more' },
  },
} as const satisfies Record<string, RefusalText>
