import { sql } from 'kysely'
import type { ActWithin, FactReference, Who } from '../act.ts'
import { type Db, inTransaction, type Trx } from '../database/connect.ts'
import { loadActor } from './actor.ts'
import { lockRegisters } from '../ledger/append.ts'
import { ADMINISTRATORS, isAdministrator, ORG_REGISTER } from '../org/org.ts'
import { type Change, findProposal } from '../org/proposals.ts'
import '../org/tables.ts'
import { Refusal } from '../refusal.ts'
import { DEALT_GOOD_HOURS, dealtHalf } from './dealt.ts'
import type { Place } from './place.ts'
import { hashSecret, keyedSecret, refuseWeakSecret, type SecretKind } from './secret.ts'
import { mustStandAsChecked, type OpenSession, type SignIn } from './sign-in.ts'
import { forgetTries } from './tries.ts'
import './tables.ts'

export interface CredentialDependencies {
  readonly db: Db
  readonly actWithin: ActWithin
  readonly pepper: Uint8Array
}

interface ActOptions {
  readonly cause: string
  readonly at: string
}

/**
 * Sets a lasting password or PIN: the fact that it was set goes into the organisation's register, the hash beside it, both or neither.
 * Sessions of the person end. A retry of what was done before changes nothing. Only `system` may, when an organisation is settled.
 * @throws Refusal `access.weak-secret`, and those of `org.set-secret`; `request.key-reused` also when only the secret is another.
 */
export async function setSecret(
  { db, actWithin, pepper }: CredentialDependencies,
  who: Who,
  { person, login, kind, secret }: { person: string; login: string; kind: SecretKind; secret: string },
  options: ActOptions,
): Promise<void> {
  refuseWeakSecret(kind, secret, login)
  const hash = await hashSecret(pepper, { person, kind }, secret)
  const keyed = keyedSecret(pepper, { person, kind }, secret)
  await inTransaction(db, async (trx) => {
    const { repeated } = await actWithin(trx, who, { type: 'org.set-secret', person, kind, keyed }, options)
    if (repeated !== true) await keep(trx, { person, kind, hash, at: options.at, dealt: false })
  })
}

/**
 * Gives a person a dealt secret at once: for `system` alone, which is the operator at the machine. It opens one session, in which it must be
 * changed, and lapses after 24 hours. Sessions of the person end.
 * @param hash of the secret (`hashSecret`), which takes too long to be made inside a transaction
 * @throws Refusal those of `org.deal-secret`
 */
export async function dealSecretWithin(
  trx: Trx,
  actWithin: ActWithin,
  who: Who,
  { person, kind, hash }: { person: string; kind: SecretKind; hash: string },
  options: ActOptions,
): Promise<void> {
  const { repeated } = await actWithin(trx, who, { type: 'org.deal-secret', person, kind }, options)
  if (repeated !== true) await keep(trx, { person, kind, hash, at: options.at, dealt: true })
}

export interface Proposed {
  readonly id: string
  readonly expiresAt: string
  /** Of a dealt secret: what this administrator passes on to the person. */
  readonly half: string | null
  readonly facts: readonly FactReference[]
}

/**
 * Proposes a change that an administrator of another role must confirm.
 * @throws Refusal those of `org.propose`
 */
export async function proposeChange(
  { db, actWithin, pepper }: CredentialDependencies,
  who: Who,
  change: Change,
  options: ActOptions,
): Promise<Proposed> {
  const { facts, result } = await inTransaction(db, (trx) =>
    actWithin(trx, who, { type: 'org.propose', change }, options),
  )
  const id = String(result['id'])
  const half = change.command === 'org.deal-secret' ? dealtHalf(pepper, id, 'first', change.kind) : null
  return { id, expiresAt: String(result['expiresAt']), half, facts }
}

/**
 * Confirms a proposed change, which takes effect in the same transaction. A dealt secret replaces the person's own one from now on.
 * @throws Refusal those of `org.confirm`
 */
export async function confirmChange(
  { db, actWithin, pepper }: CredentialDependencies,
  who: Who,
  proposal: string,
  options: ActOptions,
): Promise<{ readonly half: string | null; readonly facts: readonly FactReference[] }> {
  // Hashing takes long on purpose: nobody has it done who could not confirm.
  const { appointments } = await loadActor(db, who.person, options.at)
  if (!appointments.some(({ post }) => isAdministrator(post)))
    throw new Refusal('access.no-post', { posts: ADMINISTRATORS.join(', ') })
  const found = await findProposal(db, proposal)
  const dealt = found?.change.command === 'org.deal-secret' ? found.change : null
  const half = dealt === null ? null : dealtHalf(pepper, proposal, 'second', dealt.kind)
  const hash =
    dealt === null || half === null || found?.status !== 'asked'
      ? null
      : await hashSecret(pepper, dealt, `${dealtHalf(pepper, proposal, 'first', dealt.kind)}${half}`)
  return inTransaction(db, async (trx) => {
    const { facts, repeated } = await actWithin(trx, who, { type: 'org.confirm', proposal }, options)
    if (repeated !== true && dealt !== null && hash !== null)
      await keep(trx, { person: dealt.person, kind: dealt.kind, hash, at: options.at, dealt: true })
    return { facts, half }
  })
}

