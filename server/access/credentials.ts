import { sql } from 'kysely'
import type { ActWithin, Who } from '../act.ts'
import { type Db, inTransaction } from '../database/connect.ts'
import { hashSecret, keyedSecret, refuseWeakSecret, type SecretKind } from './secret.ts'
import './tables.ts'

/**
 * Sets a password or PIN: the fact that it was set goes into the organisation's register, the hash beside it, both or neither.
 * Sessions of the person end. A retry of what was done before changes nothing.
 * @throws Refusal `access.weak-secret`, and those of `org.set-secret`; `request.key-reused` also when only the secret is another.
 */
export async function setSecret(
  { db, actWithin, pepper }: { db: Db; actWithin: ActWithin; pepper: Uint8Array },
  who: Who,
  { person, login, kind, secret }: { person: string; login: string; kind: SecretKind; secret: string },
  options: { cause: string; at: string },
): Promise<void> {
  refuseWeakSecret(kind, secret, login)
  const hash = await hashSecret(pepper, { person, kind }, secret)
  const keyed = keyedSecret(pepper, { person, kind }, secret)
  await inTransaction(db, async (trx) => {
    const { repeated } = await actWithin(trx, who, { type: 'org.set-secret', person, kind, keyed }, options)
    if (repeated === true) return
    await sql`
      insert into credentials (person, kind, hash, set_at) values (${person}, ${kind}, ${hash}, ${options.at})
      on conflict (person, kind) do update set hash = excluded.hash, set_at = excluded.set_at
    `.execute(trx)
    await sql`delete from sessions where person = ${person}`.execute(trx)
  })
}
