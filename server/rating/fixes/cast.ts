import { type Db, inTransaction } from '../../database/connect.ts'
import { Refusal } from '../../refusal.ts'
import { putBallot, type SealedBallot } from '../cast.ts'
import '../tables.ts'

/**
 * Takes the sealed rating of an answer: that it was used and the ballot are written in one transaction, as of every vote (`castBallot`).
 * @throws Refusal `rating.wrong-token` (it was not asked for), `rating.vote-over`, `rating.vote-used`, `rating.wrong-key`
 */
export async function castFix(
  db: Db,
  { followUp, key, sealed }: Pick<SealedBallot, 'key' | 'sealed'> & { readonly followUp: string },
  at: string,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const found = await trx
      .selectFrom('rating_follow_ups')
      .select(['fix_grp', 'fix_expires_at'])
      .where('id', '=', followUp)
      .executeTakeFirst()
    if (found === undefined || found.fix_grp === null || found.fix_expires_at === null)
      throw new Refusal('rating.wrong-token')
    const used = await trx
      .insertInto('rating_fix_used')
      .values({ follow_up: followUp, grp: found.fix_grp })
      .onConflict((conflict) => conflict.doNothing())
      .returning('follow_up')
      .executeTakeFirst()
    if (used === undefined) throw new Refusal('rating.vote-used')
    if (Date.parse(found.fix_expires_at) <= Date.parse(at)) throw new Refusal('rating.vote-over')
    await putBallot(trx, { grp: found.fix_grp, form: 'full', key, sealed })
  })
}
