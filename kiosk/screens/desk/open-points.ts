import type { CaseAccount } from '../../../server/custody/protocol.ts'

/** Of the panels that `OpenPoints` shows of a case, how many there are, and in how many of them something is still to be put right. */
export function openPointsOf(of: CaseAccount): { readonly panels: number; readonly waiting: number } {
  const waiting = [
    of.unapproved.length > 0,
    of.withoutRelevance.length > 0,
    of.filing === null,
    of.checklists.some(({ points }) => points.some(({ ticked }) => ticked === null)),
    of.untold.length > 0,
    of.unserved.length > 0,
    of.unpictured.length > 0,
    unfilmedIn(of).length > 0,
    owedByKeepers(of) > 0,
  ].filter(Boolean).length
  const isAllTicked =
    of.checklists.length > 0 && of.checklists.every(({ points }) => points.every(({ ticked }) => ticked))
  const isSettled = hasRecourse(of) && owedByKeepers(of) === 0
  return { panels: waiting + (isAllTicked ? 1 : 0) + (isSettled ? 1 : 0), waiting }
}

/** Every item that was not filmed throughout. */
export function unfilmedIn({ unfilmed: { none, unhashed, gap } }: Pick<CaseAccount, 'unfilmed'>): readonly string[] {
  return [...none, ...unhashed, ...gap]
}

/** Whether something was paid first for what a third-party keeper lost, or may be. */
export function hasRecourse({ recourse: { payable, payments } }: Pick<CaseAccount, 'recourse'>): boolean {
  return payable.length + payments.length > 0
}

/** What keepers still owe of it, in fen. */
function owedByKeepers({ recourse: { payments } }: Pick<CaseAccount, 'recourse'>): number {
  return payments.reduce((sum, { open_fen }) => sum + open_fen, 0)
}
