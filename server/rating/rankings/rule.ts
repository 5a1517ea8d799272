import type { Words } from '../../refusal.ts'

/** How long a published ranking may be corrected, as data; what was published carries the moment with it. */
export interface CorrectionPeriod {
  readonly rule: string
  readonly version: number
  readonly days: number
  /** By whom: one freezes the new one, another publishes it. */
  readonly who: Words
  readonly basis: Words
}

/** No law names a number of days; another number is another version, and moves nothing that is published already. */
export const CORRECTION_PERIOD: CorrectionPeriod = {
  ...{ rule: 'ranking-correction', version: 1, days: 30 },
  who: {
    zh: '大厅负责人或监督人员重新制作，另一人发布',
    en: 'the head of the hall or a supervisor freezes another one, and somebody else publishes it',
  },
  basis: { zh: '本系统内部规则（更正期限）', en: 'House rule (how long a result may be corrected)' },
}
