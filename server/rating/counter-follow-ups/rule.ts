import type { Words } from '../../refusal.ts'

/** From how many bad votes of a batch on its counter is looked into, as data. */
export interface BadBatchRule {
  readonly rule: string
  readonly version: number
  /** So many bad votes of one batch, or more. */
  readonly bad: number
  readonly why: Words
}

/** Every bad rating is looked into (rules K-06), so one is enough. Another number is another version. */
export const BAD_BATCH: BadBatchRule = {
  ...{ rule: 'bad-batch', version: 1, bad: 1 },
  why: {
    zh: '一批计票中有差评，按窗口核查（匿名评价不按人、不按笔追查）',
    en: 'A counted batch holds bad votes: its counter is looked into, no vote, time or rater is',
  },
}
