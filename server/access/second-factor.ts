import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { ActWithin } from '../act.ts'
import { type Db, inTransaction, type Trx } from '../database/connect.ts'
import type { Keys } from '../keys.ts'
import { openSealed, sealContent } from '../ledger/content-key.ts'
import type { Reader } from '../module.ts'
import { Refusal } from '../refusal.ts'
import {
  base32,
  CODE_SECRET_BYTES,
  isSame,
  plainCode,
  RECOVERY_CODES,
  recoveryCodes,
  setUpAddress,
  stepOf,
} from './one-time-code.ts'
import './tables.ts'

interface Kept {
  readonly secret: Buffer
  readonly spent: readonly number[]
  readonly setAt: string
  /** The database's clock, which all servers share. */
  readonly at_ms: number
}

/** What one right code uses up. */
export type Spending = { readonly step: number } | { readonly recovery: number }

/** What a person's app knows; null for who has none. */
export async function secondFactorOf(
  db: Reader,
  person: string,
  standing: 'pending' | 'active' = 'active',
): Promise<Kept | null> {
  const { rows } = await sql<{ sealed: Buffer; spent: number[]; set_at: string; at_ms: number }>`
    select sealed, spent, set_at, (extract(epoch from clock_timestamp()) * 1000)::float8 as at_ms
    from second_factors where person = ${person} and standing = ${standing}
  `.execute(db)
  const [row] = rows
  if (row === undefined) return null
  return { secret: openSealed(rowOf(person), row.sealed), spent: row.spent, setAt: row.set_at, at_ms: row.at_ms }
}

/** What a typed code would use up; null when it is neither of the app nor a recovery code. */
export function spendingOf(
  pepper: Uint8Array,
  person: string,
  { secret, at_ms }: Kept,
  typed: string,
): Spending | null {
  const code = plainCode(typed)
  const step = stepOf(secret, code, at_ms)
  if (step !== null) return { step }
  const recovery = recoveryCodes(pepper, person, secret).findIndex((one) => isSame(plainCode(one), code))
  return recovery === -1 ? null : { recovery }
}

/**
 * Uses a code up, in the transaction that it opens something in.
 * @param cause of the request; the same one again finds its code used by itself
 * @throws Refusal `access.code-used`
 */
export async function spendCode(trx: Trx, person: string, spending: Spending, cause: string | null): Promise<void> {
  const used =
    'step' in spending
      ? await sql`
          update second_factors set last_step = ${spending.step}, last_cause = ${cause}
          where person = ${person} and standing = 'active'
            and (last_step < ${spending.step} or (last_step = ${spending.step} and last_cause = ${cause}))
          returning person
        `.execute(trx)
      : await sql`
          update second_factors set spent = array_append(array_remove(spent, ${spending.recovery}::smallint), ${spending.recovery}::smallint), last_cause = ${cause}
          where person = ${person} and standing = 'active'
            and (not ${spending.recovery}::smallint = any(spent) or (spent[cardinality(spent)] = ${spending.recovery}::smallint and last_cause = ${cause}))
          returning person
        `.execute(trx)
  if (used.rows.length === 0) throw new Refusal('access.code-used')
}

export interface SecondFactorDependencies {
  readonly db: Db
  readonly actWithin: ActWithin
  readonly keys: Keys
}

export interface SetUp {
  /** For an app without a camera, in base32. */
  readonly secret: string
  /** What its QR code says. */
  readonly address: string
}

/**
 * Begins to set an app up: what holds until now goes on to hold until the first code has shown that the app took the new one. The secret follows
 * from the pepper and the cause, so the same request again shows the same.
 */
export async function beginSetUp(
  { db, keys }: SecondFactorDependencies,
  { person, login }: { readonly person: string; readonly login: string },
  cause: string,
): Promise<SetUp> {
  const secret = createHmac('sha256', keys.pepper)
    .update(`second factor ${person} ${cause}`, 'utf8')
    .digest()
    .subarray(0, CODE_SECRET_BYTES)
  const sealed = sealContent(keys.content, rowOf(person), secret)
  await sql`
    insert into second_factors (person, standing, sealed, set_at) values (${person}, 'pending', ${sealed}, clock_timestamp())
    on conflict (person, standing) do update set sealed = excluded.sealed, set_at = excluded.set_at
  `.execute(db)
  return { secret: base32(secret), address: setUpAddress(secret, login, keys.installation) }
}

/**
 * The first code of the new app: from now on signing in by password asks for one.
 * @returns the recovery codes, which are shown once
 * @throws Refusal `access.no-set-up`, `access.wrong-code`
 */
export async function confirmSetUp(
  { db, actWithin, keys }: SecondFactorDependencies,
  person: string,
  typed: string,
  options: { readonly cause: string; readonly at: string },
): Promise<string[]> {
  return inTransaction(db, async (trx) => {
    const { repeated } = await actWithin(trx, { person }, { type: 'org.set-second-factor', person }, options)
    if (repeated === true) {
      const active = await secondFactorOf(trx, person)
      if (active === null) throw new Refusal('access.no-set-up')
      return recoveryCodes(keys.pepper, person, active.secret)
    }
    const pending = await secondFactorOf(trx, person, 'pending')
    if (pending === null) throw new Refusal('access.no-set-up')
    const step = stepOf(pending.secret, plainCode(typed), pending.at_ms)
    if (step === null) throw new Refusal('access.wrong-code')
    await sql`delete from second_factors where person = ${person} and standing = 'active'`.execute(trx)
    await sql`
      update second_factors set standing = 'active', last_step = ${step}, set_at = clock_timestamp() where person = ${person}
    `.execute(trx)
    return recoveryCodes(keys.pepper, person, pending.secret)
  })
}

/**
 * Takes the app of somebody who has lost it away, and every session with it: signing in by password asks for no code until he sets up another.
 * @throws Refusal those of `org.reset-second-factor`
 */
export async function resetSecondFactor(
  { db, actWithin }: Pick<SecondFactorDependencies, 'db' | 'actWithin'>,
  who: string,
  { person, reason }: { readonly person: string; readonly reason: string },
  options: { readonly cause: string; readonly at: string },
): Promise<void> {
  await inTransaction(db, (trx) => resetWithin(trx, actWithin, who, { person, reason }, options))
}

/** The same, as part of something larger. */
export async function resetWithin(
  trx: Trx,
  actWithin: ActWithin,
  who: string,
  { person, reason }: { readonly person: string; readonly reason: string },
  options: { readonly cause: string; readonly at: string },
): Promise<void> {
  const command = { type: 'org.reset-second-factor', person, reason }
  const { repeated } = await actWithin(trx, { person: who }, command, options)
  if (repeated === true) return
  await sql`delete from second_factors where person = ${person}`.execute(trx)
  await sql`delete from sessions where person = ${person}`.execute(trx)
}

/** Recovery codes that are left. */
export function recoveryLeft({ spent }: Kept): number {
  return RECOVERY_CODES - spent.length
}

function rowOf(person: string): string {
  return `second-factor/${person}`
}
