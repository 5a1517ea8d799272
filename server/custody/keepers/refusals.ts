import type { RefusalText } from '../../refusal.ts'

const HANDED_OVER = {
  zh: '监察法(2024) 28(2)（专人保管）；岗位交接',
  en: 'Supervision Law (2024) 28(2): dedicated persons; hand-over of a post',
}

/** Who answers for a store in person. */
export const keeperRefusals = {
  'custody.not-the-keeper': {
    status: 403,
    detail: { zh: '本库责任保管人是 {person}，由其本人移交', en: '{person} answers for this store and hands it over' },
    rule: HANDED_OVER,
    remedy: {
      zh: '请责任保管人办理；其已离岗的，由保管部门负责人代办',
      en: 'The custodian who has the post acts; where he is gone, the head of the keeping department does',
    },
  },
  'custody.post-taker': {
    status: 403,
    detail: {
      zh: '接管人 {person} 须是本库保管人员并当场签名',
      en: '{person} takes it over: a custodian of this store, who signs',
    },
    rule: HANDED_OVER,
    remedy: { zh: '请接管人刷工牌并输入 PIN', en: 'Who takes it over scans a badge and gives the PIN' },
  },
  'custody.post-witness': {
    status: 403,
    detail: {
      zh: '岗位交接须有监交人签名：监督人员或保管部门负责人，且不是本库保管人员',
      en: 'A witness signs: a supervisor or the head of the keeping department, no custodian of this store',
    },
    rule: HANDED_OVER,
    remedy: { zh: '请监交人刷工牌并输入 PIN', en: 'A witness scans a badge and gives the PIN' },
  },
  'custody.post-count': {
    status: 409,
    detail: {
      zh: '交接前须有全库（或全库抽样）盘点，且在 {days} 天内签结',
      en: 'A stock-take of the whole store, or drawn from all of it, was closed within {days} days before',
    },
    rule: HANDED_OVER,
    remedy: { zh: '请先共同盘点并签结，再办理交接', en: 'Count together and close the count first' },
  },
  'custody.post-counted-alone': {
    status: 409,
    detail: {
      zh: '{person} 没有参加该次盘点，不是共同清点',
      en: '{person} took no part in that count: it was no joint one',
    },
    rule: HANDED_OVER,
    remedy: { zh: '移交人和接管人都须参加清点、复点或签结', en: 'Both count, recount, or sign its close' },
  },
} as const satisfies Record<string, RefusalText>
