import type { RefusalText } from '../../refusal.ts'

const TWO = {
  zh: '纸质选票双人背靠背录入，不一致的由第三人复核；被评议部门的人员回避',
  en: 'Papers are typed in by two people apart, a third looks at what differs; who is judged keeps out of it',
}

/** What is refused of papers that were filled in by hand. */
export const paperBoxRefusals = {
  'rating.campaign-no-paper': {
    status: 409,
    detail: { zh: '这次评议不收手填选票', en: 'This campaign takes no papers that were filled in by hand' },
    rule: { zh: '是否收手填选票，启用时即已固定', en: 'Whether papers are taken is fixed when a campaign opens' },
    remedy: { zh: '请用选票编码投票', en: 'Vote by code' },
  },
  'rating.campaign-papers-come': {
    status: 409,
    detail: { zh: '手填选票还没有收齐，请先结束评议', en: 'Papers may still come: end the campaign first' },
    rule: { zh: '手填选票收齐、结束以后一次计票', en: 'All is counted at once, when no paper comes any more' },
    remedy: { zh: '录完各箱后结束评议', en: 'End it once every box is typed in' },
  },
  'rating.paper-boxes-open': {
    status: 409,
    detail: { zh: '还有 {boxes} 箱手填选票没有录完', en: '{boxes} boxes of papers are not typed in yet' },
    rule: TWO,
    remedy: {
      zh: '录完、复核后再结束；录不下去的箱，请撤回后重新登记',
      en: 'End it once they are typed in and looked at; take a box back that can be typed in no further, and enter it again',
    },
  },
  'rating.paper-typists': {
    status: 422,
    detail: {
      zh: '录入人须是两名在职人员，不能只任管理员，且不在被评议部门',
      en: 'Two people type them in who hold a post that is no administrator’s, neither in a department that is judged',
    },
    rule: TWO,
    remedy: { zh: '请另选录入人', en: 'Name others' },
  },
  'rating.paper-box-own': {
    status: 403,
    detail: {
      zh: '只由指定的两人各录入一次；复核由未录入、不在被评议部门的监督人员或审批领导办理',
      en: 'Only the two that were named type it in, each once; who has not, and is not judged, looks at what differs',
    },
    rule: TWO,
    remedy: { zh: '请换另一人办理', en: 'Let somebody else do it' },
  },
  'rating.paper-box-sealed': {
    status: 409,
    detail: {
      zh: '这一箱已密封成选票，不能撤回',
      en: 'This box is sealed: its sheets are votes, and cannot be taken back',
    },
    rule: { zh: '投出的选票不能更改、收回', en: 'A vote that was cast is neither changed nor taken back' },
    remedy: { zh: '无须再办', en: 'Nothing is left to do' },
  },
  'rating.paper-box-withdrawn': {
    status: 409,
    detail: { zh: '这一箱已撤回', en: 'This box was taken back' },
    rule: TWO,
    remedy: { zh: '请监督人员重新登记一箱', en: 'A supervisor enters a new box' },
  },
} as const satisfies Record<string, RefusalText>
