import { sql } from 'kysely'
import { dayOf } from '../../clock/calendar.ts'
import type { Actor, Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import type { Page } from '../../schemas.ts'
import { SATISFIED_MEANS } from '../questionnaire.ts'
import { questionnaireOf } from '../questionnaires/store.ts'
import { RANKED_FROM } from '../rankings/ranking.ts'
import { rateOf, sumOf } from '../seeing/figures.ts'
import { LEAST_BALLOTS } from '../tally.ts'
import '../tables.ts'
import { type Campaign, exchangedIn, isJudgedIn, isOver, mayDecide, mayRun, stageOn } from './campaign.ts'
import type { CampaignDeed, CampaignResults, ShownCampaign } from './protocol.ts'
import { countsOf, resultsOf } from './results.ts'
import { papersOf, readCounted, usedOf } from './store.ts'

/** Those that somebody may see, the latest first: a page of them. */
export async function listCampaigns(
  db: Reader,
  actor: Actor,
  { limit, after }: Page,
  at: string,
): Promise<ShownCampaign[]> {
  const units = actor.appointments.map(({ place }) => place).filter((unit) => mayDecide(actor, unit))
  const { rows } = await sql<{ state: Campaign }>`
    select state from rating_campaigns
    where unit = any(${units}::text[]) and (${after}::text is null
      or (drafted_at, id) < (select drafted_at, id from rating_campaigns where id = ${after}))
    order by drafted_at desc, id desc limit ${limit}
  `.execute(db)
  return showCampaigns(
    db,
    actor,
    rows.map(({ state }) => state),
    at,
  )
}

/** Campaigns as the one who asks sees them, with what he may do next. */
export async function showCampaigns(
  db: Reader,
  actor: Actor,
  all: readonly Campaign[],
  at: string,
): Promise<ShownCampaign[]> {
  const used = await usedOf(
    db,
    all.flatMap(({ issues }) => issues.map(({ id }) => id)),
  )
  const papers = await papersOf(
    db,
    all.map(({ id }) => id),
  )
  const people = all.flatMap(({ drafters, opened, closed, published, issues }) => [
    ...drafters,
    ...[opened, closed, published, ...issues].flatMap((one) => (one === null ? [] : [one.by])),
  ])
  const name = await namesOf(db, [
    ...people.map((person) => `person/${person}`),
    ...all.flatMap(({ unit, departments }) => [unit, ...departments].map((one) => `unit/${one}`)),
  ])
  const person = (id: string) => ({ id, name: name(`person/${id}`).name })
  const unitNamed = (id: string) => ({ id, name: name(`unit/${id}`).name })
  const done = (one: { by: string; at: string } | null) => (one === null ? null : { by: person(one.by), at: one.at })
  return all.map((one) => {
    const issues = one.issues.map(({ by, exchanged = 0, ...issue }) => ({
      ...{ ...issue, exchanged },
      ...{ by: person(by), used: used.get(issue.id) ?? 0 },
    }))
    return {
      ...{ id: one.id, unit: unitNamed(one.unit), title: one.title, from: one.from, to: one.to },
      ...{ stage: stageOn(one, dayOf(at)), questionnaire: one.questionnaire },
      ...{ onPaper: one.onPaper === true, isOver: isOver(one, dayOf(at)) },
      departments: one.departments.map(unitNamed),
      groups: one.groups.map((group) => {
        const own = issues.filter((issue) => issue.group === group.id)
        return {
          ...group,
          issued: own.reduce(
            (sum, { voided, used: voted, count, exchanged = 0 }) => sum + (voided ? voted : count - exchanged),
            0,
          ),
          exchanged: exchangedIn(one, group.id),
          used: own.reduce((sum, issue) => sum + issue.used, 0),
          onPaper: papers.get(`${one.id} ${group.id}`) ?? 0,
        }
      }),
      ...{ drafters: one.drafters.map(person), draftedAt: one.draftedAt, issues },
      ...{ opened: done(one.opened), closed: done(one.closed), published: done(one.published) },
      may: deedsOf(one, actor, at),
    }
  })
}

/** What `decideCampaign` and `issuePapers` would not refuse him for who he is; who works in a department that is judged may do little. */
export function deedsOf(one: Campaign, actor: Actor, at: string): CampaignDeed[] {
  const stage = stageOn(one, dayOf(at))
  const isJudged = isJudgedIn(actor, one.departments)
  const [runs, another] = [mayRun(actor, one.unit), !isJudged && !one.drafters.includes(actor.person)]
  const closes = isJudged ? [] : (['close'] as const)
  switch (stage) {
    case 'draft':
      return [...(runs ? ['draft' as const] : []), 'drop', ...(another ? ['open' as const] : [])]
    case 'waiting':
    case 'open':
      return [...(runs && !isJudged ? ['issue' as const] : []), ...closes]
    case 'over':
      return one.onPaper === true ? [...closes] : another ? ['publish'] : []
    case 'closed':
      return another ? ['publish'] : []
    default:
      return []
  }
}

/** @throws Refusal `rating.unknown-campaign`, also for whom it does not concern */
export async function campaignFor(db: Reader, actor: Actor, id: string): Promise<Campaign> {
  const found = await db.selectFrom('rating_campaigns').select('state').where('id', '=', id).executeTakeFirst()
  if (found === undefined || !mayDecide(actor, found.state.unit))
    throw new Refusal('rating.unknown-campaign', { campaign: id })
  return found.state
}

/** The results of a campaign: what was counted, or what was published of it. */
export async function readResults(db: Reader, one: Campaign): Promise<CampaignResults> {
  const batches = await readCounted(db, one.id)
  const asked = await questionnaireOf(db, one.questionnaire)
  const questions = (asked?.questions ?? []).map(({ id, words }) => ({ id, words }))
  const name = await namesOf(
    db,
    one.departments.map((unit) => `unit/${unit}`),
  )
  return {
    departments: resultsOf(one, one.published?.counts ?? countsOf(batches)).map(({ department, ...result }) => ({
      ...{ id: department, name: name(`unit/${department}`).name, ...result },
      answers: questions.flatMap(({ id }) => {
        const own = batches.filter(({ group }) => group.clerk === department)
        const satisfied = rateOf(sumOf(own, id))
        return satisfied === null ? [] : [{ id, satisfied }]
      }),
    })),
    ...{ questions, means: SATISFIED_MEANS, least: LEAST_BALLOTS, rankedFrom: RANKED_FROM },
  }
}
