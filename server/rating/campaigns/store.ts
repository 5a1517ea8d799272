import { sql } from 'kysely'
import type { Trx } from '../../database/connect.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { campaigns } from '../projections.ts'
import { questionnaireOf } from '../questionnaires/store.ts'
import type { CountedBatch } from '../seeing/figures.ts'
import { readBatches } from '../seeing/read.ts'
import { currentKey } from '../store.ts'
import { lastAccount } from '../summary.ts'
import '../tables.ts'
import { type Campaign, campaignRegister, type DecideState, type DraftState } from './campaign.ts'
import { codesOf, hashOfCode } from './codes.ts'
import { countsOf } from './results.ts'
import type { DecideCampaign, DraftCampaign } from './schemas.ts'

/** Whenever it was counted. */
const LAST_DAY = '9999-12-31'

/** The register of the unit that holds it; none for a campaign that there is not, which the decision then refuses. */
export async function registersOfCampaign(db: Reader, campaign: string): Promise<string[]> {
  const found = await db.selectFrom('rating_campaigns').select('unit').where('id', '=', campaign).executeTakeFirst()
  return found === undefined ? [] : [campaignRegister(found.unit)]
}

/** The row stays ours until the transaction ends. */
export async function lockedCampaign(trx: Trx, id: string): Promise<Campaign | null> {
  return (await loadStates(trx, campaigns, [id], { lock: true })).get(id) ?? null
}

/** `units` are those of the departments named that there are; the decision refuses the others. */
export async function loadDraftCampaign(
  trx: Trx,
  { campaign, content: { departments, questionnaire } }: DraftCampaign,
): Promise<DraftState> {
  const units = await trx.selectFrom('units').select('id').where('id', 'in', departments).execute()
  return {
    campaign: campaign === undefined ? null : await lockedCampaign(trx, campaign),
    units: units.map(({ id }) => id),
    questionnaireKnown: (await questionnaireOf(trx, questionnaire)) !== null,
  }
}

/**
 * Counts are read only where they are to be published; `counting` says that the tally was at work meanwhile, and that they may be short of a
 * group.
 */
export async function loadDecideCampaign(trx: Trx, { campaign, what }: DecideCampaign): Promise<DecideState> {
  const before = what === 'publish' ? await countedByNow(trx) : 0
  return {
    campaign: await lockedCampaign(trx, campaign),
    hasKey: (await currentKey(trx)) !== null,
    counts: what === 'publish' ? countsOf(await readCounted(trx, campaign)) : [],
    counting: what === 'publish' && (await isCounting(trx, before)),
    unsealed: await unsealedOf(trx, campaign),
  }
}

/**
 * Whether more was counted than the tally has accounted for: a run writes its account when all groups are counted.
 * @param before how much was counted before what is published was read: a group that came in between is not among it
 */
async function isCounting(db: Reader, before: number): Promise<boolean> {
  const counted = await countedByNow(db)
  return counted !== before || counted !== ((await lastAccount(db))?.counted ?? 0)
}

/** Ballots counted by now, of everything. */
async function countedByNow(db: Reader): Promise<number> {
  const { rows } = await sql<{ counted: number }>`
    select coalesce(sum(n), 0)::int as counted from rating_batches
  `.execute(db)
  return rows[0]?.counted ?? 0
}

/** How many boxes of its papers wait to be sealed. */
async function unsealedOf(trx: Trx, campaign: string): Promise<number> {
  const found = await trx
    .selectFrom('rating_paper_boxes')
    .select('id')
    .where('campaign', '=', campaign)
    .where('sealed', '=', false)
    .where(sql<boolean>`not state ? 'withdrawn'`)
    .execute()
  return found.length
}

/** Everything that was counted of a campaign. */
export function readCounted(db: Reader, campaign: string): Promise<CountedBatch[]> {
  return readBatches(db, campaign, LAST_DAY)
}

/** Keeps what makes codes known again, and nothing that makes one. @throws Refusal `rating.seed-used` */
export async function keepCodes(trx: Trx, issue: string, seed: string, count: number): Promise<void> {
  const rows = codesOf(seed, count).flatMap((code) => {
    const hash = hashOfCode(code)
    return hash === null ? [] : [{ hash, issue }]
  })
  const kept = await trx
    .insertInto('rating_papers')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('issue')
    .execute()
  if (kept.length < rows.length) throw new Refusal('rating.seed-used')
}

/** How many papers of each issue were used; which ones, only the papers themselves know. */
export async function usedOf(db: Reader, issues: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (issues.length === 0) return new Map()
  const { rows } = await sql<{ issue: string; n: number }>`
    select p.issue, count(u.hash)::int as n from rating_papers p join rating_papers_used u on u.hash = p.hash and not u.on_paper
    where p.issue = any(${issues}::text[]) group by p.issue
  `.execute(db)
  return new Map(rows.map(({ issue, n }) => [issue, n]))
}

/** How many papers filled in by hand stand in boxes of a group of voters, typed in or not. */
export async function sheetsIn(db: Reader, campaign: string, group: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(sheets), 0)::int as n from rating_paper_boxes
    where campaign = ${campaign} and state ->> 'group' = ${group} and not state ? 'withdrawn'
  `.execute(db)
  return rows[0]?.n ?? 0
}

/** How many papers filled in by hand were sealed, by campaign and group of voters. */
export async function papersOf(db: Reader, campaigns: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ campaign: string; grp: string; n: number }>`
    select campaign, state ->> 'group' as grp, sum(sheets)::int as n from rating_paper_boxes
    where sealed and campaign = any(${campaigns}::text[]) group by 1, 2
  `.execute(db)
  return new Map(rows.map(({ campaign, grp, n }) => [`${campaign} ${grp}`, n]))
}
