import type { CaseAccount } from '../../../server/custody/protocol.ts'
import { codesOfDeed } from '../../custody/find.ts'

/** For what a reason is asked to be agreed to, why there is no whole recording of it. */
export function excusesAsked({ pending }: Pick<CaseAccount, 'pending'>): ReadonlySet<string> {
  return new Set(pending.flatMap(({ deed }) => (deed.command === 'allow-unfilmed' ? codesOfDeed(deed['items']) : [])))
}
