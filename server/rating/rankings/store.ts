import { sql } from 'kysely'
import type { Trx } from '../../database/connect.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Reader } from '../../module.ts'
import { levelsSum } from '../counts.ts'
import { rankings } from '../projections.ts'
import { nameOf } from '../questionnaire.ts'
import { askedIn } from '../questionnaires/store.ts'
import { hallRegister } from '../rating.ts'
import type { DecideRanking, FreezeRanking } from '../schemas.ts'
import { rateOf, sumOf } from '../seeing/figures.ts'
import { ofSomebody, within } from '../seeing/look.ts'
import { readBatches } from '../seeing/read.ts'
import '../tables.ts'
import type { DecideState, FreezeState, RankedCount, Ranking } from './ranking.ts'

/** The register of the hall; none for a ranking that there is not, which the decision then refuses. */
export async function registersOfRanking(db: Reader, ranking: string): Promise<string[]> {
  const found = await db.selectFrom('rating_rankings').select('hall').where('id', '=', ranking).executeTakeFirst()
  return found === undefined ? [] : [hallRegister(found.hall)]
}

/** `published` is the ranking of exactly these days, `corrected` the one that this is to take the place of, locked. */
export async function loadFreeze(trx: Trx, { hall, from, to, corrects }: FreezeRanking): Promise<FreezeState> {
  const unit = await trx.selectFrom('units').select('kind').where('id', '=', hall).executeTakeFirst()
  const corrected = corrects?.ranking
  return {
    hallKnown: unit?.kind === 'hall',
    questionnaire: nameOf(await askedIn(trx, hall)),
    counts: await countsOf(trx, hall, { from, to }),
    published: await publishedOf(trx, { hall, from, to }),
    corrected:
      corrected === undefined
        ? null
        : ((await loadStates(trx, rankings, [corrected], { lock: true })).get(corrected) ?? null),
  }
}

/** What was counted of each clerk in these days: sums of whole batches. */
async function countsOf(trx: Trx, hall: string, days: { from: string; to: string }): Promise<RankedCount[]> {
  const batches = within(await readBatches(trx, hall, days.to), days).filter(ofSomebody)
  return [...Map.groupBy(batches, ({ group }) => group.clerk)].flatMap(([clerk, own]) => {
    const levels = sumOf(own, 'overall')
    return levelsSum(levels) === 0 ? [] : [{ clerk, good: rateOf(levels)?.good ?? 0, n: levelsSum(levels) }]
  })
}

/** Locked, with the one it corrects: publishing it replaces that one in the same act. */
export async function loadDecide(trx: Trx, { ranking: id }: DecideRanking): Promise<DecideState> {
  const ranking = (await loadStates(trx, rankings, [id], { lock: true })).get(id) ?? null
  const corrected = ranking?.corrects?.ranking
  return {
    ranking,
    published: ranking === null ? null : await publishedOf(trx, ranking),
    corrected:
      corrected === undefined
        ? null
        : ((await loadStates(trx, rankings, [corrected], { lock: true })).get(corrected) ?? null),
  }
}

/** The published ranking of exactly these days; null where none is. The hall's register, which is locked, keeps it so. */
async function publishedOf(
  trx: Trx,
  { hall, from, to }: Pick<Ranking, 'hall' | 'from' | 'to'>,
): Promise<Ranking | null> {
  const found = await sql<{ state: Ranking }>`
    select state from rating_rankings
    where hall = ${hall} and status = 'published' and state ->> 'from' = ${from} and state ->> 'to' = ${to}
    order by frozen_at desc, id desc limit 1
  `.execute(trx)
  return found.rows[0]?.state ?? null
}
