import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { addDays, dayOf } from '../../clock/calendar.ts'
import { causeOf, signedIn, whoOf } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { answering, exactly, id, orNull, uuid, words } from '../../schemas.ts'
import { count, rate, text } from '../answers.ts'
import { contactOf } from '../follow-up-reads.ts'
import { mayJudge } from '../rankings/ranking.ts'
import type { RatingRouteOptions } from '../routes.ts'
import { DAYS_USUAL, mustBeDays } from '../seeing/days.ts'
import { fixTokenOf } from '../tokens.ts'
import type { AnswerFigures, FixAsked } from './protocol.ts'
import { answerFigures } from './read.ts'

const tags = ['rating']
const day = Type.String({ format: 'date' })

const fixAsked = answering<FixAsked>()(Type.Object({ contact: orNull(text), address: text, expiresAt: text }, exactly))
const figures = answering<AnswerFigures>()(
  Type.Object(
    {
      ...{
        from: text,
        to: text,
        asked: count,
        counters: count,
        called: count,
        reached: count,
        putRight: count,
        explained: count,
      },
      ...{
        closed: count,
        inTime: count,
        inTimeExtended: count,
        due: count,
        fixAsked: count,
        fixSatisfied: orNull(rate),
        means: words,
      },
    },
    exactly,
  ),
)

/** What raters think of the answers that they were given, and what became of all of them. */
export const fixRoutes: FastifyPluginAsyncTypebox<RatingRouteOptions> = async (app, deps) => {
  const { db, act, activity, keys, now, site = null } = deps

  app.post(
    '/api/rating/follow-ups/:followUp/ask-fix',
    {
      schema: {
        ...{ tags, response: { 200: fixAsked } },
        description:
          '回访评价: shows the contact and the address of the one vote on the answer, to be passed on to the rater within seven days; each time stands in the register. For the head of the hall or a supervisor, other than who handled it or was rated. No route answers whether, or what, he rated.',
        params: Type.Object({ followUp: uuid }, exactly),
      },
    },
    async (request) => {
      const { followUp } = request.params
      const command = { type: 'rating.ask-fix', followUp }
      const { result } = await act(whoOf(request), command, { cause: causeOf(request) })
      const at = site ?? `${request.protocol}://${request.host}`
      return {
        contact: await contactOf(db, followUp),
        address: new URL(`/vote#${fixTokenOf(keys.pepper, followUp)}`, at).href,
        expiresAt: String(result['expiresAt']),
      }
    },
  )

  app.get(
    '/api/rating/follow-ups/figures',
    {
      schema: {
        ...{ tags, response: { 200: figures } },
        description:
          '回访率, 整改率, 按期率 and 回访评价 of a hall, over the answers asked for in a period, about three months up to today when not said. Ratings of answers are counted ten or more at a time. For the head of the hall and for supervisors.',
        querystring: Type.Object({ hall: id, from: Type.Optional(day), to: Type.Optional(day) }, exactly),
      },
    },
    async (request) => {
      const { hall } = request.query
      const at = now()
      const actor = await loadActor(db, signedIn(request).person, at)
      if (!mayJudge(actor, hall)) throw new Refusal('rating.not-for-you')
      const to = request.query.to ?? dayOf(at)
      const days = mustBeDays({ from: request.query.from ?? addDays(to, 1 - DAYS_USUAL), to })
      const { person } = actor
      await activity.record({ at, kind: 'read', person, station: null, about: `rating ${hall} answers`, outcome: 'ok' })
      return answerFigures(db, hall, days, at)
    },
  )
}
