import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { ActWithin } from '../act.ts'
import { type Db, inTransaction } from '../database/connect.ts'
import { lockRegisters } from '../ledger/append.ts'
import { isAdministrator, ORG_REGISTER } from '../org/org.ts'
import { secondFactorDue } from '../org/sign-in-policy.ts'
import { linkedTo } from '../org/store.ts'
import { Refusal } from '../refusal.ts'
import { loadActor } from './actor.ts'
import type { Proved } from './provider.ts'
import { mustStandAsChecked, type SignIn } from './sign-in.ts'
import './tables.ts'

export interface ProviderSignInDependencies {
  readonly db: Db
  readonly actWithin: ActWithin
}

/** What is known here of whom the provider has signed in. */
export interface Known {
  readonly active: boolean
  readonly isAdministrator: boolean
  /** A post of his asks for a second factor, or he has set one up himself. */
  readonly needsSeveralFactors: boolean
  /** He has signed in through the provider before, as somebody else there. */
  readonly linkedOtherwise: boolean
}

/**
 * Who comes in through the provider: people at work, always as the same account there. The three administrators do not, or whoever runs the
 * provider would be all three (GB/T 22239-2019 8.1.5).
 * @param known null when nobody here has that login
 * @throws Refusal `access.provider-unknown`, `access.provider-administrator`, `access.provider-other`, `access.provider-single-factor`
 */
function mayEnter(known: Known | null, { login, severalFactors }: Proved, provider: string): void {
  if (known === null || !known.active) throw new Refusal('access.provider-unknown', { login })
  if (known.isAdministrator) throw new Refusal('access.provider-administrator')
  if (known.linkedOtherwise) throw new Refusal('access.provider-other')
  if (known.needsSeveralFactors && !severalFactors) throw new Refusal('access.provider-single-factor', { provider })
}

interface Row {
  readonly id: string
  readonly n: number
  readonly active: boolean
  readonly linked: boolean
  readonly needsSeveralFactors: boolean
}

/**
 * Opens a session for whom the provider has signed in. The first time links his account there with his login here, in the register; from then
 * on the account alone says who he is, whatever name it carries.
 * @throws Refusal those of `mayEnter`, and `access.changed-meanwhile`
 */
export async function enterThroughProvider(
  {
    db,
    actWithin,
    signIn,
    pepper,
  }: ProviderSignInDependencies & { readonly signIn: SignIn; readonly pepper: Uint8Array },
  proved: Proved,
  { provider, cause, at }: { readonly provider: string; readonly cause: string; readonly at: string },
): Promise<{ readonly person: string; readonly token: string }> {
  const { issuer } = proved
  const account = createHmac('sha256', pepper).update(`provider ${issuer} ${proved.subject}`, 'utf8').digest('base64')
  const linked = await linkedTo(db, { issuer, account })
  const { rows } = await sql<Row>`
    select id, n, active, state -> 'provider' is not null as linked,
      ${secondFactorDue('people.id')} or exists (select from second_factors f where f.person = people.id and f.standing = 'active') as "needsSeveralFactors"
    from people where ${linked === null ? sql`login = ${proved.login}` : sql`id = ${linked}`}
  `.execute(db)
  const [row] = rows
  const posts = row?.active !== true ? [] : (await loadActor(db, row.id, at)).appointments
  const known: Known | null =
    row === undefined
      ? null
      : {
          ...{ active: row.active, needsSeveralFactors: row.needsSeveralFactors },
          isAdministrator: posts.some(({ post }) => isAdministrator(post)),
          linkedOtherwise: linked === null && row.linked,
        }
  mayEnter(known, proved, provider)
  if (row === undefined) throw new Refusal('access.provider-unknown', { login: proved.login })
  const person = row.id
  return inTransaction(db, async (trx) => {
    if (linked === null) await lockRegisters(trx, [ORG_REGISTER])
    await mustStandAsChecked(trx, person, row.n)
    if (linked === null)
      await actWithin(trx, { person }, { type: 'org.link-provider', person, issuer, account }, { cause, at })
    return { person, token: await signIn.enter(trx, { person, means: 'provider' }) }
  })
}

/**
 * Undoes the link of somebody's account at the provider, and ends the sessions that it opened.
 * @throws Refusal those of `org.forget-provider`
 */
export async function forgetProvider(
  { db, actWithin }: ProviderSignInDependencies,
  who: string,
  { person, reason }: { readonly person: string; readonly reason: string },
  options: { readonly cause: string; readonly at: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const command = { type: 'org.forget-provider', person, reason }
    const { repeated } = await actWithin(trx, { person: who }, command, options)
    if (repeated !== true) await sql`delete from sessions where person = ${person} and means = 'provider'`.execute(trx)
  })
}
