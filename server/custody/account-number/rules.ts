import type { Rule } from '../rule.ts'

/** Whole numbers of accounts (T-14). */
export const accountNumberRules = {
  /** So long after he said why does somebody read a whole number on papers that he looks at. */
  account_number_minutes: {
    value: 15,
    instrument: '本系统内部规则',
    version: '2026-11',
    article: '完整账号说明事由后可以查看的时间',
    standing: 'house',
  },
} as const satisfies Readonly<Record<string, Rule<unknown>>>
