import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'

/**
 * Nothing ends in a case to which another organ handed in what was not accepted yet.
 * @param lists the numbers of those lists
 * @throws Refusal `custody.inbound-waits`
 */
export function mustHaveNoneWaiting({ number }: Pick<Case, 'number'>, lists: readonly string[]): void {
  if (lists.length === 0) return
  throw new Refusal('custody.inbound-waits', { case: number, lists: lists.join('、'), listsEn: lists.join(', ') })
}
