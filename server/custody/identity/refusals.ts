import type { RefusalText } from '../../refusal.ts'

const RULE = {
  zh: '监察法实施条例(2025) 97（证人保护：使用化名，真实身份另行立卷、标明密级）',
  en: 'Supervision Rules (2025) 97 (witnesses: an alias in documents, the real identity kept apart)',
}

/** Names that protect somebody, and looking up whose they are. */
export const identityRefusals = {
  'custody.identity-none': {
    status: 409,
    detail: { zh: '物品 {item} 没有登记化名', en: 'No alias was registered with item {item}' },
    rule: RULE,
    remedy: { zh: '姓名见物品卡', en: 'The name stands on the item’s card' },
  },
  'custody.identity-second': {
    status: 403,
    detail: {
      zh: '查看真实身份须两人：本案承办人员和承办部门或其上级的负责人',
      en: 'Two people look up who somebody really is: an officer of the case, and a head of the department or above it',
    },
    rule: RULE,
    remedy: { zh: '请负责人当场刷胸卡、输入 PIN', en: 'Ask the head to sign on the spot with badge and PIN' },
  },
  'custody.identity-signs': {
    status: 409,
    detail: { zh: '使用化名的人员不在屏幕上签名', en: 'Who goes by an alias does not sign on the screen' },
    rule: RULE,
    remedy: { zh: '请在纸质清单上签名，另行立卷', en: 'He signs on paper, which is kept apart' },
  },
} as const satisfies Record<string, RefusalText>
