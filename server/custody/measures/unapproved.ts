import { Refusal, type RefusalValues } from '../../refusal.ts'
import { type DisposalType, disposalTypes } from '../disposal/types.ts'
import type { Item } from '../items/item.ts'
import { wantsApproval } from './approving.ts'

/** So many are named in a refusal, and how many there are in all. */
const NAMED = 10

/**
 * Whether a thing is, or was, held by a measure that nobody approved though somebody must: until it is approved, wherever the thing is by then.
 * What was given back is held by none any more; what became others is approved as what came of it.
 */
export function standsUnapproved(item: Item): boolean {
  if (item.disposed?.way === 'RETURN' || item.dispositionStatus === 'REPLACED') return false
  return wantsApproval(item)
}

/**
 * What was not lawfully taken can only be released (rules T-02, row 2). Asked where a way out is proposed, so that no paper goes round that
 * cannot be carried out, and once more where it is carried out, the act that cannot be taken back: a paper may be older than this rule, or its
 * thing was corrected into one that wants more leave. To agree to a paper moves nothing, and who agrees may refuse it.
 * @throws Refusal `custody.measure-unapproved`, naming what wants its approval
 */
export function mustBeApprovedFor(way: DisposalType, items: readonly Item[]): void {
  const refused = refusedFor(way, items)
  if (refused !== null) throw refused
}

/** Why these things do not go this way; null where nothing keeps them from it. */
export function refusedFor(way: DisposalType, items: readonly Item[]): Refusal | null {
  const unapproved = way === 'RETURN' ? [] : items.filter(standsUnapproved)
  if (unapproved.length === 0) return null
  const { zh, en } = disposalTypes[way].name
  return new Refusal('custody.measure-unapproved', { ...named(unapproved), way: zh, wayEn: en })
}

/** Items in a refusal: the first of them by their codes, and how many there are. */
export function named(items: readonly Item[]): RefusalValues {
  const codes = items.slice(0, NAMED).map(({ code }) => code)
  return { items: codes.join('、'), itemsEn: codes.join(', '), count: items.length }
}
