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

/** Where a thing is that is still to be handed over to a store. */
const TO_HAND_OVER: readonly string[] = ['NOT_RECEIVED', 'WITH_CASE_DEPT', 'PENDING_HANDOVER']

/** Of things without their recording, for which the hand-over waits, and for which the close of the case alone: those pass no hand-over, or did. */
export function filmHolds(
  { items }: { readonly items: readonly Pick<CaseAccount['items'][number], 'code' | 'custody'>[] },
  codes: readonly string[],
): { readonly handOver: readonly string[]; readonly close: readonly string[] } {
  const waits = new Set(items.filter(({ custody }) => TO_HAND_OVER.includes(custody.value)).map(({ code }) => code))
  return { handOver: codes.filter((code) => waits.has(code)), close: codes.filter((code) => !waits.has(code)) }
}

/** Whether something was paid first for what a third-party keeper lost, or may be. */
export function hasRecourse({ recourse: { payable, payments } }: Pick<CaseAccount, 'recourse'>): boolean {
  return payable.length + payments.length > 0
}

/** What keepers still owe of it, in fen. */
function owedByKeepers({ recourse: { payments } }: Pick<CaseAccount, 'recourse'>): number {
  return payments.reduce((sum, { open_fen }) => sum + open_fen, 0)
}
