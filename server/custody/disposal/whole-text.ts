import type { Approval } from '../../approvals/approvals.ts'
import type { Actor } from '../../module.ts'
import type { Case } from '../cases/cases.ts'
import { isRecused } from '../separation.ts'
import { isAdministrator } from '../sight/sight.ts'
import type { Disposal } from './disposal.ts'

/** How a request was decided: by whom, and in whose place. */
type Decided = Pick<Approval, 'decidedBy' | 'decidedFor'>

/**
 * 查看全文: whoever proposed a paper, agreed to it or let it drop, and he in whose place somebody did, goes on reading what it says, which he answers
 * for; the case itself he then sees no more of. Nothing to who is recused from the case, and to no administrator (监察法 67, 18(2)).
 * @param requests the requests by which it was agreed to
 */
export function mayReadText(
  { proposer, agreed, dropped }: Pick<Disposal, 'proposer' | 'agreed' | 'dropped'>,
  requests: readonly Decided[],
  actor: Actor,
  of: Case,
): boolean {
  const { person } = actor
  if (isRecused(person, of) || isAdministrator(actor)) return false
  if (proposer === person || dropped?.by === person || agreed.some(({ by }) => by === person)) return true
  return requests.some(({ decidedBy, decidedFor }) => decidedBy === person || decidedFor === person)
}
