import type { ApprovalLevel } from '../../approvals/approvals.ts'
import type { Track } from '../axes.ts'
import type { Rule } from '../rule.ts'

/** Paying first for what a third-party keeper lost, and having it back (T-06). */
export const recourseRules = {
  /** On which tracks the law lets the organ pay first and recover from the keeper. */
  recourse_tracks: {
    value: ['ADMIN', 'TAX'] satisfies readonly Track[],
    instrument: '行政强制法',
    version: '2011',
    article: '26(2)',
    standing: 'statute',
  },
  /** Who agrees that the rest is recovered no more. */
  recourse_write_off_levels: {
    value: ['department', 'organ'] satisfies readonly ApprovalLevel[],
    instrument: '本系统内部规则',
    version: '2026-11',
    article: '追偿核销审批层级',
    standing: 'house',
  },
} as const satisfies Readonly<Record<string, Rule<unknown>>>
