import type { Approval } from '../../approvals/approvals.ts'
import type { Item } from '../items/item.ts'
import { standsUnapproved } from '../measures/unapproved.ts'
import { filmingOf } from '../videos/filming.ts'
import type { Verb } from './testing-steps.ts'

/** From here to 99 a step is about the measures of the case. */
const FOR_MEASURES = 88

/**
 * What would come next by the book; of several that could, one by chance.
 * @param asked the request that waits and names the item; `measure`: the one that asks for a measure in its case
 */
export function nextVerb(
  item: Item,
  { asked, measure }: { readonly asked: Approval | undefined; readonly measure: Approval | undefined },
  odd: number,
): Verb {
  const one = (...verbs: readonly Verb[]): Verb => verbs[odd % verbs.length] ?? 'wait'
  if (item.incident !== null) return one('resolve', 'resolve', 'resolve', 'photo', 'borrow')
  if (item.complaint !== undefined) return one('decide-complaint', 'decide-complaint', 'ask', 'give-back')
  if (asked !== undefined && item.custodyStatus !== 'BORROWED')
    return one('grant', 'grant', 'grant', 'grant', 'refuse', 'withdraw', 'borrow', 'carry-out')
  if (measure !== undefined && odd % 4 === 0) return 'grant'
  if (standsUnapproved(item) && odd % 4 === 1) return 'ask-confirm'
  if (odd >= FOR_MEASURES) return one('ask-measure', 'surrender', 'freeze', 'ask-confirm')
  if (item.measureStatus === 'VOLUNTARY_RECEIVED')
    return one('ask-convert', 'ask-convert', 'photo', 'submit', 'propose')
  if (item.reviewable !== undefined && odd % 5 === 0) return 'review-complaint'
  switch (item.custodyStatus) {
    case 'NOT_RECEIVED':
    case 'WITH_CASE_DEPT':
      if (item.dispositionStatus === 'APPROVED') return 'carry-out'
      if (item.photos.length === 0) return 'photo'
      if (filmingOf(item) !== null) return one('film', 'film', 'film', 'submit')
      if (item.category === 'cash' && (item.cash?.agreed.length ?? 0) === 0) return 'count'
      if (item.category !== 'general' && item.seal === null) return 'seal'
      return one('submit', 'submit', 'submit', 'submit', 'unseal', 'correct', 'propose', 'split', 'merge', 'incident')
    case 'PENDING_HANDOVER':
      if (item.category === 'cash' && item.cash?.agreed.at(-1)?.list !== item.list)
        return one('count', 'count', 'check-in', 'deposit')
      return one('check-in', 'check-in', 'check-in', 'check-in', 'send-back')
    case 'IN_STORE':
      if (item.dispositionStatus === 'APPROVED') return one('carry-out', 'carry-out', 'carry-out', 'photo', 'ask')
      if (item.reservation !== null) return one('borrow', 'borrow', 'borrow', 'move')
      if (item.category !== 'general' && item.seal === null) return one('seal', 'split')
      return one(
        ...(['ask', 'ask', 'ask', 'propose', 'propose', 'propose', 'move', 'appraise', 'dispatch', 'unseal'] as const),
        ...(['incident', 'complain', 'split', 'merge', 'correct', 'seal'] as const),
      )
    case 'BORROWED':
      return one('give-back', 'give-back', 'give-back', 'unseal')
    case 'AT_APPRAISAL':
      return one('appraised', 'appraised', 'unseal')
    case 'IN_TRANSIT':
      return one('arrive', 'arrive', 'incident')
    case 'OUT':
      return one('write-off', 'write-off', 'close')
    case 'DEPOSITED':
      if (item.dispositionStatus === 'APPROVED') return 'carry-out'
      if (item.proceeds !== undefined) return one('divide', 'divide', 'divide', 'propose', 'owe', 'complain')
      return one('propose', 'close')
    case 'IN_PLACE':
    case 'HOLDER_KEEPS':
    case 'THIRD_PARTY':
      return one('propose', 'close')
  }
}
