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
  ].filter(Boolean).length
  const isAllTicked =
    of.checklists.length > 0 && of.checklists.every(({ points }) => points.every(({ ticked }) => ticked))
  return { panels: waiting + (isAllTicked ? 1 : 0), waiting }
}

/** Every item that was not filmed throughout. */
export function unfilmedIn({ unfilmed: { none, unhashed, gap } }: Pick<CaseAccount, 'unfilmed'>): readonly string[] {
  return [...none, ...unhashed, ...gap]
}
