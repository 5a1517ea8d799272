import { sql } from 'kysely'
import type { FactReference, Who } from '../act.ts'
import { inTransaction } from '../database/connect.ts'
import type { CredentialDependencies } from './credentials.ts'
import './tables.ts'

type Withdrawing = Pick<CredentialDependencies, 'db' | 'actWithin'>

interface ActOptions {
  readonly cause: string
  readonly at: string
}

/**
 * Takes a badge back. What this person opened with a badge ends with it, in one transaction: whoever holds the badge may sit at the screen.
 * @throws Refusal those of `org.revoke-badge`
 */
export async function revokeBadge(
  { db, actWithin }: Withdrawing,
  who: Who,
  { person, badge }: { readonly person: string; readonly badge: string },
  options: ActOptions,
): Promise<readonly FactReference[]> {
  return inTransaction(db, async (trx) => {
    const { facts, repeated } = await actWithin(trx, who, { type: 'org.revoke-badge', person, badge }, options)
    if (repeated !== true) await sql`delete from sessions where person = ${person} and means = 'badge'`.execute(trx)
    return facts
  })
}

/**
 * Makes a person inactive. What he had open is gone for good, however soon he is active again.
 * @throws Refusal those of `org.deactivate`
 */
export async function deactivate(
  { db, actWithin }: Withdrawing,
  who: Who,
  { person }: { readonly person: string },
  options: ActOptions,
): Promise<readonly FactReference[]> {
  return inTransaction(db, async (trx) => {
    const { facts, repeated } = await actWithin(trx, who, { type: 'org.deactivate', person }, options)
    if (repeated !== true) await sql`delete from sessions where person = ${person}`.execute(trx)
    return facts
  })
}
