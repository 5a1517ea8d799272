import type { RefusalText } from '../../refusal.ts'

const RECONCILED = {
  zh: '监察法(2024) 28(2)：专用账户，定期对账核实；罚没财物管理办法(财税〔2020〕54号) 3–4：财务与办案、保管分离',
  en: 'Supervision Law (2024) 28(2): a special account, reconciled at intervals; finance apart from handling and keeping',
}

/** Why a statement of the special account is not taken. */
export const reconcilingRefusals = {
  'custody.not-finance': {
    status: 403,
    detail: {
      zh: '专户对账由负责该账户的部门的财务人员办理',
      en: 'The finance of the department that answers for the account does that',
    },
    rule: RECONCILED,
    remedy: { zh: '请该部门负责财务的人员办理', en: 'Ask who signs for finance in that department' },
  },
  'custody.statement-period': {
    status: 422,
    detail: {
      zh: '对账单有不在 {from} 至 {to} 之间的行，或起止日期不对',
      en: 'The statement has lines outside {from} to {to}, or the period is none',
    },
    rule: RECONCILED,
    remedy: { zh: '请按对账单的起止日期填写', en: 'Give the days on which the statement begins and ends' },
  },
  'custody.statement-headings': {
    status: 422,
    detail: { zh: '对账单没有“日期”和“收入”两栏', en: 'The statement has no columns for the day and for money in' },
    rule: RECONCILED,
    remedy: {
      zh: '请用银行导出的 CSV：日期、收入（贷方金额）、支出（借方金额）、凭证号',
      en: 'Use the bank’s CSV with date, credit, debit and receipt',
    },
  },
  'custody.statement-faults': {
    status: 422,
    detail: {
      zh: '对账单有 {count} 行读不出，第一处在第 {row} 行：{zh}',
      en: '{count} rows cannot be read, the first is {row}: {en}',
    },
    rule: RECONCILED,
    remedy: { zh: '请更正后再对账；有错时一行也不记', en: 'Put them right; nothing is recorded while one is wrong' },
  },
  'custody.statement-lines': {
    status: 422,
    detail: { zh: '对账单超过 {most} 行', en: 'The statement has more than {most} lines' },
    rule: RECONCILED,
    remedy: { zh: '请分段对账', en: 'Reconcile it in parts' },
  },
} as const satisfies Record<string, RefusalText>
