/** Until when a request may be decided. */

import type { ShownApproval } from '../../server/approvals/protocol.ts'

/** As long as the request stands; what makes a term longer or shorter, before that term is over (行政强制法 25). */
export function decideBefore({ deed, term, expiresAt }: Pick<ShownApproval, 'deed' | 'term' | 'expiresAt'>): string {
  const isWithin = deed.command === 'extend-deadline' || deed.command === 'shorten-deadline'
  return isWithin && term !== null && term.dueAt < expiresAt ? term.dueAt : expiresAt
}
