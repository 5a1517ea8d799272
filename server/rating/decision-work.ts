import { sql } from 'kysely'
import { dayOf, endOfDay } from '../clock/calendar.ts'
import type { WorkItem } from '../inbox/protocol.ts'
import { pageOfWork, type WorkAsked, type WorkSource } from '../inbox/work.ts'
import type { Actor, Reader } from '../module.ts'
import type { Words } from '../refusal.ts'
import type { Action } from './actions/action.ts'
import { type Campaign, isJudgedIn, mayDecide, stageOn } from './campaigns/campaign.ts'
import { mayAsk, type QuestionnaireVersion } from './questionnaires/version.ts'
import { mayJudge, type Ranking } from './rankings/ranking.ts'
import './tables.ts'

/** Of each kind so many wait at once in a house; the rest comes up as these are decided, and stands on its own page. */
const OPEN_MOST = 200

/** Decisions about ratings that one has made and another is to make with him: nobody who has a part in one, or whom it is about, finds it here. */
export const decisionWork: WorkSource = async (db, asked) => {
  const lists = await Promise.all([
    campaignsToDecide(db, asked),
    questionnairesToOpen(db, asked.actor),
    rankingsToPublish(db, asked.actor),
    actionsToConfirm(db, asked.actor),
  ])
  return pageOfWork(lists.flat(), asked)
}

function waits(of: { id: string; by: string; about: string | null; path: string; what: Words }): WorkItem {
  return { kind: 'rating-decision', dueAt: null, level: 'waiting', ...of }
}

/** To be opened by whoever wrote nothing of it; to be published once it is over and something was counted. */
async function campaignsToDecide(db: Reader, { actor, now }: WorkAsked): Promise<WorkItem[]> {
  const units = actor.appointments.map(({ place }) => place).filter((unit) => mayDecide(actor, unit))
  if (units.length === 0) return []
  const { rows } = await sql<{ state: Campaign; counted: boolean }>`
    select c.state, exists (select from rating_batches b where split_part(b.grp, '/', 1) = c.id) as counted
    from rating_campaigns c where c.unit = any(${units}::text[]) and c.status in ('draft', 'open', 'closed')
    order by c.drafted_at, c.id limit ${OPEN_MOST}
  `.execute(db)
  const day = dayOf(now)
  return rows
    .filter(({ state: one }) => !one.drafters.includes(actor.person) && !isJudgedIn(actor, one.departments))
    .flatMap(({ state: one, counted }) => {
      const { id, title, to, draftedAt, closed } = one
      const line = { id, about: title, path: '/rating/campaigns' }
      const stage = stageOn(one, day)
      if (stage === 'draft' && to >= day)
        return [
          waits({ ...line, by: draftedAt, what: { zh: '行风评议待您启用', en: 'A campaign waits to be opened' } }),
        ]
      const isDone = stage === 'closed' || (stage === 'over' && one.onPaper !== true)
      return isDone && counted
        ? [
            waits({
              ...{ ...line, by: closed?.at ?? endOfDay(to) },
              what: { zh: '行风评议结果待您发布', en: 'The result of a campaign waits to be published' },
            }),
          ]
        : []
    })
}

async function questionnairesToOpen(db: Reader, actor: Actor): Promise<WorkItem[]> {
  const { rows } = await sql<{ state: QuestionnaireVersion }>`
    select state from rating_questionnaires where status = 'draft' order by id limit ${OPEN_MOST}
  `.execute(db)
  return rows
    .map(({ state }) => state)
    .filter((one) => mayAsk(actor, one.hall) && !one.drafters.includes(actor.person))
    .map(({ id, draftedAt }) =>
      waits({
        ...{ id, by: draftedAt, about: id, path: '/rating/questionnaires' },
        what: { zh: '评价问卷待您启用', en: 'A questionnaire waits to be opened' },
      }),
    )
}

async function rankingsToPublish(db: Reader, actor: Actor): Promise<WorkItem[]> {
  const { rows } = await sql<{ state: Ranking }>`
    select state from rating_rankings where status = 'frozen' order by frozen_at, id limit ${OPEN_MOST}
  `.execute(db)
  return rows
    .map(({ state }) => state)
    .filter(
      ({ hall, frozen, counts }) =>
        mayJudge(actor, hall) && frozen.by !== actor.person && !counts.some(({ clerk }) => clerk === actor.person),
    )
    .map(({ id, from, to, frozen }) =>
      waits({
        ...{ id, by: frozen.at, about: `${from} – ${to}`, path: '/rating/rankings' },
        what: { zh: '满意率排名待您审批', en: 'A ranking waits to be published or refused' },
      }),
    )
}

async function actionsToConfirm(db: Reader, actor: Actor): Promise<WorkItem[]> {
  const { rows } = await sql<{ state: Action }>`
    select state from rating_actions where status = 'decided' order by decided_at, id limit ${OPEN_MOST}
  `.execute(db)
  return rows
    .map(({ state }) => state)
    .filter(
      ({ hall, clerk, steps }) =>
        mayJudge(actor, hall) && clerk !== actor.person && !steps.some(({ by }) => by === actor.person),
    )
    .map(({ id, from, to, steps }) =>
      waits({
        ...{ id, by: steps[0]?.at ?? '', about: `${from} – ${to}`, path: '/rating/dashboard' },
        what: { zh: '评价处理决定待您同意', en: 'A decision about ratings waits for a second person' },
      }),
    )
}
