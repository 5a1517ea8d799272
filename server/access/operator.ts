import type { ActWithin } from '../act.ts'
import { type Db, inTransaction, type Trx } from '../database/connect.ts'
import { SYSTEM } from '../module.ts'
import type { GlassDeed } from '../org/glass.ts'
import { appointmentsAt, isAdministrator } from '../org/org.ts'
import type { AdministratorPost } from '../org/proposals.ts'
import { Refusal } from '../refusal.ts'
import { dealSecretWithin } from './credentials.ts'
import { resetWithin, secondFactorOf } from './second-factor.ts'
import { hashSecret } from './secret.ts'
import { whoCanSignIn } from './standing.ts'
import '../org/tables.ts'

interface Machine {
  readonly db: Db
  readonly actWithin: ActWithin
}

interface ActOptions {
  readonly cause: string
  readonly at: string
}

/** Why the operator does without a second administrator; null where he says that nobody is left to ask. */
export type Warrant = { readonly reason: string } | null

const operator = { person: SYSTEM } as const

/** Why an app went with the password, where the operator gave no reason of his own. */
const WITH_THE_PASSWORD = '本机重新发放口令'

/**
 * Deals a password and a PIN at the machine, both or neither. An authenticator app goes with them: whoever comes here has lost what he signed in by.
 * @throws Refusal `org.two-needed`, and those of `org.deal-secret`
 */
export async function resetAtMachine(
  { db, actWithin, pepper }: Machine & { readonly pepper: Uint8Array },
  { person, password, pin }: { readonly person: string; readonly password: string; readonly pin: string },
  warrant: Warrant,
  { cause, at }: ActOptions,
): Promise<void> {
  const secrets = [
    { kind: 'password', hash: await hashSecret(pepper, { person, kind: 'password' }, password) },
    { kind: 'pin', hash: await hashSecret(pepper, { person, kind: 'pin' }, pin) },
  ] as const
  await inTransaction(db, async (trx) => {
    await mustBeAlone(trx, actWithin, { deed: 'reset', person }, warrant, { cause, at })
    for (const { kind, hash } of secrets)
      await dealSecretWithin(trx, actWithin, operator, { person, kind, hash }, { cause: `${cause} ${kind}`, at })
    if ((await secondFactorOf(trx, person)) === null) return
    const reason = warrant?.reason ?? WITH_THE_PASSWORD
    await resetWithin(trx, actWithin, SYSTEM, { person, reason }, { cause: `${cause} factor`, at })
  })
}

/**
 * Issues a badge at the machine.
 * @throws Refusal `org.two-needed`, and those of `org.issue-badge`
 */
export async function issueBadgeAtMachine(
  { db, actWithin }: Machine,
  { person, badge }: { readonly person: string; readonly badge: string },
  warrant: Warrant,
  { cause, at }: ActOptions,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await mustBeAlone(trx, actWithin, { deed: 'badge', person }, warrant, { cause, at })
    await actWithin(trx, operator, { type: 'org.issue-badge', person, badge }, { cause: `${cause} badge`, at })
  })
}

/**
 * Gives an administrator's post at the machine, for when nobody is left to propose or confirm it; who is inactive is active again by it. Always
 * with a reason, which goes into the register before the deed and onto the supervisors' screens.
 * @throws Refusal `org.two-needed` without a reason, and those of `org.appoint`
 */
export async function appointAtMachine(
  { db, actWithin }: Machine,
  { person, post, place }: { readonly person: string; readonly post: AdministratorPost; readonly place: string },
  warrant: Warrant,
  { cause, at }: ActOptions,
): Promise<void> {
  if (warrant === null) throw new Refusal('org.two-needed')
  await inTransaction(db, async (trx) => {
    await mustBeAlone(trx, actWithin, { deed: 'appoint', person }, warrant, { cause, at })
    const found = await trx.selectFrom('people').select('state').where('id', '=', person).executeTakeFirstOrThrow()
    const { active } = found.state
    const held = appointmentsAt({ ...found.state, active: true }, at).some(
      (one) => one.post === post && one.place === place,
    )
    if (!active) await actWithin(trx, operator, { type: 'org.reactivate', person }, { cause: `${cause} active`, at })
    if (active || !held)
      await actWithin(trx, operator, { type: 'org.appoint', person, post, place }, { cause: `${cause} post`, at })
  })
}

/**
 * What takes two administrators elsewhere takes one operator here only for an administrator while nobody of the two other roles can sign in.
 * In all other cases the operator says why, which goes into the register before the deed and onto the supervisors' screens.
 */
async function mustBeAlone(
  trx: Trx,
  actWithin: ActWithin,
  { deed, person }: { readonly deed: GlassDeed; readonly person: string },
  warrant: Warrant,
  { cause, at }: ActOptions,
): Promise<void> {
  if (warrant !== null) {
    const command = { type: 'org.break-glass', deed, person, reason: warrant.reason }
    await actWithin(trx, operator, command, { cause: `${cause} glass`, at })
    return
  }
  const rows = await trx.selectFrom('people').select(['id', 'state']).execute()
  const roleOf = (id: string): string | undefined => {
    const state = rows.find((row) => row.id === id)?.state
    return state === undefined ? undefined : appointmentsAt(state, at).find(({ post }) => isAdministrator(post))?.post
  }
  const role = roleOf(person)
  const others = rows.filter(({ id }) => roleOf(id) !== undefined && roleOf(id) !== role).map(({ id }) => id)
  const present = await whoCanSignIn(trx, others)
  if (role === undefined || present.size > 0) throw new Refusal('org.two-needed')
}
