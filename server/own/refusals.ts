import type { RefusalText } from '../refusal.ts'

/** Why something is not kept for somebody. */
export const ownRefusals = {
  'own.views-full': {
    status: 409,
    detail: { zh: '常用清单已有 {most} 个', en: 'There are {most} kept lists already' },
    rule: { zh: '本系统内部规则（常用清单上限）', en: 'House rule: how many lists one person keeps' },
    remedy: { zh: '请先删去不用的', en: 'Take away those that you do not use' },
  },
} as const satisfies Record<string, RefusalText>
