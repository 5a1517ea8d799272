import type { RefusalText } from '../../refusal.ts'

const RULE = {
  zh: '税收征管法实施细则 87（查询存款账户：专人负责，保守秘密）',
  en: 'Rules on Tax Collection 87 (inquiries into deposits: by dedicated people, in confidence)',
}

/** Numbers of deposits, securities and cards, and who reads them whole. */
export const accountNumberRefusals = {
  'custody.account-number-none': {
    status: 409,
    detail: { zh: '物品 {item} 没有登记账号', en: 'No account number was registered with item {item}' },
    rule: RULE,
    remedy: {
      zh: '账号只在存折、银行卡、有价证券和存款、证券账户登记时由承办人员填写',
      en: 'Only passbooks, cards, securities and accounts have one, which an officer states when he registers them',
    },
  },
  'custody.account-number-not-yours': {
    status: 403,
    detail: {
      zh: '物品 {item} 的完整账号只由专人查看',
      en: 'The whole account number of item {item} is read only by people dedicated to it',
    },
    rule: RULE,
    remedy: {
      zh: '请本案承办人员、保管该物品的库房保管人员或者监督人员查看',
      en: 'Ask an officer of the case, a custodian of the store that keeps the item, or a supervisor',
    },
  },
} as const satisfies Record<string, RefusalText>
