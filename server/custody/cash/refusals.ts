import type { RefusalText } from '../../refusal.ts'

/** What counting cash runs into. */
export const cashRefusals = {
  'custody.not-cash': {
    status: 422,
    detail: { zh: '{item} 不是现金，不须清点', en: '{item} is no cash: it is not counted' },
    rule: { zh: '监察法实施条例(2021) 128(二)', en: 'Supervision Law Regulations (2021) 128(2)' },
    remedy: { zh: '请核对编号', en: 'Check the code' },
  },
  'custody.cash-counted-already': {
    status: 409,
    detail: { zh: '{item} 已由两人清点一致', en: 'Two people have counted {item} and found the same' },
    rule: { zh: '监察法实施条例(2021) 128(二)', en: 'Supervision Law Regulations (2021) 128(2)' },
    remedy: { zh: '请继续办理移交或入库', en: 'Go on with the hand-over or check-in' },
  },
  'custody.cash-same-counter': {
    status: 409,
    detail: {
      zh: '{person} 已清点过本次现金，须由另一人清点',
      en: '{person} has counted this already: another person counts',
    },
    rule: { zh: '监察法实施条例(2021) 128(二)', en: 'Supervision Law Regulations (2021) 128(2)' },
    remedy: { zh: '请换另一人独立清点', en: 'Let another person count, without being told' },
  },
  'custody.cash-other-side': {
    status: 409,
    detail: {
      zh: '{item} 移交时须由承办人员和保管人员各清点一次',
      en: '{item} is counted by an officer and by a custodian when it is handed over',
    },
    rule: { zh: '监察法 28(2)', en: 'Supervision Law 28(2)' },
    remedy: { zh: '请由另一方清点', en: 'The other side counts' },
  },
  'custody.cash-face': {
    status: 422,
    detail: {
      zh: '{currency}没有这种面额，或同一面额填了两次',
      en: '{currencyEn} has no such denomination, or one is given twice',
    },
    rule: null,
    remedy: { zh: '请按面额逐行填写', en: 'Give each denomination once' },
  },
  'custody.cash-serials': {
    status: 422,
    detail: {
      zh: '冠字号有重复，或比清点的张数还多',
      en: 'A serial number stands twice, or there are more of them than pieces',
    },
    rule: null,
    remedy: { zh: '请核对冠字号', en: 'Check the serial numbers' },
  },
  'custody.cash-too-much': {
    status: 422,
    detail: { zh: '一件最多清点 {most} 张（枚）', en: 'One item holds {most} pieces at most' },
    rule: null,
    remedy: { zh: '请核对张数，或分件登记', en: 'Check the number, or register it as several items' },
  },
  'custody.cash-not-counted': {
    status: 409,
    detail: { zh: '{item} 尚未由两人清点一致', en: 'Two people have not yet counted {item} and found the same' },
    rule: { zh: '监察法实施条例(2021) 128(二)', en: 'Supervision Law Regulations (2021) 128(2)' },
    remedy: {
      zh: '请两人各自在物品页“清点现金”中独立清点',
      en: 'Two people count it, each on his own, on “Count the cash” of its page',
    },
  },
} as const satisfies Record<string, RefusalText>
