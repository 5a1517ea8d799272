import type { RefusalText } from '../../refusal.ts'

const ACCOUNT = {
  zh: '监察法(2024) 28(2)；监察法实施条例(2021) 130',
  en: 'Supervision Law (2024) 28(2); Supervision Law Regulations (2021) 130',
}

/** Money on its way into the special account. */
export const depositRefusals = {
  'custody.account-unnamed': {
    status: 422,
    detail: {
      zh: '“{account}”不是本机关登记的专用账户（已登记：{accounts}）',
      en: '“{account}” is no special account of this organ (named: {accountsEn})',
    },
    rule: {
      zh: '监察法(2024) 28(2)；行政强制法 49、60',
      en: 'Supervision Law (2024) 28(2); Administrative Compulsion Law 49, 60',
    },
    remedy: {
      zh: '请选用已登记的专用账户；新账户由两类管理员登记',
      en: 'Choose one that is named; two administrators name a new one',
    },
  },
  'custody.deposit-differs': {
    status: 409,
    detail: {
      zh: '{item} 双人清点为 {counted} 元，缴款凭证为 {paid} 元',
      en: 'Two people counted {counted} yuan in {item}; the receipt says {paid} yuan',
    },
    rule: ACCOUNT,
    remedy: {
      zh: '请核对凭证；确有短少、长出的登记异常，不得存入',
      en: 'Check the receipt; what is really short or over is an incident and is not paid in',
    },
  },
  'custody.deposit-currency': {
    status: 422,
    detail: { zh: '{item} 不是人民币，不能按分记入专用账户', en: '{item} is no renminbi: it cannot be booked in fen' },
    rule: ACCOUNT,
    remedy: { zh: '外币按贵重物品入库保管', en: 'Foreign money is kept in a store' },
  },
  'custody.deposit-evidence': {
    status: 409,
    detail: {
      zh: '{item} 登记为作为证据的现金，须原物封存，不得存入账户',
      en: '{item} is registered as cash that is evidence itself: it is kept as it is and not paid in',
    },
    rule: { zh: '监察法实施条例(2021) 128(二)', en: 'Supervision Law Regulations (2021) 128(2)' },
    remedy: { zh: '请移交库房保管', en: 'Hand it to the store' },
  },
  'custody.money-to-account': {
    status: 409,
    detail: {
      zh: '{item} 登记为存入专用账户的款项，库房不予接收',
      en: '{item} is registered as money for the special account: no store takes it in',
    },
    rule: ACCOUNT,
    remedy: {
      zh: '由承办人员会同财务人员存入专用账户；登记有误的退回补正',
      en: 'An officer pays it in together with finance; what was registered wrongly is sent back',
    },
  },
  'custody.voucher-twice': {
    status: 422,
    detail: { zh: '缴款凭证 {voucher} 已用于另一件款项', en: 'The receipt {voucher} is that of other money already' },
    rule: { zh: '一案一账', en: 'One case, one account' },
    remedy: { zh: '每件款项单独缴款、单独开具凭证', en: 'Pay each in by itself, with a receipt of its own' },
  },
} as const satisfies Record<string, RefusalText>
