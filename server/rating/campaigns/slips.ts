import type { Layout } from '../../../labels/layout.ts'
import { LabelRefused } from '../../../labels/refused.ts'
import { type BallotSlip, ballotSlip } from '../../../labels/templates/ballot-slip.ts'
import { Refusal } from '../../refusal.ts'

/** A voter's slip as it is printed. @throws Refusal `rating.cannot-draw` */
export function slipOf(slip: BallotSlip): Layout {
  try {
    return ballotSlip(slip)
  } catch (error) {
    if (error instanceof LabelRefused)
      throw new Refusal('rating.cannot-draw', { zh: error.words.zh, en: error.words.en })
    throw error
  }
}

const SAMPLE: BallotSlip = {
  ...{ title: '评议', organisation: '监督部门', group: '服务对象', from: '2026-01-01', to: '2026-01-01' },
  ...{ code: '0000-0000-0000-0000', typedAt: 'https://example.org/ballot' },
  address: 'https://example.org/ballot#0000-0000-0000-0000',
}

/**
 * What will stand on slips is refused while it can still be put right: once a campaign is open nothing of it changes, and it could never be printed.
 * @throws Refusal `rating.cannot-draw`
 */
export function mustFitSlips(title: string, groups: readonly { readonly name: string }[]): void {
  for (const { name } of groups) slipOf({ ...SAMPLE, title, group: name })
}
