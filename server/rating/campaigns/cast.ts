import { type Db, inTransaction } from '../../database/connect.ts'
import { dayOf } from '../../clock/calendar.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { putBallots } from '../cast.ts'
import '../tables.ts'
import { type Campaign, groupOfVotes, type Issue, stageOn } from './campaign.ts'
import { hashOfCode } from './codes.ts'

/** What a code is the right to. */
export interface Paper {
  readonly hash: Buffer
  readonly campaign: Campaign
  readonly issue: Issue
}

/**
 * The paper of a code that can be used now.
 * @throws Refusal `rating.wrong-code` (no such code, or one that was voided), `rating.paper-used`, `rating.campaign-not-running`
 */
export async function paperOf(db: Reader, code: string, at: string): Promise<Paper> {
  const hash = hashOfCode(code)
  const found =
    hash === null
      ? undefined
      : await db
          .selectFrom('rating_papers as p')
          .innerJoin('rating_campaign_issues as i', 'i.issue', 'p.issue')
          .innerJoin('rating_campaigns as c', 'c.id', 'i.campaign')
          .leftJoin('rating_papers_used as u', 'u.hash', 'p.hash')
          .select(['p.issue', 'c.state', 'u.hash as used'])
          .where('p.hash', '=', hash)
          .executeTakeFirst()
  const issue = found?.state.issues.find(({ id }) => id === found.issue)
  if (hash === null || found === undefined || issue === undefined) throw new Refusal('rating.wrong-code')
  // Who has voted is told so, whatever became of the rest.
  if (found.used !== null) throw new Refusal('rating.paper-used')
  if (issue.voided) throw new Refusal('rating.wrong-code')
  const { from, to } = found.state
  if (stageOn(found.state, dayOf(at)) !== 'open') throw new Refusal('rating.campaign-not-running', { from, to })
  return { hash, campaign: found.state, issue }
}

/**
 * Takes the sealed ballots of one paper, one for each department: that it was used and all of them are written in one transaction, or nothing.
 * The primary key of the used-marks lets a code be used once. What this hides is what `castBallot` hides: who has the whole database can tell which
 * ballots came by one code, never what they say, and no database knows whose the code was.
 * @throws Refusal as `paperOf`, and `rating.wrong-departments`, `rating.wrong-key`
 */
export async function castPaper(
  db: Db,
  code: string,
  { key, ballots }: { key: string; ballots: readonly { department: string; sealed: Uint8Array }[] },
  at: string,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { hash, issue, campaign: before } = await paperOf(trx, code, at)
    // Whoever closes it waits for votes that are being written; who comes after that is refused.
    const { state: campaign } = await trx
      .selectFrom('rating_campaigns')
      .select('state')
      .where('id', '=', before.id)
      .forShare()
      .executeTakeFirstOrThrow()
    const isVoided = campaign.issues.some(({ id, voided }) => id === issue.id && voided)
    if (isVoided) throw new Refusal('rating.wrong-code')
    const { from, to, departments } = campaign
    if (stageOn(campaign, dayOf(at)) !== 'open') throw new Refusal('rating.campaign-not-running', { from, to })
    const judged = new Set(ballots.map(({ department }) => department))
    if (ballots.length !== departments.length || !departments.every((one) => judged.has(one)))
      throw new Refusal('rating.wrong-departments')
    const used = await trx
      .insertInto('rating_papers_used')
      .values({ hash })
      .onConflict((conflict) => conflict.doNothing())
      .returning('hash')
      .executeTakeFirst()
    if (used === undefined) throw new Refusal('rating.paper-used')
    const rows = ballots.map(({ department, sealed }) => ({
      ...{ grp: groupOfVotes(campaign, department, issue.group), form: 'full' as const, sealed },
    }))
    await putBallots(trx, key, rows)
  })
}
