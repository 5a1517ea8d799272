import type { RefusalText } from '../../refusal.ts'

const KEPT = {
  zh: '监察法(2024) 28(2)：专门保管，严格履行交接、调取手续；断电期间的纸质记录与补录为内部规则',
  en: 'Supervision Law (2024) 28(2): strict formalities for what is handed over and drawn; paper and late entry are the house’s rule',
}

/** Why what was done on paper is not entered. */
export const onPaperRefusals = {
  'custody.paper-in-future': {
    status: 422,
    detail: { zh: '办理时间 {at} 还没有到', en: 'The time {at} is still to come' },
    rule: KEPT,
    remedy: { zh: '请按纸上的时间填写', en: 'Enter the time that stands on the paper' },
  },
  'custody.paper-too-old': {
    status: 409,
    detail: {
      zh: '办理时间 {at} 已超过补录期限（{hours} 小时）',
      en: '{at} is longer ago than may be entered ({hours} hours)',
    },
    rule: KEPT,
    remedy: {
      zh: '逾期未补录的，请登记异常情况，并把纸质记录附在其后',
      en: 'Open an incident and keep the paper with it',
    },
  },
  'custody.paper-not-compared': {
    status: 403,
    detail: {
      zh: '补录须由另一人核对纸质记录：本库保管人员或保管部门负责人，且没有在这张纸上签过名',
      en: 'Somebody else compares the entry with the paper: a custodian of the store or its head who has not signed that paper',
    },
    rule: KEPT,
    remedy: { zh: '请核对人刷工牌、输入 PIN', en: 'Whoever compared it gives badge and PIN' },
  },
} as const satisfies Record<string, RefusalText>