export interface OwnChange {
  readonly kind: SecretKind
  readonly old: string
  readonly secret: string
}

type Changing = CredentialDependencies & { readonly signIn: SignIn }

/**
 * Changes one's own password or PIN. Every session of the person ends, and this one goes on under a new token, which is the answer.
 * @param token of the session
 * @throws Refusal `access.must-change` (a session opened with a dealt secret changes that one alone), `access.must-set-up`, `access.weak-secret`, `access.wrong-old` and
 * what else `prove` throws; `access.changed-meanwhile` when something was written down about the person since the old one was looked at
 */
export async function changeOwnSecret(
  { db, actWithin, pepper, signIn }: Changing,
  session: OpenSession & { readonly token: string },
  { kind, old, secret }: OwnChange,
  place: Place,
  options: ActOptions,
): Promise<string> {
  const { person, means, mustChange, token } = session
  if (mustChange === 'second-factor') throw new Refusal('access.must-set-up')
  if (mustChange !== null && mustChange !== kind) throw new Refusal('access.must-change')
  const found = await db.selectFrom('people').select('login').where('id', '=', person).executeTakeFirstOrThrow()
  refuseWeakSecret(kind, secret, found.login)
  if (secret.normalize('NFC') === old.normalize('NFC')) throw new Refusal('access.same-secret')
  const { n } = await signIn.prove(session, { kind, secret: old }, place)
  const hash = await hashSecret(pepper, { person, kind }, secret)
  const keyed = keyedSecret(pepper, { person, kind }, secret)
  return inTransaction(db, async (trx) => {
    // The register first, as everybody does: who deals a secret holds it while he writes to the person.
    await lockRegisters(trx, [ORG_REGISTER])
    await mustStandAsChecked(trx, person, n)
    const command = { type: 'org.change-secret', person, kind, keyed }
    const { repeated } = await actWithin(trx, { person }, command, options)
    // One key, one change; and its session has been replaced already.
    if (repeated === true) throw new Refusal('request.key-reused')
    await keep(trx, { person, kind, hash, at: options.at, dealt: false })
    return signIn.renew(trx, { person, means }, { token, cause: options.cause })
  })
}

/**
 * The answer of a change whose session has ended with it, for who never got it and sends the same again.
 * @param token of the session that has ended
 * @returns null when that session made no such change, or when the new one has ended too
 * @throws Refusal `request.key-reused` when the secret is another
 */
export async function ownChangeAgain(
  { db, actWithin, pepper, signIn }: Changing,
  token: string,
  { kind, secret }: OwnChange,
  options: ActOptions,
): Promise<{ readonly token: string; readonly person: string } | null> {
  const renewed = await signIn.renewed({ token, cause: options.cause })
  if (renewed === null) return null
  const { person } = renewed
  const keyed = keyedSecret(pepper, { person, kind }, secret)
  await inTransaction(db, async (trx) => {
    const command = { type: 'org.change-secret', person, kind, keyed }
    const { repeated } = await actWithin(trx, { person }, command, options)
    if (repeated !== true) throw new Error('a session was renewed by a change that nothing remembers')
  })
  return { token: renewed.token, person }
}

/**
 * Lets a person try again at once, wherever he has run out of tries.
 * @throws Refusal those of `org.unlock`
 */
export async function unlockSignIn(
  { db, actWithin }: Pick<CredentialDependencies, 'db' | 'actWithin'>,
  who: Who,
  person: string,
  options: ActOptions,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { repeated } = await actWithin(trx, who, { type: 'org.unlock', person }, options)
    if (repeated !== true) await forgetTries(trx, person)
  })
}

async function keep(
  trx: Trx,
  { person, kind, hash, at, dealt }: { person: string; kind: SecretKind; hash: string; at: string; dealt: boolean },
): Promise<void> {
  const until = dealt ? sql`clock_timestamp() + make_interval(hours => ${DEALT_GOOD_HOURS})` : sql`null`
  await sql`
    insert into credentials (person, kind, hash, set_at, good_until) values (${person}, ${kind}, ${hash}, ${at}, ${until})
    on conflict (person, kind)
    do update set hash = excluded.hash, set_at = excluded.set_at, good_until = excluded.good_until, used_at = null
  `.execute(trx)
  await sql`delete from sessions where person = ${person}`.execute(trx)
}
