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
 * Lets somebody whose badge is not there work today; of a lost badge, what it opened ends with it.
 * @throws Refusal those of `org.vouch-badge`
 */
export async function vouch(
  { db, actWithin }: Withdrawing,
  who: Who,
  { person, place, lost }: { readonly person: string; readonly place: string; readonly lost: boolean },
  options: ActOptions,
): Promise<{ readonly facts: readonly FactReference[]; readonly login: string; readonly until: string }> {
  return inTransaction(db, async (trx) => {
    const command = { type: 'org.vouch-badge', person, place, lost }
    const { facts, result, repeated } = await actWithin(trx, who, command, options)
    if (repeated !== true && lost)
      await sql`delete from sessions where person = ${person} and means = 'badge'`.execute(trx)
    return { facts, login: String(result['login']), until: String(result['until']) }
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
