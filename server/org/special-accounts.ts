import { sql } from 'kysely'
import type { Decision, Reader } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { text } from '../schemas.ts'
import type { Unit } from './org.ts'

/** 专用账户 (rules C-09, X-14): seized money goes into an account that its organ has named, and into no other. */

/** Two administrators name one (proposals.ts). */
export interface NameAccount {
  readonly type: 'org.name-account'
  readonly unit: string
  readonly account: string
}
/** One administrator takes one away: that only keeps money out of it, and never lets any in elsewhere. */
export interface EndAccount {
  readonly type: 'org.end-account'
  readonly unit: string
  readonly account: string
}

/** An account as receipts carry it: number, and the bank where it matters. */
export const specialAccount = text(60)
/** More than any organ has. */
const ACCOUNTS_MOST = 20
/** Like `proposals.ts` for the register; said here again, since that file's decisions end in these. */
const REGISTER = 'org'

/** @throws Refusal `org.account-of-organ`, `org.already-there`, `org.accounts-most` */
export function nameAccount({ kind, accounts = [] }: Unit, { unit, account }: NameAccount): Decision {
  if (kind !== 'organ') throw new Refusal('org.account-of-organ', { unit })
  if (accounts.includes(account)) throw new Refusal('org.already-there', { what: account })
  if (accounts.length >= ACCOUNTS_MOST) throw new Refusal('org.accounts-most', { most: ACCOUNTS_MOST })
  return told('org.account-named', unit, account)
}

/**
 * The last one stays until another is named: an organ without any takes money into every account, which is nothing that one administrator decides.
 * @throws Refusal `org.unknown`, `org.last-account`
 */
export function endAccount({ accounts = [] }: Unit, { unit, account }: EndAccount): Decision {
  if (!accounts.includes(account)) throw new Refusal('org.unknown', { what: account })
  if (accounts.length === 1) throw new Refusal('org.last-account', { account })
  return told('org.account-ended', unit, account)
}

function told(type: 'org.account-named' | 'org.account-ended', unit: string, account: string): Decision {
  return { facts: [{ register: REGISTER, type, subject: `unit/${unit}`, body: { v: 1, account } }] }
}

/** The accounts that these organs have named; empty as long as none of them has named one. */
export async function specialAccountsOf(db: Reader, units: readonly string[]): Promise<ReadonlySet<string>> {
  if (units.length === 0) return new Set()
  const found = await sql<{ account: string }>`
    select jsonb_array_elements_text(state -> 'accounts') as account from units
    where id = any(${[...units]}::text[]) and state ? 'accounts'
  `.execute(db)
  return new Set(found.rows.map(({ account }) => account))
}
