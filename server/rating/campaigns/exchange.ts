import type { Trx } from '../../database/connect.ts'
import type { Circumstances, Decision, Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import '../tables.ts'
import { type Campaign, campaignFact, mustRun } from './campaign.ts'
import { hashOfCode } from './codes.ts'
import type { ExchangePapers } from './schemas.ts'

/**
 * Whoever would rather fill in a paper by hand gives his code up for it: from then on that code is of no use. Where a group of voters has codes, no more
 * sheets are typed in than codes were given up, so nobody counts twice. The paper is blank, and the register holds how many of which issue: neither says
 * who it was, nor which sheet.
 * @throws Refusal `rating.unknown-campaign`, `rating.campaign-not-yours`, `rating.campaign-judged`, `rating.campaign-not-open`, `rating.campaign-no-paper`,
 *   `rating.wrong-code`
 */
export function exchangePapers(
  { campaign }: { readonly campaign: Campaign | null },
  { campaign: id, issues }: ExchangePapers,
  { actor, at }: Circumstances,
): Decision {
  const one = mustRun(campaign, id, actor, at)
  if (one.onPaper !== true) throw new Refusal('rating.campaign-no-paper')
  const areGood = issues.every(({ issue }) => one.issues.some((of) => of.id === issue && !of.voided))
  if (!areGood) throw new Refusal('rating.wrong-code')
  return { facts: [campaignFact(one.unit, 'rating.papers-exchanged', id, { issues })] }
}

/**
 * Of which issues these codes are, so many each, by issue.
 * @param campaign where they are given up; of one that there is not the act itself says so
 * @throws Refusal `rating.codes-wrong` with their places, also of one that stands there again, however it was typed, that was voided, or is of
 *   another campaign
 */
export async function issuesOfCodes(
  db: Reader,
  campaign: string,
  codes: readonly string[],
): Promise<ExchangePapers['issues']> {
  const hashes = codes.map((code) => hashOfCode(code)?.toString('hex') ?? null)
  const typed = hashes.flatMap((hash) => (hash === null ? [] : [Buffer.from(hash, 'hex')]))
  const found =
    typed.length === 0
      ? []
      : await db.selectFrom('rating_papers').select(['hash', 'issue']).where('hash', 'in', typed).execute()
  const of = await db.selectFrom('rating_campaigns').select('state').where('id', '=', campaign).executeTakeFirst()
  const good = of?.state.issues.filter(({ voided }) => !voided).map(({ id }) => id)
  const fitting = found.filter(({ issue }) => good === undefined || good.includes(issue))
  const known = new Set(fitting.map(({ hash }) => hash.toString('hex')))
  const isWrong = (hash: string | null, nth: number): boolean =>
    hash === null || !known.has(hash) || hashes.indexOf(hash) < nth
  if (hashes.some(isWrong)) throw new Refusal('rating.codes-wrong', placesOf(hashes, isWrong))
  const counts = new Map<string, number>()
  for (const { issue } of found) counts.set(issue, (counts.get(issue) ?? 0) + 1)
  return [...counts].map(([issue, count]) => ({ issue, count })).toSorted((a, b) => (a.issue < b.issue ? -1 : 1))
}

/**
 * Uses these codes up. The primary key that lets a code vote once is the one that lets it be given up once: of a vote and an exchange at the same moment
 * one is refused.
 * @param repeated the same request was answered before: these must be the codes that it gave up
 * @throws Refusal `rating.codes-used` with their places, `request.key-reused`
 */
export async function giveUpCodes(trx: Trx, codes: readonly string[], repeated: boolean): Promise<void> {
  const hashes = hashesOf(codes)
  if (repeated) {
    const found = await trx
      .selectFrom('rating_papers_used')
      .select('hash')
      .where('hash', 'in', hashes)
      .where('on_paper', '=', true)
      .execute()
    if (found.length < codes.length) throw new Refusal('request.key-reused')
    return
  }
  const kept = await trx
    .insertInto('rating_papers_used')
    .values(hashes.map((hash) => ({ hash, on_paper: true })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('hash')
    .execute()
  if (kept.length === codes.length) return
  const free = new Set(kept.map(({ hash }) => hash.toString('hex')))
  const isUsed = (code: string): boolean => !free.has(hashOfCode(code)?.toString('hex') ?? '')
  throw new Refusal('rating.codes-used', placesOf(codes, isUsed))
}

/** Where they stand among what was typed, from one on: a refusal names no code. */
function placesOf<One>(
  all: readonly One[],
  isMeant: (one: One, nth: number) => boolean,
): { readonly places: string; readonly placesEn: string } {
  const places = all.flatMap((one, nth) => (isMeant(one, nth) ? [nth + 1] : []))
  return { places: places.join('、'), placesEn: places.join(', ') }
}

/** In one order, so that two who give up the same ones wait for each other and never both. */
function hashesOf(codes: readonly string[]): Buffer[] {
  const hashes = codes.flatMap((code) => hashOfCode(code) ?? [])
  if (hashes.length < codes.length) throw new Refusal('rating.wrong-code')
  return hashes.toSorted((one, other) => one.compare(other))
}
