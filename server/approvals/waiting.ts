import { sql } from 'kysely'
import type { Reader } from '../module.ts'
import './tables.ts'

/** A request that nobody has decided, while it may still be decided. */
export interface WaitingDeed {
  readonly command: string
  readonly requester: string
  readonly askedAt: string
}

/**
 * What waits for a decision over one thing, whoever asked, the oldest first.
 * @param over the member of the deed that names the thing, and its id
 */
export async function waitingOver(
  db: Reader,
  over: { readonly member: 'clock' | 'loan'; readonly id: string },
  at: string,
): Promise<readonly WaitingDeed[]> {
  const found = await sql<WaitingDeed>`
    select a.command, a.requester, a.state ->> 'askedAt' as "askedAt" from approvals a
    where a.status = 'asked' and a.expires_at >= ${at}::timestamptz
      and a.state -> 'deed' ->> ${sql.lit(over.member)} = ${over.id} order by a.id
  `.execute(db)
  return found.rows
}
