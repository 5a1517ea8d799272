import type { ApprovalLevel } from '../../approvals/approvals.ts'
import type { Reader } from '../../module.ts'
import { confirmingAsked } from '../measures/asked.ts'
import { levelsOf } from '../measures/deciding.ts'
import { standsUnapproved } from '../measures/unapproved.ts'
import { mayPay, openOf } from '../recourse/recourse.ts'
import type { Item } from './item.ts'

/** What of an item is put right on the account of its case. */
export interface OpenPointsOfItem {
  /** Nobody approved its measure, though somebody must: who agrees afterwards, one after the other, and whether they are asked already; null where it is approved. */
  readonly unapproved: { readonly levels: readonly ApprovalLevel[]; readonly asked: boolean } | null
  /** What a third-party keeper lost or damaged: may be paid for, is to be recovered from him, or is settled (rules T-06); null where none did. */
  readonly recourse: 'payable' | 'open' | 'settled' | null
}

/** The same of one item, as it stands. */
export async function openPointsOf(db: Reader, item: Item, now: string): Promise<OpenPointsOfItem> {
  const isUnapproved = standsUnapproved(item)
  const asked = isUnapproved && (await confirmingAsked(db, [item.code], now)).has(item.code)
  return { unapproved: isUnapproved ? { levels: levelsOf([item]), asked } : null, recourse: recourseOf(item) }
}

function recourseOf(item: Item): OpenPointsOfItem['recourse'] {
  const paid = item.compensations ?? []
  if (paid.some((one) => openOf(one) > 0)) return 'open'
  if (paid.length > 0) return 'settled'
  return mayPay(item) ? 'payable' : null
}
