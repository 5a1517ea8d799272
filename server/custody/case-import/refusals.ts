import type { RefusalText } from '../../refusal.ts'

const ONE_ACCOUNT = { zh: '一案一账', en: 'One case, one account' }

/** Cases that come from a table. */
export const caseImportRefusals = {
  'custody.import-case-twice': {
    status: 422,
    detail: { zh: '案号 {case} 在表中出现多次', en: 'Case number {case} stands in the table more than once' },
    rule: ONE_ACCOUNT,
    remedy: { zh: '请只保留一行', en: 'Keep one row of it' },
  },
  'custody.import-case-differs': {
    status: 409,
    detail: {
      zh: '案件 {case} 已有台账，与表中不同的是：{what}',
      en: 'Case {case} has its account already; the table differs in: {whatEn}',
    },
    rule: ONE_ACCOUNT,
    remedy: {
      zh: '请核对；台账已立的不由导入改动，相同的可以重复导入',
      en: 'Compare them: an import changes no account that is there; what is the same may come again',
    },
  },
} as const satisfies Record<string, RefusalText>
