import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { addDays, dayOf } from '../../clock/calendar.ts'
import { type RouteDependencies, signedIn } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { exactly, id } from '../../schemas.ts'
import { dashboardAnswer } from './answers.ts'
import { before, DAYS_USUAL, mustBeDays, yearBefore } from './days.ts'
import { QUESTIONS, readDashboard } from './read.ts'

const tags = ['rating']
const day = Type.String({ format: 'date' })

/** What the head of a hall and supervisors see of its votes. */
export const seeingRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db, activity, now }) => {
  app.get(
    '/api/rating/dashboard',
    {
      schema: {
        tags,
        description:
          'One hall over a period, about three months up to today when not said: distribution, trend, the period before (or the same of last year, or any other: `otherFrom`, `otherTo`) with the interval of the difference, funnel, counters by day, response, the CUSUM of each clerk with its rule, signals, and what thresholds propose. Every figure of votes is a sum of batches of ten or more. For the head of the hall and for supervisors.',
        querystring: Type.Object(
          {
            hall: id,
            question: Type.Optional(Type.Enum(QUESTIONS.map((one) => one.id))),
            from: Type.Optional(day),
            to: Type.Optional(day),
            against: Type.Optional(Type.Enum(['before', 'year'])),
            otherFrom: Type.Optional(day),
            otherTo: Type.Optional(day),
          },
          exactly,
        ),
        response: { 200: dashboardAnswer },
      },
    },
    async (request) => {
      const { hall, question = 'overall', against = 'before' } = request.query
      const at = now()
      const { person } = signedIn(request)
      const { appointments } = await loadActor(db, person, at)
      const may = appointments.some(
        ({ post, place }) => (post === 'manager' && place === hall) || post === 'supervisor',
      )
      if (!may) throw new Refusal('rating.not-for-you')
      const to = request.query.to ?? dayOf(at)
      const days = mustBeDays({ from: request.query.from ?? addDays(to, 1 - DAYS_USUAL), to })
      const { otherFrom, otherTo } = request.query
      const other =
        otherFrom === undefined || otherTo === undefined
          ? against === 'year'
            ? yearBefore(days)
            : before(days)
          : mustBeDays({ from: otherFrom, to: otherTo })
      await activity.record({ at, kind: 'read', person, station: null, about: `rating ${hall}`, outcome: 'ok' })
      return readDashboard(db, { hall, days, other, question }, at)
    },
  )
}
