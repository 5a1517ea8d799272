import type { RefusalText } from '../../refusal.ts'

const REVIEWED = {
  zh: '监察法(2024) 28(2)：专门保管，严格履行手续，定期对账核实；复核间隔为内部规则',
  en: 'Supervision Law (2024) 28(2): kept by set formalities and reconciled at intervals; how often is the house’s rule',
}

/** Why keeping is not reviewed. */
export const retentionRefusals = {
  'custody.retention-asked': {
    status: 409,
    detail: { zh: '{item} 已提请复核，尚未答复', en: 'Whether {item} is still needed was asked already' },
    rule: REVIEWED,
    remedy: { zh: '请等承办人员答复，或请监督人员督办', en: 'Wait for an officer’s answer, or have it urged' },
  },
  'custody.retention-day': {
    status: 422,
    detail: { zh: '下次复核日不对', en: 'The day of the next review does not fit' },
    rule: REVIEWED,
    remedy: {
      zh: '继续保管的，填明天至 {last} 之间的一天（间隔不超过 {days} 天）；可以处置的不填',
      en: 'Where it is kept, a day from tomorrow to {last} ({days} days at most); none where it may go',
    },
  },
} as const satisfies Record<string, RefusalText>
