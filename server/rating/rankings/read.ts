import { sql } from 'kysely'
import type { Actor, Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import type { Page } from '../../schemas.ts'
import { SATISFIED_MEANS } from '../questionnaire.ts'
import '../tables.ts'
import type { ShownRanking } from './protocol.ts'
import { linesOf, mayJudge, type Ranking } from './ranking.ts'
import { CORRECTION_PERIOD } from './rule.ts'

/** Those of a hall, the latest first: a page of them. */
export async function listRankings(db: Reader, hall: string, { limit, after }: Page): Promise<ShownRanking[]> {
  const { rows } = await sql<{ state: Ranking }>`
    select state from rating_rankings
    where hall = ${hall} and (${after}::text is null
      or (frozen_at, id) < (select frozen_at, id from rating_rankings where id = ${after} and hall = ${hall}))
    order by frozen_at desc, id desc limit ${limit}
  `.execute(db)
  return shown(
    db,
    rows.map(({ state }) => state),
  )
}

/** @throws Refusal `rating.unknown-ranking`, also for who has nothing to do with the hall */
export async function readRanking(db: Reader, actor: Actor, id: string): Promise<ShownRanking> {
  const found = await db.selectFrom('rating_rankings').select('state').where('id', '=', id).executeTakeFirst()
  const [ranking] =
    found !== undefined && mayJudge(actor, found.state.hall) ? await shown(db, [found.state]) : ([] as ShownRanking[])
  if (ranking === undefined) throw new Refusal('rating.unknown-ranking', { ranking: id })
  return ranking
}

/** The one that a hall shows to everybody; null where none is published. */
export async function publishedRanking(db: Reader, hall: string): Promise<ShownRanking | null> {
  const found = await db
    .selectFrom('rating_rankings')
    .select('state')
    .where('hall', '=', hall)
    .where('status', '=', 'published')
    .orderBy('frozen_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return found === undefined ? null : ((await shown(db, [found.state]))[0] ?? null)
}

function correctableOf({ status, correctableUntil: until }: Ranking): ShownRanking['correctable'] {
  return status !== 'published' || until === undefined ? null : { until, who: CORRECTION_PERIOD.who }
}

/** Of which days these are. */
async function spansOf(db: Reader, ids: readonly string[]): Promise<Map<string, Pick<Ranking, 'from' | 'to'>>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('rating_rankings').select('state').where('id', 'in', ids).execute()
  return new Map(rows.map(({ state: { id, from, to } }) => [id, { from, to }] as const))
}

async function shown(db: Reader, all: readonly Ranking[]): Promise<ShownRanking[]> {
  const named = await namesOf(
    db,
    all.flatMap(({ hall, counts, frozen, decided }) => [
      `unit/${hall}`,
      ...[...counts.map(({ clerk }) => clerk), frozen.by, ...(decided === null ? [] : [decided.by])].map(
        (who) => `person/${who}`,
      ),
    ]),
  )
  const corrected = await spansOf(
    db,
    all.flatMap(({ corrects }) => (corrects === null ? [] : [corrects.ranking])),
  )
  const person = (id: string) => ({ id, name: named(`person/${id}`).name })
  return all.map((one) => ({
    ...{ id: one.id, hall: { id: one.hall, name: named(`unit/${one.hall}`).name }, from: one.from, to: one.to },
    ...{ status: one.status, frozen: { by: person(one.frozen.by), at: one.frozen.at } },
    decided: one.decided === null ? null : { by: person(one.decided.by), at: one.decided.at },
    corrects:
      one.corrects === null
        ? null
        : { ...one.corrects, ...(corrected.get(one.corrects.ranking) ?? { from: one.from, to: one.to }) },
    ...{ replacedBy: one.replacedBy, rule: one.rule, rankedFrom: one.rankedFrom },
    correctable: correctableOf(one),
    means: SATISFIED_MEANS,
    lines: linesOf(one).map(({ clerk, ...line }) => ({ clerk: person(clerk), ...line })),
  }))
}
